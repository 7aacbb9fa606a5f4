"""Workplaces saved and changed; every version is kept, and what is read is the same document as in a file."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from klaver.web.accounts.models import Organisation
from klaver.web.store.models import Workplace, WorkplaceVersion
from klaver.work.records import Workplace as Document


class ChangedSinceError(Exception):
    """Somebody else changed the workplace since it was looked at."""


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


def at_version(row: Workplace, number: int) -> Document:
    """Return a workplace as it was saved once."""
    if number == row.version:
        return row.read()
    return Document.model_validate_json(row.versions.get(number=number).document)


def _write(row: Workplace, place: Document) -> None:
    row.name, row.setting, row.synthetic = place.name, place.setting, place.synthetic
    row.document = place.to_json()
