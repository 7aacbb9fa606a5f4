"""One row for each aggregate: its document, and the columns that are searched, joined or protected."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from klaver.design.agreements.records import Agreements as AgreementsDocument
from klaver.design.board.records import Board as BoardDocument
from klaver.design.records import Design as DesignDocument
from klaver.web.accounts.models import Organisation
from klaver.web.accounts.permissions import visible
from klaver.work.records import Workplace as WorkplaceDocument


class Seen(models.QuerySet[Any]):
    """A query that knows what a user may see; ``path`` leads from a row to its organisation."""

    path = "workplace__organisation"
    permission = "see_design"

    def visible_to(self, user: Any) -> Seen:
        """Return the rows that a user may see."""
        return visible(self, user, self.permission, self.path)


class SeenWorkplaces(Seen):
    """Workplaces that a user may see."""

    path = "organisation"
    permission = "see_workplace"


class Workplace(models.Model):
    """A workplace as it is now; every earlier version is kept beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="workplaces")
    name = models.CharField(max_length=400)
    setting = models.CharField(max_length=40)
    synthetic = models.BooleanField(default=False)
    document = models.TextField()
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    objects = SeenWorkplaces.as_manager()

    class Meta:
        ordering = ["-changed"]

    def __str__(self) -> str:
        return self.name

    def read(self) -> WorkplaceDocument:
        """Return the document."""
        return WorkplaceDocument.model_validate_json(self.document)


class WorkplaceVersion(models.Model):
    """A workplace as it was saved once."""

    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workplace", "number"], name="one_workplace_version")]
        ordering = ["number"]


class Run(models.Model):
    """A search that was asked for: this row is the queue, the state and the heartbeat in one."""

    class State(models.TextChoices):
        """Where a run is."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        EMPTY = "empty"
        FAILED = "failed"

    class Kind(models.TextChoices):
        """What is asked: new designs, a board completed, why a task is where it is, which questions decide most."""

        SEARCH = "search"
        COMPLETE = "complete"
        WHY = "why"
        ASK = "ask"

    GOING = (State.QUEUED, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="runs")
    workplace_version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SEARCH, db_index=True)
    board = models.ForeignKey("Board", on_delete=models.CASCADE, null=True, related_name="runs")
    board_version = models.PositiveIntegerField(null=True, help_text="The last step of the board when it was asked.")
    question = models.TextField(help_text="What is asked, as JSON: the workplace as it was, date, seed, rounds.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    told = models.TextField(default="{}", help_text="The last progress, as JSON.")
    stop_asked = models.BooleanField(default=False)
    beat = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        ordering = ["-created"]

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation that asked."""
        return self.workplace.organisation_id

    @property
    def going(self) -> bool:
        """Tell whether the answer is still to come."""
        return self.state in self.GOING


class Design(models.Model):
    """One alternative of a run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="designs")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="designs")
    number = models.PositiveSmallIntegerField()
    document = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_design_number")]
        ordering = ["number"]

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation of the workplace."""
        return self.workplace.organisation_id

    def read(self) -> DesignDocument:
        """Return the document."""
        return DesignDocument.model_validate_json(self.document)


class Board(models.Model):
    """A board as it is now; its steps are beside it, ``version`` is the number of the last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="boards")
    workplace_version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    document = models.TextField()
    version = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    objects = Seen.as_manager()

    class Meta:
        ordering = ["-changed"]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation of the workplace."""
        return self.workplace.organisation_id

    def read(self) -> BoardDocument:
        """Return the document."""
        return BoardDocument.model_validate_json(self.document)


class BoardStep(models.Model):
    """One step of a board: what was done, by whom, and what it changed."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)
    document = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="one_board_step")]
        ordering = ["number"]


class SeenAgreements(Seen):
    """Agreements that a user may see."""

    path = "board__workplace__organisation"


class Agreements(models.Model):
    """What was said about a board: a log in one document, whose number of entries is its version."""

    board = models.OneToOneField(Board, on_delete=models.CASCADE, related_name="agreements")
    document = models.TextField()
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    changed = models.DateTimeField(auto_now=True)

    objects = SeenAgreements.as_manager()

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation of the workplace."""
        return self.board.organisation_id

    def read(self) -> AgreementsDocument:
        """Return the document."""
        return AgreementsDocument.model_validate_json(self.document)
