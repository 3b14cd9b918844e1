"""Believable clients by the hundred, as a bundle: C clients, D days, always the same for one seed.

Three in ten have one bad stretch of four to six weeks: weaker, worse in every answer, sore.
"""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

LAST = date(2026, 6, 14)
LIFTS = (
    ("Leg press", 120.0), ("Barbell bench press", 70.0), ("Lat pulldown", 55.0), ("Barbell back squat", 90.0),
    ("Seated cable row", 50.0), ("Dumbbell lateral raise", 8.0), ("Leg extension", 45.0), ("Leg curl", 40.0),
    ("Dumbbell biceps curl", 12.0), ("Triceps pushdown", 25.0), ("Romanian deadlift", 80.0),
    ("Machine chest press", 50.0),
)  # fmt: skip
ITEMS = ("sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")
ENDS = ("target",) * 17 + ("muscular_failure",) * 2 + ("technical_failure",)


BAD_SHARE, BAD_DAYS = 0.3, (28, 42)


def write(folder: Path, *, clients: int, days: int, seed: int = 1) -> dict[str, int]:
    """3.5 sessions a week of 15 sets, check-ins on 80 % of days. Answers the rows of each file."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Iterator[tuple[Any, ...]]] = {
        "clients": _clients(clients),
        "sessions": (row[0] for row in _visits(clients, days, seed)),
        "sets": (one for row in _visits(clients, days, seed) for one in row[1]),
        "checkins": _checkins(clients, days, seed),
    }
    heads = {
        "clients": ("client_ref", "name", "timezone", "training_since"),
        "sessions": ("session_ref", "client_ref", "started_at", "duration_min", "session_rpe"),
        "sets": (
            "session_ref", "set_no", "exercise", "weight_kg", "reps", "rir", "ended", "warm_up", "done_at", "source",
        ),
        "checkins": ("client_ref", "date", "sleep_hours", *ITEMS, "aches"),
    }  # fmt: skip
    counts = {}
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(heads[name])
            counts[name] = 0
            for row in rows:
                writer.writerow(row)
                counts[name] += 1
    return counts


def _clients(clients: int) -> Iterator[tuple[Any, ...]]:
    for n in range(clients):
        yield f"c{n:05}", f"Client {n:05}", "Europe/London", f"{2015 + n % 10}-03-01"


def _visits(clients: int, days: int, seed: int) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """A session and its sets, in the order of clients and days."""
    for n in range(clients):
        chance = random.Random(f"{seed}:{n}")
        strength, bad = chance.uniform(0.6, 1.4), _bad_days(n, days, seed)
        for back in range(days, 0, -1):
            if chance.random() >= 0.5:
                continue
            day = LAST - timedelta(days=back - 1)
            at = datetime(
                day.year, day.month, day.day, chance.randint(6, 20), chance.randint(0, 59), tzinfo=UTC
            )
            ref = f"c{n:05}:{day:%Y%m%d}"
            session = (ref, f"c{n:05}", at.isoformat(), chance.randint(40, 90), chance.randint(4, 9))
            held = 0.93 if back in bad else 1.0
            yield session, _sets(chance, ref, at, strength * held * (1 + 0.0006 * (days - back)))


def _bad_days(n: int, days: int, seed: int) -> range:
    """Of client `n`, counted back from the last; the visits and the check-ins agree on them."""
    chance = random.Random(f"{seed}:{n}:bad")
    if chance.random() >= BAD_SHARE:
        return range(0)
    begin = chance.randint(1, max(1, days - 60))
    return range(begin, begin + chance.randint(*BAD_DAYS))


def _sets(chance: random.Random, ref: str, at: datetime, strength: float) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for lift, kg in chance.sample(LIFTS, 5):
        for _ in range(3):
            no = len(rows) + 1
            ended = chance.choice(ENDS)
            rir = "" if ended != "target" or chance.random() < 0.1 else chance.choice((1, 1.5, 2, 2, 3, 4))
            weight = round(kg * strength * chance.uniform(0.95, 1.0) * 2) / 2
            done = (at + timedelta(seconds=180 * no)).isoformat()
            rows.append((ref, no, lift, weight, chance.randint(5, 12), rir, ended, 0, done, "strong"))
    return rows


def _checkins(clients: int, days: int, seed: int) -> Iterator[tuple[Any, ...]]:
    for n in range(clients):
        chance, bad = random.Random(f"{seed}:{n}:check-ins"), _bad_days(n, days, seed)
        for back in range(days, 0, -1):
            if chance.random() < 0.8:
                day = LAST - timedelta(days=back - 1)
                low = back in bad
                items = [min(5, max(1, round(chance.gauss(2.4 if low else 3.5, 0.7)))) for _ in ITEMS]
                aches = f"knee:{chance.randint(1, 5)}" if chance.random() < (0.3 if low else 0.06) else ""
                hours = round(chance.gauss(5.8 if low else 7, 1), 2)
                yield f"c{n:05}", day.isoformat(), hours, *items, aches
