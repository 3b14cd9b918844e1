"""The doctor finds what is broken, and nothing else."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from clients.models import Change, Client, Coach, Digest, Flag, Reminder, Webhook
from coaching.doctor import examine
from coaching.due import due
from coaching.scan import scan
from programs.models import LiftDay, SetLog
from tests.coaching import stories
from tests.conftest import NOW


@pytest.fixture
def well(james: Client, sarah: Client) -> list[int]:
    stories.checkins(james, low_days=25)
    stories.training(sarah, stories.lifts(2), weeks=12, weak_days=20)
    scan(due(NOW), now=NOW)
    assert Flag.objects.count() >= 2
    return [james.pk, sarah.pk]


def broken() -> dict[str, list[str]]:
    return {found.name: found.broken for found in examine(NOW) if found.broken}


def test_a_healthy_database_is_healthy(well: list[int]) -> None:
    assert broken() == {}
    looked = {found.name: found.checked for found in examine(NOW)}
    assert looked["rollups are what their sets come to"] == LiftDay.objects.count()
    assert looked["flags are what a full scan says"] == Flag.objects.count()
    assert len(looked) == 8


def test_a_rollup_that_differs_is_named(well: list[int]) -> None:
    row = LiftDay.objects.all()[5]
    LiftDay.objects.filter(pk=row.pk).update(working=9)
    assert broken()["rollups are what their sets come to"] == [
        f"client {row.client_id}, exercise {row.exercise_id}, {row.day}"
    ]


def test_a_rollup_without_sets_is_named(well: list[int]) -> None:
    row = LiftDay.objects.all()[5]
    SetLog.objects.filter(client=row.client, exercise=row.exercise, day=row.day).update(deleted_at=NOW)
    assert len(broken()["rollups are what their sets come to"]) == 1


def test_a_level_that_no_scan_says_is_named(well: list[int]) -> None:
    flag = Flag.objects.open().filter(client__ref="james")[0]
    other = "watch" if flag.level == "act" else "act"
    Flag.objects.filter(pk=flag.pk).update(level=other)
    found = broken()
    assert len(found["flags are what a full scan says"]) == 2
    assert found["every change of a flag is on record"] == [
        f"flag {flag.pk}: it is at {other}, the record says {flag.level}"
    ]


def test_who_waits_for_a_scan_is_not_wrong_yet(well: list[int]) -> None:
    flag = Flag.objects.open().filter(client__ref="james")[0]
    Flag.objects.filter(pk=flag.pk).update(since_on=flag.since_on - timedelta(days=400))
    Client.objects.update(history_version=99)
    assert broken() == {}


def test_who_is_only_due_for_another_day_is_judged_to_the_last_one(well: list[int]) -> None:
    later = NOW + timedelta(days=40)
    assert set(due(later)) == set(well)
    assert not [found.name for found in examine(later) if found.broken]
    looked = {found.name: found.checked for found in examine(later)}
    assert looked["flags are what a full scan says"] == Flag.objects.count()
    Flag.objects.open().filter(client__ref="james")[0].delete()
    assert [found.name for found in examine(later) if found.broken] == ["flags are what a full scan says"]


def test_a_flag_from_nowhere_is_named(well: list[int]) -> None:
    Change.objects.filter(kind="flag opened").delete()
    assert all(
        "nobody recorded its opening" in what for what in broken()["every change of a flag is on record"]
    )


def test_a_claim_that_outlived_its_lease_is_named(well: list[int], dana: Coach) -> None:
    digest = Digest.objects.create(
        coach=dana, week=NOW.date(), subject="s", text="t", html="h", message_id="<1@example.com>", composed_at=NOW,
        status="sending", claimed_at=NOW - timedelta(minutes=14),
    )  # fmt: skip
    assert broken() == {}
    Digest.objects.update(claimed_at=NOW - timedelta(minutes=16))
    assert broken()["no claim is older than its lease"][0].startswith(f"letter {digest.pk}, claimed")


def test_a_reminder_that_a_worker_holds_too_long_is_named(well: list[int]) -> None:
    held = Reminder.objects.create(
        client_id=Client.objects.values_list("pk", flat=True)[0], day=NOW.date(), message_id="<2@example.com>",
        status="sending", claimed_at=NOW - timedelta(minutes=16),
    )  # fmt: skip
    assert broken()["no claim is older than its lease"][0].startswith(f"reminder {held.pk}, claimed")


def test_what_a_worker_holds_too_long_of_webhooks_and_exports_is_named(well: list[int], dana: Coach) -> None:
    hook = Webhook.objects.create(coach=dana, url="https://example.com/", secret="whsec_eA==", made_at=NOW)
    hook.deliveries.create(
        kind="test", body="{}", queued_at=NOW, state="sending", claimed_at=NOW - timedelta(minutes=6)
    )
    dana.exports.create(asked_at=NOW, state="writing", claimed_at=NOW - timedelta(minutes=16))
    found = broken()["no claim is older than its lease"]
    assert [line.split()[0] for line in found] == ["delivery", "export"]


def test_the_command_ends_with_1_on_anything_broken(well: list[int]) -> None:
    scan(due(timezone.now()), now=timezone.now())
    out = StringIO()
    call_command("doctor", "--json", stdout=out)
    assert [json.loads(line)["broken"] for line in out.getvalue().splitlines()] == [0] * 8
    LiftDay.objects.update(working=9)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out)
    assert ended.value.code == 1
    assert "BROKEN  rollups are what their sets come to" in out.getvalue()
    assert f"and {LiftDay.objects.count() - 20} more" in out.getvalue()
