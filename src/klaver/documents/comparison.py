"""Two plans of one workplace side by side in words, as tables that a page or a report shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from klaver.design.compare import Differences, Place, Worth
from klaver.design.effects import QUALITY
from klaver.documents.blocks import Block, Cell, table, text
from klaver.documents.doorways import tell_door
from klaver.documents.voice import Voice
from klaver.language import tell

Row = list[str | Cell]


class Comparison:
    """The differences between two plans, told with a name for each plan; ``voices`` are those of their workplaces."""

    def __init__(self, voices: tuple[Voice, Voice], names: tuple[str, str], found: Differences) -> None:
        self.voices, self.names, self.found = voices, names, found
        self.voice = voices[0]

    def say(self, code: str, **values: object) -> str:
        """Tell a sentence about two plans."""
        return tell(f"table.{code}", self.voice.lang, **values)

    def blocks(self) -> list[Block]:
        """Return every table: what each gives, what lies elsewhere, for whom it is open, what the roles give away."""
        return [self._measures(), *self._elsewhere(), *self._opened(), self._roles()]

    def _table(self, code: str, heads: Sequence[str], rows: Sequence[Row]) -> Block:
        caption = self.say(code)
        return table(caption, [*heads, *self.names], rows, widths=[1] * (len(heads) + 2), sheet=caption)

    def _measures(self) -> Block:
        voice, groups = self.voice, len(self.voice.problem.profiles)

        def row(code: str, make: Callable[[Worth], str | Cell]) -> Row:
            return [self.say(f"row_{code}"), *(make(w) for w in self.found.worth)]

        def part(value: int, worth: Worth, per_job: int) -> str | Cell:
            filled = sum(1 for week in worth.jobs if week)
            if not filled:
                return self.say("no_job")
            return voice.figure(value, voice.say("of", count=per_job * filled))

        rows = [
            row("relief", lambda w: voice.time(w.relief.likely, strong=True)),
            row("range", lambda w: f"{voice.hours(w.relief.low)} \N{EN DASH} {voice.hours(w.relief.high)}"),
            row("hours", lambda w: " + ".join(voice.hours(week) for week in w.jobs if week) or voice.say("none")),
            row("doors", lambda w: part(w.values.doors, w, groups)),
            row("quality", lambda w: part(w.values.quality, w, len(QUALITY))),
            row("calm", lambda w: voice.figure(w.values.calm)),
            row("broken", lambda w: voice.figure(w.broken)),
            row("warned", lambda w: voice.figure(w.warned)),
        ]
        return self._table("measures", [self.say("measure")], rows)

    def _elsewhere(self) -> list[Block]:
        if not self.found.elsewhere:
            return [text(self.say("same_places"))]
        rows: list[Row] = []
        for one in self.found.elsewhere:
            places = zip(self.voices, one.places, one.known, strict=True)
            voice = self.voice if one.known[0] else self.voices[1]
            name = Cell(lead=one.task, text=voice.task(voice.problem.tasks[one.task]))
            rows.append([name, self.voice.days(list(one.days)), *(self._place(*p) for p in places)])
        return [self._table("elsewhere", [self.voice.say("task"), self.say("days")], rows)]

    def _place(self, voice: Voice, place: Place, known: bool) -> str:
        if place is None:
            return self.say("place_home" if known else "place_unknown")
        name = voice.job(place[0] + 1)
        return tell("web.board_together", voice.lang, job=name) if place[1] else name

    def _opened(self) -> list[Block]:
        if not self.found.opened:
            return [text(self.say("same_doors"))]
        labels = {p.id: p.name_in(self.voice.lang) for p in self.voice.problem.profiles}
        rows: list[Row] = []
        for one in self.found.opened:
            cells = [self.say("no_job") if d is None else tell_door(self.voice, d) for d in one.doors]
            rows.append([labels[one.profile], self._pair(one.jobs), *cells])
        return [self._table("opened", [self.voice.say("group"), self.say("job")], rows)]

    def _pair(self, jobs: tuple[int | None, int | None]) -> str:
        """Name the job of which is spoken; both names where it is called otherwise in the other plan."""
        names = [self.voice.job(at + 1) for at in jobs if at is not None]
        return " / ".join(dict.fromkeys(names))

    def _roles(self) -> Block:
        rows: list[Row] = []
        for one in self.found.roles:
            voice = self.voice if one.lost[0] is not None else self.voices[1]
            cells = [self.say("no_role") if lost is None else self.voice.time(-lost / 100) for lost in one.lost]
            rows.append([voice.role(one.role), *cells])
        return self._table("roles", [self.say("role")], rows)
