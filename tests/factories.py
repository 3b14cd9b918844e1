"""Plain functions that make the cast and their history. Everything has a default that a coach would believe."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clients.models import Checkin, Client, Coach, Consent, Practice, User
from programs.models import Exercise, Session, SetLog

PASSWORD = "correct horse battery"


def make_coach(
    email: str,
    *,
    name: str = "",
    timezone: str = "Europe/London",
    practice: Practice | None = None,
    head: bool = True,
) -> Coach:
    user = User.objects.create_user(email, PASSWORD, name=name or email)
    practice = practice or Practice.objects.create(name=f"{name or email}'s practice")
    role = Coach.Role.HEAD if head else Coach.Role.COACH
    return Coach.objects.create(user=user, practice=practice, role=role, timezone=timezone)


def make_client(
    coach: Coach, name: str, *, consent: bool = True, signed_in: bool = False, **fields: Any
) -> Client:
    ref = fields.pop("ref", name.split()[0].lower())
    fields.setdefault("timezone", coach.timezone)
    client = Client.objects.create(practice=coach.practice, coach=coach, name=name, ref=ref, **fields)
    if consent:
        Consent.objects.create(
            client=client,
            text_version="test",
            channel=Consent.Channel.COACH_WORD,
            given_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
    if signed_in:
        client.user = User.objects.create_user(f"{ref}@example.com", PASSWORD, name=name)
        client.save(update_fields=["user"])
    return client


def an_exercise(name: str = "Leg press", **fields: Any) -> Exercise:
    """The library's row of that name, told otherwise by `fields`; a new one where the library has none."""
    found = Exercise.objects.filter(name__iexact=name, practice=None).first()
    if found and "practice" not in fields:
        Exercise.objects.filter(pk=found.pk).update(**fields)
        found.refresh_from_db()
        return found
    defaults: dict[str, Any] = {
        "equipment": "machine", "mechanic": "compound", "pattern": "squat", "primary_muscle": "quads",
        "overhead": False, "coordination": False, "can_trap": False,
    }  # fmt: skip
    return Exercise.objects.create(name=name, **{**defaults, **fields})


def a_session(client: Client, *, at: datetime, **fields: Any) -> Session:
    local = at.astimezone(ZoneInfo(client.timezone))
    offset = local.utcoffset() or timedelta()
    return Session.objects.create(
        client=client, practice_id=client.practice_id, ref=fields.pop("ref", f"test:{client.pk}:{at.isoformat()}"),
        started_at=at, utc_offset_min=int(offset.total_seconds() // 60), local_day=local.date(), **fields,
    )  # fmt: skip


def a_set(
    session: Session,
    exercise: Exercise,
    *,
    kg: float | None = 100,
    reps: int | None = 8,
    rir: float | None = 2,
    **fields: Any,
) -> SetLog:
    """A set written straight into the table; tests of verbs call the verbs."""
    return SetLog.objects.create(
        client_id=session.client_id, session=session, exercise=exercise, day=session.local_day,
        set_no=fields.pop("set_no", session.sets.count() + 1),
        weight_g=None if kg is None else round(kg * 1000), reps=reps,
        rir_halves=None if rir is None else round(rir * 2), **fields,
    )  # fmt: skip


def a_checkin(client: Client, day: date, **items: Any) -> Checkin:
    return Checkin.objects.create(client=client, day=day, **items)
