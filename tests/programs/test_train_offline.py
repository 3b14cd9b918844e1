"""What the server owes a phone that was away: who is meant, when it was done, and the files that open without a network."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.days import local_day
from clients.ids import new_id
from clients.models import Checkin, Client
from programs.models import Exercise, Session, SetLog
from tests.factories import an_exercise
from tests.programs.phones import HTMX, filled, phone_of, set_url, started


@pytest.fixture
def press(db: None) -> Exercise:
    return an_exercise("Chest press", pattern="horizontal_push", primary_muscle="chest")


@pytest.fixture
def phone(james: Client) -> Browser:
    return phone_of(james)


@pytest.fixture
def free(james: Client) -> Session:
    return started(james)


def from_queue(client: Client) -> dict[str, str]:
    return {**HTMX, "X-Client": str(client.uuid)}


def test_rows_for_somebody_else_are_not_taken(
    phone: Browser, free: Session, press: Exercise, sarah: Client
) -> None:
    answer = phone.post(set_url(free), filled(press), headers=from_queue(sarah))
    assert answer.status_code == 401
    assert not SetLog.objects.exists()


def test_every_page_of_a_client_says_whose_it_is(phone: Browser, free: Session, james: Client) -> None:
    for path in ("/train/", f"/train/{free.uuid}/finish/", "/train/settings/", "/train/state/"):
        assert phone.get(path).headers["X-Client"] == str(james.uuid)


def test_the_queue_is_told_where_a_form_leads_without_going_there(
    phone: Browser, free: Session, james: Client
) -> None:
    url = reverse("session-finish", kwargs={"session_uuid": free.uuid})
    answer = phone.post(url, {"session_rpe": "8"}, headers=from_queue(james))
    assert (answer.status_code, answer.headers["X-Location"]) == (204, f"/train/{free.uuid}/")


def test_the_state_gives_a_token_that_works_and_our_clock(
    james: Client, free: Session, press: Exercise
) -> None:
    phone = Browser(enforce_csrf_checks=True)
    phone.cookies = phone_of(james).cookies
    said = phone.get("/train/state/", headers=from_queue(james)).json()
    assert set(said) == {"token", "now"}
    assert phone.post(set_url(free), filled(press), headers=from_queue(james)).status_code == 403
    headers = {**from_queue(james), "X-CSRFToken": said["token"]}
    assert phone.post(set_url(free), filled(press), headers=headers).status_code == 200
    assert Browser().get("/train/state/", headers=HTMX).status_code == 401


def test_a_session_and_its_end_are_from_when_they_were_pressed(phone: Browser, james: Client) -> None:
    begun, ended = timezone.now() - timedelta(hours=3), timezone.now() - timedelta(hours=2)
    key = new_id()
    phone.post(reverse("session-start"), {"id": key, "done_at": begun.isoformat()})
    phone.post(f"/train/{key}/finish/", {"done_at": ended.isoformat()})
    session = Session.objects.get(uuid=key)
    assert (session.started_at, session.ended_at) == (begun, ended)


@pytest.mark.parametrize(
    "sent", ["2999-01-01T00:00:00Z", "yesterday", "1950-01-01T00:00:00Z", "\x00", "9" * 99]
)
def test_a_start_that_cannot_be_is_now(phone: Browser, sent: str) -> None:
    before = timezone.now()
    assert phone.post(reverse("session-start"), {"id": new_id(), "done_at": sent}).status_code == 302
    assert before <= Session.objects.get().started_at <= timezone.now()


def test_an_end_before_the_start_is_the_start(phone: Browser, free: Session) -> None:
    early = free.started_at - timedelta(days=1)
    phone.post(f"/train/{free.uuid}/finish/", {"done_at": early.isoformat()})
    free.refresh_from_db()
    assert free.ended_at == free.started_at


def whole(answer: Any) -> bytes:
    content = answer.getvalue()
    answer.close()
    return bytes(content)


def checkin(day: Any, **values: Any) -> dict[str, Any]:
    return {"id": new_id(), "day": day.isoformat(), "energy": "4", **values}


def test_a_check_in_filled_in_days_ago_counts_for_its_day(phone: Browser, james: Client) -> None:
    written = timezone.now() - timedelta(days=5)
    day = local_day(written, james.zone)
    late = phone.post("/train/checkin/", checkin(day))
    assert late.status_code == 422
    assert phone.post("/train/checkin/", checkin(day, done_at=written.isoformat())).status_code == 302
    assert Checkin.objects.get().day == day


@pytest.mark.parametrize("days", [-1, 61])
def test_a_check_in_from_a_time_that_cannot_be_is_judged_by_ours(
    phone: Browser, james: Client, days: int
) -> None:
    written = timezone.now() - timedelta(days=days)
    answer = phone.post(
        "/train/checkin/", checkin(local_day(written, james.zone), done_at=written.isoformat())
    )
    assert answer.status_code == 422
    assert not Checkin.objects.exists()


def test_two_phones_do_not_overwrite_each_others_check_in(phone: Browser, james: Client) -> None:
    day = local_day(timezone.now(), james.zone)
    phone.post("/train/checkin/", checkin(day, version=1))
    answer = phone.post("/train/checkin/", checkin(day, version=1, energy="2"))
    assert answer.status_code == 409
    assert "Another phone answered for this day" in answer.content.decode()
    again = Checkin.objects.get()
    assert again.energy == 4
    sent = checkin(day, id=again.uuid, version=2, energy="2")
    assert [phone.post("/train/checkin/", sent).status_code for _ in range(2)] == [302, 302]
    assert Checkin.objects.get().energy == 2


@pytest.mark.django_db
def test_the_worker_is_served_for_its_scope_with_files_that_exist() -> None:
    answer = Browser().get("/train/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/train/"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    script = answer.content.decode()
    shell = json.loads(re.findall(r"const SHELL = (\[.*?\]);", script)[0])
    assert {"/train/offline/", "/train/unsent/"} <= set(shell)
    for path in shell:
        file = Browser().get(path)
        assert (file.status_code, len(whole(file)) > 0) == (200, True), path


@pytest.mark.django_db
def test_the_manifest_makes_an_app_of_the_phone_pages() -> None:
    answer = Browser().get("/static/manifest.webmanifest")
    said = json.loads(whole(answer))
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["start_url"], said["scope"], said["display"]) == ("/train/", "/train/", "standalone")
    sizes = {(icon["sizes"], icon.get("purpose", "any")) for icon in said["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for icon in said["icons"]:
        assert whole(Browser().get(icon["src"]))[:8] in {b"\x89PNG\r\n\x1a\n", b"<svg xml"}


def test_a_pain_told_late_joins_the_day_it_was_felt(
    phone: Browser, free: Session, press: Exercise, james: Client
) -> None:
    sent = filled(press, ended="stopped", rir=None)
    phone.post(set_url(free), sent, headers=HTMX)
    before = timezone.now() - timedelta(days=2)
    url = reverse("set-why", args=[free.uuid, sent["id"]])
    told = {"reason": "pain", "region": "knee", "severity": 4, "done_at": before.isoformat()}
    phone.post(url, told, headers=from_queue(james))
    assert Checkin.objects.get(client=james).day == local_day(before, james.zone)


def test_a_removal_names_the_version_that_was_seen(phone: Browser, free: Session, press: Exercise) -> None:
    phone.post(set_url(free), filled(press))
    row = SetLog.objects.get()
    SetLog.objects.update(version=2, reps=4)
    url = reverse("set-delete", args=[free.uuid, row.uuid])
    answer = phone.post(url, {"version": 1})
    assert answer.status_code == 409
    assert "changed on another phone" in answer.content.decode()
    assert SetLog.objects.live().exists()
    assert phone.post(url, {"version": 2}).status_code == 302
    assert phone.post(url, {"version": 1}).status_code == 302  # a late resend: it is gone already
    assert not SetLog.objects.live().exists()
