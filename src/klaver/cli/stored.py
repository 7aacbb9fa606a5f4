"""Documents that were stored before: read, and designs put beside the workplace they belong to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from klaver.values import Document, Fault, Faults

if TYPE_CHECKING:
    from klaver.design.problem import Problem
    from klaver.design.records import Design
    from klaver.people.records import Profile
    from klaver.work.records import Workplace

D = TypeVar("D", bound=Document)


def stored(path: Path) -> Design:
    """Return a stored design; every place in it that cannot be read is told."""
    from klaver.design.records import Design

    return document(path, Design, "cli.not_a_design")


def document(path: Path, kind: type[D], wrong_kind: str, missing: str = "cli.no_file") -> D:
    """Return a stored document.

    Raises
    ------
    Faults
        With ``missing`` when there is no such file, else with ``wrong_kind`` for every place that cannot be read.
    """
    from pydantic import ValidationError

    try:
        return kind.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError:
        raise Faults([Fault(code=missing, file=str(path))]) from None
    except (ValidationError, UnicodeDecodeError) as wrong:
        errors = wrong.errors()[:20] if isinstance(wrong, ValidationError) else []
        places = [".".join(map(str, e["loc"])) or "-" for e in errors] or ["-"]
        raise Faults([Fault(code=wrong_kind, values={"where": p}, file=str(path)) for p in places]) from None


def problem_of(found: Design, case: Path, people: Path | None) -> Problem:
    """Return the question that a design answers, from its workplace or from the receipt beside it."""
    from klaver.design.problem import problem
    from klaver.work.workbook import read_workplace

    place = _input_of(case) if case.name == "receipt.json" else read_workplace(case)
    place = place.model_copy(update={"wishes": found.wishes})
    loose = found.receipt.confirmed_only if found.receipt else bool(found.warnings)
    return problem(
        place, found.parameters, profiles_of(people, found.wishes.profile), found.wishes, confirmed_only=loose
    )


def _input_of(receipt: Path) -> Workplace:
    from pydantic import ValidationError

    from klaver.work.records import Workplace

    try:
        return Workplace.model_validate_json(json.dumps(json.loads(receipt.read_text(encoding="utf-8"))["workplace"]))
    except OSError:
        raise Faults([Fault(code="cli.no_file", file=str(receipt))]) from None
    except (ValidationError, ValueError, KeyError, TypeError):
        raise Faults([Fault(code="cli.no_input", file=str(receipt))]) from None


def profiles_of(people: Path | None, person: str | None) -> tuple[Profile, ...]:
    """Return the profiles of a file, or Klaver's own."""
    from klaver.people import for_design, read_people

    return for_design(() if people is None else read_people(people), person)


def written(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside it first, then under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
