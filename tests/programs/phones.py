"""A client's phone in tests: signed in, with a plan, and forms filled as the page offers them."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.access import SESSION_CLIENT
from clients.ids import new_id
from clients.models import Client, User
from programs import sessions
from programs.models import Exercise, Phase, Prescription, Program, Session, Workout

HTMX = {"HX-Request": "true"}


def phone_of(client: Client) -> Browser:
    if client.user is None:
        client.user = User.objects.create_user(None, None, name=client.name)
        client.save(update_fields=["user"])
    browser = Browser()
    browser.force_login(client.user)
    session = browser.session
    session[SESSION_CLIENT] = client.pk
    session["timezone"] = client.timezone
    session.save()
    return browser


def a_workout(client: Client, *exercises: Exercise, **fields: Any) -> Workout:
    program = Program.objects.create(client=client, name="Autumn")
    starts = timezone.now().date() - timedelta(days=15)
    phase = Phase.objects.create(client=client, program=program, kind="hypertrophy", starts_on=starts)
    workout = Workout.objects.create(phase=phase, name="Push day", position=1)
    for position, exercise in enumerate(exercises, 1):
        Prescription.objects.create(
            workout=workout, exercise=exercise, position=position,
            **{"sets": 3, "reps_min": 8, "reps_max": 10, "rir_halves": 4, **fields},
        )  # fmt: skip
    return workout


def started(client: Client, workout: Workout | None = None) -> Session:
    return sessions.start(
        client=client, at=timezone.now() - timedelta(minutes=20), by=client.user, workout=workout
    )


def set_url(session: Session) -> str:
    return reverse("set-log", kwargs={"session_uuid": session.uuid})


def filled(exercise: Exercise, **values: Any) -> dict[str, Any]:
    """The form of a set as a phone sends it."""
    sent = {
        "id": new_id(),
        "exercise": exercise.pk,
        "version": 1,
        "weight": "26",
        "reps": 9,
        "rir": "2",
        "ended": "target",
    }
    return {name: value for name, value in {**sent, **values}.items() if value is not None}


def field_of(html: str, name: str) -> str:
    """The value that a page offers in a field."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    assert tag, f"no field {name}"
    value = re.search(r'value="([^"]*)"', tag[0])
    return value[1] if value else ""
