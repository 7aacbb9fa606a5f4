"""All documents of a set of alternatives, written beside and then renamed: nothing is left half-written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from klaver.design.problem import Problem
from klaver.design.records import Design
from klaver.documents.blocks import Paper
from klaver.documents.card import card
from klaver.documents.html import to_html
from klaver.documents.pdf import to_pdf
from klaver.documents.report import report
from klaver.documents.sheet import write_sheet
from klaver.language import Language


def write_all(problem: Problem, designs: Sequence[Design], folder: Path, lang: Language, stamp: str) -> list[Path]:
    """Write the report as HTML, PDF, workbook and JSON, and a function card per job as HTML and PDF.

    Returns the paths. ``stamp`` is the ISO date of the documents: the same designs give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paper = report(problem, designs, lang)
    made = [
        *_pages(paper, folder / "report", stamp),
        _put(folder / "report.xlsx", partial(write_sheet, paper, stamp=stamp)),
        _put(folder / "report.json", partial(_text, text=paper.model_dump_json(indent=2) + "\n")),
    ]
    for number, found in enumerate(designs, 1):
        for position in range(1, len(found.jobs) + 1):
            shown = card(problem, found, position, lang)
            made += _pages(shown, folder / f"card-{number}-job-{position}", stamp)
    return made


def write_pages(paper: Paper, beside: Path, stamp: str) -> list[Path]:
    """Write one paper as HTML and PDF, named after ``beside``; returns the paths."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    return _pages(paper, beside, stamp)


def write_tables(paper: Paper, beside: Path, stamp: str) -> Path:
    """Write the tables of a paper as a workbook, named after ``beside``; returns its path."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    return _put(beside.with_name(f"{beside.name}.xlsx"), partial(write_sheet, paper, stamp=stamp))


def _pages(paper: Paper, beside: Path, stamp: str) -> list[Path]:
    html, pdf = (beside.with_name(f"{beside.name}.{form}") for form in ("html", "pdf"))
    return [_put(html, partial(_text, text=to_html(paper))), _put(pdf, partial(_bytes, data=to_pdf(paper, stamp)))]


def _put(path: Path, write: Callable[[Path], None]) -> Path:
    beside = path.with_name(path.name + ".part")
    write(beside)
    beside.replace(path)
    return path


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
