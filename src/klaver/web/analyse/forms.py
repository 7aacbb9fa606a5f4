"""The forms of Analyse."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from klaver.language import tell
from klaver.values import Faults
from klaver.web.frame.forms import Worded
from klaver.web.frame.reader import lang
from klaver.work.records import Workplace
from klaver.work.starters import settings, start, starter_head
from klaver.work.workbook import read_workplace

MOST_BYTES = 20_000_000
"""The largest file that is taken."""


class StarterForm(Worded):
    """A workplace from the library: how it is called, and how many of what it counts."""

    setting = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=400)

    words = "web.starter"

    def __init__(self, setting: str, data: Mapping[str, Any] | None = None) -> None:
        head = starter_head(setting, lang())
        self.title, self.units = head.name, head.units
        super().__init__(
            data, initial={"setting": setting, "name": head.name}, prefix=setting, use_required_attribute=False
        )
        for unit in head.units:
            count = forms.IntegerField(min_value=1, max_value=100_000, initial=unit.count, label=unit.label)
            self.fields[f"unit_{unit.id}"] = count

    def workplace(self) -> Workplace:
        """Return the workplace that was asked."""
        data = self.cleaned_data
        counts = {u.id: data[f"unit_{u.id}"] for u in self.units}
        place = start(data["setting"], counts, lang())
        return place.model_copy(update={"name": data["name"]})


def starters(data: Mapping[str, Any] | None = None) -> list[StarterForm]:
    """Return a form for every setting of the library; what was sent belongs to the one that it names."""
    sent = data.get("which") if data else None
    return [StarterForm(s, data if s == sent else None) for s in settings()]


class UploadForm(Worded):
    """A workbook (or the same as JSON) that is read into a workplace."""

    file = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.json"}))

    words = "web.upload"

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than any workbook that can be read."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(tell("workbook.too_large", lang()))
        return given


def read_upload(given: UploadedFile) -> Workplace:
    """Read an uploaded workplace as strictly as a file; its name is only told, never used as a path.

    Raises
    ------
    Faults
        With every mistake, located.
    """
    name = Path(given.name or "").name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "given" + Path(name).suffix.lower())
        with path.open("wb") as file:
            file.writelines(given.chunks())
        try:
            return read_workplace(path)
        except Faults as wrong:
            raise Faults(f.model_copy(update={"file": name}) for f in wrong.faults) from None
