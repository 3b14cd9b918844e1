"""A run of letters that is killed is finished by the next: none lost, a second copy only from inside the gap."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from clients.models import Coach, Digest
from tests.coaching.smtp_stub import MailServer, mail_server
from tests.conftest import NOW
from tests.factories import make_coach

ROOT = Path(__file__).resolve().parents[2]
LETTERS, KILLS = 12, 3


def database_url() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return (
        f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"
    )


def a_run(server: MailServer, now: datetime, folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "MAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "RESERVE_VAR": str(folder),
    }
    command = [sys.executable, "manage.py", "send_digests", "--as-of", now.isoformat()]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_run_loses_no_letter_and_doubles_at_most_the_one_in_its_hand(tmp_path: Path) -> None:
    coaches = [make_coach(f"coach{n}@example.com") for n in range(LETTERS)]
    Coach.objects.update(digest_stopped_at=None, next_digest_at=NOW + timedelta(days=30))
    for coach in coaches:
        Digest.objects.create(
            coach=coach, week=date(2026, 6, 15), subject="x", text="x", html="<p>x</p>",
            message_id=f"<{coach.pk}@example.com>", composed_at=NOW, next_try_at=NOW,
        )  # fmt: skip
    now = NOW
    with mail_server() as server:
        server.slow_s = 0.1
        for kill in range(1, KILLS + 1):
            run = a_run(server, now, tmp_path)
            deadline = time.monotonic() + 30
            while len(server.taken) < kill * LETTERS // (KILLS + 1) and time.monotonic() < deadline:
                time.sleep(0.01)
            run.send_signal(signal.SIGKILL)
            run.wait()
            now += timedelta(minutes=15)
        assert a_run(server, now, tmp_path).wait() == 0
        copies = Counter(server.ids())
    assert set(copies) == {f"<{coach.pk}@example.com>" for coach in coaches}
    assert sum(copies.values()) <= LETTERS + KILLS
    assert set(Digest.objects.values_list("status", flat=True)) == {"sent"}
