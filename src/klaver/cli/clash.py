"""Wishes that cannot be met together, told: which clash, and the smallest change that makes a design possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from klaver.language import Language, day_name, hours, tell
from klaver.values import Weekday

if TYPE_CHECKING:
    from klaver.design.solve.conflict import Conflict
    from klaver.design.solve.wishes import Wish


def tell_conflict(clash: Conflict | None, names: Mapping[str, str], lang: Language) -> None:
    """Print the wishes that clash and the smallest change that mends it; ``names`` are those of the tasks."""
    if clash is None or not clash.wishes:
        typer.echo(tell("cli.impossible_nothing", lang))
        return
    typer.echo(tell("cli.impossible", lang))
    for wish in clash.wishes:
        typer.echo(f"  - {tell_wish(wish, names, lang)}")
    if not clash.confirmed:
        typer.echo(tell("cli.conflict_unconfirmed", lang))
    if clash.repair is None:
        typer.echo(tell("cli.no_repair", lang))
        return
    typer.echo(tell("cli.repair", lang))
    for wish, new in clash.repair.changes:
        typer.echo(f"  - {tell_change(wish, new, names, lang)}")
    if not clash.repair.cheapest:
        typer.echo(tell("cli.repair_maybe", lang))


def tell_wish(wish: Wish, names: Mapping[str, str], lang: Language, value: int | None = None) -> str:
    """Tell one wish in words, as it is or with another value."""
    from klaver.scale.dimensions import dimension

    shown = wish.value if value is None else str(value)
    if wish.key in ("week_min", "week_max", "day_max"):
        shown = hours(int(shown), lang)
    elif wish.key == "days":
        shown = ", ".join(day_name(Weekday(int(d) - 1), lang) for d in wish.value.split(", "))
    elif wish.key.startswith(("pin:", "link:")):
        shown = ", ".join(f"{t} ({names[t]})" for t in wish.value.split(", "))
    label = dimension(wish.dimension).label[lang] if wish.dimension is not None else ""
    return tell(f"wish.{wish.code}", lang, value=shown, dimension=label)


def tell_change(wish: Wish, new: int | None, names: Mapping[str, str], lang: Language) -> str:
    """Tell how a wish would change."""
    said = tell_wish(wish, names, lang)
    if new is None:
        return tell("wish.drop", lang, wish=said)
    return tell("wish.change", lang, wish=said, into=tell_wish(wish, names, lang, new))


def conflict_data(clash: Conflict | None) -> dict[str, object]:
    """Return the clash as plain data."""
    if clash is None:
        return {"status": "impossible", "conflict": []}
    wishes = [{"wish": w.key, "code": w.code, "value": w.value} for w in clash.wishes]
    repair = clash.repair and {
        "changes": [{"wish": w.key, "value": w.value, "into": new} for w, new in clash.repair.changes],
        "steps": clash.repair.steps,
        "cheapest": clash.repair.cheapest,
    }
    return {"status": "impossible", "conflict": wishes, "confirmed": clash.confirmed, "repair": repair}
