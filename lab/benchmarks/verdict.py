"""Verdicts against yardstick E of the web benchmark: one pure answer, a planned week, and a session page's reading.

One verdict ≤ 1/50 E, the verdicts of a planned week of 60 sets ≤ 1 E, of a client with three years of history. The pure
answer is measured from facts that have been read; reading them is shown beside it and stands in no target.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.benchmarks.measure import say
from lab.benchmarks.web import People, Visitor, database, seeded, server

ROUNDS, TRIES = 7, 30
WEEK_SETS = 60


@contextmanager
def yardstick(people: People, environment: dict[str, str]) -> Iterator[Callable[[], float]]:
    with server(environment) as port:
        visitor = Visitor(port, people.coach_key)

        def empty() -> int:
            return visitor.get("/bench/empty/")[0]

        for _ in range(TRIES):
            empty()
        yield lambda: statistics.median(timed(empty) for _ in range(TRIES))


def timed(call: Callable[[], object]) -> float:
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


def main(clients: int) -> int:
    with tempfile.TemporaryDirectory() as folder, database(folder) as environment:
        people = seeded(environment, clients)
        os.environ.update(environment)
        cases = measured()
        with yardstick(people, environment) as empty:
            over = False
            for name, most, call in cases:
                call()
                rounds = [(empty(), median(call)) for _ in range(ROUNDS)]
                ratio, best = min((took / e, e) for e, took in rounds)
                over |= say(name, clients, ratio, "E", most=most or None, beside=f"  E={best * 1000:.1f} ms")
    return int(over)


def median(call: Callable[[], object]) -> float:
    return statistics.median(timed(call) for _ in range(TRIES))


def measured() -> list[tuple[str, float, Callable[[], object]]]:
    """Name, most in E (0: only shown), and the call. Django comes up on the database that was just filled."""
    import django

    django.setup()
    from django.utils import timezone

    from clients.models import Client
    from programs.facts import facts_of, read_recent
    from programs.models import Exercise
    from programs.policy.judge import judge
    from programs.policy.recent import Question

    client, now = Client.objects.order_by("pk")[0], timezone.now()
    lifts = [facts_of(row) for row in Exercise.objects.filter(practice=None).order_by("pk")[:15]]
    recent = read_recent(client, at=now)
    week = [Question(exercise=lifts[n // 4], set_no=n % 4 + 1, of=4, reps=8) for n in range(WEEK_SETS)]
    return [
        ("one verdict", 1 / 50, lambda: judge(week[3], recent)),
        ("planned week of 60 sets", 1, lambda: [judge(asked, recent) for asked in week]),
        ("reading for a session page", 0, lambda: read_recent(client, at=now)),
        (
            "reading and 60 verdicts",
            0,
            lambda: [judge(a, r) for r in [read_recent(client, at=now)] for a in week],
        ),
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
