"""A job for each person of a group: who is in it, who holds which job, and why not everybody can have one."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from klaver.cli.clash import conflict_data
from klaver.cli.ending import NO, NO_ANSWER
from klaver.language import Language, tell
from klaver.values import Fault, Faults

if TYPE_CHECKING:
    from klaver.design.holders import Holders, Seat
    from klaver.design.problem import Problem
    from klaver.design.records import Design, Receipt
    from klaver.design.solve.alternatives import Answer
    from klaver.design.solve.search import Effort
    from klaver.design.solve.seats import Unseated
    from klaver.people.records import Profile

FOLDER = "people"
"""Where the documents about persons stand, apart from the designs beside it."""


def chosen(names: Sequence[str], everybody: Path | None, people: Path | None, jobs: int | None) -> tuple[Profile, ...]:
    """Return the persons that a job each is made for; nobody when it is for a profile or for nobody in particular.

    One person is a group of one: no design ever names a person, and who holds its job is a document of its own.

    Raises
    ------
    Faults
        When a person is named twice or is not in the file, nobody is in it, or another number of jobs was asked.
    """
    from klaver.people import read_people

    if everybody is None and not names:
        return ()
    known = {p.id: p for p in (() if people is None else read_people(people)) if p.kind == "person"}
    if everybody is None and len(names) == 1 and names[0] not in known:
        return ()
    faults = [Fault(code="group.unknown", values={"person": n}) for n in names if n not in known]
    group = [known[n] for n in names if n in known]
    if everybody is not None:
        group += [p for p in read_people(everybody) if p.kind == "person"]
    twice = sorted({p.id for n, p in enumerate(group) if p.id in {q.id for q in group[:n]}})
    faults += [Fault(code="group.twice", values={"person": ident}) for ident in twice]
    if not faults and not group:
        faults.append(Fault(code="group.nobody", file=str(everybody)))
    if not faults and jobs is not None and jobs != len(group):
        faults.append(Fault(code="group.jobs", values={"persons": len(group), "jobs": jobs}))
    if faults:
        raise Faults(faults)
    return tuple(group)


def parted(asked: Problem, answer: Answer) -> tuple[Answer, tuple[Holders, ...]]:
    """Return the designs without their people, and for each who holds which job."""
    from klaver.design.holders import apart

    pairs = [apart(asked, found) for found in answer.designs]
    return replace(answer, designs=tuple(d for d, _ in pairs)), tuple(h for _, h in pairs)


def write_holders(several: Sequence[Holders], out: Path) -> Path:
    """Write who holds which job into a folder of its own."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for number, holders in enumerate(several, 1):
        beside = folder / f"holders-{number}.json.part"
        beside.write_text(holders.to_json(), encoding="utf-8")
        beside.replace(folder / f"holders-{number}.json")
    return folder


def show_holders(several: Sequence[Holders], folder: Path, lang: Language) -> None:
    """Print for every design who holds which job, in the order of the jobs."""
    for number, holders in enumerate(several, 1):
        typer.echo(tell("group.seats", lang, design=number))
        for seat in holders.seats:
            typer.echo(f"  {tell_seat(seat, lang)}")
    typer.echo(tell("group.kept_apart", lang, folder=str(folder)))


def tell_seat(seat: Seat, lang: Language) -> str:
    """Tell one person in one job: how the door stands, what is to be asked, and which other jobs would do."""
    from klaver.matching.doors import Door
    from klaver.matching.telling import tell_rest, tell_state

    found = Door(profile=seat.person, status=seat.status, aids=seat.aids, questions=seat.questions)
    said = [tell_state(found, lang), tell_rest(found, lang, person=True)]
    said += [tell("group.also", lang, jobs=", ".join(seat.also))] if seat.also else []
    return f"{seat.job}: {seat.person} ({'; '.join(s for s in said if s)})"


def no_seats(asked: Problem, effort: Effort, limit: int, lang: Language, as_json: bool) -> int:
    """Tell for whom of a group no job is possible, and why; the search gets as much time again."""
    from klaver.design.solve.seats import unseated

    if not as_json:
        typer.echo(tell("group.why", lang), err=True)
    ends = time.monotonic() + limit
    again = replace(effort, late=lambda: time.monotonic() > ends, tell=lambda progress: None)
    found = unseated(replace(asked, confirmed_only=True), again)
    if as_json:
        typer.echo(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        _tell_unseated(found, {t.id: t.name_in(lang) for t in asked.workplace.tasks}, lang)
    return NO if found.alone or found.together else NO_ANSWER


def _data(found: Unseated) -> dict[str, object]:
    alone = [{"person": a.person.id, "conditions": a.conditions, **conflict_data(a.clash)} for a in found.alone]
    together = [p.id for p in found.together]
    clash = conflict_data(found.clash) if found.clash else None
    return {"alone": alone, "together": together, "confirmed": found.confirmed, "clash": clash}


def _tell_unseated(found: Unseated, names: dict[str, str], lang: Language) -> None:
    from klaver.documents.clash import tell_wish

    for one in found.alone:
        typer.echo(tell("group.alone", lang, person=one.person.id))
        for wish in one.clash.wishes:
            if wish.key != "profile" or not one.conditions:
                typer.echo(f"  - {tell_wish(wish, names, lang)}")
        for code in one.conditions:
            typer.echo(f"  - {one.person.id}: {tell(f'door.barrier_{code}', lang)}")
    if found.together:
        code = "group.together" if found.confirmed else "group.together_unsure"
        typer.echo(tell(code, lang, persons=", ".join(p.id for p in found.together)))
        if found.clash is not None and found.clash.wishes:
            typer.echo(tell("group.with", lang))
            for wish in found.clash.wishes:
                typer.echo(f"  - {tell_wish(wish, names, lang)}")
    if not found.alone and not found.together:
        typer.echo(tell("group.unknown_why", lang))


def stored_holders(path: Path) -> Holders:
    """Return a stored document about who holds which job; nothing of it is repeated when it cannot be read."""
    from pydantic import ValidationError

    from klaver.design.holders import Holders

    try:
        return Holders.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError:
        raise Faults([Fault(code="cli.no_file", file=str(path))]) from None
    except (ValidationError, UnicodeDecodeError):
        raise Faults([Fault(code="group.not_holders", file=str(path))]) from None


def seated(asked: Problem, found: Design, holders: Path | None, people: Path | None) -> Problem:
    """Return the question with the persons who hold the jobs of a design, in the order of its jobs."""
    from klaver.design.holders import group_of
    from klaver.people import read_people

    if holders is None:
        return asked
    group = group_of(stored_holders(holders), found, () if people is None else read_people(people))
    return replace(asked, group=group)


def made_again(asked: Problem, receipt: Receipt, effort: Effort, holders: Path | None) -> Answer:
    """Make the designs of a receipt again; for a group in the order in which it was searched, then apart."""
    from klaver.design.solve.alternatives import again

    if holders is None:
        return again(asked, receipt, effort)
    known = {p.id: p for p in asked.group}
    order = tuple(known[ident] for ident in stored_holders(holders).asked)
    searched = replace(asked, group=order)
    return parted(searched, again(searched, receipt, effort))[0]
