"""A paper as PDF/UA-1: tagged, with title and language; text stays text, never program."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import as_file, files

import fontpkg_atkinson_hyperlegible
import typst

from klaver.documents.blocks import Paper

REGION = {"nl": "BE", "fr": "BE", "en": "GB"}


def to_pdf(paper: Paper, stamp: str) -> bytes:
    """Return the PDF of a paper; ``stamp`` is its ISO date, so that the same paper gives the same bytes."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(fontpkg_atkinson_hyperlegible.ROOT / "files")],
    )
    data = paper.model_dump(mode="json") | {"region": REGION[paper.lang], "stamp": stamp}
    with as_file(files("klaver.documents") / "paper.typ") as source:
        compiler = typst.Compiler(str(source), font_paths=fonts, sys_inputs={"data": json.dumps(data)})
        moment = datetime.fromisoformat(f"{stamp}T00:00:00+00:00")
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(moment.timestamp()))
    assert isinstance(made, bytes)
    return made
