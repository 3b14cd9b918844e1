"""A coach with a row of everything that a bundle can hold."""

from datetime import UTC, date, datetime, timedelta

from clients.models import Action, Client, Coach, Consent, Overrule
from coaching.exchange.apps.stamps import stamps
from programs.models import (
    AppExercise,
    Exercise,
    Import,
    ImportedSession,
    Month,
    PolicyValue,
    Program,
)
from tests.factories import a_checkin, a_session, a_set, an_exercise, make_client
from tests.flags import a_flag
from tests.programs.plans import a_line, a_phase, a_workout

AT = datetime(2026, 6, 11, 9, 30, 15, 250_000, tzinfo=UTC)


def everything(coach: Coach) -> Client:
    """Every file of the bundle has rows of this client or coach afterwards, and every column a value somewhere."""
    james = make_client(
        coach, "James Okafor", consent=False, email="james@example.com", sensitivity=1,
        sensitivity_before=[["2026-03-01", -1]], away_until=date(2026, 7, 1), training_since=date(2020, 1, 1),
    )  # fmt: skip
    Consent.objects.create(
        client=james,
        text_version="2026-01",
        channel="coach_word",
        given_at=AT,
        given_by=coach.user,
        withdrawn_at=AT,
    )
    Consent.objects.create(client=james, text_version="2026-02", channel="joining", given_at=AT)
    Client.objects.filter(pk=james.pk).update(scanned_on=date(2026, 6, 10), archived_at=AT)
    Coach.objects.filter(pk=coach.pk).update(
        digest_weekday=3, digest_hour=19, digest_names=False, digest_when_nothing=True, digest_stopped_at=AT
    )
    coach.refresh_from_db()
    machine = _exercises(coach)
    Client.objects.filter(pk=james.pk).update(units_of={str(machine.pk): "lb"}, shown_lifts=[machine.pk])
    _plan(james, coach, machine)
    _answers(james, coach)
    _import(james, coach, machine)
    a_checkin(james, date(2026, 6, 1), energy=3)
    return james


def _exercises(coach: Coach) -> Exercise:
    machine = Exercise.objects.create(
        practice=coach.practice, name="My own dip", equipment="bodyweight", pattern="vertical_push",
        mechanic="compound", primary_muscle="triceps", body_mass_percent=80,
    )  # fmt: skip
    Exercise.objects.create(practice=coach.practice, name="My old dip", merged_into=machine)
    AppExercise.objects.create(practice=coach.practice, name="Dip (Odd)", exercise=machine)
    return machine


def _plan(james: Client, coach: Coach, machine: Exercise) -> None:
    for name in ("Block", "=Block 2"):
        program = Program.objects.create(client=james, name=name, made_by=coach)
        Program.objects.filter(pk=program.pk).update(made_at=AT, ended_at=AT if name == "Block" else None)
    first = a_phase(james, ends_on=date(2026, 6, 7), program=program)
    deload = a_phase(james, date(2026, 6, 8), date(2026, 6, 14), kind="deload", continues=first)
    a_phase(james, date(2026, 6, 15), program=program, continues=deload)
    workout = a_workout(first, weekday=0)
    a_line(
        workout,
        machine,
        rir_halves=3,
        rest_s=90,
        failure_on_last=True,
        with_next=True,
        weight_g=-12_500,
        note="slow\r\nand =clean",
    )
    lines = [
        {
            "exercise_id": machine.pk, "exercise": "My dip as it was called", "sets": 3, "reps_min": 8, "reps_max": 10,
            "rir_halves": 3, "rest_s": 90, "failure_on_last": True, "weight_g": None, "note": "", "held": "scale_back", "skipped": True,
        }
    ]  # fmt: skip
    done = a_session(james, at=AT, workout=workout, workout_name="Push", prescribed=lines, ref="phone:1")
    a_set(
        done,
        machine,
        kg=-5,
        shown_verdict={"verdict": "no", "codes": ["F3"], "says": ["Less than 72 hours."]},
    )
    over = a_session(james, at=AT - timedelta(days=2), ref="phone:2", ended_at=AT - timedelta(days=1))
    a_set(over, an_exercise("Leg press"))
    a_session(james, at=AT - timedelta(days=4), ref="phone:gone", deleted_at=AT)


def _answers(james: Client, coach: Coach) -> None:
    closed = a_flag(
        james, closed_on=date(2026, 6, 12), closed_at=AT, resolution="recovered", seen_at=AT, score=6.125,
        evidence={"steps": [["2026-06-10", "watch"], ["2026-06-11", "act"]], "lifts": {"Leg press": 0.1}},
    )  # fmt: skip
    a_flag(james, "dread", "watch", evidence={})
    Action.objects.create(
        client=james, flag=closed, kind="scale_back", by=coach, at=AT, on=date(2026, 6, 11),
        until=date(2026, 6, 18), text="=careful", outcome_due_on=date(2026, 7, 9), measured_at=AT,
        outcome={"says": ["Better."], "rows": [{"what": "mood", "change": 0.5, "se": 0.125}]},
    )  # fmt: skip
    Action.objects.create(
        client=james,
        flag=closed,
        kind="acknowledge",
        by=coach,
        at=AT,
        on=date(2026, 6, 11),
        undone_at=AT,
        undone_by=coach,
    )
    Action.objects.create(
        client=james, kind="deload", by=coach, at=AT, on=date(2026, 6, 11), until=date(2026, 6, 14)
    )
    Action.objects.create(
        client=james,
        flag=closed,
        kind="note",
        by=coach,
        at=AT,
        on=date(2026, 6, 11),
        text="+slept\nbadly",
        undone_at=AT,
        undone_by=coach,
    )
    Action.objects.create(
        client=james, kind="message", by=coach, at=AT, on=date(2026, 6, 11), text="Rest, please."
    )
    Overrule.objects.create(
        client=james, indicator="form", state="met", reason="@seen it", by=coach, at=AT, until=date(2026, 7, 1),
        withdrawn_at=AT, withdrawn_by=coach,
    )  # fmt: skip
    for undone in (True, False):
        Month.objects.create(
            client=james, starts_on=date(2026, 6, 15), by=coach, at=AT, stopped_on=date(2026, 6, 20), stopped_by=coach,
            undone_at=AT if undone else None, undone_by=coach if undone else None,
        )  # fmt: skip
    for client, value in ((None, 60.0), (None, None), (james, 80.0)):
        PolicyValue.objects.create(
            coach=coach, client=client, key="recovery_hours", value=value, by=coach, at=AT
        )


def _import(james: Client, coach: Coach, machine: Exercise) -> None:
    bare = Exercise.objects.create(practice=coach.practice, name="Made by the import", to_complete=True)
    first = Import.objects.create(
        client=james, by=coach.user, made_at=AT, done_at=AT, state="done", app="strong", file_name="strong.csv",
        options={"units": "lb"}, counts={"new": 2, "changed": 0}, exercises=[bare.pk],
    )  # fmt: skip
    second = Import.objects.create(
        client=james,
        made_at=AT,
        done_at=AT,
        undone_at=AT,
        state="undone",
        app="strong",
        file_name="newer.csv",
    )
    stood = a_session(
        james,
        at=AT - timedelta(days=6),
        ref="strong:james:2026-06-05T10:30:15",
        ended_at=AT - timedelta(days=6),
    )
    a_set(stood, bare, source="strong")
    before = {
        "session": {
            "started_at": "2026-06-05T09:30:15+00:00", "utc_offset_min": 60, "local_day": "2026-06-05",
            "ended_at": None, "duration_min": "45.50", "session_rpe": None, "workout_name": "Pull", "note": "",
        },
        "sets": [
            {
                "pk": 1, "set_no": 1, "exercise_id": machine.pk, "day": "2026-06-05", "weight_g": 0, "reps": 8,
                "rir_halves": None, "ended": "", "warm_up": False, "done_at": None, "source": "strong", "note": "",
            }
        ],
    }  # fmt: skip
    now = stamps([stood.pk])[stood.pk]
    ImportedSession.objects.create(made_by=first, session=stood, stamp=now)
    ImportedSession.objects.create(made_by=second, session=stood, before=before, stamp="older")
