"""Workplaces saved and changed; every version is kept, and what is read is the same document as in a file."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from klaver.web.accounts.models import Organisation
from klaver.web.store.models import Workplace, WorkplaceVersion
from klaver.work.editing import whole
from klaver.work.merging import Clash, merge
from klaver.work.records import Workplace as Document


class ChangedSinceError(Exception):
    """Somebody else changed the workplace since it was looked at."""


class ClashedError(Exception):
    """Somebody else changed the very values that were changed here.

    ``latest`` is the number of the version that stands, ``first`` the version in which the other changed them.
    """

    def __init__(self, clashes: tuple[Clash, ...], mine: Document, latest: int, first: WorkplaceVersion) -> None:
        super().__init__(clashes)
        self.clashes, self.mine, self.latest, self.first = clashes, mine, latest, first


def find(ident: Any) -> Workplace | None:
    """Return the workplace with this id, if there is one."""
    return Workplace.objects.filter(pk=ident).first()


@transaction.atomic
def add(organisation: Organisation, place: Document, by: Any) -> Workplace:
    """Save a new workplace."""
    row = Workplace(organisation=organisation)
    _write(row, place)
    row.save()
    WorkplaceVersion.objects.create(workplace=row, number=row.version, document=row.document, by=by)
    return row


@transaction.atomic
def replace(row: Workplace, place: Document, by: Any, seen: int) -> Workplace:
    """Put a new version in the place of the one that was seen.

    Raises
    ------
    ChangedSinceError
        When there is a newer one than was seen; nothing is changed then.
    """
    row = Workplace.objects.select_for_update().get(pk=row.pk)
    if row.version != seen:
        raise ChangedSinceError
    _write(row, place)
    row.version += 1
    row.save()
    WorkplaceVersion.objects.create(workplace=row, number=row.version, document=row.document, by=by)
    return row


def change(row: Workplace, mine: Document, by: Any, seen: int) -> bool:
    """Save what somebody made of the version that was seen, together with what others changed since.

    Returns whether there was something to save.

    Raises
    ------
    ClashedError
        When another changed the same values since; nothing is saved then.
    Faults
        When what comes of both does not make sense as a whole; nothing is saved then.
    """
    before = at_version(row, seen)
    while True:
        row = Workplace.objects.get(pk=row.pk)
        theirs = row.read()
        both, clashes = merge(before, mine, theirs)
        if clashes:
            since = row.versions.filter(number__gt=seen).select_related("by")
            first = next(v for v in since if merge(before, mine, at_version(row, v.number))[1])
            raise ClashedError(clashes, mine, row.version, first)
        if whole(both) == theirs:
            return False
        try:
            replace(row, both, by, row.version)
        except ChangedSinceError:  # between the look and the lock; what came in between is looked at too
            continue
        return True


def at_version(row: Workplace, number: int) -> Document:
    """Return a workplace as it was saved once."""
    if number == row.version:
        return row.read()
    return Document.model_validate_json(row.versions.get(number=number).document)


def _write(row: Workplace, place: Document) -> None:
    row.name, row.setting, row.synthetic = place.name, place.setting, place.synthetic
    row.document = place.to_json()
