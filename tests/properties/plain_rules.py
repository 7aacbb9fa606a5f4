"""A third reading of the rules, in the plainest Python there is: slow, obvious, and sharing no code with the rules.

A design is a dict of jobs; a job is a dict from weekday (0 is Monday) to a day; a day has ``start``, ``end``,
``pauses`` [(start, end)] and ``entries`` [(task, start, end, shared)], all in minutes after midnight. The workplace is
the record itself, ``settings`` the parameters. The answer is two sets of names of rules: broken, and doubtful (broken
where only a rule of law speaks that this house has not confirmed).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

from klaver.people.reading import aids
from klaver.people.records import Profile
from klaver.scale.composed import composed_facts
from klaver.values.dated import Parameters
from klaver.work.records import Role, Task, Wishes, Workplace

Day = dict[str, Any]
Design = dict[str, dict[int, Day]]

PER_TASK = {1, 2, 3, 4, 5, 7, 9, 10, 14, 16, 17, 20, 26, 27, 28, 29, 30, 32, 36}
PER_PLACE = {21, 33, 34, 35}
HEAVY = (9, 10, 14, 16, 17, 20, 26, 27, 28, 29)
CEFR = ["none", "A1", "A2", "B1", "B2", "C1"]


@dataclass
class House:
    """Everything that is given: the workplace, what is asked, the settings and for whom."""

    place: Workplace
    wishes: Wishes
    settings: Parameters
    profiles: tuple[Profile, ...] = ()
    names: dict[str, Task] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {t.id: t for t in self.place.tasks}

    def set(self, name: str) -> int:
        return self.settings.values[name].value

    def sure(self, name: str) -> bool:
        return self.settings.values[name].confirmed

    def asked(self, wish: str, name: str) -> int:
        given = getattr(self.wishes, wish)
        return self.set(name) if given is None else given

    @property
    def most_week(self) -> int:
        if self.wishes.week_max is None:
            return max(self.set("week_max"), self.asked("week_min", "week_min"))
        return self.wishes.week_max

    @property
    def person(self) -> Profile | None:
        named = [p for p in self.profiles if p.id == self.wishes.profile]
        return named[0] if named else None

    def work(self, task: Task) -> int:
        """Minutes on the new worker's clock: a started minute counts."""
        assert task.minutes is not None
        return ceil(Fraction(task.minutes.likely * self.asked("tempo", "tempo"), 100))

    def allowed_at_all(self, task: Task) -> bool:
        """Law, the elementary test, known times, and a permit that the named person has."""
        if task.legal.value in ("reserved", "unknown"):
            return False
        if task.legal.value == "permit" and not (self.person and task.permit in self.person.permits):
            return False
        if task.minutes is None or task.times is None or task.window is None:
            return False
        if task.override is not None:
            return task.override.elementary
        too_hard = any(level > 3 for level in task.demands.values())
        dangerous = task.harm == 3 and task.checked is not True
        return not (too_hard or dangerous or task.harm is None or task.separable is False)

    def times(self, ident: str, day: int) -> int:
        """How often a job that takes a task does it that day; 0 when it may not or cannot be taken."""
        task = self.names[ident]
        if not self.allowed_at_all(task) or day not in (self.wishes.days or range(7)):
            return 0
        assert task.times is not None and task.window is not None
        return task.times[day] if self.work(task) <= task.window.end - task.window.start else 0

    def walk(self, one: str | None, other: str | None) -> int:
        """The shortest known way; where none is known, the longest of all shortest ways."""
        if one == other:
            return 0
        ways = {p.id: self._ways_from(p.id) for p in self.place.places}
        known = ways.get(one or "", {}).get(other or "")
        return max((m for way in ways.values() for m in way.values()), default=0) if known is None else known

    def _ways_from(self, start: str) -> dict[str, int]:
        reached = {start: 0}
        for _ in self.place.walks:
            for w in self.place.walks:
                for a, b in ((w.start, w.end), (w.end, w.start)):
                    if a in reached:
                        reached[b] = min(reached.get(b, 9999), reached[a] + w.minutes)
        return reached


def judge(house: House, design: Design) -> tuple[set[str], set[str]]:
    """Return the names of the rules that are broken, and of those that are doubtful."""
    broken: set[str] = set()
    doubtful: set[str] = set()
    for name, told in READINGS.items():
        for parameter in told(house, design):
            (broken if parameter is None or house.sure(parameter) else doubtful).add(name)
    return broken, doubtful


def every_day(design: Design) -> Iterator[tuple[str, int, Day]]:
    for job, days in design.items():
        for number, day in days.items():
            yield job, number, day


def paid(day: Day) -> int:
    return day["end"] - day["start"] - sum(end - start for start, end in day["pauses"])


def week(days: dict[int, Day]) -> int:
    return sum(paid(d) for d in days.values())


def entries(days: dict[int, Day]) -> list[tuple[str, int, int, bool]]:
    return [e for d in days.values() for e in d["entries"]]


def kinds(house: House, days: dict[int, Day]) -> list[Task]:
    done = {e[0] for e in entries(days)}
    return [t for t in house.place.tasks if t.id in done]


def taken(house: House, design: Design) -> list[tuple[Task, int, bool]]:
    """The (task, day, shared) that leave the colleagues; what may not leave is another rule's business."""
    found: dict[tuple[str, int], bool] = {}
    for _, number, day in every_day(design):
        for ident, _, _, shared in day["entries"]:
            if house.times(ident, number):
                found[ident, number] = shared
    return [(house.names[t], d, s) for (t, d), s in found.items()]


def reserved(house: House, design: Design) -> Iterator[None]:
    for _, _, day in every_day(design):
        for ident, _, _, shared in day["entries"]:
            task = house.names[ident]
            if not house.allowed_at_all(task) or (task.legal.value == "supervised" and not shared):
                yield None


def whole(house: House, design: Design) -> Iterator[None]:
    if len(design) != (house.wishes.jobs or house.set("jobs")):
        yield None
    if any(not days for days in design.values()):
        yield None
    for _, number, day in every_day(design):
        if not day["entries"]:
            yield None
        for ident in {e[0] for e in day["entries"]}:
            mine = [e for e in day["entries"] if e[0] == ident]
            asked = [house.work(house.names[ident])] * house.times(ident, number)
            if [end - start for _, start, end, _ in mine] != asked:
                yield None
            if any(e[3] for e in mine) and not all(e[3] for e in mine):
                yield None
            if sum(ident in {e[0] for e in d["entries"]} for _, n, d in every_day(design) if n == number) > 1:
                yield None


def hours(house: House, design: Design) -> Iterator[None]:
    for days in design.values():
        if not house.asked("week_min", "week_min") <= week(days) <= house.most_week:
            yield None
    for _, number, day in every_day(design):
        if paid(day) > house.asked("day_max", "day_max") or number not in (house.wishes.days or range(7)):
            yield None


def working_time(house: House, design: Design) -> Iterator[str]:
    full = house.place.full_time_week or house.set("full_time")
    for days in design.values():
        if week(days) < Fraction(full * house.set("third_of_full_time"), 100):
            yield "third_of_full_time"
        if len(days) > house.set("days_max"):
            yield "days_max"
        # two weeks on one clock, so that Sunday is followed by Monday
        clock = sorted(
            (n + 7 * w, 1440 * (n + 7 * w) + d["start"], 1440 * (n + 7 * w) + d["end"])
            for n, d in days.items()
            for w in (0, 1)
        )
        for (one, _, end), (other, start, _) in pairwise(clock):
            if other == one + 1 and start - end < house.set("rest_day"):
                yield "rest_day"
    for _, number, day in every_day(design):
        if paid(day) < house.set("shift_min"):
            yield "shift_min"
        if day["start"] < house.set("night_end") or day["end"] > house.set("night_start"):
            yield "night_start"
        if number == 6 and not house.set("sunday"):
            yield "sunday"


def timetable(house: House, design: Design) -> Iterator[str | None]:
    for _, _, day in every_day(design):
        listed, pauses = day["entries"], day["pauses"]
        resting = {m for start, end in pauses for m in range(start, end)}
        for ident, start, end, _ in listed:
            window = house.names[ident].window
            if window and not (window.start <= start and end <= window.end):
                yield None
            if not (day["start"] <= start and end <= day["end"]) or resting & set(range(start, end)):
                yield None
        for one, other in pairwise(listed):
            free = len(set(range(one[2], other[1])) - resting)
            walk = house.walk(house.names[one[0]].place, house.names[other[0]].place)
            if other[1] < one[2] or free < walk:
                yield None
        for order in house.place.orders:
            ends = [e[2] for e in listed if e[0] == order.before]
            starts = [e[1] for e in listed if e[0] == order.after]
            if ends and starts and max(ends) > min(starts):
                yield None
        if paid(day) - sum(e[2] - e[1] for e in listed) > house.set("idle_day"):
            yield None
        if any(end - start != house.set("break_minutes") for start, end in pauses) or len(pauses) > 1:
            yield None
        if any(start < day["start"] or end > day["end"] for start, end in pauses):
            yield None
        present = 0  # minutes on end without a break
        for minute in range(day["start"], day["end"]):
            present = 0 if minute in resting else present + 1
            if present > house.set("work_before_break"):
                yield "work_before_break"
                break


def ceilings(house: House, design: Design) -> Iterator[None]:
    person = house.person
    if person is None:
        return
    for days in design.values():
        tasks = kinds(house, days)
        spans = [(d["start"], d["end"]) for d in days.values()]
        fits = (
            person.week_min <= week(days) <= person.week_max
            and all(paid(d) <= person.day_max for d in days.values())
            and all(n in [int(x) for x in person.days] for n in days)
            and all(person.earliest <= start and end <= person.latest for start, end in spans)
            and all(t.permit is None or t.permit in person.permits for t in tasks)
            and not any(t.family in person.excluded_families for t in tasks)
        )
        if not fits or _speaks_too_little(tasks, person) or _asks_too_much(house, days, tasks, person):
            yield None


def _speaks_too_little(tasks: list[Task], person: Profile) -> bool:
    needs = [t.language for t in tasks if t.language is not None]
    if person.language is None or not any(n.safety_reason for n in needs):
        return False
    skills = ("listening", "speaking", "reading", "writing")
    return any(CEFR.index(getattr(n, s)) > CEFR.index(getattr(person.language, s)) for n in needs for s in skills)


def _asks_too_much(house: House, days: dict[int, Day], tasks: list[Task], person: Profile) -> bool:
    def can(number: int) -> int:
        lifts = [aids()[a].raises.get(number, 0) for a in person.aids]
        return person.abilities[number].likely + max(lifts, default=0)

    for number in person.abilities:
        asked = [t.demands[number] for t in tasks if number in PER_TASK and number in t.demands]
        places = [p for p in house.place.places if p.id in [t.place for t in tasks]]
        asked += [p.demands[number] for p in places if number in PER_PLACE and number in p.demands]
        for fact in composed_facts():
            if fact.dimension == number:
                value = _fact(house, days, tasks, fact.fact)
                asked.append(sum(value > threshold for threshold in fact.thresholds))
        if asked and max(asked) > can(number):
            return True
    return False


def _fact(house: House, days: dict[int, Day], tasks: list[Task], fact: str) -> int:
    """What the timetable of a job asks, by the name of the fact; the worst day counts."""
    task = house.names
    worst = 0
    for day in days.values():
        order = [e[0] for e in day["entries"]]
        value = 0
        posture = {"stand": "standing", "sit": "sitting", "walk": "walking"}.get(fact.split("_")[0])
        if posture and fact.endswith("_day"):
            value = sum(e[2] - e[1] for e in day["entries"] if task[e[0]].posture == posture)
        elif posture:
            value = _stretch(day, [task[e[0]].posture == posture for e in day["entries"]])
        elif fact == "alone_run":
            value = _stretch(day, [bool(task[e[0]].alone) and not e[3] for e in day["entries"]])
        elif fact == "contact_day":
            value = sum(e[2] - e[1] for e in day["entries"] if task[e[0]].contact == "clients")
        elif fact == "changes_day":
            value = sum(a != b for a, b in pairwise(order))
        elif fact == "kinds_day":
            value = len(set(order))
        elif fact == "fixed_times_day":
            value = len({i for i in order if _at_a_set_time(house, task[i])})
        elif fact == "work_day":
            value = paid(day)
        worst = max(worst, value)
    done = [{e[0] for e in d["entries"]} for d in days.values()]
    whole_job = {
        "kinds_job": len(tasks),
        "day_differences_job": max((len(a ^ b) for a in done for b in done), default=0),
        "shared_job": len([e for e in entries(days) if e[3]]),
        "instructors_job": max(1, len({t.instructs for t in tasks if t.instructs})),
    }
    return whole_job.get(fact, worst)


def _at_a_set_time(house: House, task: Task) -> bool:
    if task.window is None or task.minutes is None:
        return False
    return task.window.end - task.window.start - house.work(task) <= 15


def _stretch(day: Day, counts: list[bool]) -> int:
    """The longest stretch: ten idle minutes or a task that does not count end it; less idle time does not count."""
    longest = now = 0
    for number, (entry, counted) in enumerate(zip(day["entries"], counts, strict=True)):
        rested = number == 0 or entry[1] - day["entries"][number - 1][2] >= 10
        now = (0 if rested else now) + entry[2] - entry[1] if counted else 0
        longest = max(longest, now)
    return longest


def links(house: House, design: Design) -> Iterator[None]:
    for link in house.place.links:
        for days in design.values():
            pair = {link.first, link.second}
            if link.kind == "apart" and pair <= {e[0] for e in entries(days)}:
                yield None
            if link.kind == "together":
                for number, day in days.items():
                    here = pair & {e[0] for e in day["entries"]}
                    for other in pair - here if here else ():
                        times = house.names[other].times
                        if times is None or times[number]:
                            yield None


def people_places(house: House, design: Design) -> Iterator[None]:
    roles = {r.id: r for r in house.place.roles}
    for days in design.values():
        tasks = kinds(house, days)
        givers = {t.instructs for t in tasks if t.instructs}
        if len(givers) > house.set("instructors_max"):
            yield None
        for giver in givers:
            own = roles[giver].employer == "partner" or house.place.cooperation.value != "enclave"
            if not roles[giver].may_instruct or not own:
                yield None
        for day in days.values():
            places = {house.names[e[0]].place for e in day["entries"]} - {None}
            if len(places) > house.set("places_day_max"):
                yield None


def _minutes(house: House, days: dict[int, Day]) -> dict[str, int]:
    return {t.id: sum(e[2] - e[1] for e in entries(days) if e[0] == t.id) for t in kinds(house, days)}


def _over(part: int, total: int, percent: int) -> bool:
    return total > 0 and Fraction(part, total) > Fraction(percent, 100)


def variety(house: House, design: Design) -> Iterator[None]:
    for days in design.values():
        tasks, minutes = kinds(house, days), _minutes(house, days)
        if len(tasks) < house.set("kinds_min") or len({t.family for t in tasks}) < house.set("families_min"):
            yield None
        if any(_over(m, sum(minutes.values()), house.set("share_max")) for m in minutes.values()):
            yield None


def postures(house: House, design: Design) -> Iterator[None]:
    for days in design.values():
        minutes = _minutes(house, days)
        for posture in ("standing", "sitting"):
            mine = sum(m for t, m in minutes.items() if house.names[t].posture == posture)
            if _over(mine, sum(minutes.values()), house.set("posture_max")):
                yield None


def _among_people(house: House, entry: tuple[str, int, int, bool]) -> bool:
    return entry[3] or house.names[entry[0]].contact in ("clients", "colleagues")


def company(house: House, design: Design) -> Iterator[None]:
    for days in design.values():
        together = {(e[0], n) for n, d in days.items() for e in d["entries"] if e[3]}
        if len(together) < house.set("shared_min"):
            yield None
        if any(not any(_among_people(house, e) for e in d["entries"]) for d in days.values()):
            yield None


def learning(house: House, design: Design) -> Iterator[None]:
    for days in design.values():
        if len([t for t in kinds(house, days) if t.learning]) < house.set("learning_min"):
            yield None


def unpleasant(house: House, design: Design) -> Iterator[None]:
    for days in design.values():
        minutes = _minutes(house, days)
        bad = sum(m for t, m in minutes.items() if house.names[t].unpleasant)
        if _over(bad, sum(minutes.values()), house.set("unpleasant_max")):
            yield None


def _has_now(role: Role, task: Task) -> Fraction:
    """Minutes a week of a task that a role does now."""
    if task.left_undone or task.minutes is None or task.times is None:
        return Fraction(0)
    part = sum(s.percent for s in task.doers if s.role == role.id)
    return Fraction(task.minutes.likely * sum(task.times) * part, 100)


def _loses(house: House, role: Role, design: Design) -> dict[str, Fraction]:
    """Minutes a week of each task that a role loses; what is done together is not lost."""
    lost: dict[str, Fraction] = {}
    for task, number, shared in taken(house, design):
        if not shared and sum(task.times or ()):
            part = Fraction((task.times or ())[number], sum(task.times or ()))
            lost[task.id] = lost.get(task.id, Fraction(0)) + part * _has_now(role, task)
    return lost


def _mean_load(minutes: dict[str, Fraction], house: House) -> Fraction | None:
    known = {t: m for t, m in minutes.items() if any(n in house.names[t].demands for n in HEAVY)}
    if not sum(known.values()):
        return None
    levels = {t: sum(house.names[t].demands.get(n, 0) for n in HEAVY) for t in known}
    return Fraction(sum(levels[t] * m for t, m in known.items())) / sum(known.values())


def hollowing(house: House, design: Design) -> Iterator[None]:
    for role in house.place.roles:
        now = {t.id: _has_now(role, t) for t in house.place.tasks}
        lost = _loses(house, role, design)
        left = {t: m - lost.get(t, 0) for t, m in now.items()}
        if sum(lost.values()) > sum(now.values()) * Fraction(house.set("hollow_hours"), 100):
            yield None
        if role.floor_week is not None:
            hours = int(sum(now.values())) if role.hours_week is None else role.hours_week
            if sum(lost.values()) > max(0, hours - role.floor_week):
                yield None
        rest = [t.id for t in house.place.tasks if t.recovery]
        kept = Fraction(house.set("hollow_recovery"), 100) * sum(now[t] for t in rest)
        if sum(lost.get(t, Fraction(0)) for t in rest) and sum(left[t] for t in rest) < kept:
            yield None
        before, after = _mean_load(now, house), _mean_load(left, house)
        if before is not None and after is not None:
            # a mean is told in thousandths; the limit is rounded up to one
            limit = ceil(1000 * before * Fraction(max(100, house.set("hollow_load")), 100))
            if 1000 * after > limit:
                yield None


def _low_threshold(house: House, role: Role) -> bool:
    ranks = {s.id: s.rank for s in house.place.pay_scales}
    if role.pay_scale is None or house.place.entry_scale is None:
        return not role.shortage
    return ranks[role.pay_scale] <= ranks[house.place.entry_scale]


def displacement(house: House, design: Design) -> Iterator[None]:
    for role in house.place.roles:
        agreed = sum(a.minutes_week for a in house.place.agreements if a.role == role.id)
        if _low_threshold(house, role) and sum(_loses(house, role, design).values()) > agreed:
            yield None


def blocks(house: House, design: Design) -> Iterator[None]:
    free = {(t.id, n): not s for t, n, s in taken(house, design)}
    for role in house.place.roles:
        if not role.shortage:
            continue
        crumbs = total = Fraction(0)
        for number in range(7):
            for stretch in _stretches_of_work(house, role, number):
                gone = Fraction(0)
                for task in stretch:
                    if free.get((task.id, number)):
                        part = sum(s.percent for s in task.doers if s.role == role.id)
                        gone += Fraction((task.minutes.likely if task.minutes else 0) * part, 100) * house.times(
                            task.id, number
                        )
                total += gone
                crumbs += gone if gone < house.set("block") else 0
        if crumbs > total * Fraction(house.set("crumbs_max"), 100):
            yield None


def _stretches_of_work(house: House, role: Role, number: int) -> list[list[Task]]:
    """Tasks of a role that may move on a day, joined as long as they share a place and their windows overlap."""
    stretches: list[list[Task]] = []
    for task in house.place.tasks:
        mine = any(s.role == role.id for s in task.doers) and not task.left_undone
        if not mine or not house.times(task.id, number):
            continue
        touching = [s for s in stretches if any(_side_by_side(task, other) for other in s)]
        stretches = [s for s in stretches if s not in touching] + [[task, *(t for s in touching for t in s)]]
    return stretches


def _side_by_side(one: Task, other: Task) -> bool:
    assert one.window is not None and other.window is not None
    shared = set(range(one.window.start, one.window.end)) & set(range(other.window.start, other.window.end))
    return one.place == other.place and bool(shared)


def volumes(house: House, design: Design) -> Iterator[None]:
    low = Fraction(house.asked("week_min", "week_min") * (100 - house.set("volume_below")), 100)
    high = Fraction(house.most_week * (100 + house.set("volume_above")), 100)
    movable = [t for t in house.place.tasks if any(house.times(t.id, n) for n in range(7))]
    for season in house.place.scenarios:

        def percent(task: Task, season: Any = season) -> int:
            return season.tasks.get(task.id, season.families.get(task.family, 100))

        if all(percent(t) == 0 for t in movable):
            continue  # the house is closed
        for days in design.values():
            work = sum(Fraction(percent(house.names[t]) * m, 100) for t, m in _minutes(house, days).items())
            if not low <= work <= high:
                yield None


def steady(house: House, design: Design) -> Iterator[None]:
    """Of every so many tasks of a job, all of them long or all of them short: the hours hold in any season."""
    many = house.set("steady_tasks")
    low = Fraction(house.asked("week_min", "week_min") * (100 - house.set("volume_below")), 100)
    high = Fraction(house.most_week * (100 + house.set("volume_above")), 100)
    movable = [t for t in house.place.tasks if any(house.times(t.id, n) for n in range(7))]

    def scale(minutes: int) -> int:
        return ceil(Fraction(minutes * house.asked("tempo", "tempo"), 100))

    for season in (None, *house.place.scenarios):

        def part(task: Task, season: Any = season) -> Fraction:
            return Fraction(100 if season is None else season.tasks.get(task.id, season.families.get(task.family, 100)))

        if not many or (season is not None and all(part(t) == 0 for t in movable)):
            continue
        for days in design.values():
            done = [house.names[e[0]] for day in days.values() for e in day["entries"]]
            usual = sum(part(house.names[t]) * m for t, m in _minutes(house, days).items()) / 100
            longer, shorter = [], []
            for ident in {t.id for t in done}:
                task, times = house.names[ident], sum(t.id == ident for t in done)
                now = house.work(task)
                least, most = scale(task.minutes.low), scale(task.minutes.high)
                if task.minutes.low == task.minutes.high:
                    least, most = (
                        now - ceil(now * house.set("steady_swing") / 100),
                        now + ceil(now * house.set("steady_swing") / 100),
                    )
                longer.append(times * part(task) * (most - now) / 100)
                shorter.append(times * part(task) * (now - least) / 100)
            if usual + sum(sorted(longer)[-many:]) > high or usual - sum(sorted(shorter)[-many:]) < low:
                yield None


def pins(house: House, design: Design) -> Iterator[None]:
    done = {(e[0], number) for _, number, day in every_day(design) for e in day["entries"]}
    alone = {(e[0], number) for _, number, day in every_day(design) for e in day["entries"] if not e[3]}
    for pin in house.wishes.pins:
        times = house.names[pin.task].times
        days = [int(d) for d in pin.days] or list(range(7))
        days = days if times is not None else [int(d) for d in pin.days]
        days = [d for d in days if times is None or times[d]]
        if pin.kind == "into" and (not days or any((pin.task, d) not in done for d in days)):
            yield None
        if pin.kind == "alone" and (not days or any((pin.task, d) not in alone for d in days)):
            yield None
        if pin.kind == "out" and any((pin.task, d) in done for d in days):
            yield None


READINGS: dict[str, Any] = {
    reading.__name__: reading
    for reading in (
        reserved,
        whole,
        hours,
        working_time,
        timetable,
        ceilings,
        links,
        people_places,
        variety,
        postures,
        company,
        learning,
        unpleasant,
        hollowing,
        displacement,
        blocks,
        volumes,
        steady,
        pins,
    )
}
