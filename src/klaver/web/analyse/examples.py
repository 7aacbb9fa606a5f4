"""The examples of the library, loaded into an organisation: complete workplaces, marked synthetic."""

from __future__ import annotations

from typing import Any

from klaver.web.accounts.models import Organisation
from klaver.web.frame.reader import lang
from klaver.web.store.models import Workplace
from klaver.web.store.workplaces import add
from klaver.work.starters import settings, start


def load_examples(organisation: Organisation, by: Any) -> list[Workplace]:
    """Add a workplace for every setting of the library, with its usual numbers."""
    made = []
    for setting in settings():
        place = start(setting, {}, lang())
        made.append(add(organisation, place.model_copy(update={"synthetic": True}), by))
    return made
