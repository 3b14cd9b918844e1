"""Months of check-ins of somebody who is well, or tired for the last four weeks."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from clients.models import Checkin, Client

DAYS, TIRED_DAYS = 150, 28
ITEMS = ("sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")


def checkins(client: Client, chance: random.Random, *, tired: bool) -> Iterator[Checkin]:
    last = timezone.now().date() - timedelta(days=2)
    for back in range(DAYS, 0, -1):
        low = 2 if tired and back <= TIRED_DAYS else 0
        values = {
            item: min(5, max(1, round(chance.gauss(3.8, 0.5)) - (low if item in ("energy", "mood") else 0)))
            for item in ITEMS
        }
        yield Checkin(client=client, day=last - timedelta(days=back - 1), sleep_hours=7, **values)
