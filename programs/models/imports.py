"""Another app's export that was taken in: what it made and changed, so that all of it can be undone."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from clients.ids import new_id
from clients.models import Client, Practice, User
from programs.models.exercise import Exercise
from programs.models.session import Session
from programs.policy.kinds import EndedBy

UNDO_DAYS = 30
APPS = ("strong", "hevy", "fitnotes")  # as `source` of a set
# A failure that an app marked: whether the muscle or the form gave way, nobody asked.
FORM_UNKNOWN = Q(source__in=APPS, ended=EndedBy.MUSCULAR_FAILURE)
# FitNotes' older exports keep days: such a session stands at noon.
HOUR_UNKNOWN = Q(source="fitnotes", done_at=None) & ~Q(session__ref__endswith="Z")


class ImportQuerySet(models.QuerySet["Import"]):
    def done(self) -> "ImportQuerySet":
        return self.filter(state=Import.State.DONE)


class Import(models.Model):
    """One file for one client, from the upload to the undo."""

    class State(models.TextChoices):
        READING = "reading"  # a worker is to read it
        READY = "ready"  # read: somebody looks at the preview
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"  # nothing was written; `problems` says why
        UNDONE = "undone"

    uuid = models.UUIDField(default=new_id, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    app = models.CharField(max_length=10, blank=True)
    file_name = models.CharField(max_length=200)  # as it was called; it is never stored under that name
    # What a person said: app, units, timezone, dates. Empty: as the file or the client's record says.
    options: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    preview: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    problems: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    counts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    exercises: "models.JSONField[list[int], list[int]]" = models.JSONField(default=list, blank=True)  # made
    claimed_at = models.DateTimeField(null=True, blank=True)  # by who reads or writes it
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="import_done_has_its_time"
            ),
        ]
        indexes = [models.Index(fields=["client", "-made_at"], name="import_of_client")]

    def __str__(self) -> str:
        return f"import {self.pk} for client {self.client_id}"

    def can_be_undone(self, at: datetime) -> bool:
        done = self.state == self.State.DONE and self.done_at is not None
        return bool(done and self.done_at and at <= self.done_at + timedelta(days=UNDO_DAYS))


class ImportedSession(models.Model):
    """A session that an import made, or changed: then with what it was before."""

    made_by = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="sessions")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="imported")
    before: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(null=True)
    stamp = models.CharField(max_length=64)  # as it stood after the import: another one means it was edited

    class Meta:
        constraints = [models.UniqueConstraint("made_by", "session", name="imported_session_once")]

    def __str__(self) -> str:
        return f"session {self.session_id} of import {self.made_by_id}"


class AppExercise(models.Model):
    """Which exercise a practice means by a name in other apps' exports: said once, kept."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("practice", Lower("name"), name="app_exercise_once")]

    def __str__(self) -> str:
        return self.name
