"""Words in templates: every sentence comes from ``klaver.language``, in the language of the reader."""

from __future__ import annotations

from django import template

from klaver.documents.blocks import Block
from klaver.language import tell
from klaver.values import Faults
from klaver.web.frame.reader import lang
from klaver.web.frame.svg import day_svg, week_svg

register = template.Library()


@register.simple_tag
def say(code: str, **values: object) -> str:
    """Tell a message: ``{% say "web.home" %}``."""
    return tell(code, lang(), **values)


@register.filter
def told(code: str) -> str:
    """Tell a message that needs no values, where its code comes from a view."""
    return tell(code, lang())


@register.simple_tag
def said_role(role: str) -> str:
    """Name a role of a member."""
    return tell(f"members.role_{role}", lang())


@register.inclusion_tag("klaver/blocks.html")
def blocks(given: list[Block], level: int = 1) -> dict[str, object]:
    """Show blocks of a document; headings begin at a level below that of the page."""
    return {"blocks": given, "level": level}


@register.inclusion_tag("klaver/faults.html")
def faults(given: Faults | None) -> dict[str, object]:
    """Show mistakes, each with its place; nothing when there are none."""
    from klaver.language import tell_fault

    return {"faults": [tell_fault(f, lang()) for f in given.faults] if given else []}


register.simple_tag(week_svg, name="week_svg")
register.simple_tag(day_svg, name="day_svg")
