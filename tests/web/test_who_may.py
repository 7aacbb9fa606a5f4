"""Who may do what: every address for every role, and nothing of another house."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.web.cases import answered, answered_run, question, small

from klaver.web.accounts import members
from klaver.web.accounts.models import Invitation, Membership, Organisation, Role, User
from klaver.web.accounts.permissions import FUNCTION_SIDE, MAKERS, MAY, may
from klaver.web.runs import queue
from klaver.web.store.models import Agreements, Board, Design, Run, Workplace

OPEN = {"login", "first", "join", "set_language"}
"""Addresses for who is outside."""

OWN = {"home", "logout", "new", "account"}
"""Addresses that name no thing; they show what the reader may see or is, and ``new`` asks the role itself."""


@pytest.fixture
def things(place: Workplace, board: Board, people: dict[Role, User]) -> dict[str, Any]:
    run = queue.ask(place, question(), None)
    Run.objects.update(state=Run.State.RUNNING)
    queue.finish(run, answered())
    members.invite(place.organisation, Role.COACH, people[Role.ADMINISTRATOR])
    found = {
        "workplace": place,
        "run": run,
        "design": Design.objects.get(),
        "board": board,
        "house": place.organisation,
        "member": Membership.objects.get(user=people[Role.COACH]),
        "invitation": Invitation.objects.get(),
    }
    return found | {kind: answered_run(board, kind) for kind in ABOUT}


ABOUT = ("why", "complete", "ask")
"""Kinds of runs about a board."""


def named() -> list[URLPattern]:
    return [p for p in get_resolver().url_patterns if isinstance(p, URLPattern)]


KIND = {
    "workplace": "workplace",
    "tasks": "workplace",
    "new_task": "workplace",
    "times": "workplace",
    "together": "workplace",
    "library": "workplace",
    "task": "workplace",
    "roles": "workplace",
    "places": "workplace",
    "house": "workplace",
    "remove_task": "workplace",
    "workbook": "workplace",
    "wishes": "workplace",
    "boards": "workplace",
    "run": "run",
    "stop": "run",
    "report": "run",
    "alternative": "design",
    "board": "board",
    "plan": "board",
    "act": "board",
    "wall": "board",
    "agreements": "board",
    "agreements_file": "board",
    "say": "board",
    "terms": "board",
    "take_over": "board",
    "papers": "board",
    "paper": "board",
    "why": "board",
    "ask_why": "board",
    "explained": "why",
    "complete": "board",
    "offer": "complete",
    "lay": "complete",
    "compare": "workplace",
    "keep": "board",
    "ask": "workplace",
    "sheet": "workplace",
    "board_questions": "board",
    "ask_board": "board",
    "asked": "ask",
    "asked_sheet": "ask",
    "newer": "board",
    "people": "house",
    "role": "member",
    "remove": "member",
    "revoke": "invitation",
}
"""What kind of thing each address is about."""

MORE = {"paper": ["message", "pdf"]} | {name: ["T02"] for name in ("why", "ask_why", "task", "remove_task")}
"""What an address asks besides the thing."""


def address_of(name: str, things: dict[str, Any]) -> str:
    return reverse(name, args=[things[KIND[name]].pk, *MORE.get(name, [])])


def test_every_address_is_about_a_kind_of_thing_or_named_as_an_exception() -> None:
    assert {p.name for p in named()} == KIND.keys() | OPEN | OWN


def test_every_address_about_a_thing_names_its_permission() -> None:
    for pattern in named():
        if pattern.name in KIND:
            view: Any = pattern.callback
            assert view.permission in MAY, pattern.name


@pytest.mark.parametrize("name", sorted(KIND))
def test_who_is_outside_is_asked_to_sign_in(name: str, things: dict[str, Any]) -> None:
    address = address_of(name, things)
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code in (302, 405)
        if answer.status_code == 302:
            assert answer.url.startswith("/login/")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(KIND))
def test_nothing_of_another_house_exists(name: str, things: dict[str, Any], stranger: User) -> None:
    client = Client()
    client.force_login(stranger)
    address = address_of(name, things)
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    assert client.get("/").content.decode().count(str(things["workplace"].pk)) == 0


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(KIND))
def test_every_role_may_what_the_table_says(
    name: str, role: Role, things: dict[str, Any], people: dict[Role, User]
) -> None:
    client = Client()
    client.force_login(people[role])
    pattern: Any = next(p for p in named() if p.name == name)
    needed = pattern.callback.permission
    address = address_of(name, things)
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    if role in MAY[needed]:
        assert answer.status_code in (200, 302)
    else:
        assert answer.status_code == (403 if role in FUNCTION_SIDE else 404)


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_not_change_stays_as_it_is(
    role: Role, things: dict[str, Any], people: dict[Role, User]
) -> None:
    """Whoever makes nothing here; who has access is below."""
    if role in MAKERS:
        return
    client = Client()
    client.force_login(people[role])
    place, board = things["workplace"], things["board"]
    before = (Run.objects.count(), Board.objects.count(), Workplace.objects.get().version, board.version)
    client.post(reverse("wishes", args=[place.pk]), {"jobs": 1, "week_min": 10, "week_max": 20})
    client.post(reverse("boards", args=[place.pk]))
    client.post(reverse("workplace", args=[place.pk]), {"seen": 1})
    client.post(reverse("task", args=[place.pk, "T02"]), {"seen": 1, "likely": 99})
    client.post(reverse("remove_task", args=[place.pk, "T02"]), {"seen": 1})
    client.post(reverse("act", args=[board.pk]), {"do": "card", "task": "T02", "days": "0", "to": "job-1", "seen": "0"})
    client.post(reverse("wall", args=[board.pk]), {"lines": "T02 = 1", "seen": "0"})
    client.post(reverse("terms", args=[board.pk]), {"job": "job-1", "job-1-mentor": "x", "seen": "0"})
    client.post(reverse("new"), {"which": "nursing-home"})
    assert not Agreements.objects.exists()
    board.refresh_from_db()
    after = (Run.objects.count(), Board.objects.count(), Workplace.objects.get().version, board.version)
    assert before == after


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.ADMINISTRATOR])
def test_only_an_administrator_decides_who_has_access(
    role: Role, things: dict[str, Any], people: dict[Role, User]
) -> None:
    client = Client()
    client.force_login(people[role])
    member, invitation = things["member"], things["invitation"]
    mine = Membership.objects.get(user=people[role])
    before = list(Membership.objects.order_by("pk").values())
    client.post(reverse("people", args=[things["house"].pk]), {"role": "administrator", "mine": "An"})
    for row in (member, mine):
        client.post(reverse("role", args=[row.pk]), {"role": "administrator", "seen": row.role})
    client.post(reverse("remove", args=[member.pk]), {"seen": member.role})
    client.post(reverse("revoke", args=[invitation.pk]))
    assert list(Membership.objects.order_by("pk").values()) == before
    assert Invitation.objects.get() == invitation


@pytest.mark.parametrize("role", list(Role))
def test_lists_and_predicates_agree(
    role: Role, things: dict[str, Any], people: dict[Role, User], stranger: User
) -> None:
    for user in (people[role], stranger):
        for kind, model in (("workplace", Workplace), ("run", Run), ("design", Design), ("board", Board)):
            permission = "see_workplace" if kind == "workplace" else "see_design"
            listed = things[kind] in model.objects.visible_to(user)
            assert listed == may(user, permission, things[kind])


def test_who_was_shut_out_sees_nothing(things: dict[str, Any], people: dict[Role, User]) -> None:
    user = people[Role.ADMINISTRATOR]
    User.objects.filter(pk=user.pk).update(is_active=False)
    user = User.objects.get(pk=user.pk)
    assert not may(user, "see_workplace", things["workplace"])
    assert not Workplace.objects.visible_to(user).exists()


def test_a_role_holds_in_its_own_house_alone(things: dict[str, Any], stranger: User) -> None:
    other = Organisation.objects.get(name="De Eik")
    Membership.objects.filter(user=stranger).update(role=Role.ADMINISTRATOR)
    user = User.objects.get(pk=stranger.pk)
    assert may(user, "make_workplace", other)
    assert not any(may(user, p, things["workplace"]) for p in MAY)


NUL, HUGE = "a\x00b", "9" * 30


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("boards", {"design": "no id"}),
        ("boards", {"design": NUL}),
        ("act", {"do": "name", "job": "job-1", "title": NUL, "seen": "0"}),
        ("act", {"do": "card", "task": NUL, "days": "0", "to": "job-1", "seen": "0"}),
        ("act", {"do": "card", "task": "T02", "days": "0", "to": NUL, "seen": "0"}),
        ("act", {"do": "card", "task": "T02", "days": "0", "to": "job-1", "seen": HUGE}),
        ("act", {"do": "undo", "step": HUGE, "seen": "0"}),
        ("workplace", {"seen": "²"}),
        ("workplace", {"seen": HUGE}),
        ("role", {"role": NUL, "seen": NUL}),
        ("role", {"role": "designer", "seen": NUL}),
        ("remove", {"seen": NUL}),
        ("people", {"role": "designer", "mine": NUL}),
        ("account", {"before": NUL, "passphrase": NUL, "again": NUL}),
        ("login", {"name": NUL, "passphrase": NUL, "next": NUL}),
        ("set_language", {"language": NUL, "next": NUL}),
    ],
)
def test_what_no_form_sends_breaks_nothing(
    name: str, given: dict[str, str], things: dict[str, Any], people: dict[Role, User]
) -> None:
    client = Client()
    client.force_login(people[Role.ADMINISTRATOR])
    file = {"file": BytesIO(small().to_json().encode())} if name == "workplace" else {}
    if file:
        file["file"].name = "small.json"
    address = address_of(name, things) if name in KIND else reverse(name)
    assert client.post(address, given | file).status_code in (200, 302, 400, 404)
    assert set(Membership.objects.values_list("role", flat=True)) == {*Role}


@pytest.mark.parametrize("path", [f"/members/{HUGE}/role/", "/join/%00/", "/start/%00/", "/workplaces/%00/"])
def test_an_address_that_cannot_be_is_not_there(path: str, people: dict[Role, User]) -> None:
    client = Client()
    client.force_login(people[Role.ADMINISTRATOR])
    assert client.post(path).status_code == 404
