"""A lost passphrase: whoever can use the computer that runs Klaver may choose another one."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from klaver.language import Language
from klaver.values import Fault, Faults
from klaver.web.accounts.members import folded
from klaver.web.accounts.models import User


def whose(name: str | None) -> User:
    """Return who signs in with a name; without a name the only one who has access.

    Raises
    ------
    Faults
        When nobody has come in yet, nobody has that name, or several have access and none is named.
    """
    there = User.objects.filter(is_active=True, last_login__isnull=False)
    named = list(there.filter(username=folded(name)) if name else there[:2])
    if not there.exists():
        raise Faults([Fault(code="serve.nobody_yet")])
    if not named:
        raise Faults([Fault(code="members.unknown_name", values={"name": name or ""})])
    if len(named) > 1:
        raise Faults([Fault(code="members.whose")])
    return named[0]


def new_passphrase(user: User, given: str, lang: Language) -> None:
    """Give somebody another passphrase.

    Raises
    ------
    Faults
        When it is too short or on everybody's list; nothing is changed then.
    """
    with translation.override(lang):
        try:
            validate_password(given)
        except ValidationError as wrong:
            raise Faults([Fault(code="serve.bad_passphrase", values={"why": " ".join(wrong.messages)})]) from None
    user.set_password(given)
    user.save()
