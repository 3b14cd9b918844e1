"""The phone's logger, the API, the command and the builder give one answer, because they ask the one judge.

200 random cases; RESERVE_CASES=1000 for more. The builder speaks of weeks to come, which no verdict knows yet: what it
says of a line is the class of its exercise with the reason, and that must be what the verdict's F4 rests on.
"""

import json
import os
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command

from clients.models import Client, Coach, Injury
from programs.logbook import lift
from programs.models import Exercise, Phase, Prescription
from programs.plan_page import programme_of
from programs.verdict_words import kept
from programs.verdicts import verdict_for
from tests.coaching.api import Api, coach_api
from tests.factories import a_checkin, a_session, a_set, make_client
from tests.programs.plans import a_line, a_phase, a_workout

CASES = int(os.environ.get("RESERVE_CASES", "200"))
A_PERSON = 10  # cases
NOW = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)
NAMES = (
    "Triceps pushdown", "Dumbbell curl", "Leg press", "Barbell bench press", "Conventional deadlift", "Push-up",
    "Dumbbell overhead press", "Lat pulldown", "Barbell curl", "Leg extension",
)  # fmt: skip


def a_person(coach: Coach, rng: Random, number: int) -> Client:
    """Somebody with a few weeks behind them, well or badly spent."""
    since = rng.choice([None, date(2025, 12, 1), date(2024, 1, 1), date(2015, 1, 1)])
    zone = rng.choice(["Europe/London", "America/New_York", "Pacific/Auckland"])
    client = make_client(coach, f"Person {number}", ref=f"p{number}", training_since=since, timezone=zone)
    for name in rng.sample(NAMES, 4):
        exercise = Exercise.objects.get(practice=None, name=name)
        for _ in range(rng.randint(1, 12)):
            session = a_session(client, at=NOW - timedelta(minutes=rng.randint(1, 60 * 24 * 60)))
            for _ in range(rng.randint(1, 4)):
                ended = rng.choice(
                    ["target", "target", "muscular_failure", "technical_failure", "stopped", ""]
                )
                a_set(session, exercise, rir=rng.choice([None, 0, 1, 2, 5]), ended=ended)
    hours, stress = rng.choice([5.8, 7.0, 8.0]), rng.choice([2, 4])
    for back in range(rng.choice([0, 14])):
        a_checkin(client, NOW.date() - timedelta(days=back), sleep_hours=hours, stress=stress)
    if rng.random() < 0.3:
        region = rng.choice(["knee", "shoulder", "lower_back"])
        Injury.objects.create(client=client, region=region, severity="moderate", onset=date(2026, 6, 1))
    if rng.random() < 0.7:
        kind = rng.choice(["strength", "hypertrophy", "hypertrophy", "deload"])
        Phase.objects.create(client=client, kind=kind, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 28))
    return client


def by_command(client: Client, exercise: str, at: datetime, reps: int | None) -> dict[str, Any]:
    out = StringIO()
    more = () if reps is None else ("--reps", str(reps))
    call_command(
        "verdict", "--coach", client.coach.user.email, "--client", client.ref, "--exercise", exercise,
        "--at", at.isoformat(), *more, "--json", stdout=out,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def by_api(api: Api, client: Client, exercise: str, at: datetime, reps: int | None) -> dict[str, Any]:
    body = {"exercise": exercise, "at": at.isoformat(), "reps": reps}
    found: dict[str, Any] = api.post(f"clients/{client.uuid}/verdict/", body).json()
    return found


def plain(found: dict[str, Any]) -> tuple[Any, ...]:
    opens = found["opens_at"]
    at = datetime.fromisoformat(opens).astimezone(UTC) if opens else None
    return found.get("verdict") or found.get("answer"), list(found["codes"]), list(found["says"]), at


@pytest.mark.django_db
def test_logger_api_and_command_agree_on_random_cases(dana: Coach) -> None:
    rng = Random(20260618)
    seen = set()
    for number in range(CASES // A_PERSON):
        client, api = a_person(dana, rng, number), coach_api(dana, "read")
        for _ in range(A_PERSON):
            exercise = Exercise.objects.get(practice=None, name=rng.choice(NAMES))
            at = NOW - timedelta(minutes=rng.randint(0, 5 * 24 * 60))
            session = a_session(client, at=at, ref=f"asked {rng.random()}")
            verdict = verdict_for(client, exercise, at=at)
            logged = lift(session, exercise, client, at=at, past=None).verdict
            assert logged is not None
            shown = kept(logged.kept)
            assert shown is not None
            here = (verdict.answer.value, list(verdict.codes), list(verdict.says), verdict.opens_at)
            assert plain(shown) == here
            assert plain(by_command(client, exercise.name, at, None)) == here
            assert plain(by_api(api, client, exercise.name, at, None)) == here
            reps = rng.choice([4, 5, 15, 16])
            assert plain(by_command(client, exercise.name, at, reps)) == plain(
                by_api(api, client, exercise.name, at, reps)
            )
            seen.update([verdict.answer.value, *verdict.codes])
            session.delete()
    assert seen >= {"no", "F1", "F2", "F3", "F4", "F5", "F7"}


@pytest.mark.django_db
def test_the_builder_and_the_verdict_speak_of_one_class(james: Client) -> None:
    workout = a_workout(a_phase(james))
    for name in NAMES:
        a_line(workout, Exercise.objects.get(practice=None, name=name))
    phases = [phase for program in programme_of(james, at=NOW) for phase in program.phases]
    rows = [line for phase in phases for card in phase.workouts for line in card.lines]
    assert len(rows) == Prescription.objects.count() == len(NAMES)
    for row in rows:
        verdict = verdict_for(james, Exercise.objects.get(practice=None, name=row.exercise), at=NOW)
        closed = verdict.answer.value == "no" and "F4" in verdict.codes
        assert closed is (row.suitability == "avoid"), row.exercise
        if closed:
            says = verdict.says[verdict.codes.index("F4")]
            assert says.endswith(row.reason[:1].lower() + row.reason[1:])


@pytest.mark.django_db
def test_the_phone_asks_for_the_reps_that_the_plan_means(james: Client) -> None:
    exercise = Exercise.objects.get(practice=None, name="Triceps pushdown")
    line = {"exercise_id": exercise.pk, "exercise": exercise.name, "sets": 1, "reps_min": 16, "reps_max": 20,
            "rir_halves": 4, "rest_s": 90, "failure_on_last": True, "weight_g": None, "note": ""}  # fmt: skip
    session = a_session(james, at=NOW, prescribed=[line])
    logged = lift(session, exercise, james, at=NOW, past=None).verdict
    assert logged is not None
    assert (kept(logged.kept) or {})["says"] == list(verdict_for(james, exercise, at=NOW, reps=20).says)
    assert "this set has 20" in " ".join(verdict_for(james, exercise, at=NOW, reps=20).says)
