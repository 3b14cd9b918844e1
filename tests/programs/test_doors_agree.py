"""The phone's logger, the API, the command and the builder give one answer, because they ask the one judge.

200 random cases; RESERVE_CASES=1000 for more. The builder speaks of evenings to come: what it says of the next one must
be what the verdict says of that evening.
"""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command

from clients.models import Client, Coach, Injury
from programs.facts import read_facts, read_recent
from programs.logbook import lift
from programs.models import Exercise, Phase
from programs.plans import freeze
from programs.rehearsal import moment, rehearsed
from programs.verdict_words import kept
from programs.verdicts import Asked, judged_by, verdict_for
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
    body = {"client": str(client.uuid), "exercise": exercise, "at": at.isoformat(), "reps": reps}
    found: dict[str, Any] = api.post("verdicts/", body).json()
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
def test_the_builder_says_of_the_next_evening_what_the_verdict_will_say(dana: Coach) -> None:
    """With readiness as it is now: nobody knows the nights to come."""
    rng = Random(20260619)
    seen = set()
    for number in range(CASES // A_PERSON):
        client = a_person(dana, rng, number)
        phase = client.phases.first() or a_phase(client, date(2026, 6, 1), kind="base")
        recent = read_facts(client, at=NOW).recent
        trained = any(bout.day == recent.today for bout in recent.bouts)
        day = recent.today + timedelta(days=trained)
        workout = a_workout(phase, weekday=day.weekday())
        for _ in range(A_PERSON):
            workout.prescriptions.all().delete()
            exercise = Exercise.objects.get(practice=None, name=rng.choice(NAMES))
            line = a_line(
                workout, exercise, sets=rng.choice([1, 3, 10]), failure_on_last=rng.random() < 0.7,
                reps_max=rng.choice([10, 15, 16]), rir_halves=rng.choice([0, 2, 4]),
            )  # fmt: skip
            facts = read_facts(client, at=NOW)
            (span,) = [one for one in facts.plan.spans if one.meets(day, day)]
            heard = rehearsed(span, [workout], facts)[line.pk]
            first_of_them = line.sets - max(line.failures, 1) + 1
            evening = moment(day, NOW, client.zone)
            then = replace(read_recent(client, at=evening), readiness=facts.recent.readiness)
            asked = Asked(exercise=exercise, reps=line.reps_max, set_no=first_of_them, of=line.sets)
            (verdict,) = judged_by(then, [asked])
            assert (heard.day, heard.verdict) == (day, verdict)
            if first_of_them == 1 and day == recent.today:
                session = a_session(
                    client, at=evening, ref="asked", prescribed=freeze(workout, deload=phase.kind == "deload")
                )
                logged = lift(session, exercise, client, at=evening, past=None).verdict
                assert logged is not None
                shown = kept(logged.kept)
                assert shown is not None
                assert shown["says"] == list(heard.verdict.says)
                session.delete()
            seen.update([verdict.answer.value, *verdict.codes])
    assert seen >= {"no", "F1", "F2", "F3", "F4", "F5", "F6", "F7"}


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
