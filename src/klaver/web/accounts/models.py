"""Users, organisations, and the role that a user has in an organisation."""

from __future__ import annotations

import uuid
from enum import StrEnum
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(StrEnum):
    """What somebody is in an organisation."""

    ADMINISTRATOR = "administrator"
    DESIGNER = "designer"
    COACH = "coach"
    EMPLOYER = "employer"
    EVALUATOR = "evaluator"
    DELEGATE = "delegate"


class Organisation(models.Model):
    """A wall: nobody outside sees what is inside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Somebody with a login: signs in with ``username`` and is called as that was first written (``first_name``)."""

    language = models.CharField(max_length=2, blank=True, help_text="The language that was chosen last; may be none.")

    @property
    def called(self) -> str:
        """The name as its owner wrote it; empty as long as none was chosen."""
        return self.first_name

    @property
    def leads(self) -> uuid.UUID | None:
        """The organisation that this user is the administrator of."""
        return next((org for org, role in self.roles.items() if role is Role.ADMINISTRATOR), None)

    @cached_property
    def roles(self) -> dict[uuid.UUID, Role]:
        """The role of this user in each organisation."""
        return {m.organisation_id: Role(m.role) for m in self.memberships.all()}


class Membership(models.Model):
    """The one role of a user in an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_role_each")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """A link that lets one person in, with the role that is fixed in it; used or revoked, it is gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    secret_print = models.CharField(max_length=64, unique=True, help_text="The secret itself is in the link alone.")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return f"{self.role} {self.expires:%Y-%m-%d}"
