"""Clients with a sign-in and an open session each, and a bundle to import beside them. Prints what the phones need."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  Django first
from django.utils import timezone  # noqa: E402

from clients.models import Client, Coach, Consent, Practice, User  # noqa: E402
from lab.benchmarks import cohort  # noqa: E402
from lab.benchmarks.web_data import history, key_of  # noqa: E402
from programs.models import Exercise, SetLog  # noqa: E402
from programs.sessions import start  # noqa: E402

DAYS = 90
BESIDE = {"clients": 20, "days": 200}


def main(count: int, bundle: Path) -> None:
    call_command("migrate", verbosity=0)
    now = timezone.now()
    user = User.objects.create_user("coach@example.com", None, name="Coach")
    practice = Practice.objects.create(name="Bench")
    coach = Coach.objects.create(user=user, practice=practice, next_digest_at=now + timedelta(days=7))
    lifts = list(Exercise.objects.filter(practice=None).order_by("pk")[:5])
    phones = []
    for n in range(count):
        person = User.objects.create_user(f"client{n}@example.com", None)
        client = Client.objects.create(
            practice=practice, coach=coach, ref=str(n), name=f"Client {n}", timezone="UTC", user=person
        )
        Consent.objects.create(client=client, text_version="bench", channel="coach_word", given_at=now)
        history(client, lifts, now, days=DAYS)
        session = start(client=client, at=now, by=person)
        phones.append(
            {"key": key_of(person), "page": f"/train/{session.uuid}/", "exercise": str(lifts[n % 5].pk)}
        )
    cohort.write(bundle, **BESIDE)
    print(json.dumps({"coach": user.email, "phones": phones}))


if __name__ == "__main__":
    if sys.argv[1] == "--count":
        print(SetLog.objects.live().filter(session__ended_at=None, session__duration_min=None).count())
    else:
        main(int(sys.argv[1]), Path(sys.argv[2]))
