"""The forms of accounts."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password

from klaver.web.frame.forms import Worded


class FirstForm(Worded):
    """What the first administrator chooses."""

    organisation = forms.CharField(max_length=200)
    passphrase = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    examples = forms.BooleanField(required=False, initial=True)

    words = "web.first"

    def clean_passphrase(self) -> str:
        """Refuse what is short or on everybody's list."""
        given = str(self.cleaned_data["passphrase"])
        validate_password(given)
        return given

    def clean(self) -> None:
        """Refuse two that differ."""
        data = self.cleaned_data
        if "passphrase" in data and data.get("again") != data["passphrase"]:
            self.add_error("again", self.say("differs"))


class LoginForm(Worded):
    """The passphrase of this workbench."""

    passphrase = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    words = "web.login"
