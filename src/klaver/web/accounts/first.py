"""The first administrator: a link that works once, printed where Klaver was started."""

from __future__ import annotations

from django.core import signing
from django.db import transaction

from klaver.web.accounts.models import Membership, Organisation, Role, User

SALT = "klaver.first"
HOUR = 3600
NAME = "owner"
"""The one user of a workbench on a laptop: only a passphrase is asked."""


def waiting() -> User | None:
    """Return the administrator who has not come in yet; made when there is nobody at all."""
    if not User.objects.exists():
        user = User(username=NAME, is_superuser=False)
        user.set_unusable_password()
        user.save()
    return User.objects.filter(username=NAME, last_login=None).first()


def token() -> str | None:
    """Return what stands in the link; ``None`` once the first administrator has come in."""
    user = waiting()
    return None if user is None else signing.dumps(user.pk, salt=SALT)


def user_of(given: str) -> User | None:
    """Return whom a link lets in; ``None`` when it is forged, older than an hour, or was used."""
    try:
        key = signing.loads(given, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key, last_login=None).first()


@transaction.atomic
def settle(user: User, passphrase: str, name: str) -> Organisation:
    """Give the first administrator a passphrase and an organisation."""
    user.set_password(passphrase)
    user.save()
    organisation = Organisation.objects.create(name=name)
    Membership.objects.create(user=user, organisation=organisation, role=Role.ADMINISTRATOR)
    return organisation
