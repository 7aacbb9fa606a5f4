"""Every format tells the same, marks a sketch on every page, and takes whatever a user wrote as text."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest
from tests.documents.cases import LANGUAGES, asked, design, long_job, short_job, tasks, two, ward, words

from klaver.documents import write_all
from klaver.documents.blocks import Cell, Paper
from klaver.documents.card import card
from klaver.documents.html import to_html
from klaver.documents.pdf import LONGEST, SHOWN, printable, to_pdf
from klaver.documents.report import report
from klaver.documents.sheet import sheet_name, write_sheet
from klaver.values.source import ASSUMED
from klaver.work.records import Workplace

STAMP = "2026-11-24"
SKETCH = {"nl": "SCHETS", "fr": "ESQUISSE", "en": "SKETCH"}
HOSTILE = {
    "typst": '#panic("x") #read("/etc/passwd") $x^2$ *vet* _scheef_ `code` [x] <anker> @ref = kop',
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> & \"aanhaling\" 'x' {{ 7*7 }} {% raw %}",
    "formula": '=HYPERLINK("http://x";"klik")',
    "lines": "eerste regel\n\n# tweede\r\n\tderde\x07\x00 \u2028vierde",
    "arabic": "مرحبا بالعالم ١٢٣",
    "turned": "gewoon \u202eomgekeerd\u202c \u2067x\u2069",
    "emoji": "koffie ☕ 👩🏽‍🦽 😀 日本語",
    "accents": "e\u0301te\u0301 Łódź ñ İstanbul",
    "long": "x" * 400,
    "long_words": "zeer lange naam " * 24,
}


def sketch() -> Workplace:
    return ward(*tasks(source={"kind": "assumed"}))


def hostile() -> Workplace:
    """Return a workplace in which everything that a user can write is hostile."""
    given = [v[:400] for v in HOSTILE.values()]
    mine = tasks()
    made = [
        t.model_copy(update={"name": given[i % len(given)], "legal_basis": given[-i - 1]}) for i, t in enumerate(mine)
    ]
    place = ward(*made, setting="s")
    wishes = place.wishes.model_copy(update={"use_of_freed_time": HOSTILE["typst"]})
    roles = tuple(r.model_copy(update={"label": given[i]}) for i, r in enumerate(place.roles))
    places = tuple(p.model_copy(update={"label": given[i + 3]}) for i, p in enumerate(place.places))
    # an older file may hold what a new one may not: the documents do not count on what was checked
    told = {"name": HOSTILE["html"], "attribution": tuple(given), "gaps_noted": tuple(given)}
    return place.model_copy(update={"wishes": wishes, "roles": roles, "places": places, **told})


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [document[i].get_textpage().get_text_bounded() for i in range(len(document))]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_a_sketch_says_so_in_every_format(lang: str, tmp_path: Path) -> None:
    of, designs = two(sketch())
    write_all(of, designs, tmp_path, lang, STAMP)  # type: ignore[arg-type]
    for path in tmp_path.glob("*.pdf"):
        told = pages(path.read_bytes())
        assert told
        assert all(SKETCH[lang] in page for page in told), path.name
    for path in tmp_path.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert f'role="note">{SKETCH[lang]}' in page
        printed = page.split("@media print")[1]
        assert "table-header-group" in printed.split(".banner")[1][:40]
    for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx"):
        assert SKETCH[lang] in str(sheet["A2"].value), sheet.title
        assert sheet.print_title_rows == "$1:$3", sheet.title
    assert SKETCH[lang] in json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["banner"]


def test_what_is_no_sketch_carries_no_mark() -> None:
    of, designs = two()
    assert not any("SCHETS" in page for page in pages(to_pdf(report(of, designs, "nl"), STAMP)))
    assert 'role="note"' not in to_html(report(of, designs, "nl"))


def test_one_sketch_among_the_alternatives_marks_the_report_but_not_the_card_of_another() -> None:
    first, *others = tasks()
    of = asked(ward(first.model_copy(update={"source": ASSUMED}), *others))
    designs = [design(of, long_job()), design(of, short_job())]
    assert report(of, designs, "nl").banner.startswith("SCHETS")
    assert card(of, designs[0], 1, "nl").banner.startswith("SCHETS")
    assert card(of, designs[1], 1, "nl").banner == ""


def test_every_format_tells_the_same_figures(tmp_path: Path) -> None:
    of, designs = two()
    write_all(of, designs, tmp_path, "nl", STAMP)
    paper = Paper.model_validate_json((tmp_path / "report.json").read_text(encoding="utf-8"))
    figures = [c for b in paper.blocks for row in b.rows for c in row if c.value is not None]
    assert len(figures) > 100
    page = flat(html.unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "report.html").read_text(encoding="utf-8"))))
    printed = flat("".join(pages((tmp_path / "report.pdf").read_bytes())))
    for cell in figures:
        assert flat(cell.text) in page
        assert flat(cell.text) in printed
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    numbers = sorted(
        c.value
        for s in book
        for row in s.iter_rows(min_row=4)
        for c in row
        if c.data_type == "n" and c.value is not None
    )
    assert numbers == sorted(c.value for c in figures if c.value is not None)


def test_the_documents_of_one_design_are_the_same_to_the_byte(tmp_path: Path) -> None:
    of, designs = two(hostile())
    first = write_all(of, designs, tmp_path / "a", "fr", STAMP)
    second = write_all(of, designs, tmp_path / "b", "fr", STAMP)
    assert [p.name for p in first] == [p.name for p in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    of, designs = two()
    made = write_all(of, designs, tmp_path / "new", "nl", STAMP)
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == sorted(p.name for p in made)
    assert {p.name for p in made} == {
        *(f"report.{form}" for form in ("html", "pdf", "xlsx", "json")),
        *(f"card-{n}-job-1.{form}" for n in (1, 2) for form in ("html", "pdf")),
    }


@pytest.mark.parametrize(("lang", "region"), [("nl", "nl-BE"), ("fr", "fr-BE"), ("en", "en-GB")])
@pytest.mark.parametrize("kind", ["report", "card"])
def test_a_pdf_is_tagged_ua_1_with_title_and_language(kind: str, lang: str, region: str) -> None:
    of, designs = two()
    paper = report(of, designs, lang) if kind == "report" else card(of, designs[0], 1, lang)  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(to_pdf(paper, STAMP))) as made:
        assert made.Root.MarkInfo.Marked
        assert str(made.Root.Lang) == region
        assert made.Root.ViewerPreferences.DisplayDocTitle
        meta = made.open_metadata()
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == paper.title
        tags = {str(o.get("/S")) for o in made.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o}
        assert {"/Table", "/TH", "/TD", "/H1", "/Figure", "/L"} <= tags


def test_the_picture_of_a_week_has_a_text_for_who_cannot_see_it_and_its_data_in_tables() -> None:
    of, designs = two()
    paper = report(of, designs, "nl")
    week = next(b.week for b in paper.blocks if b.week)
    assert "maandag 08:00\N{EN DASH}13:58" in week.alt
    assert "Dezelfde uren staan in de tabellen hieronder." in week.alt
    page = to_html(paper)
    assert f'role="img" aria-label="{week.alt}"' in page
    with pikepdf.open(io.BytesIO(to_pdf(paper, STAMP))) as made:
        alts = [str(o["/Alt"]) for o in made.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert week.alt in alts
    told = words(paper)
    for hours in ("08:00\N{EN DASH}13:58", "10:45\N{EN DASH}11:15", "ma, di 08:00\N{EN DASH}09:18"):
        assert hours in told


def test_the_bars_of_a_picture_stand_where_the_clock_says() -> None:
    of, designs = two()
    week = next(b.week for b in report(of, designs, "nl").blocks if b.week)
    assert week.ticks[0] == (0, "08:00")
    assert week.ticks[-1] == (1000, "14:00")
    first = week.lanes[0].bars
    assert (first[0].kind, first[0].start, first[0].width) == ("present", 0, 994)
    assert (first[1].kind, first[1].start, first[1].width, first[1].label) == ("work", 0, 217, "T01")
    assert [b.kind for b in first].count("pause") == 1


def test_a_bar_too_narrow_for_its_label_has_none_and_a_long_day_has_fewer_hours() -> None:
    of = asked(ward())
    wide = long_job().model_copy(
        update={"shifts": tuple(s.model_copy(update={"end": 1300}) for s in long_job().shifts)}
    )
    week = next(b.week for b in report(of, [design(of, wide)], "nl").blocks if b.week)
    assert week.ticks[1][1] == "10:00"
    renamed = [t.model_copy(update={"id": t.id + "-with-a-very-long-code"}) for t in tasks()]
    of = asked(ward(*renamed))
    moved = [
        s.model_copy(
            update={
                "entries": tuple(e.model_copy(update={"task": e.task + "-with-a-very-long-code"}) for e in s.entries)
            }
        )
        for s in long_job().shifts
    ]
    week = next(
        b.week
        for b in report(of, [design(of, long_job().model_copy(update={"shifts": tuple(moved)}))], "nl").blocks
        if b.week
    )
    assert {b.label for lane in week.lanes for b in lane.bars} == {""}


def test_work_done_together_looks_different_and_is_named() -> None:
    of = asked(ward())
    paper = report(of, [design(of, long_job(shared=True))], "en")
    week = next(b.week for b in paper.blocks if b.week)
    assert ("shared", "together with a colleague") in week.marks
    assert 'class="bar shared s' in to_html(paper)


def test_a_heading_never_skips_a_level() -> None:
    of, designs = two()
    levels = [b.level for b in report(of, designs, "nl").blocks if b.kind == "heading"]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_breaks_nothing_and_is_never_read_as_program(lang: str, tmp_path: Path) -> None:
    of, designs = two(hostile())
    write_all(of, designs, tmp_path, lang, STAMP)  # type: ignore[arg-type]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in html.unescape(page)
    assert "\u202e" not in page
    printed = flat("".join(pages((tmp_path / "report.pdf").read_bytes())))
    assert '#panic("x") #read("/etc/passwd") $x^2$' in printed
    for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx"):
        assert not any(c.data_type == "f" or c.hyperlink for row in sheet.iter_rows() for c in row)


def test_no_line_of_a_user_can_break_a_line_of_the_paper() -> None:
    assert Cell(text=HOSTILE["lines"]).text == "eerste regel # tweede derde vierde"
    assert Cell(text="a\N{NO-BREAK SPACE}uur").text == "a\N{NO-BREAK SPACE}uur"


def test_a_word_too_long_for_a_line_can_be_broken_in_print() -> None:
    told = printable({"a": ["x" * 60], "b": {"c": 1}})
    assert told["b"] == {"c": 1}
    parts = told["a"][0].split("\N{ZERO WIDTH SPACE}")  # type: ignore[index]
    assert max(map(len, parts)) == LONGEST
    assert "".join(parts) == "x" * 60


def test_a_sign_without_a_shape_becomes_a_square_and_marks_that_join_it_go() -> None:
    assert printable({"a": "e\u0301 ☕ 👩\u200d🦽\ufe0f"}) == {"a": "é □ □□"}


def test_the_fonts_of_the_paper_hold_every_sign_that_is_let_through() -> None:
    signs = [chr(c) for low, high in SHOWN for c in range(low, high) if unicodedata.category(chr(c))[0] not in "CZ"]
    rows = ["x" + "x".join(signs[i : i + 200]) for i in range(0, len(signs), 200)]
    of, designs = two(ward(attribution=tuple(r for r in rows)))
    assert to_pdf(report(of, designs, "nl"), STAMP).startswith(b"%PDF")


def test_a_workbook_holds_numbers_with_their_unit_and_a_head_that_stays(tmp_path: Path) -> None:
    of, designs = two()
    write_sheet(report(of, designs, "nl"), tmp_path / "x.xlsx", STAMP)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    package = next(s for s in book if "Takenpakket" in s.title)
    heads = [c.value for c in package[3]]
    assert heads[:3] == ["Mogelijkheid", "Job", "Taak"]
    assert package.freeze_panes == "A4"
    figure = package.cell(4, heads.index("Per week") + 1)
    assert figure.value == 2.6
    assert figure.number_format == '0.0" uur"'
    assert all(8 < d.width <= 61 for d in package.column_dimensions.values())
    assert [package.cell(r, 1).value for r in range(4, package.max_row + 1)] == ["1", "1", "1", "1", "2", "2"]


def test_the_name_of_a_sheet_is_one_that_a_workbook_allows() -> None:
    assert sheet_name("a[b]:c*d?e/f\\g", 3) == "3 a b  c d e f g"
    assert len(sheet_name("x" * 60, 12)) == 31
    assert sheet_name("", 1) == "1"


def test_a_page_needs_nothing_from_outside() -> None:
    page = to_html(report(*two(), "nl"))
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "@import" not in page
    assert '<html lang="nl">' in page


def test_contents_lead_to_every_chapter() -> None:
    page = to_html(report(*two(), "nl"))
    for target in re.findall(r'href="#(b\d+)"', page):
        assert f'id="{target}"' in page


def contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_from_their_ground() -> None:
    page = to_html(report(*two(), "nl"))
    grounds = re.findall(r"\.s\d \{ background: (#\w{6})", page)
    assert len(grounds) == 8
    pairs = [("#1b1b1b", g) for g in (*grounds, "#e9e9e9", "#eef5f1")]
    pairs += [("#7a2e0a", "#fbe9df"), ("#1f4d3a", "#ffffff"), ("#444444", "#ffffff"), ("#1b1b1b", "#dcebe3")]
    for ink, ground in pairs:
        assert ink in page or ink in ("#444444",)
        assert contrast(ink, ground) >= 4.5, (ink, ground)
