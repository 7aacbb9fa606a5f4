"""What is judged and told of the design benchmark: rows, bars, and the page of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.rows import Made, stamps

from benchmarks import page

METHODS = ("klaver", "plain")
WHAT = ("value", "bound")
LARGEST, FIRST_PLAN = "region", 300
"""The size of which only a plan is asked, and the seconds within which."""


@dataclass(frozen=True)
class Row:
    """One reading: hundredths of minutes of net relief a week, ``None`` where nothing was known yet.

    ``took`` are the seconds of the whole run, ``first`` those to the first plan, ``peak`` the most memory in MiB;
    ``ended`` is empty, or says why a run has no answer.
    """

    case: str
    method: str
    cores: int
    seed: int
    seconds: int
    value: int | None
    bound: int | None
    refused: int
    took: float | None = None
    ended: str = ""
    first: float | None = None
    peak: int | None = None

    @property
    def gap(self) -> float | None:
        """What lies between value and bound, in percent of the bound."""
        if self.value is None or self.bound is None:
            return None
        return 100 * (self.bound - self.value) / self.bound if self.bound else 0.0

    @property
    def size(self) -> str:
        """The size of a generated workplace, empty for an example."""
        return self.case.split("/")[1] if "/" in self.case else ""


@dataclass(frozen=True)
class Bar:
    """One thing that must hold: a figure beside its target, and the limit that no method can pass."""

    name: str
    figure: float
    target: str
    ok: bool
    limit: float | None = None


def read(made: Sequence[Made]) -> list[Row]:
    """Return the rows of a file of results without their stamps."""
    return [Row(**{k: v for k, v in row.items() if k in Row.__dataclass_fields__}) for row in made]


def pairs(rows: Sequence[Row]) -> Iterator[tuple[tuple[str, int, int], dict[str, list[Row]]]]:
    """Yield (case, cores, seconds) with the rows of each method there."""
    for key in dict.fromkeys((r.case, r.cores, r.seconds) for r in rows):
        here = [r for r in rows if (r.case, r.cores, r.seconds) == key]
        yield key, {name: [r for r in here if r.method == name] for name in METHODS}


def bars(rows: Sequence[Row]) -> list[Bar]:
    """Judge what was measured: Klaver beside the peer on the examples, and what is asked of the generated sample."""
    drawn = [r for r in rows if r.size and r.size != LARGEST]
    return [*beside([r for r in rows if not r.size]), *sampled(drawn), *largest(rows)]


def beside(rows: Sequence[Row]) -> list[Bar]:
    """Klaver's value is no lower and its bound no higher than the peer's, on equal cores after equal seconds.

    The limit beside a ratio is proved: no value is above the example's lowest bound, no bound below its best value.
    """
    made = []
    for (case, cores, seconds), by in pairs(rows):
        place = f"{case}_{cores}_cores_{seconds}_s"
        here = [r for r in rows if r.case == case]
        best = max((r.value for r in here if r.value is not None), default=None)
        lowest = min((r.bound for r in here if r.bound is not None), default=None)
        value, bound = ({name: _mean([getattr(r, what) for r in by[name]]) for name in METHODS} for what in WHAT)
        ratio = _ratio(value["klaver"], value["plain"], unknown=0.0)
        made.append(Bar(f"value_ratio_{place}", ratio, ">=1", ratio >= 1, _limit(lowest, value["plain"])))
        ratio = _ratio(bound["klaver"], bound["plain"], unknown=float("inf"))
        made.append(Bar(f"bound_ratio_{place}", ratio, "<=1", ratio <= 1, _limit(best, bound["plain"])))
    return made


def sampled(rows: Sequence[Row]) -> list[Bar]:
    """Judge the generated sample, as far as it is measured; what is not known counts as missed."""
    made = []
    for seconds, most in ((60, 10), (600, 5)):
        wards = [r.gap for r in rows if (r.size, r.method, r.seconds) == ("ward", "klaver", seconds)]
        if wards:
            share = 100 * sum(gap is not None and gap <= most for gap in wards) / len(wards)
            made.append(Bar(f"wards_within_{most}_percent_{seconds}_s", share, ">=80", share >= 80))
    won = [_reaches(mine, theirs, 1.0) for mine, theirs in _paired(rows, "ward", 10)]
    if won:
        share = 100 * sum(won) / len(won)
        made.append(Bar("wards_value_10_s_reaches_plain_600_s", share, ">=90", share >= 90))
    for mine, theirs in _paired(rows, "hospital", 60):
        ratio = _ratio(mine.value, theirs.value, unknown=0.0) if theirs.value else _alone(mine)
        made.append(Bar("hospital_value_60_s_beside_plain_600_s", ratio, ">=1.15", _reaches(mine, theirs, 1.15)))
    for row in rows:
        if (row.size, row.method, row.seconds) == ("hospital", "klaver", 1800):
            gap = float("inf") if row.gap is None else row.gap
            made.append(Bar("hospital_gap_percent_1800_s", gap, "<=25", gap <= 25))
    took = {(r.case, r.method, r.cores, r.seed): r.took for r in rows if r.took is not None}
    if took and max(r.seconds for r in rows) >= 600:  # a quick look says nothing of the whole
        minutes = sum(took.values()) / 60
        made.append(Bar("sample_minutes", minutes, "<=100", minutes <= 100))
    return made


def largest(rows: Sequence[Row]) -> list[Bar]:
    """Judge the largest house: a plan that keeps all within five minutes, within 4 GiB."""
    made = []
    for row in (r for r in rows if r.size == LARGEST and r.seconds == FIRST_PLAN):
        first = float("inf") if row.first is None else row.first
        made.append(Bar("region_first_plan_s", first, f"<={FIRST_PLAN}", first <= FIRST_PLAN))
        memory = float("inf") if row.peak is None else row.peak / 1024
        made.append(Bar("region_peak_gib", memory, "<=4", memory <= 4))
    return made


def _paired(rows: Sequence[Row], size: str, seconds: int) -> Iterator[tuple[Row, Row]]:
    """Yield Klaver's row at a moment beside the peer's at ten minutes, for every case where both are measured."""
    for mine in rows:
        if (mine.size, mine.method, mine.seconds) == (size, "klaver", seconds):
            same = (mine.case, "plain", mine.cores, mine.seed, 600)
            for theirs in rows:
                if (theirs.case, theirs.method, theirs.cores, theirs.seed, theirs.seconds) == same:
                    yield mine, theirs


def _reaches(mine: Row, theirs: Row, factor: float) -> bool:
    """Tell whether Klaver has a value, and one so many times the peer's when the peer has one."""
    return mine.value is not None and (theirs.value is None or mine.value >= factor * theirs.value)


def _alone(mine: Row) -> float:
    return 0.0 if mine.value is None else float("inf")


def _ratio(ours: float | None, theirs: float | None, unknown: float) -> float:
    if ours is None:
        return unknown
    return 1.0 if theirs is None or not theirs else ours / theirs


def _limit(most: float | None, theirs: float | None) -> float | None:
    return None if most is None or not theirs else most / theirs


def _mean(figures: Sequence[int | None]) -> float | None:
    """Return the mean, ``None`` when one of them is not known."""
    return None if None in figures or not figures else mean(f for f in figures if f is not None)


def told(rows: Sequence[Row]) -> list[str]:
    """Return the table of all rows: the mean over the seeds, with the lowest and the highest."""
    lines = []
    for (case, cores, seconds), by in pairs(rows):
        for name, mine in by.items():
            if mine:
                value, bound = (hours([getattr(r, what) for r in mine]) for what in WHAT)
                lines.append([case, name, str(cores), str(seconds), value, bound, _gap(mine)])
    head = ["case", "method", "cores", "seconds", "net relief, hours a week", "bound", "gap"]
    return page.table(head, lines)


def hours(figures: Sequence[int | None]) -> str:
    """Return hundredths of minutes as hours: the mean, and how far the seeds lie apart."""
    middle = _mean(figures)
    if middle is None:
        return "none yet"
    known = [f / 6000 for f in figures if f is not None]
    spread = f" ({min(known):.2f} to {max(known):.2f})" if len(known) > 1 else ""
    return f"{middle / 6000:.2f}{spread}"


def _gap(rows: Sequence[Row]) -> str:
    value, bound = _mean([r.value for r in rows]), _mean([r.bound for r in rows])
    return "-" if value is None or not bound else f"{100 * (bound - value) / bound:.1f} %"


def text(made: Sequence[Made], asked: int) -> str:
    """Return the page of results of stamped rows, given how many rows a full measurement has."""
    rows = read(made)
    examples, sample = [r for r in rows if not r.size], [r for r in rows if r.size and r.size != LARGEST]
    most = [r for r in rows if r.size == LARGEST]
    seeds = len({r.seed for r in examples})
    ended = sorted({f"{r.case} {r.method}: {r.ended}" for r in rows if r.ended})
    parts = [
        "# Design: value and bound after some seconds",
        f"{stamps(made)} {page.versions()}. {len(rows)} of {asked} rows are measured.",
        "Asked: the most net relief, with all rules on and the timetable included. Beside Klaver stands a plain CP-SAT"
        " model of the same question (`benchmarks/plain_cpsat.py`), written and frozen before the engine was tuned; it"
        " was mended since only where it asked more than the rules do, or told a bound before its search had begun."
        " Both had the same cores and no hints and ran one after the other, each in a process of its own; reading or"
        " making the workplace is not counted, building the model is. Values are the checker's. The bound is proved by"
        " each method itself; the gap is what lies between, in percent of the bound. Klaver is read at the end of its"
        " rounds, the peer at every solution. These are times of one machine: take the order, not the digits.",
        f"## Two examples\n\nThe mean of {seeds} seed{'s' if seeds > 1 else ''}, with the lowest and the highest.",
        "\n".join(told(examples)),
        f"The checker refused {sum(r.refused for r in examples)} solutions of the plain model.",
        *_judged(
            "Klaver's figure as a part of the peer's, on equal cores after equal seconds. The limit is how far any"
            " method could get: the lowest bound that one of them proved for the example, or the best value, as a part"
            " of the same figure of the peer.",
            beside(examples),
        ),
        "## The generated sample\n\nDrawn with the generator and committed before the engine was tuned on any of it"
        " ([generated workplaces](workplaces.md)). A run of Klaver ends early, though not within a minute, once its"
        " gap is under what is asked of it in the end.",
        "\n".join(told(sample)) if sample else "Not measured yet.",
        *([" ".join(f"{line}." for line in ended)] if ended else []),
        *(_judged("What is not known counts as missed.", sampled(sample)) if sample else []),
        "## The largest house\n\nTen thousand tasks and three hundred jobs on five sites; asked is a plan that keeps"
        " every rule. Klaver is read once it has one, and not within a minute.",
        "\n".join(_largest(most)) if most else "Not measured yet.",
        *(_judged("Making the arrays and the bound is counted.", largest(most)) if most else []),
        "Made by `python benchmarks/design.py`; the rows, each with its day, commit and machine, are in"
        " [design.json](design.json).",
    ]
    return "\n\n".join(parts) + "\n"


def _largest(rows: Sequence[Row]) -> list[str]:
    lines = [
        [r.case, "none" if r.first is None else f"{r.first:.0f}", hours([r.value]), hours([r.bound]), _peak(r)]
        for r in rows
        if r.seconds == FIRST_PLAN
    ]
    return page.table(["case", "first plan, seconds", "net relief, hours a week", "bound", "memory, MiB"], lines)


def _peak(row: Row) -> str:
    return "-" if row.peak is None else str(row.peak)


def _judged(says: str, judged: Sequence[Bar]) -> list[str]:
    lines = [[b.name, f"{b.figure:.4f}", b.target, _known(b.limit), "ok" if b.ok else "short"] for b in judged]
    return ["### Bars", says, "\n".join(page.table(["bar", "figure", "target", "limit", "ok or short"], lines))]


def _known(limit: float | None) -> str:
    return "-" if limit is None else f"{limit:.4f}"
