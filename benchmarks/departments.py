"""One department of a generated workplace: its places, roles, tasks, orders and links, with jobs planted in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.drafting import Draft, Draw, draft
from benchmarks.planting import House, Planted, plant, spares

Table = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One department: what stands in the document, and the jobs planted in it."""

    places: list[Table]
    walks: list[Table]
    roles: list[Table]
    tasks: list[Draft]
    orders: list[tuple[str, str]]
    links: list[tuple[str, str, str]]
    agreements: list[Table]
    planted: list[Planted]


def department(name: str, mould: Table, own: str, size: int, jobs: int) -> Part:
    """Return a department; drawn anew until the planted jobs leave every sitting role what it must keep."""
    attempt = 0
    while True:
        made = _attempt(Draw(f"{name}/{attempt}"), mould, own, size, jobs)
        if made is not None:
            return made
        attempt += 1


def _attempt(draw: Draw, mould: Table, own: str, size: int, jobs: int) -> Part | None:
    tasks = _drafts(draw, mould, own, size)
    places, walks = _places(draw, mould, own)
    roles = [_role(draw, r, own, size / len(mould["tasks"])) for r in mould["roles"]]
    ranks = {s["id"]: s["rank"] for s in mould["pay_scales"]}
    low = frozenset(f"{own}.{r['id']}" for r in mould["roles"] if _low(r, ranks, mould["entry_scale"]))
    days = tuple(mould["days"]) or (0, 1, 2, 3, 4, 5)
    ways = _shortest(walks)
    giving = frozenset(r["id"] for r in roles if r.get("may_instruct", True))
    house = House(days, low, giving, lambda a, b: 0 if a == b else ways.get((a, b), 99))
    planted = plant(draw, tasks, jobs, house)
    if planted is None:
        return None
    rooms = {r["id"]: r["hours_week"] - r["floor_week"] for r in roles if "floor_week" in r}
    if not spares(tasks, planted, rooms, frozenset(r["id"] for r in roles if r.get("shortage"))):
        return None
    agreed = [_agreement(a, own) for a in mould["agreements"]]
    links = _links(draw, mould, tasks, planted)
    return Part(places, walks, roles, tasks, _orders(draw, mould, tasks, planted), links, agreed, planted)


def _drafts(draw: Draw, mould: Table, own: str, size: int) -> list[Draft]:
    """Draw the tasks: as many movable ones as in the moulds, give or take; the others each once before any is twice."""
    rows = mould["tasks"]
    movable, fixed = ([r for r in rows if bool(r["movable"]) is told] for told in (True, False))
    many = size * len(movable) // len(rows) + draw.near(max(1, size * 6 // 100))
    many = min(size, max(0, many))
    copies: dict[str, int] = {}
    chosen: list[Table] = []
    while len(chosen) < many:
        row = draw.one(movable)
        if copies.get(row["id"], 0) < 1 + many // len(movable) * 2 + 1:
            copies[row["id"]] = copies.get(row["id"], 0) + 1
            chosen.append(row)
    deck: list[Table] = []
    while len(chosen) < size:
        deck = deck or draw.shuffled(fixed)
        chosen.append(deck.pop())
    chosen.sort(key=lambda r: rows.index(r))
    seen: dict[str, int] = {}
    made = []
    for number, row in enumerate(chosen, 1):
        seen[row["id"]] = seen.get(row["id"], 0) + 1
        made.append(draft(draw, row, f"{own}-{number:03d}", seen[row["id"]], own))
    return made


def _places(draw: Draw, mould: Table, own: str) -> tuple[list[Table], list[Table]]:
    places = [{**p, "id": f"{own}.{p['id']}"} for p in mould["places"]]
    walks = []
    for w in mould["walks"]:
        minutes = max(0, w["minutes"] + draw.near(1 if w["minutes"] < 10 else 4)) if w["minutes"] else 0
        walks.append({"start": f"{own}.{w['start']}", "end": f"{own}.{w['end']}", "minutes": minutes})
    return places, walks


def _shortest(walks: list[Table]) -> dict[tuple[str, str], int]:
    ways: dict[tuple[str, str], int] = {}
    for w in walks:
        ways[w["start"], w["end"]] = ways[w["end"], w["start"]] = w["minutes"]
    places = sorted({p for pair in ways for p in pair})
    for via in places:
        for a in places:
            for b in places:
                if a != b and (a, via) in ways and (via, b) in ways:
                    around = ways[a, via] + ways[via, b]
                    ways[a, b] = min(around, ways.get((a, b), around))
    return ways


def _role(draw: Draw, row: Table, own: str, factor: float) -> Table:
    made = {k: v for k, v in row.items() if k not in ("headcount",)} | {"id": f"{own}.{row['id']}"}
    if "hours_week" in row:
        made["hours_week"] = max(60, int(row["hours_week"] * factor) * (100 + draw.near(15)) // 100)
        if "floor_week" in row:
            made["floor_week"] = made["hours_week"] * (row["floor_week"] * 100 // row["hours_week"]) // 100
    return made


def _low(role: Table, ranks: dict[str, int], entry: str) -> bool:
    """Tell whether a role is paid no more than the new job: nothing of its work is planted."""
    if role.get("pay_scale") not in ranks:
        return True
    return ranks[role["pay_scale"]] <= ranks[entry]


def _agreement(row: Table, own: str) -> Table:
    return {
        "role": f"{own}.{row['role']}",
        "minutes_week": row["minutes_week"],
        "parties": "generated",
        "date": "2026-11-24",
    }


def _orders(draw: Draw, mould: Table, tasks: list[Draft], planted: list[Planted]) -> list[tuple[str, str]]:
    """Draw orders between tasks of one place, the earlier window first, none against a planted day."""
    wanted = (mould["orders"] * len(tasks) * 2 // len(mould["tasks"]) + 1) // 2
    against = {
        (later.task.id, earlier.task.id)
        for job in planted
        for line in job.days.values()
        for n, later in enumerate(line)
        for earlier in line[:n]
    }
    pairs = [
        (a.id, b.id)
        for a in tasks
        for b in tasks
        if a.place == b.place and a.movable and b.movable and 15 <= b.middle - a.middle <= 240
    ]
    pairs = [p for p in draw.shuffled(pairs) if p not in against]
    return sorted(pairs[:wanted])


def _links(draw: Draw, mould: Table, tasks: list[Draft], planted: list[Planted]) -> list[tuple[str, str, str]]:
    """Draw pairs that stay apart and pairs that stay together (of one place and the same days), none against a job."""
    whose: dict[str, set[int]] = {task.id: set() for task in tasks}
    for number, job in enumerate(planted):
        for task in job.tasks():
            whose[task.id].add(number)
    free = [t for t in tasks if t.movable]
    pairs = draw.shuffled([(a, b) for n, b in enumerate(free) for a in free[:n]])
    made: dict[tuple[str, str], str] = {}
    for kind in ("apart", "together"):
        wanted = (mould["links"][kind] * len(tasks) * 2 // len(mould["tasks"]) + 1) // 2
        for a, b in pairs:
            if wanted > 0 and (a.id, b.id) not in made and _may(kind, a, b, whose):
                made[a.id, b.id] = kind
                wanted -= 1
    return sorted((kind, a, b) for (a, b), kind in made.items())


def _may(kind: str, a: Draft, b: Draft, whose: dict[str, set[int]]) -> bool:
    if kind == "apart":
        return a.mould["family"] != b.mould["family"] and not whose[a.id] & whose[b.id]
    unused = not whose[a.id] and not whose[b.id]
    return unused and a.place == b.place and a.times == b.times and a.start < b.end and b.start < a.end
