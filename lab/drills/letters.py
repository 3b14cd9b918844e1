"""`kill -9` of runs that send letters to a server that refuses, delays and drops: none lost, none twice needlessly.

A thousand letters lie ready; a run is killed at a random moment, the clock goes on, the next run takes over. Twice may
arrive what a run had in its hand when it was killed, and what the server took without its answer being heard: no
protocol can tell these from letters that were lost. Each copy carries the same Message-ID, so a mailbox can.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LETTERS, BEGIN = 1_000, datetime(2026, 6, 15, 7, tzinfo=UTC)
TROUBLES = ("450 busy", "data 451 later", "hang up", "lose", "421 going down")
STEP = timedelta(hours=1)
MOST_RUNS = 60


def main(seed: int, times: int) -> int:
    from tests.coaching.smtp_stub import mail_server

    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="rsv-") as name, mail_server(*_script(chance)) as server:
        os.environ |= {
            "RESERVE_VAR": name,
            "DJANGO_SETTINGS_MODULE": "coaching.settings",
            "MAIL_URL": f"smtp://127.0.0.1:{server.port}",
        }
        import django

        django.setup()
        ids, lost_answers = _letters(), server.script.count("lose")
        server.slow_s = 0.002
        now, kills, runs = BEGIN, 0, 0
        while runs < MOST_RUNS and _left():
            run = _run(now)
            runs += 1
            if kills < times:
                _wait_for_some(server, run, chance)
                run.send_signal(signal.SIGKILL)
                kills += 1
            run.wait()
            now += STEP
        return _verdict(ids, Counter(server.ids()), kills, lost_answers - server.script.count("lose"), runs)


def _script(chance: random.Random) -> list[str]:
    """One mail in eight meets trouble, on average."""
    return [chance.choice(TROUBLES) if chance.random() < 0.125 else "take" for _ in range(LETTERS * 2)]


def _letters() -> list[str]:
    from django.core.management import call_command

    from clients.coaches import found_practice
    from clients.models import Coach, Digest

    call_command("migrate", verbosity=0)
    if Coach.objects.exists():
        sys.exit("This database has coaches already; the drill wants an empty one.")
    for number in range(LETTERS):
        coach = found_practice(
            email=f"coach{number}@example.com", password=None, name=f"C{number}", timezone="UTC", at=BEGIN
        )
        Digest.objects.create(
            coach=coach, week=BEGIN.date(), subject="x", text="x", html="<p>x</p>",
            message_id=f"<{coach.pk}@example.com>", composed_at=BEGIN, next_try_at=BEGIN,
        )  # fmt: skip
    Coach.objects.update(next_digest_at=BEGIN + timedelta(days=300))
    return list(Digest.objects.values_list("message_id", flat=True))


def _left() -> bool:
    from clients.models import Digest

    return Digest.objects.exclude(status="sent").exclude(next_try_at=None, claimed_at=None).exists()


def _run(now: datetime) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "send_digests", "--as-of", now.isoformat()]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


def _wait_for_some(server: object, run: "subprocess.Popen[bytes]", chance: random.Random) -> None:
    taken: list[object] = server.taken  # type: ignore[attr-defined]
    wanted = len(taken) + chance.randint(5, 120)
    end = time.monotonic() + 60
    while len(taken) < wanted and run.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


def _verdict(ids: list[str], copies: Counter[str], kills: int, answers_lost: int, runs: int) -> int:
    from clients.models import Digest

    lost = [one for one in ids if one not in copies]
    twice = sum(copies.values()) - len(copies)
    said = Counter(Digest.objects.values_list("status", flat=True))
    silent = [one for one in lost if Digest.objects.get(message_id=one).status == "sent"]
    print(
        f"letters: {len(ids)}, {runs} runs, {kills} kills, {answers_lost} answers lost; {len(lost)} not arrived, "
        f"{len(silent)} of them called sent; {twice} copies more, of at most {kills + answers_lost} that nobody could "
        f"have told; {dict(said)}"
    )
    return int(bool(lost or silent) or twice > kills + answers_lost)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m lab.drills.letters", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    sys.exit(main(given.seed, given.times))
