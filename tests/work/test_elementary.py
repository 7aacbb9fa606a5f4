"""One test says whether a task is elementary, why, and what is still to be asked."""

from __future__ import annotations

from typing import Any

import pytest

from klaver.language import LANGUAGES, tell
from klaver.values import Range, Source, SourceKind, Window
from klaver.work.elementary import composite, elementary, guards
from klaver.work.records import Legal, Override, Task

TOLD = Source(kind=SourceKind.TOLD)


def task(**changes: Any) -> Task:
    """Return a task that is elementary in every respect, with changes."""
    plain: dict[str, Any] = {
        "id": "T1", "name": "tafels dekken", "family": "meals", "minutes": Range.exactly(20), "times": (1,) * 7,
        "window": Window(start=420, end=600), "legal": Legal.FREE, "harm": 1, "checked": False, "separable": True,
        "recovery": False, "valued": False, "left_undone": False, "demands": {26: 3}, "source": TOLD,
    }  # fmt: skip
    return Task(**{**plain, **changes})


def codes(reasons: tuple[Any, ...]) -> set[str]:
    return {r.code.partition(".")[2] for r in reasons}


def test_a_plain_task_is_elementary_without_a_word() -> None:
    verdict = elementary(task())
    assert (verdict.elementary, verdict.reasons, verdict.marks, verdict.questions) == ("yes", (), (), ())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"legal": Legal.RESERVED}, "reserved"),
        ({"harm": 3, "checked": False}, "harm"),
        ({"demands": {26: 4}}, "demand"),
        ({"separable": False}, "inseparable"),
    ],
)
def test_what_excludes_a_task_is_told(changes: dict[str, Any], why: str) -> None:
    verdict = elementary(task(**changes))
    assert verdict.elementary == "no"
    assert codes(verdict.reasons) == {why}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"legal": Legal.UNKNOWN}, "legal_unknown"),
        ({"harm": None}, "harm_unknown"),
        ({"harm": 3, "checked": None}, "check_unknown"),
        ({"minutes": None}, "minutes_unknown"),
        ({"times": None}, "times_unknown"),
        ({"window": None}, "window_unknown"),
    ],
)
def test_what_is_not_known_is_asked_and_never_assumed(changes: dict[str, Any], why: str) -> None:
    verdict = elementary(task(**changes))
    assert verdict.elementary == "ask"
    assert codes(verdict.reasons) == {why}
    assert verdict.questions


def test_serious_harm_that_is_checked_does_not_exclude() -> None:
    assert elementary(task(harm=3, checked=True)).elementary == "yes"


def test_a_task_not_known_to_be_separable_is_asked_about_but_not_excluded() -> None:
    verdict = elementary(task(separable=None))
    assert verdict.elementary == "yes"
    assert (codes(verdict.marks), codes(verdict.questions)) == ({"separable_unknown"}, {"separable"})


def test_the_ceiling_is_the_callers_and_only_per_task_dimensions_count() -> None:
    assert elementary(task(), ceiling=2).elementary == "no"
    assert elementary(task(demands={23: 4})).elementary == "yes"


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({"legal": Legal.SUPERVISED}, "supervised"),
        ({"legal": Legal.PERMIT, "permit": "C"}, "permit"),
        ({"recovery": True}, "recovery"),
        ({"valued": True}, "valued"),
        ({"left_undone": True}, "left_undone"),
        ({"name": "tafels afruimen en vloer vegen"}, "composite"),
    ],
)
def test_a_mark_is_shown_and_excludes_nothing(changes: dict[str, Any], mark: str) -> None:
    verdict = elementary(task(**changes))
    assert verdict.elementary == "yes"
    assert mark in codes(verdict.marks)


def test_a_guard_word_asks_when_free_is_only_assumed_and_marks_when_it_was_told() -> None:
    assumed = Source(kind=SourceKind.ASSUMED)
    doubt = elementary(task(name="medicatie klaarzetten", sources={"legal": assumed}))
    assert (doubt.elementary, codes(doubt.reasons), codes(doubt.questions)) == ("ask", {"guard"}, {"legal"})
    told = elementary(task(name="medicatie klaarzetten"))
    assert (told.elementary, codes(told.marks)) == ("yes", {"guard_mark"})


@pytest.mark.parametrize(
    ("name", "lang", "guard"),
    [
        ("slaapmedicatie uitdelen", "nl", "medication"),
        ("refaire un pansement", "fr", "wound"),
        ("empty catheter bag", "en", "catheter"),
        ("insuline inspuiten", "nl", "injection"),
        ("lift patients", "en", "lifting_people"),
        ("conduire le chariot élévateur", "fr", "forklift"),
        ("sloophamer gebruiken", "nl", "jackhammer"),
        ("ramen wassen op de ladder", "nl", "height"),
        ("tenir la caisse", "fr", "cash"),
        ("file care plans", "en", "personal_data"),
        ("kinderen laten oversteken", "nl", "road"),
        ("zekering vervangen", "nl", "live_parts"),
        ("meten onder spanning", "nl", "live_parts"),
        ("remplacer un disjoncteur", "fr", "live_parts"),
        ("replace a fuse", "en", "live_parts"),
        ("gasfles aansluiten", "nl", "gas"),
        ("ajouter du fluide frigorigène", "fr", "gas"),
        ("top up refrigerant", "en", "gas"),
        ("asbestplaten wegnemen", "nl", "asbestos"),
        ("enlever l'amiante", "fr", "asbestos"),
        ("remove asbestos sheets", "en", "asbestos"),
    ],
)
def test_guard_words_are_known_in_three_languages(name: str, lang: Any, guard: str) -> None:
    assert guard in guards(task(name=name, lang=lang))


@pytest.mark.parametrize(
    "name",
    [
        "bestelling uitpakken",
        "kraan poetsen",
        "afval wegbrengen",
        "met de lift gaan",
        "gasten ontvangen",
        "spanband oprollen",
    ],
)
def test_an_innocent_word_that_looks_like_a_guard_is_left_alone(name: str) -> None:
    assert not guards(task(name=name))


def test_a_translation_of_the_name_is_guarded_too() -> None:
    assert guards(task(name="T", names={"fr": "donner les médicaments"})) == {"medication": "medicaments"}


@pytest.mark.parametrize(
    ("name", "lang", "parts"),
    [
        ("Tafels afruimen, vloer vegen", "nl", ("tafels afruimen", "vloer vegen")),
        ("Borden en kopjes afwassen", "nl", ()),
        ("Débarrasser et laver les tables", "fr", ("debarrasser", "laver les tables")),
        ("Ranger papier et cahiers", "fr", ()),
        ("Supply, collect, or empty bedpans", "en", ("supply", "collect", "empty bedpans")),
        ("Clean rooms and halls", "en", ()),
        ("Wash ,", "en", ()),
        ("1 en 2", "nl", ()),
    ],
)
def test_a_name_that_holds_several_tasks_is_seen(name: str, lang: Any, parts: tuple[str, ...]) -> None:
    assert composite(task(name=name, lang=lang)) == parts


def test_a_persons_verdict_wins_both_ways_and_keeps_what_the_test_found() -> None:
    yes = elementary(task(harm=3, override=Override(elementary=True, comment="nurse is there")))
    assert (yes.elementary, yes.overridden, codes(yes.reasons)) == ("yes", True, {"overridden"})
    assert "harm" in codes(yes.marks)
    no = elementary(task(override=Override(elementary=False, comment="team keeps it")))
    assert (no.elementary, no.overridden) == ("no", True)


@pytest.mark.parametrize(("legal", "answer"), [(Legal.RESERVED, "no"), (Legal.UNKNOWN, "ask")])
def test_no_persons_verdict_frees_what_the_law_reserves_or_nobody_looked_up(legal: Legal, answer: str) -> None:
    verdict = elementary(task(legal=legal, override=Override(elementary=True, comment="we always did")))
    assert (verdict.elementary, verdict.overridden) == (answer, False)


def test_everything_the_test_says_can_be_told_in_three_languages() -> None:
    bare = Task(id="T1", name="medicatie geven en noteren", family="x", demands={1: 4}, harm=3, recovery=True)
    for found in (elementary(bare), elementary(task(legal=Legal.RESERVED, separable=False))):
        for reason in (*found.reasons, *found.marks, *found.questions):
            for lang in LANGUAGES:
                assert tell(reason.code, lang, **reason.values)
