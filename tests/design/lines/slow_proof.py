"""The checker of certificates as it can be read: plain whole numbers and sets of bits, no arrays.

Prices refute a part of a line when what is still to do is worth more than the workers left can earn: a worker earns at
most the dearest set of tasks without a gap that fits in the cycle time. That most is worked out here anew for every row
and worker. From the empty line on, the next station is filled in every full way by every worker left; each way must be
refuted by a row, or becomes a part of the next layer. When a layer is empty, nothing is possible. Filling a station is
enough for full stations only: a task that is done earlier than it could be hinders nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from klaver.design.lines.proof import Unproved
from klaver.design.lines.records import Line, LineCertificate
from klaver.design.lines.validate import circle

WORK = 40_000_000
"""Steps after which a check is given up: some half a minute."""

HEAVY = 4
"""Steps that one step of looking for the dearest set counts for: it takes so much longer than one of filling."""

FOLLOWED = 4
"""Rows that are followed at every step of filling a station."""


def bits(word: int) -> Iterator[int]:
    """Yield the numbers of the bits of a word, lowest first."""
    while word:
        low = word & -word
        yield low.bit_length() - 1
        word ^= low


@dataclass
class _Form:
    """A line turned the way the certificate reads it; sets of tasks are the bits of whole numbers."""

    line: Line
    backwards: bool
    cycle: int
    steps: int = 0
    most: int = WORK
    above: list[int] = field(init=False)
    below: list[int] = field(init=False)
    order: list[int] = field(init=False)
    times: list[list[int | None]] = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.line.tasks)
        pairs = [(b, a) if self.backwards else (a, b) for a, b in self.line.arcs()]
        before: list[set[int]] = [set() for _ in range(count)]
        for a, b in pairs:
            before[b].add(a)
        self.above, self.order = [0] * count, []
        left = set(range(count))
        while left:
            ready = sorted(t for t in left if not before[t] & left)
            for t in ready:
                for a in before[t]:
                    self.above[t] |= self.above[a] | 1 << a
            self.order += ready
            left -= set(ready)
        self.below = [sum(1 << b for b in range(count) if self.above[b] >> t & 1) for t in range(count)]
        self.times = [
            [None if time is None or time > self.cycle else time for time in column]
            for column in zip(*(task.times for task in self.line.tasks), strict=True)
        ]

    def step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps > self.most:
            raise Unproved("work")

    @cached_property
    def twins(self) -> list[int]:
        """The worker before with the same times, for each worker; -1 when there is none."""
        return [next((v for v in range(w - 1, -1, -1) if self.times[v] == row), -1) for w, row in enumerate(self.times)]

    @cached_property
    def clash(self) -> list[list[int]]:
        """For each worker and task the tasks that cannot stand beside it at one station, for time or for a gap."""
        made = []
        for times in self.times:
            rows = [0] * len(times)
            shut = sum(1 << t for t, time in enumerate(times) if time is None)
            for a, time in enumerate(times):
                for b in range(a):
                    other = times[b]
                    if time is None or other is None:
                        continue
                    between = self.below[a] & self.above[b] | self.below[b] & self.above[a]
                    if between & shut or time + other + sum(times[t] or 0 for t in bits(between)) > self.cycle:
                        rows[a] |= 1 << b
                        rows[b] |= 1 << a
            made.append(rows)
        return made


def dearest(form: _Form, worker: int, prices: Sequence[int]) -> int:
    """Return the worth of the dearest set of tasks without a gap that a worker does within the cycle time."""
    times, clash, above_of, below_of = form.times[worker], form.clash[worker], form.above, form.below
    shut = sum(1 << t for t, time in enumerate(times) if time is None)
    able = [(prices[t], time, t) for t, time in enumerate(times) if prices[t] and time is not None]
    able.sort(key=lambda item: (-item[0] / item[1] if item[1] else float("-inf"), item[2]))
    ranked = [(1 << t, price, time) for price, time, t in able]
    names, size, best, steps = [t for _, _, t in able], len(able), 0, 0

    def look(at: int, inside: int, out: int, above: int, below: int, gain: int, rest: int) -> None:
        nonlocal best, steps
        blocked = inside | out
        for k in range(at, size):
            bit = ranked[k][0]
            if bit & blocked:
                continue
            steps += 1
            limit, room = gain, rest
            for other, worth, time in ranked[k:]:
                if other & blocked:
                    continue
                if time <= room:
                    limit += worth
                    room -= time
                else:
                    limit += worth * room // time
                    break
            if limit <= best:
                return
            t = names[k]
            new = (bit | below & above_of[t] | above & below_of[t]) & ~inside
            if not new & (shut | out):
                need, more, ups, downs, closed = 0, 0, above, below, out
                for x in [t] if new == bit else bits(new):
                    need += times[x] or 0
                    more += prices[x]
                    ups |= above_of[x]
                    downs |= below_of[x]
                    closed |= clash[x]
                if need <= rest:
                    best = max(best, gain + more)
                    look(k + 1, inside | new, closed & ~(inside | new), ups, downs, gain + more, rest - need)
            out |= bit
            blocked |= bit

    look(0, 0, shut, 0, 0, 0, form.cycle)
    form.step(HEAVY * steps)
    return best


class _Rows:
    """The rows of a certificate with what each worker can earn, worked out when a row is first asked."""

    def __init__(self, form: _Form, prices: Sequence[Sequence[int]], workers: int) -> None:
        self.form, self.prices, self.workers = form, prices, workers
        self.everybody = range(len(form.line.workers))
        self.total = [sum(row) for row in prices]
        self.known: list[list[int] | None] = [None] * len(prices)

    def earned(self, row: int) -> list[int]:
        """Return what each worker can earn at most at the prices of a row."""
        found = self.known[row]
        if found is None:
            found = self.known[row] = [dearest(self.form, w, self.prices[row]) for w in self.everybody]
        return found

    def worth(self, row: int, done: int) -> int:
        """Return what all tasks that are not done are worth at the prices of a row."""
        price = self.prices[row]
        return self.total[row] - sum([price[t] for t in bits(done)])

    def over(self, row: int, used: int, done: int) -> int:
        """Return how much more the tasks left are worth than the workers who may still be used can earn."""
        earned = self.earned(row)
        rest = sorted((earned[w] for w in self.everybody if not used >> w & 1), reverse=True)
        return self.worth(row, done) - sum(rest[: self.workers - used.bit_count()])

    def needs(self, row: int, used: int, done: int, left: Sequence[int]) -> list[int]:
        """Return for each worker left what their station must be worth for the rest to stay possible."""
        worth, earned = self.worth(row, done), self.earned(row)
        mine = [earned[w] for w in left]
        others = self.workers - used.bit_count() - 1
        if others >= len(left) - 1:
            first = worth - sum(mine)
            return [first + most for most in mine]
        rest = sorted(mine, reverse=True)
        top = sum(rest[:others])
        # Without a worker who is among the dearest, the next dearest one comes in.
        return [worth - (top - most + rest[others] if most > rest[others] else top) for most in mine]


def check(line: Line, certificate: LineCertificate, most: int = WORK) -> int:
    """Accept a certificate, or say why not; return how many steps it took.

    Raises
    ------
    Unproved
        With ``why``: another line, a row of another length, a part that stays possible, or too much work.
    """
    if certificate.line != line.fingerprint() or circle(line):
        raise Unproved("line")
    if any(len(row) != len(line.tasks) for row in certificate.prices):
        raise Unproved("row")
    if not 0 < certificate.workers <= len(line.workers):
        raise Unproved("workers")
    form = _Form(line, certificate.backwards, certificate.cycle, most=most)
    rows = _Rows(form, certificate.prices, certificate.workers)
    everything = (1 << len(line.tasks)) - 1
    if not everything:
        raise Unproved("state")
    layer = {(0, 0)}
    if any(rows.over(row, 0, 0) > 0 for row in range(len(rows.prices))):
        return form.steps
    for _ in range(certificate.workers):
        grown: set[tuple[int, int]] = set()
        for used, done in sorted(layer):
            left = [w for w in range(len(line.workers)) if not used >> w & 1]
            form.step(HEAVY * 4 * len(rows.prices))
            needs = [rows.needs(row, used, done, left) for row in range(len(rows.prices))]
            for at, w in enumerate(left):
                if form.twins[w] in left:
                    continue
                asked = [(need[at], row) for row, need in enumerate(needs) if need[at] > 0]
                loads = _loads(form, rows, everything & ~done, done, w, asked)
                grown |= {(used | 1 << w, done | load) for load in loads}
        layer = _undominated(form, grown)
        if not layer:
            break
    return form.steps


def _undominated(form: _Form, parts: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Drop a part when another one with the same workers has done all of it and more."""
    kept: dict[int, list[int]] = {}
    for used, done in sorted(parts, key=lambda part: (part[0], -part[1].bit_count(), part[1])):
        mine = kept.setdefault(used, [])
        form.step(len(mine))
        if not any(done & ~other == 0 for other in mine):
            mine.append(done)
    return {(used, done) for used, all_ in kept.items() for done in all_}


def _loads(form: _Form, rows: _Rows, left: int, done: int, w: int, asked: list[tuple[int, int]]) -> Iterator[int]:
    """Yield the full ways in which a worker can fill the next station and that no row refutes.

    ``asked`` lists what the station must be worth at the prices of a row for the rest to stay possible.

    Raises
    ------
    Unproved
        When a way ends the line: then the cycle time is possible.
    """
    times = form.times[w]
    reach = [t for t in form.order if left >> t & 1 and times[t] is not None]
    reach = [t for t in reach if _from_here(form, times, t, done) <= form.cycle]
    if any(need > rows.earned(row)[w] for need, row in asked):
        return
    asked.sort(key=lambda item: (-item[0] / max(1, rows.earned(item[1])[w]), item[1]))
    tight = [(need, rows.prices[row]) for need, row in asked[:FOLLOWED]]
    followed = [(need, prices, _limits(form, prices, reach, times)) for need, prices in tight]
    stack = [(0, 0, form.cycle, tuple(0 for _ in followed))]
    while stack:
        at, load, rest, worth = stack.pop()
        form.step()
        if any(worth[k] + limit[at][rest] < need for k, (need, _, limit) in enumerate(followed)):
            continue
        if at == len(reach):
            if _full(form, times, reach, done | load, rest) and not any(
                sum(rows.prices[row][t] for t in bits(load)) < need for need, row in asked
            ):
                if load == left:
                    raise Unproved("state")
                yield load
            continue
        t = reach[at]
        stack.append((at + 1, load, rest, worth))
        time = times[t]
        if time is not None and time <= rest and not form.above[t] & ~(done | load):
            more = tuple(worth[k] + price[t] for k, (_, price, _) in enumerate(followed))
            stack.append((at + 1, load | 1 << t, rest - time, more))


def _from_here(form: _Form, times: Sequence[int | None], t: int, done: int) -> int:
    """Return the time of a task with all that must come before it and is not done; too much when one cannot be done."""
    need = [times[x] for x in bits((form.above[t] | 1 << t) & ~done)]
    return form.cycle + 1 if None in need else sum(time or 0 for time in need)


def _limits(form: _Form, prices: Sequence[int], reach: Sequence[int], times: Sequence[int | None]) -> list[list[int]]:
    """Return what the tasks from a place on are worth at most in a rest of time, whatever their order."""
    table = [[0] * (form.cycle + 1)]
    form.step(len(reach) * (form.cycle + 1) // 16)
    for t in reversed(reach):
        time, price, last = times[t] or 0, prices[t], table[-1]
        table.append([*last[:time], *(max(a, b + price) for a, b in zip(last[time:], last, strict=False))])
    return table[::-1]


def _full(form: _Form, times: Sequence[int | None], reach: Sequence[int], done: int, rest: int) -> bool:
    """Tell whether no other task fits at the station."""
    for t in reach:
        time = times[t]
        if not done >> t & 1 and time is not None and time <= rest and not form.above[t] & ~done:
            return False
    return True
