"""Plans that tests stand on, written straight into the tables."""

from datetime import date, datetime, timedelta
from typing import Any

from clients.models import Client
from programs.models import Exercise, Phase, Prescription, Workout
from tests.factories import a_checkin, a_session, a_set

MONDAY = date(2026, 6, 15)


def a_phase(
    client: Client, starts_on: date = MONDAY - timedelta(days=28), ends_on: date | None = None, **fields: Any
) -> Phase:
    fields.setdefault("kind", "hypertrophy")
    return Phase.objects.create(client=client, starts_on=starts_on, ends_on=ends_on, **fields)


def a_workout(phase: Phase, name: str = "Push", weekday: int | None = None) -> Workout:
    return Workout.objects.create(
        phase=phase, name=name, weekday=weekday, position=phase.workouts.count() + 1
    )


def a_line(workout: Workout, exercise: Exercise, *, sets: int = 3, **fields: Any) -> Prescription:
    fields = {"reps_min": 8, "reps_max": 10, **fields}
    return Prescription.objects.create(
        workout=workout, exercise=exercise, sets=sets, position=workout.prescriptions.count() + 1, **fields
    )


def made_ready(client: Client, exercise: Exercise, *, at: datetime) -> Client:
    """Everything that is known by then speaks for failure: years, form, nights; two months of training."""
    Client.objects.filter(pk=client.pk).update(training_since=date(2015, 1, 1))
    for back in range(1, 60):
        day = at - timedelta(days=back)
        if back % 2:
            session = a_session(client, at=day)
            for _ in range(3):
                a_set(session, exercise, rir=2)
        a_checkin(client, day.date(), sleep_hours=8, stress=4)
    return Client.objects.get(pk=client.pk)
