"""How agreements are told: decision points, parts, who spoke, and what changed since, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from klaver.design.agreements.compare import STATES, Changed, Difference, Held, compare
from klaver.design.agreements.parts import contents
from klaver.design.agreements.records import Agreements, By, Kind, Part, Statement
from klaver.design.board.records import Board
from klaver.design.records import Job
from klaver.documents.voice import Voice, stretches
from klaver.language import tell
from klaver.language.weekdays import show_pattern
from klaver.scale.dimensions import dimension
from klaver.values import Weekday

HUNDREDTHS, HOURS, DAYS, SPANS, YES_NO = (
    frozenset({"before", "lost"}),
    frozenset({"week", "minutes"}),
    frozenset({"days", "together", "waiting"}),
    frozenset({"hours", "breaks", "window"}),
    frozenset({"recovery", "valued", "instructs"}),
)
"""What a fact says, by how it is written; what stands in none of these is told as it is, or has a way of its own."""


class Agreed:
    """What was said about one design and how it stands now.

    ``jobs`` are all of its jobs, also those without work: a job is called by its place among them. ``titles`` are the
    names that people gave to jobs; ``waiting`` as in ``contents``.
    """

    def __init__(
        self,
        voice: Voice,
        jobs: Sequence[Job],
        agreements: Agreements,
        titles: Mapping[str, str] | None = None,
        waiting: Iterable[tuple[str, str, Weekday]] = (),
    ) -> None:
        self.voice, self.jobs, self.agreements, self.titles = voice, tuple(jobs), agreements, titles or {}
        self.now = contents(voice.problem, self.jobs, agreements.terms(), waiting)
        self.gates = compare(agreements, self.now)

    @classmethod
    def of_board(cls, voice: Voice, board: Board, agreements: Agreements) -> Agreed:
        """Return the agreements about a board as it lies now."""
        return cls(voice, board.jobs, agreements, board.titles, board.waiting())

    def say(self, code: str, **values: object) -> str:
        """Tell a sentence about agreements."""
        return tell(f"agree.{code}", self.voice.lang, **values)

    @property
    def working(self) -> tuple[Job, ...]:
        """The jobs that have work."""
        return tuple(job for job in self.jobs if job.shifts)

    def job(self, ident: str, *, titled: bool = True) -> str:
        """Name a job by its place and title: ``Job 2: linnen``; unless ``titled`` only with one that people gave."""
        position = next((n for n, j in enumerate(self.jobs, 1) if j.id == ident), None)
        if position is None:
            return self.say("part_gone", of=ident)
        found, name = self.jobs[position - 1], self.voice.job(position)
        title = self.titles.get(ident, "")
        if not title and titled and found.shifts:
            title = self.voice.families(found)
        return self.voice.say("job_titled", name=name, title=title) if title else name

    def part(self, part: Part) -> str:
        """Name a part."""
        of = self._role(part.of or "") if part.kind is Kind.EFFECT else self.job(part.of or "", titled=False)
        return self.say(f"part_{part.kind.value}", of=of)

    def parts(self, parts: Iterable[Part]) -> str:
        """Name parts in one line."""
        return "; ".join(map(self.part, parts))

    def who(self, statement: Statement) -> str:
        """Tell in which function somebody spoke."""
        if statement.by is By.COLLEAGUES and statement.role is not None:
            return self.say("by_role", role=self._role(statement.role))
        return self.say(f"by_{statement.by.value}")

    def spoke(self, statement: Statement) -> str:
        """Tell who spoke, when, and what it came to."""
        answer = self.say(f"answer_{statement.answer}")
        return self.say("spoke", who=self.who(statement), date=self.voice.date(statement.date), answer=answer)

    def counts(self) -> str:
        """Tell how many decision points are in each state."""
        return self.say("counts", **{s: sum(p.state == s for p in self.gates) for s in STATES})

    def changes(self, changed: Changed) -> list[str]:
        """Tell what changed in a part, a line for each task, day, role or other thing in it."""
        things: dict[tuple[str, str], list[Difference]] = defaultdict(list)
        for one in changed.differences:
            things[one.of, one.id].append(one)
        return [self._thing(*key, found) for key, found in things.items()]

    def held(self, held: Held, *, covers: bool = True) -> list[str]:
        """Tell one statement in lines: who, about what (where that is asked), in which words."""
        statement = held.statement
        told = [self.spoke(statement)]
        told += [self.say("covers", parts=self.parts(n.part for n in statement.parts))] if covers else []
        return [*told, self.say("words", words=statement.words)] if statement.words else told

    # the facts

    def _thing(self, of: str, ident: str, found: Sequence[Difference]) -> str:
        if found[0].thing == "stayed":
            facts = "; ".join(self._fact(d) for d in found)
            name = self._name(of, ident)
            return self.say("stayed", name=name, facts=facts) if name else facts[0].upper() + facts[1:]
        values = {d.what: d.after if found[0].thing == "came" else d.before for d in found}
        facts = "; ".join(
            self.say("fact", what=self.say(f"what_{what}"), value=self._value(of, ident, what, value))
            for what, value in values.items()
        )
        return self.say(found[0].thing, name=self._name(of, ident), facts=facts)

    def _fact(self, one: Difference) -> str:
        """Tell one fact of something that is still there; of times only those that differ."""
        what, before, after = self.say(f"what_{one.what}"), one.before, one.after
        if one.what == "at":
            old, new = str(before).split(","), str(after).split(",")
            before = ",".join(w for w in old if w not in new)
            after = ",".join(w for w in new if w not in old)
            if not before or not after:
                value = self._value(one.of, one.id, one.what, before or after)
                return self.say("fact_less" if before else "fact_more", what=what, value=value)
        told = {k: self._value(one.of, one.id, one.what, v) for k, v in (("before", before), ("after", after))}
        return self.say("fact_was", what=what, **told)

    def _name(self, of: str, ident: str) -> str:
        if of == "task":
            task = self.voice.problem.tasks.get(ident)
            return ident if task is None else f"{ident} {self.voice.task(task)}"
        if of == "role":
            return self._role(ident)
        if of == "day":
            return self.voice.days([Weekday(int(ident))])
        if of == "dimension":
            return dimension(int(ident)).label[self.voice.lang]
        return self.say("thing_week", n=ident) if of == "week" else ""

    def _role(self, ident: str) -> str:
        return next((r.label for r in self.voice.problem.workplace.roles if r.id == ident), ident)

    def _value(self, of: str, ident: str, what: str, value: int | str | None) -> str:
        if value is None:
            return self.say("no_value")
        voice, words = self.voice, str(value)
        if of == "week":
            return self.say("minutes", count=value)
        if what in HUNDREDTHS | HOURS:
            return voice.hours(int(value) / (100 if what in HUNDREDTHS else 1))
        if what in DAYS:
            return voice.days([Weekday(int(d)) for d in words])
        if what in SPANS:
            return ", ".join(self._span(w) for w in words.split(","))
        if what in YES_NO:
            return voice.yes_no(value == "yes")
        if what == "at":
            return self._at(words)
        if what == "level":
            return dimension(int(ident)).anchors[voice.lang][int(value)]
        if what == "legal":
            return voice.say(f"legal_{value}")
        if what == "duration":
            return words if len(set(words.split("-"))) > 1 else words.split("-")[0]
        if what == "times":
            return self._times(tuple(map(int, words.split(","))))
        return voice.say("unknown") if what == "unknown" else words

    def _span(self, words: str) -> str:
        start, end = map(int, words.split("-"))
        return self.voice.span(start, end)

    def _at(self, words: str) -> str:
        """Tell at what times of which days."""
        by_day: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for one in words.split(","):
            day, start, end = map(int, one.replace("-", ":").split(":"))
            by_day[day].append((start, end))
        by_time: dict[str, list[Weekday]] = defaultdict(list)
        for day, spans in by_day.items():
            by_time[" + ".join(self.voice.span(a, b) for a, b in stretches(spans))].append(Weekday(day))
        return ", ".join(f"{self.voice.days(days)} {span}" for span, days in by_time.items())

    def _times(self, times: tuple[int, ...]) -> str:
        pattern = show_pattern(times, self.voice.lang)
        if pattern:
            return pattern
        return ", ".join(f"{self.voice.days([d])} {times[d]}" for d in Weekday if times[d]) or self.say("no_value")
