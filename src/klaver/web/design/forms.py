"""What is asked of the new jobs."""

from __future__ import annotations

from typing import Any

from django import forms

from klaver.web.frame.forms import Worded
from klaver.work.records import Wishes

QUARTER = 0.25


class WishesForm(Worded):
    """How many new jobs, of how many hours; what is left empty follows the house's own numbers."""

    jobs = forms.IntegerField(min_value=1, max_value=60)
    week_min = forms.FloatField(min_value=1, max_value=60, step_size=QUARTER)
    week_max = forms.FloatField(min_value=1, max_value=60, step_size=QUARTER)

    words = "web.wishes"

    def clean(self) -> None:
        """Refuse hours that cross."""
        data = self.cleaned_data
        if data.get("week_min") and data.get("week_max") and data["week_min"] > data["week_max"]:
            self.add_error("week_max", self.say("crossed"))

    def wishes(self, known: Wishes) -> Wishes:
        """Return the wishes of the workplace with what was asked here."""
        data: dict[str, Any] = self.cleaned_data
        asked = {
            "jobs": data["jobs"],
            "week_min": round(60 * data["week_min"]),
            "week_max": round(60 * data["week_max"]),
        }
        return known.model_copy(update=asked)
