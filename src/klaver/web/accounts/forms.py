"""The forms of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from klaver.language import tell
from klaver.web.accounts.members import folded
from klaver.web.accounts.models import Role, User
from klaver.web.frame.forms import Worded
from klaver.web.frame.reader import lang

LONGEST = 60
"""Signs of a name to sign in with."""


def _secret(kind: str) -> forms.CharField:
    return forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": f"{kind}-password"}))


def _name() -> forms.CharField:
    return forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs={"autocomplete": "username"}))


class NewPassphrase(Worded):
    """A passphrase that is chosen, twice the same."""

    passphrase = _secret("new")
    again = _secret("new")

    def clean_passphrase(self) -> str:
        """Refuse what is short or on everybody's list."""
        given = str(self.cleaned_data["passphrase"])
        validate_password(given)
        return given

    def clean(self) -> None:
        """Refuse two that differ."""
        data = self.cleaned_data
        if "passphrase" in data and data.get("again") != data["passphrase"]:
            self.add_error("again", tell("web.first_differs", lang()))


class FirstForm(NewPassphrase):
    """What the first administrator chooses."""

    organisation = forms.CharField(max_length=200)
    examples = forms.BooleanField(required=False, initial=True)

    words = "web.first"


class JoinForm(NewPassphrase):
    """What somebody who was invited chooses."""

    name = _name()

    words = "members.join"

    def clean_name(self) -> str:
        """Refuse a name that cannot be shown or compared."""
        return checked_name(self, "name")


class PassphraseForm(NewPassphrase):
    """Another passphrase for whoever knows the one before."""

    before = _secret("current")

    words = "members.own"


class LoginForm(Worded):
    """The passphrase of this workbench, and a name where more than one person has access."""

    name = _name()
    passphrase = _secret("current")

    words = "members.login"

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alone:
            del self.fields["name"]


class RoleForm(Worded):
    """The role of a member."""

    role = forms.ChoiceField()

    words = "members.access"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, tell(f"members.role_{role.value}", lang())) for role in Role]


class InviteForm(RoleForm):
    """With which role somebody is invited; who has no name to sign in with yet chooses one now."""

    mine = _name()

    words = "members.invite"

    def __init__(self, *args: Any, asker: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": Role.DESIGNER.value}, **kwargs)
        if asker.called:
            del self.fields["mine"]

    def clean_mine(self) -> str:
        """Refuse a name that cannot be shown or compared."""
        return checked_name(self, "mine")


def checked_name(form: Worded, field: str) -> str:
    """Return a name as it was typed.

    Raises
    ------
    ValidationError
        When it holds signs that cannot be seen, or becomes too long when it is compared.
    """
    given = str(form.cleaned_data[field])
    if not given.isprintable() or len(folded(given)) > LONGEST:
        raise forms.ValidationError(tell("members.name_unreadable", lang()))
    return given
