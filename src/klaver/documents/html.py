"""A paper as one self-contained page that reads well on a phone and prints well."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from klaver.documents.blocks import Paper


@cache
def _template() -> Template:
    source = (files("klaver.documents") / "paper.html.j2").read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(source)


def to_html(paper: Paper) -> str:
    """Return the HTML of a paper; every text is escaped."""
    return _template().render(paper=paper)
