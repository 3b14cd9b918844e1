"""The weekly letters of many coaches: what one costs, in yardstick E of the web benchmark, and whether it grows.

Coaches with ten clients each, eight weeks of training and check-ins, half of the clients with a sign. A third of the
coaches are written to with only them in the database, the others with all of them. A letter is composed as a worker
does it, read, put into words, drawn and stored; what it takes to render it alone is shown beside it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from lab.benchmarks.measure import say, timed
from lab.benchmarks.verdict import yardstick
from lab.benchmarks.web import database, seeded

if TYPE_CHECKING:
    from clients.models import Coach

CLIENTS, WEEKS, ROUNDS = 10, 8, 5
MOST_STATEMENTS = 12
MOST_OVER_RENDERING = 3.0
MOST_GROWTH = 1.2  # of one letter, for three times the coaches


def main(coaches: int) -> int:
    with tempfile.TemporaryDirectory() as folder, database(folder) as environment:
        people = seeded(environment, CLIENTS)
        os.environ.update(environment)
        import django

        django.setup()
        with yardstick(people, environment) as empty:
            few = _letters(seed(coaches // 3, first=0), empty)
            many = _letters(seed(coaches - coaches // 3, first=coaches // 3), empty)
    over = False
    for n, letters in ((coaches // 3, few), (coaches, many)):
        # The smaller size is printed for the curve; the target is that of the whole.
        most = MOST_OVER_RENDERING if n == coaches else None
        beside = f"  E={letters['e'] * 1000:.1f} ms"
        over |= say("one letter, statements", n, letters["statements"], "", most=MOST_STATEMENTS)
        over |= say("one letter, composed", n, letters["wall"] / letters["e"], "E", beside=beside)
        over |= say("one letter, over rendering", n, letters["own"] / letters["alone"], "×", most=most)
    growth = many["own"] / few["own"]
    return int(over | say("one letter, growth", coaches, growth, "×", most=MOST_GROWTH))


def seed(count: int, *, first: int) -> "list[Coach]":
    """Coaches whose letter is due, and their clients; rollups written straight into the table."""
    from django.utils import timezone

    from clients.models import Client, Coach, Consent, Practice, User

    now = timezone.now()
    users = User.objects.bulk_create(
        User(email=f"coach{n}@example.com", name=f"Coach {n}") for n in range(first, first + count)
    )
    practices = Practice.objects.bulk_create(Practice(name=user.name) for user in users)
    coaches = Coach.objects.bulk_create(
        Coach(user=user, practice=practice, timezone="Europe/London", next_digest_at=now)
        for user, practice in zip(users, practices, strict=True)
    )
    clients = Client.objects.bulk_create(
        Client(practice_id=coach.practice_id, coach=coach, ref=str(n), name=f"Client{n} Name", timezone="UTC")
        for coach in coaches
        for n in range(CLIENTS)
    )
    Consent.objects.bulk_create(
        Consent(client=client, text_version="bench", channel="coach_word", given_at=now) for client in clients
    )
    history(clients, now)
    return coaches


def history(clients: "Sequence[Any]", now: datetime) -> None:
    """Three days a week of four lifts, a check-in on most days, and an answered or unanswered sign for every other."""
    from clients.models import Action, Checkin, Flag
    from programs.models import Exercise, LiftDay

    lifts = list(Exercise.objects.filter(practice=None).order_by("pk")[:4])
    days = [now.date() - timedelta(days=back) for back in range(7 * WEEKS, 0, -1)]
    counts = dict.fromkeys(
        ("form_break", "form_break_at_0", "hold_back", "easy", "unrated", "stopped"), 0
    ) | {"working": 3, "failure": 1, "hard": 3}
    LiftDay.objects.bulk_create(
        (
            LiftDay(
                client=client, exercise=lift, day=day, volume_g=1_920_000, best_load_g=80_000 + 100 * place,
                best_reps2=20, best_rir2=4, median_load_g=80_000, median_reps2=16, median_rir2=4, least_rir2=0,
                **counts,
            )
            for client in clients
            for place, day in enumerate(days)
            if day.weekday() in (0, 2, 4)
            for lift in lifts
        ),
        batch_size=2_000,
    )  # fmt: skip
    Checkin.objects.bulk_create(
        (
            Checkin(client=client, day=day, energy=3, mood=4, sleep_quality=4)
            for client in clients
            for day in days
            if day.toordinal() % 5
        ),
        batch_size=2_000,
    )
    seen = {"band": [3.4, 4.6], "series": [[day.isoformat(), 3.0 + day.toordinal() % 2] for day in days]}
    flags = Flag.objects.bulk_create(
        Flag(
            client=client, sign=sign, level=level, score=6.0, recorded_at=now - timedelta(days=age), says="It shows.",
            evidence=seen,
            opened_on=days[-age], since_on=days[-age - 3], level_on=days[-age],
        )
        for client in clients[::2]
        for sign, level, age in (("dread", "act", 3), ("sleep_decline", "watch", 12))
    )  # fmt: skip
    Action.objects.bulk_create(
        Action(
            client=flag.client,
            flag=flag,
            kind="acknowledge",
            by=flag.client.coach,
            at=now - timedelta(days=1),
            on=days[-1],
        )
        for flag in flags[::4]
    )


def _letters(coaches: "Sequence[Coach]", empty: Callable[[], float]) -> dict[str, float]:
    """Each composed once, in rounds beside the yardstick; the best of each counts."""
    from django.db import connection
    from django.utils import timezone

    from coaching import digests
    from coaching.letters.gather import gather
    from coaching.letters.render import render
    from coaching.letters.training import MOST_CLIENTS
    from coaching.letters.words import write

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum would have done by the week's letter
    now = timezone.now()

    def compose(coach: "Coach") -> None:
        assert digests.compose(coach, now=now), "no letter was written"

    def render_alone(coach: "Coach") -> float:
        news = gather(coach, now=now, last=None)
        return timed(lambda: render(write(news, most=MOST_CLIENTS), unsubscribe_url="https://example.com/"))

    with statements() as counted:
        compose(coaches[0])
    took: dict[str, list[float]] = {"e": [], "wall": [], "own": [], "alone": []}
    size = len(coaches) // ROUNDS
    for n in range(ROUNDS):
        mine = coaches[max(1, n * size) : (n + 1) * size]
        took["e"].append(empty())
        took["alone"].append(statistics.median(render_alone(coach) for coach in mine[:10]))
        both = [_on_the_wall(partial(compose, coach)) for coach in mine]
        took["wall"].append(statistics.median(wall for wall, _ in both))
        took["own"].append(statistics.median(own for _, own in both))
    best = {name: min(values) for name, values in took.items()}
    return {**best, "statements": counted[0]}


def _on_the_wall(call: Callable[[], None]) -> tuple[float, float]:
    """Seconds on the wall, as the yardstick has them, and those that other work on the machine leaves alone."""
    before = time.perf_counter()
    own = timed(call)
    return time.perf_counter() - before, own


@contextmanager
def statements() -> Iterator[list[int]]:
    """How many are sent, without those that only begin and end a transaction."""
    from django.db import connection

    counted = [0]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted[0] += not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield counted


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m lab.benchmarks.digests", description=__doc__)
    parser.add_argument("--coaches", type=int, default=300)
    sys.exit(main(parser.parse_args().coaches))
