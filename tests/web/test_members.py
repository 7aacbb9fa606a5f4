"""Who has access: invited by a link, each with one role, and never without an administrator."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from klaver.cli.main import app
from klaver.values import Faults
from klaver.web.accounts import first, lost, members
from klaver.web.accounts.models import Invitation, Membership, Organisation, Role, User
from klaver.web.accounts.tries import TRIES

WORDS = "vier gewone woorden hier"
OTHER = "vijf heel andere woorden hier"


@pytest.fixture
def owner(db: None) -> Client:
    """The browser of the first administrator, who is alone."""
    client = Client()
    client.post(f"/start/{first.token()}/", {"organisation": "De Linde", "passphrase": WORDS, "again": WORDS})
    return client


@pytest.fixture
def house(owner: Client) -> Organisation:
    return Organisation.objects.get()


def invited(owner: Client, role: str = "designer", **given: str) -> str:
    """Let the owner invite somebody; returns the address of the link."""
    page = owner.post(f"/organisations/{Organisation.objects.get().pk}/people/", {"role": role, "mine": "An"} | given)
    found = re.search(r"http://testserver(/join/[^\"]+)", page.content.decode())
    assert found, page.content.decode()
    return found.group(1)


def come_in(link: str, name: str, passphrase: str = WORDS) -> Client:
    client = Client()
    answer = client.post(link, {"name": name, "passphrase": passphrase, "again": passphrase})
    assert answer.status_code == 302, answer.content.decode()
    return client


def member(name: str) -> Membership:
    return Membership.objects.get(user__username=name)


def test_who_is_invited_chooses_a_name_and_is_in_with_the_role_of_the_link(owner: Client, house: Organisation) -> None:
    link = invited(owner, "coach")
    client = Client()
    page = client.get(link).content.decode()
    assert "De Linde" in page
    assert "Jobcoach" in page
    client = come_in(link, "  Bilal   Y. ")
    assert client.get("/").status_code == 200
    user = User.objects.get(username="bilal y.")
    assert (user.called, user.roles) == ("Bilal Y.", {house.pk: Role.COACH})
    people = owner.get(f"/organisations/{house.pk}/people/").content.decode()
    assert "Bilal Y." in people
    assert client.get(f"/organisations/{house.pk}/people/").status_code == 403


def test_a_link_lets_in_once_and_looking_does_not_use_it_up(owner: Client) -> None:
    link = invited(owner)
    assert Client().get(link).status_code == Client().get(link).status_code == 200
    come_in(link, "Bilal")
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "Cas", "passphrase": WORDS, "again": WORDS}).status_code == 404
    assert User.objects.count() == 2


def test_a_link_is_shown_once_and_not_kept(owner: Client, house: Organisation) -> None:
    secret = invited(owner).split("/")[2]
    assert secret not in owner.get(f"/organisations/{house.pk}/people/").content.decode()
    assert all(secret not in str(value) for value in Invitation.objects.values_list().get())


def test_a_link_that_is_seven_days_old_or_revoked_leads_nowhere(owner: Client, house: Organisation) -> None:
    old, revoked = invited(owner), invited(owner, "coach")
    page = owner.get(f"/organisations/{house.pk}/people/").content.decode()
    assert page.count("/revoke/") == 2
    Invitation.objects.filter(role="designer").update(expires=timezone.now() - timedelta(seconds=1))
    assert owner.get(f"/organisations/{house.pk}/people/").content.decode().count("/revoke/") == 1
    answer = owner.post(f"/invitations/{Invitation.objects.get(role='coach').pk}/revoke/", follow=True)
    assert "De uitnodiging is ingetrokken" in answer.content.decode()
    for link in (old, revoked, "/join/geraden/"):
        assert Client().get(link).status_code == 404
        assert Client().post(link, {"name": "Cas", "passphrase": WORDS, "again": WORDS}).status_code == 404
    invited(owner)
    assert Invitation.objects.count() == 1, "what is too old is forgotten"


def test_an_invitation_holds_for_seven_days(owner: Client) -> None:
    invited(owner)
    made = Invitation.objects.get()
    assert abs(made.expires - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)
    assert str(made).startswith("designer ")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "verplicht"),
        ({"name": "AN"}, "al in gebruik"),
        ({"name": "owner"}, "al in gebruik"),
        ({"name": "B\u200bilal"}, "niet te zien"),
        ({"name": "Bi\x00lal"}, "Null"),
        ({"name": "ﷺ" * 20}, "te lang"),
        ({"name": "x" * 61}, "60"),
        ({"passphrase": "kort", "again": "kort"}, "12"),
        ({"again": "iets anders"}, "niet dezelfde wachtzin"),
    ],
)
def test_a_bad_choice_is_told_and_keeps_the_link_and_what_was_typed(
    owner: Client, changed: dict[str, str], said: str
) -> None:
    link = invited(owner)
    page = Client().post(link, {"name": "Bilal", "passphrase": WORDS, "again": WORDS} | changed)
    assert page.status_code == 400
    assert said in page.content.decode()
    if "name" not in changed:
        assert 'value="Bilal"' in page.content.decode()
    assert User.objects.count() == 1
    assert Client().get(link).status_code == 200


def test_capitals_make_no_other_name_but_an_accent_does(owner: Client) -> None:
    assert members.folded("  ÁN  b ") == members.folded("A\u0301n B")
    come_in(invited(owner), "Án")
    assert [u.called for u in User.objects.order_by("pk")] == ["An", "Án"]


def test_the_first_administrator_chooses_a_name_before_somebody_else_comes_in(
    owner: Client, house: Organisation
) -> None:
    address = f"/organisations/{house.pk}/people/"
    assert "Uw eigen naam" in owner.get(address).content.decode()
    page = owner.post(address, {"role": "coach"})
    assert page.status_code == 400
    assert owner.post(address, {"role": "coach", "mine": "owner"}).status_code == 400
    assert owner.post(address, {"role": "baas", "mine": "An"}).status_code == 400
    assert owner.post(address, {"role": "coach", "mine": "\u200b"}).status_code == 400
    assert not Invitation.objects.exists()
    invited(owner, mine="An")
    assert User.objects.get().called == "An"
    assert "Uw eigen naam" not in owner.get(address).content.decode()


def test_a_name_is_asked_as_soon_as_a_second_person_has_access(owner: Client) -> None:
    link = invited(owner)
    assert 'name="name"' not in Client().get("/login/").content.decode()
    assert Client().post("/login/", {"passphrase": WORDS}).status_code == 302, "an open invitation is nobody yet"
    come_in(link, "Bilal", OTHER)
    assert 'name="name"' in Client().get("/login/").content.decode()
    assert "verplicht" in Client().post("/login/", {"passphrase": WORDS}).content.decode()
    assert Client().post("/login/", {"name": " BILAL ", "passphrase": OTHER}).status_code == 302
    assert Client().post("/login/", {"name": "an", "passphrase": WORDS}).status_code == 302
    crossed = Client().post("/login/", {"name": "an", "passphrase": OTHER, "next": "/account/"}).content.decode()
    assert "horen niet bij elkaar" in crossed
    assert 'value="an"' in crossed
    assert 'value="/account/"' in crossed, "where one wanted to go is kept"


def test_after_some_wrong_tries_a_name_must_wait_and_no_other_name(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_in(invited(owner), "Bilal", OTHER)
    for _ in range(TRIES):
        assert "horen niet" in Client().post("/login/", {"name": "An", "passphrase": "fout"}).content.decode()
    for _ in range(2):
        page = Client().post("/login/", {"name": "an", "passphrase": WORDS}).content.decode()
        assert "Wacht vijf minuten" in page
    assert Client().post("/login/", {"name": "Bilal", "passphrase": OTHER}).status_code == 302
    late = timezone.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: late)
    assert Client().post("/login/", {"name": "An", "passphrase": WORDS}).status_code == 302


def test_a_name_that_nobody_has_waits_just_the_same(owner: Client) -> None:
    come_in(invited(owner), "Bilal")
    for _ in range(TRIES):
        assert "horen niet" in Client().post("/login/", {"name": "Niemand", "passphrase": "x"}).content.decode()
    assert "Wacht vijf" in Client().post("/login/", {"name": "Niemand", "passphrase": "x"}).content.decode()


def test_a_role_changes_at_once(owner: Client, house: Organisation) -> None:
    client = come_in(invited(owner, "coach"), "Bilal")
    assert client.get("/workplaces/new/").status_code == 403
    answer = owner.post(f"/members/{member('bilal').pk}/role/", {"role": "designer", "seen": "coach"}, follow=True)
    assert "Bilal heeft nu een andere rol." in answer.content.decode()
    assert client.get("/workplaces/new/").status_code == 200


@pytest.mark.parametrize("given", [{"role": "baas", "seen": "coach"}, {"role": "designer", "seen": "employer"}, {}])
def test_a_change_that_rests_on_something_else_is_told_and_not_done(owner: Client, given: dict[str, str]) -> None:
    come_in(invited(owner, "coach"), "Bilal")
    answer = owner.post(f"/members/{member('bilal').pk}/role/", given, follow=True)
    assert "Er is niets gewijzigd." in answer.content.decode()
    assert member("bilal").role == Role.COACH


def test_whose_access_is_taken_away_is_out_everywhere_and_what_they_made_stays(
    owner: Client, house: Organisation
) -> None:
    client = come_in(invited(owner), "Bilal")
    client.post(
        "/workplaces/new/",
        {
            "which": "nursing-home",
            "nursing-home-setting": "nursing-home",
            "nursing-home-name": "Linde 2",
            "nursing-home-unit_residents": "30",
        },
    )
    assert "Linde 2" in client.get("/").content.decode()
    row = member("bilal")
    assert "intussen" in owner.post(f"/members/{row.pk}/remove/", {"seen": "coach"}, follow=True).content.decode()
    answer = owner.post(f"/members/{row.pk}/remove/", {"seen": "designer"}, follow=True)
    assert "Bilal heeft geen toegang meer." in answer.content.decode()
    assert client.get("/").url == "/login/?next=/"  # type: ignore[attr-defined]
    assert Client().post("/login/", {"passphrase": WORDS}).status_code == 302, "the owner is alone again"
    assert "Linde 2" in owner.get("/").content.decode()
    assert owner.post(f"/members/{row.pk}/remove/", {"seen": "designer"}).status_code == 404


def test_who_has_access_elsewhere_too_keeps_that(owner: Client, house: Organisation) -> None:
    come_in(invited(owner), "Bilal")
    user = User.objects.get(username="bilal")
    other = Organisation.objects.create(name="De Eik")
    Membership.objects.create(user=user, organisation=other, role=Role.COACH)
    members.take_away(Membership.objects.get(user=user, organisation=house), "designer")
    user.refresh_from_db()
    assert user.is_active


def test_the_last_administrator_stays(owner: Client, house: Organisation) -> None:
    come_in(invited(owner), "Bilal")
    mine = member("an")
    page = owner.get(f"/organisations/{house.pk}/people/").content.decode()
    assert "enige beheerder" in page
    assert f"/members/{mine.pk}/" not in page
    for path, given in (("role", {"role": "designer"}), ("remove", {})):
        answer = owner.post(f"/members/{mine.pk}/{path}/", given | {"seen": "administrator"}, follow=True)
        assert "An is de enige beheerder" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.role == Role.ADMINISTRATOR
    owner.post(f"/members/{mine.pk}/role/", {"role": "administrator", "seen": "administrator"})


def test_who_gives_away_their_own_role_is_led_home(owner: Client) -> None:
    come_in(invited(owner, "administrator"), "Bilal")
    answer = owner.post(f"/members/{member('an').pk}/role/", {"role": "designer", "seen": "administrator"})
    assert answer.url == "/"  # type: ignore[attr-defined]
    assert "An heeft nu een andere rol." in owner.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one(owner: Client, house: Organisation) -> None:
    come_in(invited(owner, "administrator"), "Bilal")
    began = Barrier(2)

    def remove(name: str) -> str:
        row = member(name)
        began.wait()
        try:
            members.take_away(row, "administrator")
        except members.LastAdministratorError:
            return "stays"
        finally:
            connection.close()
        return "gone"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(remove, ("an", "bilal"))) == ["gone", "stays"]
    assert house.memberships.get().role == Role.ADMINISTRATOR


@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_link_at_once_do_not_both_come_in(owner: Client) -> None:
    secret = invited(owner).split("/")[2]
    invitation = members.invitation_of(secret)
    assert invitation is not None
    began = Barrier(2)

    def come(name: str) -> bool:
        began.wait()
        try:
            return members.join(invitation, name, WORDS) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(come, ("Bilal", "Cas"))) == [False, True]
    assert Membership.objects.count() == 2


def test_a_link_that_is_used_while_the_form_is_filled_in_leads_nowhere(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = invited(owner)
    monkeypatch.setattr(members, "join", lambda *_: None)
    assert Client().post(link, {"name": "Cas", "passphrase": WORDS, "again": WORDS}).status_code == 404


def test_everybody_may_choose_another_passphrase_and_is_out_elsewhere(owner: Client) -> None:
    elsewhere = Client()
    elsewhere.post("/login/", {"passphrase": WORDS})
    page = owner.post("/account/", {"before": WORDS, "passphrase": OTHER, "again": OTHER}, follow=True)
    assert "Uw wachtzin is gewijzigd." in page.content.decode()
    assert owner.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Client().post("/login/", {"passphrase": OTHER}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"before": "fout"}, "klopt niet"), ({"passphrase": "kort"}, "12"), ({"again": "anders"}, "niet dezelfde")],
)
def test_a_passphrase_stays_when_something_is_wrong(owner: Client, changed: dict[str, str], said: str) -> None:
    page = owner.post("/account/", {"before": WORDS, "passphrase": OTHER, "again": OTHER} | changed)
    assert page.status_code == 400
    assert said in page.content.decode()
    assert Client().post("/login/", {"passphrase": WORDS}).status_code == 302


def test_wrong_tries_on_the_own_page_count_too(owner: Client) -> None:
    for _ in range(TRIES):
        owner.post("/account/", {"before": "fout", "passphrase": OTHER, "again": OTHER})
    page = owner.post("/account/", {"before": WORDS, "passphrase": OTHER, "again": OTHER})
    assert "Wacht vijf minuten" in page.content.decode()


def test_a_chosen_language_goes_along_to_another_browser(owner: Client) -> None:
    owner.post("/language/setlang/", {"language": "fr", "next": "/"})
    other = Client()
    other.post("/login/", {"passphrase": WORDS})
    assert "Vos lieux de travail" in other.get("/").content.decode()
    owner.post("/language/setlang/", {"language": "xx", "next": "/"})
    assert User.objects.get().language == "fr"


def test_who_is_outside_chooses_a_language_too(owner: Client) -> None:
    client = Client()
    client.post("/language/setlang/", {"language": "en", "next": "/login/"})
    assert "Sign in" in client.get("/login/").content.decode()


def test_everybody_sees_their_own_role(owner: Client) -> None:
    assert "u bent de enige met toegang" in owner.get("/account/").content.decode().lower()
    client = come_in(invited(owner, "delegate"), "Bilal")
    page = client.get("/account/").content.decode()
    assert "U meldt zich aan als Bilal." in page
    assert "Uw rol bij De Linde: Personeelsafgevaardigde." in page
    assert "/people/" not in page


def test_a_lost_passphrase_is_given_anew_to_whoever_is_named(owner: Client) -> None:
    assert lost.whose(None) == User.objects.get()
    come_in(invited(owner), "Bilal")
    with pytest.raises(Faults, match=r"members\.whose"):
        lost.whose(None)
    with pytest.raises(Faults, match=r"members\.unknown_name"):
        lost.whose("Cas")
    user = lost.whose(" BILAL")
    with pytest.raises(Faults, match=r"serve\.bad_passphrase"):
        lost.new_passphrase(user, "kort", "nl")
    lost.new_passphrase(user, OTHER, "nl")
    assert Client().post("/login/", {"name": "bilal", "passphrase": OTHER}).status_code == 302


def test_a_lost_passphrase_is_chosen_anew_on_the_computer_itself(owner: Client) -> None:
    def asked(*words: str, typed: str = f"{OTHER}\n{OTHER}\n") -> tuple[int, str]:
        done = CliRunner().invoke(app, ["passphrase", *words], input=typed)
        return done.exit_code, done.output

    come_in(invited(owner), "Bilal")
    code, told = asked("--lang", "en")
    assert (code, "--name NAME" in told) == (2, True)
    code, told = asked("--name", "bilal", "--lang", "fr", typed="kort\nkort\n")
    assert (code, "trop court" in told) == (2, True)
    assert asked("--name", "bilal")[0] == 0
    for name, passphrase in (("An", WORDS), ("Bilal", OTHER)):
        assert Client().post("/login/", {"name": name, "passphrase": passphrase}).status_code == 302


def test_there_is_nothing_to_lose_before_somebody_came_in(db: None) -> None:
    first.waiting()
    with pytest.raises(Faults, match=r"serve\.nobody_yet"):
        lost.whose(None)
