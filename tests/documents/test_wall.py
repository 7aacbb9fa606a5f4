"""Wall cards: what may move is on a card, eight to a page, and the last sheet names every card once."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.documents.cases import LANGUAGES, asked, tasks, ward

from klaver.documents.html import to_html
from klaver.documents.pdf import to_pdf
from klaver.documents.voice import Voice
from klaver.documents.wall import Wall
from klaver.language import Language
from klaver.values import Range
from klaver.values.source import ASSUMED
from klaver.work.elementary import elementary
from klaver.work.records import Legal, Task


def wall(*chosen: Task, lang: Language = "en", every: bool = False) -> Wall:
    return Wall(Voice(asked(ward(*chosen)), lang), every=every)


def many(count: int) -> list[Task]:
    first = tasks()[0]
    return [first.model_copy(update={"id": f"K{n:02}", "name": f"task number {n}", "names": {}}) for n in range(count)]


def pages(made: Wall) -> list[str]:
    return [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(to_pdf(made.paper(), "2026-11-30"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_eight_cards_stand_on_a_page_and_the_last_sheet_names_each_once(lang: Language) -> None:
    made = wall(*many(17), lang=lang)
    found = pages(made)
    assert len(found) == 4
    assert [sum(f"K{n:02}" in page for n in range(17)) for page in found] == [8, 8, 1, 17]
    assert all(found[3].count(f"K{n:02}") == 1 for n in range(17))
    html = to_html(made.paper())
    assert html.count("<li>") == 17
    assert f'<html lang="{lang}">' in html


def test_a_task_that_cannot_move_stays_off_the_wall_and_is_named_below_it() -> None:
    first, second = many(2)
    reserved = second.model_copy(update={"legal": Legal.RESERVED, "legal_basis": "law"})
    assert elementary(reserved).elementary == "no"
    made = wall(first, reserved)
    assert [c.code for c in made.cards()] == ["K00"]
    assert "Not on the wall: K01." in pages(made)[-1]
    whole = wall(first, reserved, every=True)
    assert [c.code for c in whole.cards()] == ["K00", "K01"]
    assert "reserved by law" in whole.cards()[1].marks


def test_a_card_says_in_words_and_with_its_edge_what_is_assumed() -> None:
    told, second = many(2)
    assumed = second.model_copy(update={"source": ASSUMED, "sources": {}})
    made = wall(told, assumed)
    first, last = made.cards()
    assert first.assumed == ""
    assert last.assumed == "Assumed: how long, days, times, law"
    assert to_html(made.paper()).count('<li class="assumed">') == 1


def test_a_card_tells_how_long_when_where_and_who_and_what_nobody_knows_is_a_question() -> None:
    one, open_ = many(2)
    one = one.model_copy(update={"minutes": Range(low=20, likely=20, high=20), "times": (2, 2, 2, 2, 2, 0, 0)})
    unknown = open_.model_copy(update={"minutes": None, "times": None, "window": None, "doers": (), "place": None})
    card, other = wall(one, unknown, every=True).cards()
    assert card.time.startswith("20 min each time · ")
    assert "2 x weekdays" in card.time or "2 × weekdays" in card.time
    assert card.whom.startswith("Done now by: ")
    assert other.time == "how long: ? · when: ?"
    assert other.whom == ""
    never = one.model_copy(update={"times": (0,) * 7})
    assert "never in an ordinary week" in wall(never, every=True).cards()[0].time


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_card_stays_one_card_also_under_the_longest_title(lang: Language) -> None:
    flags = dict.fromkeys(("left_undone", "valued", "unpleasant", "learning", "recovery"), True)
    wordy = {"name": "lengthy words " * 20, "names": {}, "source": ASSUMED, "sources": {}, **flags}
    made = wall(*(t.model_copy(update=wordy) for t in many(8)), lang=lang)
    made.place = made.place.model_copy(update={"name": "a house with a very long name " * 6})
    found = pages(made)
    assert len(found) == 2
    assert [found[0].count(f"K{n:02}") for n in range(8)] == [1] * 8
    assumed, ticks = (heights(made, words) for words in (made.say("assumed", parts=""), made.say("sticker_air")))
    assert len(assumed) == len(ticks) == 8
    assert all(low < high for low, high in zip(ticks, assumed, strict=True)), "what is written lies under the boxes"


def heights(made: Wall, words: str) -> list[float]:
    """Return how high on the first page some words stand, each time they do, in the order of the page."""
    page = pypdfium2.PdfDocument(to_pdf(made.paper(), "2026-11-30"))[0]
    text, found = page.get_textpage(), []
    looked = text.search(words.strip(), match_case=True)
    while (hit := looked.get_next()) is not None:
        found.append(text.get_charbox(hit[0])[1])
    return sorted(found)
