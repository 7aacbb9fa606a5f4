"""All documents of a set of alternatives, written beside and then renamed: nothing is left half-written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from klaver.design.problem import Problem
from klaver.design.records import Design
from klaver.documents.card import card
from klaver.documents.html import to_html
from klaver.documents.pdf import to_pdf
from klaver.documents.report import report
from klaver.documents.sheet import write_sheet
from klaver.language import Language


def write_all(problem: Problem, designs: Sequence[Design], folder: Path, lang: Language, stamp: str) -> list[Path]:
    """Write report.html, report.pdf, report.xlsx, report.json and a function card per job; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paper = report(problem, designs, lang)
    made = [
        _put(folder / "report.html", lambda p: _text(p, to_html(paper))),
        _put(folder / "report.pdf", lambda p: _bytes(p, to_pdf(paper, stamp))),
        _put(folder / "report.xlsx", lambda p: write_sheet(paper, p)),
        _put(folder / "report.json", lambda p: _text(p, paper.model_dump_json(indent=2) + "\n")),
    ]
    for number, found in enumerate(designs, 1):
        for job in found.jobs:
            data = to_pdf(card(problem, job, lang), stamp)
            made.append(_put(folder / f"card-{number}-{job.id}.pdf", partial(_bytes, data=data)))
    return made


def _put(path: Path, write: Callable[[Path], None]) -> Path:
    beside = path.with_name(path.name + ".part")
    write(beside)
    beside.replace(path)
    return path


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
