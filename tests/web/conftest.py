"""Who and what the tests of the workbench begin with."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from tests.web.cases import small

from klaver.web.accounts.models import Membership, Organisation, Role, User
from klaver.web.store import boards
from klaver.web.store.models import Board, Workplace
from klaver.web.store.workplaces import add


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(autouse=True)
def _nothing_remembered(db: None) -> None:
    cache.clear()


@pytest.fixture
def house(db: None) -> Organisation:
    return Organisation.objects.create(name="De Linde")


@pytest.fixture
def people(house: Organisation) -> dict[Role, User]:
    """One user for each role in the house."""
    made = {}
    for role in Role:
        made[role] = User.objects.create_user(role.value, password="four plain words here")
        Membership.objects.create(user=made[role], organisation=house, role=role)
    return made


@pytest.fixture
def stranger(db: None) -> User:
    """A designer of another house."""
    user = User.objects.create_user("stranger", password="four plain words here")
    other = Organisation.objects.create(name="De Eik")
    Membership.objects.create(user=user, organisation=other, role=Role.DESIGNER)
    return user


@pytest.fixture
def inside(people: dict[Role, User]) -> Client:
    """A designer's browser."""
    client = Client()
    client.force_login(people[Role.DESIGNER])
    return client


@pytest.fixture
def place(house: Organisation, people: dict[Role, User]) -> Workplace:
    return add(house, small(), people[Role.DESIGNER])


@pytest.fixture
def board(place: Workplace) -> Board:
    return boards.open_board(place, boards.ready(place), None, place.version, "Bord")
