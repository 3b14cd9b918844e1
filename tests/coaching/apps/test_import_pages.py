"""Importing in the browser: nothing is written before the preview was seen, and all of it can be taken back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client, Coach, Consent
from coaching import imports, tasks
from programs.models import AppExercise, Exercise, Import, Session, SetLog
from tests import factories
from tests.coaching.apps.exports import PULL, fitnotes, strong

CHIN = f"{PULL},Chin Up,1,0,8,0,0,,,8.5"
ZORP = f"{PULL},Zorp press,2,40,8,0,0,,,9"


@pytest.fixture
def var(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return tmp_path / "var" / "imports"


@pytest.fixture
def desk(dana: Coach, var: Path) -> Browser:
    browser = Browser()
    browser.force_login(dana.user)
    return browser


def send(browser: Browser, address: str, text: str | bytes, name: str = "strong.csv") -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    return browser.post(address, {"file": SimpleUploadedFile(name, data, "text/csv")}, follow=True)


def body(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_coach_sees_what_the_file_says_before_anything_is_written(
    desk: Browser, james: Client, var: Path
) -> None:
    page = body(send(desk, f"/clients/{james.pk}/import/", strong(CHIN, ZORP)))
    assert "1 session, 2 sets" in page
    assert "taken as kg, the file does not say" in page
    assert "Monday 4 March 2024, 18:30" in page
    assert "Zorp press" in page
    assert not Session.objects.exists()
    assert [path.name for path in var.iterdir()] == [f"{Import.objects.get().uuid}.csv"], "under its id"


def test_the_preview_follows_what_is_said_and_a_mapping_is_kept(desk: Browser, james: Client) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN, ZORP))
    brought = Import.objects.get()
    here = f"/clients/{james.pk}/import/{brought.pk}/"
    page = body(desk.post(here, {"units": "lb", "timezone": "Asia/Tokyo", "map-0": "Leg press"}, follow=True))
    assert "taken as lb" in page
    assert "Asia/Tokyo, from Monday 4 March 2024, 18:30" in page
    assert "0 new" in page
    assert AppExercise.objects.get().exercise.name == "Leg press"
    page = body(desk.post(f"{here}run/", follow=True))
    assert "1 new, 0 changed" in page
    assert list(SetLog.objects.order_by("set_no").values_list("exercise__name", "weight_g")) == [
        ("Chin-up", 0), ("Leg press", 18_140),
    ]  # fmt: skip
    again = body(send(desk, f"/clients/{james.pk}/import/", strong(ZORP.replace("03-04", "03-06"))))
    assert "kept from before" in again


def test_the_upload_is_gone_afterwards_and_undo_takes_all_back(
    desk: Browser, james: Client, var: Path
) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN, ZORP))
    here = f"/clients/{james.pk}/import/{Import.objects.get().pk}/"
    desk.post(f"{here}run/")
    assert list(var.iterdir()) == []
    assert "Undo" in body(desk.get(f"/clients/{james.pk}/import/"))
    page = body(desk.post(f"{here}undo/", follow=True))
    assert "Undone: 1 session removed" in page
    assert not Session.objects.exists()
    assert "Undone" in body(desk.get(here))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"timezone": "Mars/Olympus"}, "That is no time zone"),
        ({"map-0": "No such lift"}, "No exercise is called “No such lift”."),
        ({"units": "stone"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_kept(
    desk: Browser, james: Client, said: dict[str, str], sentence: str
) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN, ZORP))
    response = desk.post(f"/clients/{james.pk}/import/{Import.objects.get().pk}/", said)
    assert response.status_code == 422
    assert sentence in body(response)
    assert next(iter(said.values())) in body(response)


def test_a_file_that_is_none_is_told_with_its_line(desk: Browser, james: Client) -> None:
    page = body(send(desk, f"/clients/{james.pk}/import/", b"\xff\xd8\xff\xe0 JFIF", name="../../me.csv"))
    assert "me.csv:1: file: this is no CSV export but a picture" in page
    assert "Nothing was written" in page
    assert Import.objects.get().state == "failed"
    run = f"/clients/{james.pk}/import/{Import.objects.get().pk}/run/"
    assert desk.post(run, follow=True).status_code == 200
    assert not Session.objects.exists()


def test_no_file_an_empty_one_and_one_too_long(desk: Browser, james: Client, monkeypatch: Any) -> None:
    address = f"/clients/{james.pk}/import/"
    assert desk.post(address).status_code == 422
    assert "This file is empty" in body(send(desk, address, b""))
    monkeypatch.setattr("coaching.uploads.MOST_BYTES", 1_000)
    response = send(desk, address, b"x" * 200_000)
    assert response.status_code == 422
    assert "larger than 50 MB" in body(response)
    assert not Import.objects.exists()


def test_dates_that_could_be_either_are_asked_for(desk: Browser, james: Client) -> None:
    page = body(send(desk, f"/clients/{james.pk}/import/", fitnotes("03/04/2025,Squat,Legs,5,kgs,5,,,,")))
    assert "day first: 31/12/2025" in page
    here = f"/clients/{james.pk}/import/{Import.objects.get().pk}/"
    page = body(desk.post(here, {"dates": "dmy"}, follow=True))
    assert "Thursday 3 April 2025" in page


def test_four_hundred_new_exercises_are_a_page_that_can_be_sent(desk: Browser, james: Client) -> None:
    rows = [CHIN.replace("Chin Up", f"Zorp number {number}") for number in range(400)]
    page = body(send(desk, f"/clients/{james.pk}/import/", strong(*rows)))
    assert "0 known, 400 new" in page
    here = f"/clients/{james.pk}/import/{Import.objects.get().pk}/"
    answers = {f"map-{number}": "Leg press" for number in range(300)}
    assert "300 known, 100 new" in body(desk.post(here, answers, follow=True))


def test_eleven_files_an_hour_are_one_too_many(desk: Browser, james: Client) -> None:
    for _ in range(10):
        send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    response = send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"


def test_a_client_brings_their_own_log(dana: Coach, var: Path) -> None:
    claire = factories.make_client(dana, "Claire Dubois", signed_in=True, consent=False)
    phone = Browser()
    assert claire.user
    phone.force_login(claire.user)
    assert "Import a file" in body(phone.get("/train/settings/"))
    page = body(send(phone, "/train/settings/import/", strong(CHIN, ZORP)))
    assert "your coach completes them: Zorp press" in page
    here = f"/train/settings/import/{Import.objects.get().pk}/"
    assert "1 new" in body(phone.post(f"{here}run/", follow=True))
    assert Session.objects.filter(client=claire).count() == 1
    assert not Consent.objects.exists()
    phone.post(f"{here}undo/")
    assert not Session.objects.exists()


def test_what_the_coach_brought_only_the_coach_takes_back(desk: Browser, dana: Coach, var: Path) -> None:
    claire = factories.make_client(dana, "Claire Dubois", signed_in=True)
    send(desk, f"/clients/{claire.pk}/import/", strong(CHIN))
    brought = Import.objects.get()
    desk.post(f"/clients/{claire.pk}/import/{brought.pk}/run/")
    phone = Browser()
    assert claire.user
    phone.force_login(claire.user)
    phone.post(f"/train/settings/import/{brought.pk}/undo/")
    assert Session.objects.exists()


def test_of_two_tabs_one_imports(desk: Browser, james: Client) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    for brought in Import.objects.order_by("pk"):
        desk.post(f"/clients/{james.pk}/import/{brought.pk}/run/")
        desk.post(f"/clients/{james.pk}/import/{brought.pk}/run/")
    assert Session.objects.count() == 1
    assert [one.counts["new"] for one in Import.objects.order_by("pk")] == [1, 0]


def test_a_worker_that_was_killed_is_followed_by_another(desk: Browser, james: Client) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    brought, now = Import.objects.get(), timezone.now()
    assert imports.begin(brought, at=now)
    Import.objects.update(claimed_at=now)  # and there it died
    imports.run(brought.pk, at=now)
    assert not Session.objects.exists(), "its time is not over"
    later = now + imports.LEASE * 2
    assert imports.unfinished(later) == [(brought.pk, "running")]
    imports.run(brought.pk, at=later)
    imports.run(brought.pk, at=later)
    assert Session.objects.count() == 1


def test_a_client_who_was_erased_meanwhile(desk: Browser, james: Client, var: Path) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    brought = Import.objects.get()
    Consent.objects.all().delete()
    james.delete()
    tasks.run_import(brought.pk)
    assert not Session.objects.exists()


def test_uploads_that_nobody_imports_are_swept_away(desk: Browser, james: Client, var: Path) -> None:
    import os

    send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    (path,) = var.iterdir()
    os.utime(path, (0, 0))
    imports.sweep(timezone.now())
    assert path.exists()
    imports.sweep(timezone.now() + imports.KEPT * 2)
    assert not path.exists()
    assert not Import.objects.exists()


def test_a_long_file_is_work_for_the_worker(
    desk: Browser, james: Client, settings: Any, monkeypatch: Any
) -> None:
    settings.REDIS_URL = "redis://localhost:1/0"
    monkeypatch.setattr(imports, "SMALL_BYTES", 10)
    asked: list[int] = []
    monkeypatch.setattr(tasks.read_import, "apply_async", lambda args, **_: asked.extend(args))
    page = body(send(desk, f"/clients/{james.pk}/import/", strong(CHIN)))
    assert "You may close the page" in page
    assert asked == [Import.objects.get().pk]
    tasks.read_import(asked[0])
    assert "1 session, 1 set" in body(desk.get(f"/clients/{james.pk}/import/{asked[0]}/"))


def test_a_broker_that_is_away_keeps_no_file_waiting(
    desk: Browser, james: Client, settings: Any, monkeypatch: Any
) -> None:
    from kombu.exceptions import OperationalError

    def away(*args: Any, **options: Any) -> None:
        raise OperationalError

    settings.REDIS_URL = "redis://localhost:1/0"
    monkeypatch.setattr(imports, "SMALL_BYTES", 10)
    monkeypatch.setattr(tasks.read_import, "apply_async", away)
    monkeypatch.setattr(tasks.run_import, "apply_async", away)
    assert "1 session, 1 set" in body(send(desk, f"/clients/{james.pk}/import/", strong(CHIN)))
    run = f"/clients/{james.pk}/import/{Import.objects.get().pk}/run/"
    assert "1 new" in body(desk.post(run, follow=True))


def test_one_that_nobody_takes_up_can_be_tried_again(desk: Browser, james: Client) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(CHIN))
    Import.objects.update(state="running", made_at=timezone.now() - imports.LEASE * 2)
    here = f"/clients/{james.pk}/import/{Import.objects.get().pk}/"
    page = body(desk.get(here))
    assert "Try again" in page
    assert 'hx-trigger="every 2s"' in body(desk.get(here, headers={"HX-Request": "true"}))
    assert "1 new" in body(desk.post(f"{here}run/", follow=True))
    assert desk.get(here, headers={"HX-Request": "true"})["HX-Redirect"] == here


def test_the_start_of_a_new_account_invites_an_import(desk: Browser) -> None:
    assert "Strong, Hevy or FitNotes" in body(desk.get("/"))


def test_exercises_made_from_a_file_wait_to_be_completed(desk: Browser, james: Client) -> None:
    send(desk, f"/clients/{james.pk}/import/", strong(ZORP))
    desk.post(f"/clients/{james.pk}/import/{Import.objects.get().pk}/run/")
    assert Exercise.objects.get(practice=james.practice).to_complete
