"""What is asked, one wish at a time: let it go in a what-if, or ease it by a step (1 job, 1 hour, 15 minutes ...)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from klaver.design.problem import Problem
from klaver.design.rules.steady import swinging
from klaver.people.records import Ability, Profile
from klaver.values import Weekday
from klaver.work.records import Cooperation, Link, Pin

GOOD_WORK = ("variety", "postures", "company", "learning", "unpleasant", "blocks", "volumes", "steady")
"""Rules of good work, each a wish of its own in a clash; a repair eases none of them."""

HOUR, QUARTER, DAY_LIMIT, WEEK_LIMIT = 60, 15, 720, 7 * 720
MORE_PEOPLE = 5
DROPPED = 9
"""Steps that count for letting a whole profile go; a level is eased by four at most."""

CONDITIONS: dict[str, dict[str, object]] = {
    "week": {"week_min": 0, "week_max": 10_080},
    "day": {"day_max": 1_440},
    "hours": {"days": tuple(Weekday), "earliest": 0, "latest": 2_880, "day_parts": None},
    "permit": {"permits": ()},
    "own_choice": {"excluded_families": ()},
    "language": {"language": None},
}
"""The conditions of a person by the codes of their barriers, each as it is when it is let go."""


@dataclass(frozen=True)
class Wish:
    """One thing that is asked; ``code`` and ``value`` tell it (messages ``wish.*``), ``key`` says which it is.

    ``dimension`` is given for a level of the named profile.
    """

    code: str
    value: str
    key: str
    dimension: int | None = None


def wishes_of(asked: Problem) -> tuple[Wish, ...]:
    """Return everything that is asked, the wishes about single tasks first and what nobody may let go last."""
    wishes, (low, high) = asked.wishes, asked.week
    found = [Wish(f"pin_{pin.kind}", pin.task, pin_key(pin)) for pin in dict.fromkeys(wishes.pins)]
    found += [Wish(k.kind, f"{k.first}, {k.second}", link_key(k)) for k in dict.fromkeys(asked.workplace.links)]
    found += [
        Wish("week_min", str(low), "week_min"),
        Wish("week_max", str(high), "week_max"),
        Wish("day_max", str(asked.day_max), "day_max"),
        *(() if asked.group else (Wish("jobs", str(asked.jobs), "jobs"),)),  # a group has a job each
    ]
    if wishes.days is not None:
        found.append(Wish("days", ", ".join(str(int(d) + 1) for d in wishes.days), "days"))
    if asked.person is not None:
        found.append(Wish("profile", asked.person.id, "profile"))
        has = asked.limits[asked.person.id]
        found += [Wish("level", str(has[n]), f"level:{n}", n) for n in sorted(has) if has[n] < 4]
    found += [
        Wish("instructors", str(asked["instructors_max"]), "instructors"),
        Wish("places", str(asked["places_day_max"]), "places"),
        Wish("may_instruct", "", "may_instruct"),
    ]
    found += [Wish(f"rule_{name}", "", f"rule:{name}") for name in GOOD_WORK if name != "steady" or swinging(asked)]
    found += [Wish("law", "", "law"), Wish("hollowing", "", "hollowing")]
    return tuple(w for w in found if w.key.removeprefix("rule:") not in asked.without)


def pin_key(pin: Pin) -> str:
    """Return the key of a wish about one task, the same whichever other wishes there are."""
    return f"pin:{pin.kind}:{pin.task}:{''.join(str(int(d) + 1) for d in pin.days)}"


def link_key(link: Link) -> str:
    """Return the key of a together or apart."""
    return f"link:{link.kind}:{link.first}:{link.second}"


def let_go(asked: Problem, keys: Iterable[str]) -> Problem:
    """Return the problem without these wishes: a what-if, never a design (hollowing out is only let go to name it)."""
    gone = frozenset(keys)
    aside = set(asked.without) | {k.removeprefix("rule:") for k in gone if k.startswith("rule:")}
    aside |= {"working_time"} if "law" in gone else set()
    aside |= {"hollowing", "displacement"} if "hollowing" in gone else set()
    loosest = {"week_min": 0, "week_max": 10_080, "day_max": 1_440, "jobs": 1, "instructors": 10_000, "places": 10_000}
    eased = replace(asked, without=frozenset(aside))
    eased = ease(
        eased, {k: v for k, v in loosest.items() if k in gone} | {k: 4 for k in gone if k.startswith("level:")}
    )
    wishes = eased.wishes.model_copy(
        update={"pins": tuple(p for p in asked.wishes.pins if pin_key(p) not in gone)}
        | ({"days": None} if "days" in gone else {})
    )
    place: dict[str, object] = {"links": tuple(k for k in asked.workplace.links if link_key(k) not in gone)}
    if "may_instruct" in gone:
        place["roles"] = tuple(r.model_copy(update={"may_instruct": True}) for r in asked.workplace.roles)
        place["cooperation"] = Cooperation.DIRECT
    eased = replace(eased, wishes=wishes, workplace=asked.workplace.model_copy(update=place))
    if "profile" in gone and eased.person is not None:
        eased = free(eased, eased.person, CONDITIONS)
    return eased


def ease(asked: Problem, values: Mapping[str, int]) -> Problem:
    """Return the problem with the values of some wishes changed: hours in minutes, jobs, people, levels."""
    low, high = asked.week
    fields = {"jobs": asked.jobs, "week_min": low, "week_max": high, "day_max": asked.day_max}
    wishes = asked.wishes.model_copy(update=fields | {k: v for k, v in values.items() if k in fields})
    eased = replace(asked, wishes=wishes)
    more = [
        asked.parameters.get(name).model_copy(update={"value": values[key]})
        for key, name in (("instructors", "instructors_max"), ("places", "places_day_max"))
        if key in values
    ]
    if more:
        eased = replace(eased, parameters=asked.parameters.with_values(more))
    for key, level in values.items():
        if key.startswith("level:") and eased.person is not None:
            eased = _with_profile(eased, _raised(eased, eased.person, int(key.removeprefix("level:")), level))
    return eased


def steps(asked: Problem, wish: Wish) -> list[int]:
    """Return the values that ease a wish, one step further each; none where a wish cannot be eased."""
    now = int(wish.value) if wish.value.isdigit() else 0
    if wish.key == "jobs":
        return list(range(now - 1, 0, -1))
    if wish.key == "week_min":
        return [max(0, now - HOUR * n) for n in range(1, -(-now // HOUR) + 1)]
    if wish.key == "week_max":
        return list(range(now + HOUR, WEEK_LIMIT + 1, HOUR))
    if wish.key == "day_max":
        return list(range(now + QUARTER, DAY_LIMIT + 1, QUARTER))
    if wish.key == "instructors":
        return [now + n for n in range(1, MORE_PEOPLE + 1)]
    return list(range(now + 1, 5)) if wish.dimension is not None else []


def dropping(wish: Wish) -> int | None:
    """Return how many steps it counts to let a wish go, or ``None`` when no repair may do that."""
    if wish.key.startswith(("pin:", "link:")) or wish.key == "days":
        return 1
    return DROPPED if wish.key == "profile" else None


def drop(asked: Problem, keys: Iterable[str]) -> Problem:
    """Return the problem without wishes that may be let go; a dropped profile leaves with all its limits."""
    gone = set(keys)
    eased = let_go(asked, gone - {"profile"})
    if "profile" not in gone:
        return eased
    return replace(eased, wishes=eased.wishes.model_copy(update={"profile": None}))


def _with_profile(asked: Problem, changed: Profile) -> Problem:
    return replace(asked, profiles=tuple(changed if p.id == changed.id else p for p in asked.profiles))


def _raised(asked: Problem, person: Profile, number: int, level: int) -> Profile:
    """Return the profile with its highest open level in one dimension at ``level``, as an aid would do."""
    more = level - asked.limits[person.id][number]
    old = person.abilities[number]
    raised = Ability(low=min(4, old.low + more), likely=min(4, old.likely + more), high=min(4, old.high + more))
    return person.model_copy(update={"abilities": {**person.abilities, number: raised}})


def free(asked: Problem, person: Profile, codes: Iterable[str]) -> Problem:
    """Return the problem with some conditions of a person let go, by their codes."""
    loosest = {"permits": tuple(sorted({t.permit for t in asked.workplace.tasks if t.permit}))}
    fields = {name: value for code in codes for name, value in CONDITIONS[code].items()}
    return _with_profile(asked, person.model_copy(update={n: loosest.get(n, v) for n, v in fields.items()}))
