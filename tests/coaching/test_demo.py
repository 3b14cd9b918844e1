"""The demo tells the article's stories, fills a board worth looking at, and goes on where it stopped."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Action, Change, Checkin, Client, Coach, Digest, Flag
from coaching import mailbox
from coaching.demo import fill as demo
from coaching.demo.cast import JAMES, NADIA, SARAH
from coaching.demo.others import others
from coaching.demo.story import phases, told
from coaching.letters.gather import gather
from programs import rollups
from programs.models import Exercise, LiftDay, Session, SetLog
from programs.plans import planned_sets, workout_for
from programs.standing import standing
from programs.verdicts import Asked, verdicts_for
from tests import factories
from tests.conftest import NOW

ANCHOR = NOW.date()


def fill(*, now: datetime = NOW, count: int = 5) -> int:
    return demo.fill(count=count, seed=1, now=now)


def coach() -> Coach:
    return Coach.objects.select_related("user").get(user__email=demo.COACH_EMAIL)


def everything() -> dict[str, list[Any]]:
    return {
        model.__name__: sorted(model.objects.values_list(), key=repr)
        for model in (Client, Checkin, Session, SetLog, LiftDay, Flag, Action, Change)
    }


def test_a_day_is_the_same_whenever_it_is_told() -> None:
    one = [told(JAMES, day, anchor=ANCHOR, seed=1) for day in range(-30, 0)]
    assert one == [told(JAMES, day, anchor=ANCHOR, seed=1) for day in range(-30, 0)]
    assert one != [told(JAMES, day, anchor=ANCHOR, seed=2) for day in range(-30, 0)]


def test_the_phases_of_a_year_follow_one_another_without_a_gap() -> None:
    for person in (JAMES, SARAH, NADIA, *others(20)):
        spans = list(phases(person, ANCHOR))
        assert spans[0][0] == person.first
        assert all(b[0] == a[1] + 1 for a, b in zip(spans, spans[1:], strict=False))
        assert spans[-1][0] <= 0 <= spans[-1][1]
        assert spans[-1][2] != "deload"


def test_any_number_of_clients_has_names_of_their_own() -> None:
    assert len({person.ref for person in others(400)}) == 400
    assert others(400)[:20] == others(20)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("today", [NOW, NOW + timedelta(days=163)])
def test_the_board_has_something_of_everything(today: datetime) -> None:
    fill(now=today, count=25)
    people = gather(coach(), now=today, last=None).people
    need = [p.name for p in people if p.needs_coach]
    watch = [p.name for p in people if p.open and not p.needs_coach]
    quiet = [p.name for p in people if p.quiet_since]
    assert len(people) == 25
    assert 3 <= len(need) <= 5
    assert "James Okafor" in need
    assert 2 <= len(watch) <= 6
    assert "Nadia Haddad" in watch
    assert quiet == ["Grace Mbeki", "Owen Price"]
    measured = Action.objects.filter(kind="scale_back").exclude(outcome=None)
    assert set(measured.values_list("client__ref", flat=True)) >= {"sarah", "marcus", "claire"}
    assert Flag.objects.filter(client__ref="claire", resolution="recovered").count() >= 3
    assert not Flag.objects.open().filter(client__ref__in=["sarah", "marcus", "claire"]).exists()


@pytest.mark.django_db
def test_the_people_train_as_the_article_tells() -> None:
    fill()
    working = SetLog.objects.filter(warm_up=False)
    nadia = working.filter(client__ref="nadia")
    assert nadia.exists()
    assert not nadia.exclude(ended="muscular_failure").exists()
    james = working.filter(client__ref="james", day__gt=ANCHOR - timedelta(days=28))
    assert james.filter(rir_halves=0).count() / james.count() > 0.7
    sarah = working.filter(client__ref="sarah", day__gt=ANCHOR - timedelta(days=28))
    assert sarah.filter(rir_halves=0).count() / sarah.count() <= 0.2
    claire = working.filter(client__ref="claire", day__gt=ANCHOR - timedelta(days=28), rir_halves=0)
    assert claire.exists()
    assert not claire.filter(exercise__mechanic="compound").exists()
    deadlifts = working.filter(client__ref="marcus", exercise__pattern="hinge", ended="technical_failure")
    assert (
        deadlifts.filter(day__lt=ANCHOR - timedelta(days=200)).count()
        > 5 * deadlifts.filter(day__gt=ANCHOR - timedelta(days=100)).count()
    )


@pytest.mark.django_db
def test_everybody_has_a_programme_with_a_workout_for_today() -> None:
    fill()
    monday = ANCHOR - timedelta(days=ANCHOR.weekday())
    for client in Client.objects.all():
        assert workout_for(client, day=ANCHOR) is not None
        assert planned_sets(client, monday)
    latest = Session.objects.filter(client__ref="james").latest("started_at")
    assert latest.workout is not None
    assert latest.prescribed[0]["exercise"]


@pytest.mark.django_db
def test_the_rollup_of_the_demo_is_what_its_sets_come_to() -> None:
    fill()
    james = Client.objects.get(ref="james")
    before = list(LiftDay.objects.filter(client=james).order_by("pk").values_list())
    assert before
    rollups.rebuild_days(rollups.known_keys(james.pk))
    assert list(LiftDay.objects.filter(client=james).order_by("pk").values_list()) == before


@pytest.mark.django_db
def test_a_second_run_on_the_same_day_changes_nothing() -> None:
    assert fill()
    before = everything()
    assert fill(now=NOW + timedelta(hours=1)) == 0
    assert everything() == before


@pytest.mark.django_db
def test_a_later_run_adds_the_days_since_and_leaves_alone_what_people_did() -> None:
    fill()
    james = Client.objects.get(ref="james")
    edited = SetLog.objects.filter(client=james).latest("day", "set_no")
    SetLog.objects.filter(pk=edited.pk).update(reps=3, version=2)
    mine = factories.a_checkin(james, ANCHOR, energy=5)
    session = factories.a_session(james, at=NOW)
    fill(now=NOW + timedelta(days=4))
    edited.refresh_from_db()
    assert edited.reps == 3
    assert list(Checkin.objects.filter(client=james, day=ANCHOR)) == [mine]
    assert list(Session.objects.filter(client=james, local_day=ANCHOR)) == [session]
    newest = Checkin.objects.aggregate(day=models.Max("day"))["day"]
    assert newest == ANCHOR + timedelta(days=3)
    assert Checkin.objects.values("client", "day").distinct().count() == Checkin.objects.count()
    assert Client.objects.filter(scanned_on=ANCHOR + timedelta(days=3)).count() == 5


@pytest.mark.django_db
def test_a_run_that_died_before_its_scan_is_finished_by_the_next() -> None:
    fill()
    complete = sorted(Flag.objects.values_list("client__ref", "sign", "opened_on", "closed_on"))
    for model in (Action, Flag):
        model.objects.all().delete()
    Client.objects.update(scanned_on=None, scanned_at=None, scanned_version=0)
    assert fill() == 0
    assert sorted(Flag.objects.values_list("client__ref", "sign", "opened_on", "closed_on")) == complete
    assert Action.objects.filter(client__ref="sarah", kind="scale_back").exists()


@pytest.mark.django_db
def test_every_exercise_of_the_demo_is_in_the_library_as_what_it_is_taken_for() -> None:
    for person in (JAMES, SARAH, NADIA, *others(4)):
        for lift in (lift for day in person.plan for lift in day.lifts):
            exercise = Exercise.objects.get(practice=None, name=lift.exercise)
            assert (exercise.mechanic == "isolation") == lift.isolation, lift.exercise
            assert (exercise.equipment == "bodyweight") == lift.bodyweight, lift.exercise
            assert (exercise.pattern == "hinge") == lift.hinge, lift.exercise


@pytest.mark.django_db
def test_more_clients_may_be_asked_for_later() -> None:
    fill(count=5)
    fill(count=7)
    assert Client.objects.count() == 7
    assert Session.objects.filter(client__ref="priya-raman").exists()


@pytest.mark.django_db
def test_the_sign_ins_that_are_printed_work(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", clients=1)
    printed = capsys.readouterr().out
    for email in (demo.COACH_EMAIL, demo.CLIENT_EMAIL):
        assert f"{email}" in printed
        browser = Browser()
        browser.post(reverse("account_login"), {"login": email, "password": demo.PASSWORD})
        assert "_auth_user_id" in browser.session
    assert demo.PASSWORD in printed
    assert len(demo.PASSWORD) >= 12


@pytest.mark.django_db
def test_the_first_letter_lies_in_the_folder_at_once_and_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "coaching.mailbox.FolderBackend"
    call_command("demo", clients=5)
    call_command("demo", clients=5)
    letter = Digest.objects.get()
    assert letter.status == "sent"
    assert "James" in letter.subject
    assert [mail.subject for mail in mailbox.lying(demo.COACH_EMAIL)] == [letter.subject]


@pytest.mark.django_db
def test_an_account_that_is_not_the_demos_is_left_alone() -> None:
    factories.make_coach(demo.COACH_EMAIL)
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Client.objects.exists()


@pytest.mark.parametrize("count", [0, -1, 501])
def test_a_number_of_clients_that_cannot_be_is_a_wrong_call(count: int) -> None:
    with pytest.raises(CommandError) as error:
        call_command("demo", clients=count)
    assert error.value.returncode == 2


@pytest.mark.slow
@pytest.mark.django_db
def test_the_verdicts_tell_the_articles_stories_too() -> None:
    fill()

    def asked(ref: str, day: int, *names: str) -> dict[str, tuple[str, tuple[str, ...]]]:
        client = Client.objects.get(ref=ref)
        at = NOW + timedelta(days=day)
        exercises = [Exercise.objects.get(practice=None, name=name) for name in names]
        found = verdicts_for(client, [Asked(exercise=exercise) for exercise in exercises], at=at)
        return {name: (one.answer.value, one.codes) for name, one in zip(names, found, strict=True)}

    def decision(ref: str, day: int) -> str:
        return standing(Client.objects.get(ref=ref), at=NOW + timedelta(days=day)).decision.value

    grinding = [
        asked("marcus", day, "Conventional deadlift", "Leg extension", "Machine chest press")
        for day in range(-301, -200, 7)
    ]
    deadlifts = [one.pop("Conventional deadlift") for one in grinding]
    assert {answer for answer, _ in deadlifts} == {"no"}
    assert sum({"F1", "F7", "F4"} <= set(codes) for _, codes in deadlifts) > len(deadlifts) / 2
    machines = [found for one in grinding for found in one.values()]
    assert not [codes for answer, codes in machines if answer == "no" and "F7" in codes]
    assert sum(answer != "no" for answer, _ in machines) > len(machines) / 3
    assert "F1" not in asked("marcus", 0, "Conventional deadlift")["Conventional deadlift"][1]

    james = asked("james", -3, "Dumbbell curl")["Dumbbell curl"]
    assert james[0] == "no"
    assert {"F8", "F2"} <= set(james[1])  # signs that nobody has answered, and a budget spent long ago
    stalled = [asked("james", day, "Dumbbell curl")["Dumbbell curl"][1] for day in range(-100, -93)]
    assert {"F2", "F3", "F6"} <= {code for codes in stalled for code in codes}

    names = ("Dumbbell overhead press", "Barbell bench press", "Leg extension", "Leg press")
    hurt = [asked("sarah", day, *names) for day in range(-190, -151, 3)]
    pressing = [one[name] for one in hurt for name in names[:2]]
    legs = [one[name] for one in hurt for name in names[2:]]
    assert all(answer == "no" and "F7" in codes for answer, codes in pressing)
    assert not [codes for answer, codes in legs if answer == "no" and "F7" in codes]
    assert any(answer != "no" for answer, _ in legs)
    assert not [codes for _, codes in asked("sarah", 0, *names).values() if "F7" in codes]

    assert [decision("claire", day) for day in (-290, -215, -142, 0)] == [
        "closed",
        "closed",
        "closed",
        "selective",
    ]
    assert decision("nadia", 0) == "closed"
    assert asked("nadia", 0, "Leg press")["Leg press"][1][0] == "F7"
