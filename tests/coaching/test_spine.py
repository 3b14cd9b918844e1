"""The whole path through the public doors: history in, warning seen, answered, enforced, written about, measured."""

import json
import re
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from clients.models import Action, Client, Coach, Digest, Flag
from clients.signs.kinds import Sign
from coaching import outcomes
from tests.coaching import spine
from tests.factories import PASSWORD


def until(what: Callable[[], Any], *, seconds: float = 60, log: Path | None = None) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.2)
    pytest.fail(f"waited {seconds} s in vain\n{log.read_text()[-3000:] if log else ''}")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_history_becomes_a_warning_seen_answered_and_measured(
    live_server: Any, page: Page, dana: Coach, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)
    call_command(
        "import_bundle",
        str(spine.worn_out(tmp_path / "in", last=now.date() - timedelta(days=1))),
        coach="dana@example.com",
    )

    with tempfile.TemporaryDirectory() as short, spine.broker(Path(short)) as redis_url:
        worker = spine.Worker(redis_url, tmp_path)
        try:
            worker.tick("scan_due")
            worker.tick("scan_due")  # a doubled message changes nothing
            until(lambda: Client.objects.exclude(scanned_on=None).exists(), log=worker.log)
        finally:
            worker.stop()
    james = Client.objects.get(ref="james")
    open_signs = set(Flag.objects.open().filter(client=james).values_list("sign", flat=True))
    assert {Sign.STRENGTH_DECLINE, Sign.FATIGUE_MOOD} <= open_signs
    assert Flag.objects.filter(client=james).count() == len(open_signs)

    page.set_default_timeout(8000)
    page.goto(live_server.url)
    page.locator("input[name=login]").fill("dana@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    row = page.locator(f"#row-{james.pk}")
    expect(row).to_contain_text("James Okafor")
    expect(row).to_contain_text("strength")
    row.get_by_role("button", name="Scale back").click()
    until(lambda: Action.objects.standing().filter(kind="scale_back").exists())

    capsys.readouterr()
    call_command("verdict", coach="dana@example.com", client="james", exercise="Leg Extension", json=True)
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["verdict"] == "no"
    assert verdict["codes"][0] == "F8"

    due_at = (now + timedelta(days=8)).isoformat()
    mail.outbox = []
    call_command("send_digests")  # the first look plans the first letter
    for _ in range(2):
        call_command("send_digests", as_of=due_at)
    assert Digest.objects.count() == len(mail.outbox) == 1
    assert "James" in mail.outbox[0].subject

    later = now.date() + timedelta(days=45)
    call_command(
        "import_bundle",
        str(spine.worn_out(tmp_path / "later", last=later, days=43, recovered=True)),
        coach="dana@example.com",
    )
    for _ in range(2):
        outcomes.measure_due(now + timedelta(days=46))
    measured = Action.objects.get(kind="scale_back")
    assert measured.measured_at is not None
    assert measured.outcome is not None
    assert any("James" in sentence for sentence in measured.outcome["says"])
    page.goto(f"{live_server.url}/clients/{james.pk}/")
    expect(page.locator("main")).to_contain_text(measured.outcome["says"][0])
