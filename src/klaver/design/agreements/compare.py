"""What was said, laid beside what is so now: agreed, changed since with the difference, not asked, or an objection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from klaver.design.agreements.records import (
    DECIDES,
    Agreements,
    Entry,
    Fact,
    Facts,
    Gate,
    Named,
    Part,
    Statement,
    Terms,
    print_of,
)
from klaver.values import Fault, Faults, Record

State = Literal["objects", "changed", "not_asked", "agreed"]
STATES: tuple[State, ...] = ("objects", "changed", "not_asked", "agreed")
"""The states of a part or a gate; the first that holds is told."""


class Difference(Record):
    """One fact of a part that is another than it was; ``None`` where it was not so, or is no longer so.

    ``thing`` says whether what the fact is about (a task, a day) came into the part, left it, or is still there.
    """

    of: str
    id: str
    what: str
    before: int | str | None
    after: int | str | None
    thing: Literal["came", "went", "stayed"] = "stayed"


class Changed(Record):
    """A part that changed since somebody spoke about it."""

    part: Part
    differences: tuple[Difference, ...]


class Held(Record):
    """A statement that stands, with what changed since in the parts that it names."""

    statement: Statement
    changed: tuple[Changed, ...] = ()


class GateState(Record):
    """A decision point as it is now; ``parts`` is the state of every part on which it decides.

    The state of the gate is the first of ``STATES`` that one of its parts is in: it is agreed when all of it is.
    """

    gate: Gate
    state: State
    parts: tuple[tuple[Part, State], ...]
    held: tuple[Held, ...]

    def count(self, state: State) -> int:
        """Return how many of its parts are in a state."""
        return sum(s == state for _, s in self.parts)


def differences(before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Difference, ...]:
    """Return what differs between a part as it was and as it is, in the order of its facts."""
    old, new = ({(f.of, f.id, f.what): f.value for f in facts} for facts in (before, after))
    were, are = ({key[:2] for key in found} | {("whole", "")} for found in (old, new))
    made = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            thing: Literal["came", "went", "stayed"] = "stayed"
            if key[:2] not in were or key[:2] not in are:
                thing = "came" if key[:2] in are else "went"
            of, ident, what = key
            values = {"before": old.get(key), "after": new.get(key)}
            made.append(Difference(of=of, id=ident, what=what, thing=thing, **values))
    return tuple(made)


def compare(agreements: Agreements, now: Mapping[Part, Facts]) -> tuple[GateState, ...]:
    """Return every decision point as it is now."""
    return tuple(_gate(agreements, gate, now) for gate in Gate)


def _gate(agreements: Agreements, gate: Gate, now: Mapping[Part, Facts]) -> GateState:
    held = []
    for statement in agreements.standing(gate):
        changed = []
        for named in statement.parts:
            found = differences(agreements.contents[named.print], now.get(named.part, ()))
            if found:
                changed.append(Changed(part=named.part, differences=found))
        held.append(Held(statement=statement, changed=tuple(changed)))
    spoken = [named.part for one in held for named in one.statement.parts]
    parts = tuple((part, _state(part, held)) for part in dict.fromkeys([*decided(gate, now), *spoken]))
    state: State = min((s for _, s in parts), key=STATES.index, default="not_asked")
    return GateState(gate=gate, state=state, parts=parts, held=tuple(held))


def _state(part: Part, held: Sequence[Held]) -> State:
    about = [one for one in held if any(named.part == part for named in one.statement.parts)]
    if any(one.statement.answer == "objects" for one in about):
        return "objects"
    if any(changed.part == part for one in about for changed in one.changed):
        return "changed"
    return "agreed" if about else "not_asked"


def decided(gate: Gate, now: Mapping[Part, Facts]) -> list[Part]:
    """Return the parts on which a decision point decides."""
    return [part for kind in DECIDES[gate] for part in now if part.kind is kind]


def said(agreements: Agreements, entry: Entry, now: Mapping[Part, Facts], seen: int) -> Agreements:
    """Return the agreements with one entry more.

    ``seen`` is the number of entries that its writer looked at. The prints of the parts are those that were looked
    at: nobody agrees to what has changed meanwhile.

    Raises
    ------
    Faults
        When the same function has spoken since, or a part is another than was seen; all at once, nothing is written.
    """
    faults = []
    if any(e.whose == entry.whose for e in agreements.entries[seen:]):
        code = "agree.said_since" if isinstance(entry, Statement) else "agree.terms_since"
        faults.append(Fault(code=code))
    named: tuple[Named, ...] = () if isinstance(entry, Terms) else entry.parts
    faults += [
        Fault(code="agree.part_since", values={"part": n.part.key})
        for n in named
        if n.part not in now or print_of(now[n.part]) != n.print
    ]
    if faults:
        raise Faults(faults)
    known = agreements.contents | {n.print: now[n.part] for n in named}
    return Agreements(
        workplace=agreements.workplace, entries=(*agreements.entries, entry), contents=dict(sorted(known.items()))
    )


def objections(gates: Sequence[GateState]) -> list[Held]:
    """Return every objection that stands."""
    return [one for gate in gates for one in gate.held if one.statement.answer == "objects"]
