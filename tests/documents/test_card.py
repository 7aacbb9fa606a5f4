"""The function card is one page in easy words, and says what is still to be agreed."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.design.cases import entry, job, shift, task
from tests.documents.cases import LANGUAGES, asked, design, long_job, short_job, tasks, ward, words

from klaver.documents.card import LONGEST, card
from klaver.documents.html import to_html
from klaver.documents.pdf import to_pdf
from klaver.scale.dimensions import TASK_NUMBERS, dimension
from klaver.work.records import Contact


def told(lang: str = "nl", shared: bool = False, **fields: object) -> str:
    of = asked(ward(**fields))
    return words(card(of, design(of, long_job(shared=shared)), 1, lang))  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_is_one_page(lang: str) -> None:
    of = asked(ward())
    made = pypdfium2.PdfDocument(to_pdf(card(of, design(of, long_job()), 1, lang), "2026-11-24"))  # type: ignore[arg-type]
    assert len(made) == 1
    width, height = made[0].get_size()
    assert (round(width), round(height)) == (595, 842)


def test_a_card_of_twenty_five_tasks_with_the_longest_names_is_still_one_page() -> None:
    many = [task(f"T{n:02d}", 10, name=f"{n} " + "lange naam " * 35 + "x", learning=n < 4) for n in range(25)]
    of = asked(ward(*many))
    day = shift(*(entry(t.id, f"{7 + i // 4:02d}:{i % 4 * 15:02d}", 13) for i, t in enumerate(many)))
    paper = card(of, design(of, job(day)), 1, "nl")
    assert len(pypdfium2.PdfDocument(to_pdf(paper, "2026-11-24"))) == 1
    assert all(len(c.text) <= LONGEST for b in paper.blocks for row in b.rows for c in row)


def test_a_card_tells_what_when_where_with_whom_and_who_instructs() -> None:
    said = told()
    for part in (
        "Functiekaart Job 1: maaltijden en linnen, Linde",
        "op 2 dagen",
        "T01: waterkannen vullen",
        "ma, di 08:00\N{EN DASH}09:18",
        "room, store",
        "Je ontmoet bewoners.",
        "Wie zegt wat je doet: carer.",
        "Nederlands, luisteren (A2): Verstaat een korte, gewone opdracht over bekend werk. Je kan dit leren.",
        "waterkannen vullen",
        "Wat er met een uitkering gebeurt",
    ):
        assert part in said, part


def test_a_card_of_one_day_speaks_in_the_singular() -> None:
    of = asked(ward())
    assert "op 1 dag." in words(card(of, design(of, short_job()), 1, "nl"))


def test_work_together_is_told_or_still_to_be_agreed() -> None:
    assert "Sommige taken doe je samen met een collega." in told(shared=True)
    assert "(samen)" in told(shared=True)
    assert "Wat je samen met een collega doet: nog af te spreken." in told()


def test_in_an_enclave_only_the_own_supervisor_instructs() -> None:
    said = told(cooperation="enclave")
    assert "Alleen je eigen begeleider" in said
    assert "Wie zegt wat je doet: carer" not in said


def test_who_instructs_is_asked_when_it_is_not_known() -> None:
    of = asked(ward(*tasks(instructs=None, contact=Contact.COLLEAGUES, learning=False, place=None)))
    said = words(card(of, design(of, long_job()), 1, "nl"))
    assert "Wie zegt wat je doet: nog af te spreken." in said
    assert "Je ontmoet collega's." in said
    assert "De volgende stap: nog af te spreken." in said


def test_a_setting_that_klaver_does_not_know_has_people_too() -> None:
    assert "Je ontmoet de mensen voor wie dit huis werkt." in told(setting="bakery")


def test_demands_that_are_not_known_are_to_be_asked() -> None:
    of = asked(ward(*tasks(demands={1: 1}, language=None)))
    assert "Sommige eisen zijn nog niet gekend" in words(card(of, design(of, short_job()), 1, "nl"))


def test_a_card_names_at_most_eight_demands_the_highest_among_them() -> None:
    levels = dict.fromkeys(sorted(TASK_NUMBERS), 2) | {32: 3}
    of = asked(ward(*tasks(demands=levels)))
    paper = card(of, design(of, short_job()), 1, "nl")
    start = next(i for i, b in enumerate(paper.blocks) if b.text == "Wat vraagt dit werk?")
    asked_for = paper.blocks[start + 1].items
    assert sum("Nederlands" not in i for i in asked_for) == 8
    assert any(i.startswith(dimension(32).label["nl"]) for i in asked_for)


def test_a_card_on_a_screen_has_its_two_columns() -> None:
    of = asked(ward())
    page = to_html(card(of, design(of, long_job()), 1, "nl"))
    assert page.count('<div class="columns"><div>') == 1
    assert page.count("</div><div>") == 1
