"""People for the web benchmark, written straight into the tables. Prints what the measuring process needs."""

import json
import os
import sys
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
django.setup()

from django.conf import settings  # noqa: E402  Django first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from clients.models import ApiToken, Checkin, Client, Coach, Consent, Flag, Practice, User  # noqa: E402
from clients.signs.kinds import Sign  # noqa: E402
from programs import rollups  # noqa: E402
from programs.models import Exercise, Session, SetLog  # noqa: E402
from programs.sessions import start  # noqa: E402


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    now = timezone.now()
    user = User.objects.create_user("coach@example.com", None, name="Coach")
    practice = Practice.objects.create(name="Bench")
    coach = Coach.objects.create(user=user, practice=practice, next_digest_at=now + timedelta(days=7))
    clients = Client.objects.bulk_create(
        Client(practice=practice, coach=coach, ref=str(n), name=f"Client {n}", timezone="UTC")
        for n in range(count)
    )
    Consent.objects.bulk_create(
        Consent(client=client, text_version="bench", channel="coach_word", given_at=now) for client in clients
    )
    lifts = list(Exercise.objects.filter(practice=None).order_by("pk")[:5])
    for n, client in enumerate(clients):
        history(client, lifts, now, days=1095 if n == 0 else 60)
    Flag.objects.bulk_create(
        Flag(
            client=client, sign=Sign.DREAD, level="act" if n % 2 else "watch", score=9 - n / 100, recorded_at=now,
            opened_on=now.date(), since_on=now.date(), level_on=now.date(), says="Looks forward to training less.",
        )
        for n, client in enumerate(clients[:120])
    )  # fmt: skip
    first = clients[0]
    first.user = User.objects.create_user("client@example.com", None)
    first.save(update_fields=["user"])
    session = start(client=first, at=now, by=first.user)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum would have done by the first evening
    _, token = ApiToken.objects.create(user, scope="read", expiry=timedelta(days=1))
    told = {
        "coach_key": key_of(user), "client_key": key_of(first.user), "client_page": f"/clients/{first.pk}/",
        "session_page": f"/train/{session.uuid}/", "exercise": str(lifts[0].pk), "token": token,
        "client_uuid": str(first.uuid),
    }  # fmt: skip
    print(json.dumps(told))


def history(client: Client, lifts: list[Exercise], now: datetime, *, days: int) -> None:
    """Three sessions a week of five lifts and three sets, a check-in on most days."""
    past = [now - timedelta(days=back) for back in range(days, 0, -1)]
    Checkin.objects.bulk_create(
        Checkin(
            client=client,
            day=at.date(),
            energy=3,
            mood=4,
            stress=3,
            soreness=3,
            sleep_quality=4,
            anticipation=4,
        )
        for at in past
        if at.toordinal() % 5
    )
    sessions = Session.objects.bulk_create(
        Session(
            practice_id=client.practice_id, client=client, ref=f"{client.pk}:{at.date()}", started_at=at,
            utc_offset_min=0, local_day=at.date(), duration_min=60, session_rpe=7,
        )
        for at in past
        if at.weekday() in (0, 2, 4)
    )  # fmt: skip
    SetLog.objects.bulk_create(
        SetLog(
            client=client, session=session, exercise=lift, day=session.local_day, set_no=3 * place + number,
            weight_g=80_000 + 500 * place, reps=8, rir_halves=4, ended="target",
        )
        for session in sessions
        for place, lift in enumerate(lifts)
        for number in (1, 2, 3)
    )  # fmt: skip
    rollups.rebuild_days([(client.pk, lift.pk, session.local_day) for session in sessions for lift in lifts])


def key_of(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]))
