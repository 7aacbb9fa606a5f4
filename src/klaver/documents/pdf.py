"""A paper as PDF/UA-1: tagged, with title and language; text stays text, never program."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from importlib.resources import as_file, files

import fontpkg_atkinson_hyperlegible
import typst

from klaver.documents.blocks import Paper

REGION = {"nl": "BE", "fr": "BE", "en": "GB"}

SHOWN = (
    *((0x20, 0x484), (0x48A, 0x500), (0x5D0, 0x5EB), (0x621, 0x63B), (0x640, 0x656), (0x660, 0x66E)),
    *((0x1E00, 0x2000), (0x2010, 0x2028), (0x202F, 0x2041), (0x2044, 0x2053), (0x20A0, 0x20BE)),
    *((0x2190, 0x2300), (0x2500, 0x2600)),
)
"""The signs that the fonts of the paper hold. A PDF/UA may not hold a sign without a shape: others become a square."""

LONGEST = 24
"""A word longer than this may be broken anywhere after so many signs."""


def to_pdf(paper: Paper, stamp: str) -> bytes:
    """Return the PDF of a paper; ``stamp`` is its ISO date, so that the same paper gives the same bytes."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(fontpkg_atkinson_hyperlegible.ROOT / "files")],
    )
    data = {**printable(paper.model_dump(mode="json")), "region": REGION[paper.lang]}
    with as_file(files("klaver.documents") / "paper.typ") as source:
        compiler = typst.Compiler(str(source), font_paths=fonts, sys_inputs={"data": json.dumps(data)})
        moment = datetime.fromisoformat(f"{stamp}T00:00:00+00:00")
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(moment.timestamp()))
    assert isinstance(made, bytes)
    return made


def printable(data: dict[str, object]) -> dict[str, object]:
    """Return the data of a paper with every text such that the fonts can show it and a line can hold it."""
    return {key: _printable(value) for key, value in data.items()}


def _printable(value: object) -> object:
    if isinstance(value, str):
        shown = "".join(_sign(c) for c in unicodedata.normalize("NFC", value))
        return re.sub(rf"\S{{{LONGEST + 1},}}", _breakable, shown)
    if isinstance(value, list):
        return [_printable(v) for v in value]
    return printable(value) if isinstance(value, dict) else value


def _sign(char: str) -> str:
    kind = unicodedata.category(char)
    if kind not in ("Cn", "Co") and any(low <= ord(char) < high for low, high in SHOWN):
        return char
    return "" if kind in ("Mn", "Me", "Cf") else "\N{WHITE SQUARE}"


def _breakable(word: re.Match[str]) -> str:
    return "\N{ZERO WIDTH SPACE}".join(re.findall(rf".{{1,{LONGEST}}}", word[0]))
