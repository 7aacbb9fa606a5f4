"""Who has access to an organisation: invited by a link, each with one role, and never without an administrator."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from klaver.web.accounts.first import NAME
from klaver.web.accounts.models import Invitation, Membership, Organisation, Role, User

VALID = timedelta(days=7)
"""How long a link of an invitation lets somebody in."""


def only_user() -> User | None:
    """Return the one who has access when nobody else has: of them only the passphrase is asked."""
    there = list(User.objects.filter(is_active=True)[:2])
    return there[0] if len(there) == 1 else None


class LastAdministratorError(Exception):
    """Without this administrator nobody could let anybody in."""


class ChangedSinceError(Exception):
    """Somebody else changed this access since it was looked at."""


class NameTakenError(Exception):
    """Somebody signs in with this name already."""


def folded(name: str) -> str:
    """Return a name as it is compared: capitals, blanks around it and ways of writing an accent make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def take_name(user: User, name: str) -> None:
    """Let a user sign in with a name.

    Raises
    ------
    NameTakenError
        When somebody else has it; nothing is saved then.
    """
    user.first_name, user.username = " ".join(name.split()), folded(name)
    if user.username == NAME:  # kept for whoever comes in first
        raise NameTakenError
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise NameTakenError from None


@transaction.atomic
def invite(organisation: Organisation, role: Role, by: User, mine: str = "") -> str:
    """Make an invitation; returns the secret of its link, of which only a print is kept.

    ``mine`` is the name with which the inviter signs in from now on: as long as one person has access none is asked.

    Raises
    ------
    NameTakenError
        When somebody else has that name.
    """
    if mine:
        take_name(by, mine)
    now, secret = timezone.now(), secrets.token_urlsafe(32)
    organisation.invitations.filter(expires__lte=now).delete()
    organisation.invitations.create(role=role, by=by, expires=now + VALID, secret_print=_print(secret))
    return secret


def open_invitations(organisation: Organisation) -> list[Invitation]:
    """Return the invitations that still let somebody in, oldest first."""
    return list(organisation.invitations.filter(expires__gt=timezone.now()).select_related("by"))


def invitation_of(secret: str) -> Invitation | None:
    """Return the invitation of a link; ``None`` when there is none, or none any more."""
    now = timezone.now()
    found = Invitation.objects.select_related("organisation")
    return found.filter(secret_print=_print(secret), expires__gt=now).first()


@transaction.atomic
def join(invitation: Invitation, name: str, passphrase: str) -> User | None:
    """Let somebody in with the role of an invitation, which is gone then; ``None`` when it is gone already.

    Raises
    ------
    NameTakenError
        When somebody signs in with this name already; the invitation stays.
    """
    held = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if held is None:
        return None
    user = User()
    user.set_password(passphrase)
    take_name(user, name)
    Membership.objects.create(user=user, organisation_id=held.organisation_id, role=held.role)
    held.delete()
    return user


@transaction.atomic
def change_role(member: Membership, role: Role, seen: str) -> None:
    """Give a member another role.

    Raises
    ------
    LastAdministratorError
        When nobody would be administrator then; nothing is changed.
    ChangedSinceError
        When the member has another role than was seen, or no access any more; nothing is changed.
    """
    now = _held(member, seen)
    if role != Role.ADMINISTRATOR:
        _keeps_an_administrator(now)
    now.role = role
    now.save()


@transaction.atomic
def take_away(member: Membership, seen: str) -> None:
    """Take somebody's access away, at once and wherever they are signed in; what they made stays under their name.

    Raises
    ------
    LastAdministratorError, ChangedSinceError
        As for :func:`change_role`.
    """
    now = _held(member, seen)
    _keeps_an_administrator(now)
    now.delete()
    if not Membership.objects.filter(user=now.user_id).exists():
        User.objects.filter(pk=now.user_id).update(is_active=False)


def _held(member: Membership, seen: str) -> Membership:
    """Return a member as it is now; until the end of the transaction nobody else changes who has access."""
    Organisation.objects.select_for_update().get(pk=member.organisation_id)
    now = Membership.objects.filter(pk=member.pk).first()
    if now is None or now.role != seen:
        raise ChangedSinceError
    return now


def _keeps_an_administrator(leaving: Membership) -> None:
    others = Membership.objects.filter(organisation=leaving.organisation_id, role=Role.ADMINISTRATOR)
    if leaving.role == Role.ADMINISTRATOR and not others.exclude(pk=leaving.pk).exists():
        raise LastAdministratorError


def _print(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
