"""Forms whose labels, help and errors come from the words of Klaver."""

from __future__ import annotations

from typing import Any

from django import forms

from klaver.language import tell
from klaver.language.tell import messages
from klaver.web.frame.reader import lang


class Worded(forms.Form):
    """A form that labels a field ``x`` with the message ``<words>_x``, and helps with ``<words>_x_help`` if it exists.

    An error stands beside its field and is named by it (``aria-describedby``), which Django does by itself.
    """

    words = ""
    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        area, name = self.words.split(".", 1)
        for field, made in self.fields.items():
            made.label = made.label or self.say(field)
            if f"{name}_{field}_help" in messages(area):
                made.help_text = self.say(f"{field}_help")

    def say(self, code: str, **values: object) -> str:
        """Tell a message of this form."""
        return tell(f"{self.words}_{code}", lang(), **values)
