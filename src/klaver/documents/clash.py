"""Wishes that cannot be met together, told: which clash, and the smallest change that makes a design possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from klaver.language import Language, day_name, hours, tell
from klaver.scale.dimensions import dimension
from klaver.values import Weekday

if TYPE_CHECKING:
    from klaver.design.solve.conflict import Conflict
    from klaver.design.solve.wishes import Wish


def clash_lines(clash: Conflict | None, names: Mapping[str, str], lang: Language) -> list[str]:
    """Return the wishes that clash and the smallest change that mends it; ``names`` are those of the tasks."""
    if clash is None or not clash.wishes:
        return [tell("cli.impossible_nothing", lang)]
    made = [tell("cli.impossible", lang)]
    made += [f"  - {tell_wish(wish, names, lang)}" for wish in clash.wishes]
    if not clash.confirmed:
        made.append(tell("cli.conflict_unconfirmed", lang))
    if clash.repair is None:
        return [*made, tell("cli.no_repair", lang)]
    made.append(tell("cli.repair", lang))
    made += [f"  - {tell_change(wish, new, names, lang)}" for wish, new in clash.repair.changes]
    if not clash.repair.cheapest:
        made.append(tell("cli.repair_maybe", lang))
    return made


def tell_wish(wish: Wish, names: Mapping[str, str], lang: Language, value: int | None = None) -> str:
    """Tell one wish in words, as it is or with another value."""
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
