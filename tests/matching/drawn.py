"""People and jobs as hypothesis draws them, and the definition of reach in a few lines of plain Python."""

from __future__ import annotations

from hypothesis import strategies as st

from klaver.matching.doors import JobDemands
from klaver.people.records import MEANS, Ability, LanguageHeld, Profile
from klaver.scale.ladder import SKILLS, STEPS
from klaver.values import Weekday
from klaver.values.time import DAY_PARTS

AIDS = ("lifting-aid", "labels", "picture-plan", "buddy", "checklist")
FAMILIES = ("cleaning", "meals", "laundry")
PERMITS = ("driving_b", "forklift")
ZONES = ("A", "B", "C")
TRAVEL = {"A": frozenset(MEANS), "B": frozenset({"car", "bike"})}

levels = st.sampled_from((0, 0, 1, 2, 3, 4))
steps = st.sampled_from(STEPS)
slots = st.frozensets(st.tuples(st.sampled_from(Weekday), st.sampled_from(DAY_PARTS)), max_size=5)


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    """Draw a value or, one time in four, nothing: it is not known."""
    return st.one_of(values, values, values, st.none())


@st.composite
def people(draw: st.DrawFn, number: int = 0) -> Profile:
    known = draw(st.dictionaries(st.integers(1, 36), levels, min_size=20))
    if draw(st.booleans()):  # half of the people are known in full
        known = {n: known.get(n, 2) for n in range(1, 37)}
    held = draw(maybe(st.tuples(steps, steps, steps, steps)))
    parts = draw(st.one_of(st.none(), slots))
    given = {int(d): tuple(p for p in DAY_PARTS if (d, p) in parts) for d, _ in parts} if parts else None
    low, high = sorted(draw(st.tuples(st.integers(0, 38), st.integers(0, 38))))
    early, late = draw(maybe(st.just((360, 1080)))) or (None, None)
    return Profile(
        id=f"p{number}",
        kind="person",
        abilities={n: Ability(low=v, likely=v, high=v) for n, v in known.items()},
        aids=tuple(sorted(draw(st.frozensets(st.sampled_from(AIDS), max_size=3)))),
        language=None if held is None else LanguageHeld(**dict(zip(SKILLS, held, strict=True))),
        week_min=draw(st.sampled_from((None, low * 60, 0))),
        week_max=draw(st.sampled_from((None, high * 60, 2280))),
        day_max=draw(maybe(st.sampled_from((240, 480)))),
        days=draw(maybe(st.sampled_from((tuple(Weekday)[:5], tuple(Weekday))))),
        earliest=early,
        latest=late,
        day_parts=given,
        permits=draw(maybe(st.sampled_from(((), ("driving_b",), PERMITS)))),
        wanted_families=draw(st.sampled_from(((), (), ("meals",)))),
        excluded_families=draw(st.sampled_from(((), (), ("cleaning",)))),
        zone=draw(maybe(st.sampled_from(ZONES))),
        means=draw(maybe(st.sampled_from((("foot",), ("car",), ("bike", "public_transport"))))),
        source="drawn",
        date="2026-11-25",
    )


@st.composite
def crowds(draw: st.DrawFn, most: int = 150) -> tuple[Profile, ...]:
    several = draw(st.lists(people(), min_size=1, max_size=12))
    times = draw(st.integers(1, max(1, most // len(several))))
    return tuple(p.model_copy(update={"id": f"p{i}"}) for i, p in enumerate(several * times))


@st.composite
def jobs(draw: st.DrawFn) -> JobDemands:
    asked = draw(st.dictionaries(st.integers(1, 36), levels, max_size=12))
    skills = draw(st.one_of(st.none(), st.tuples(steps, steps, steps, steps)))
    hard = draw(st.one_of(st.none(), st.just(skills))) if skills else None
    start = draw(st.sampled_from((360, 480, 600)))
    days = draw(st.sampled_from(((), tuple(Weekday)[:3], tuple(Weekday)[4:6])))
    return JobDemands(
        levels=asked,
        unknown=draw(st.sampled_from(((), (), (), (7,)))),
        week=draw(st.sampled_from((600, 1140, 2280))),
        day_max=draw(st.sampled_from((180, 240, 456))),
        earliest=start,
        latest=start + 240,
        days=days,
        day_parts=draw(st.one_of(st.just(frozenset()), slots)),
        zone="A",
        travel=draw(st.sampled_from((None, TRAVEL))),
        language=None if skills is None else dict(zip(SKILLS, skills, strict=True)),
        language_hard=None if hard is None else dict(zip(SKILLS, hard, strict=True)),
        language_unknown=draw(st.sampled_from(((), (), (), ("T1",)))),
        permits=draw(st.sampled_from(((), (), ("driving_b",), ("gas",)))),
        families=draw(st.sampled_from(((), ("meals",), ("cleaning", "meals")))),
    )
