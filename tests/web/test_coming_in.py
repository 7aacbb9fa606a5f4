"""Coming in: the first link works once, a passphrase after that, and nothing is open to who is outside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from klaver.web.accounts import first
from klaver.web.accounts.models import Membership, Organisation, Role, User
from klaver.web.accounts.tries import TRIES
from klaver.web.store.models import Workplace

WORDS = "vier gewone woorden hier"
GOOD = {"organisation": "De Linde", "passphrase": WORDS, "again": WORDS, "examples": "on"}


@pytest.fixture
def link(db: None) -> str:
    return f"/start/{first.token()}/"


def test_the_first_link_lets_in_once_with_the_examples(link: str) -> None:
    client = Client()
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200, "looking at the page does not use the link up"
    assert client.post(link, GOOD).url == "/"  # type: ignore[attr-defined]
    assert Membership.objects.get().role == Role.ADMINISTRATOR
    assert Workplace.objects.count() == 4
    assert all(Workplace.objects.values_list("synthetic", flat=True))
    assert Client().get(link).status_code == 404
    assert Client().post(link, GOOD).status_code == 404
    assert first.token() is None


def test_without_examples_the_list_is_empty_and_says_what_to_do(link: str) -> None:
    client = Client()
    client.post(link, {k: v for k, v in GOOD.items() if k != "examples"})
    page = client.get("/")
    assert "Er is nog geen werkplek." in page.content.decode()
    assert "/workplaces/new/" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"again": "vier andere woorden hier"}, "niet dezelfde wachtzin"),
        ({"passphrase": "kort", "again": "kort"}, "12"),
        ({"passphrase": "password1234", "again": "password1234"}, "algemeen"),
        ({"organisation": ""}, "verplicht"),
    ],
)
def test_a_bad_choice_is_told_beside_its_field_and_keeps_the_link(
    link: str, changed: dict[str, str], said: str
) -> None:
    page = Client().post(link, GOOD | changed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Organisation.objects.exists()
    assert Client().get(link).status_code == 200


def test_a_link_that_is_forged_or_old_leads_nowhere(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user = User.objects.get()
    forged = signing.dumps(user.pk, salt="other")
    assert Client().get(f"/start/{forged}/").status_code == 404
    later = (timezone.now() + timedelta(hours=2)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().get(link).status_code == 404


def test_the_passphrase_lets_in_and_leads_where_one_wanted_to_go(link: str) -> None:
    Client().post(link, GOOD)
    client = Client()
    outside = client.get("/workplaces/new/")
    assert outside.url == "/login/?next=/workplaces/new/"  # type: ignore[attr-defined]
    inside = client.post("/login/", {"passphrase": WORDS, "next": "/workplaces/new/"})
    assert inside.url == "/workplaces/new/"  # type: ignore[attr-defined]
    assert client.post("/logout/").url == "/login/"  # type: ignore[attr-defined]
    assert client.get("/").status_code == 302


def test_nobody_is_led_to_another_site(link: str) -> None:
    Client().post(link, GOOD)
    answer = Client().post("/login/", {"passphrase": WORDS, "next": "https://elsewhere.test/"})
    assert answer.url == "/"  # type: ignore[attr-defined]


def test_after_some_wrong_passphrases_even_the_right_one_must_wait(link: str) -> None:
    Client().post(link, GOOD)
    for _ in range(TRIES):
        assert "klopt niet" in Client().post("/login/", {"passphrase": "fout"}).content.decode()
    page = Client().post("/login/", {"passphrase": WORDS})
    assert "Wacht vijf minuten" in page.content.decode()


def test_a_right_passphrase_forgets_the_wrong_ones(link: str) -> None:
    Client().post(link, GOOD)
    for _ in range(3):
        for _ in range(TRIES - 1):
            Client().post("/login/", {"passphrase": "fout"})
        assert Client().post("/login/", {"passphrase": WORDS}).status_code == 302
