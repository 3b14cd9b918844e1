"""F8 holds everywhere at once, keeps the volume, and ends by itself the day after its last."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Action, Client, Coach
from coaching import respond
from programs import sessions
from programs.models import Exercise, Workout
from programs.plan_page import programme_of
from programs.today import judged, today
from programs.verdicts import verdict_for
from tests.factories import an_exercise
from tests.flags import a_flag
from tests.programs.phones import HTMX, a_workout, filled, phone_of, set_url, started


@pytest.fixture
def curl(db: None) -> Exercise:
    return an_exercise(
        "Tale cable curl",
        equipment="cable",
        mechanic="isolation",
        pattern="isolation",
        primary_muscle="biceps",
    )


@pytest.fixture
def plan(james: Client, curl: Exercise) -> Workout:
    return a_workout(james, curl, failure_on_last=True, rir_halves=2)


def scale_back(client: Client, by: Coach, days: int = 14) -> Action:
    return respond.respond(flag=a_flag(client), kind="scale_back", by=by, at=timezone.now(), days=days)


def frozen(client: Client, plan: Workout, at: datetime) -> dict[str, Any]:
    (line,) = sessions.start(client=client, at=at, by=None, workout=plan).prescribed
    return line


def test_the_sets_stay_and_their_target_becomes_two_to_three(
    dana: Coach, james: Client, plan: Workout
) -> None:
    before = frozen(james, plan, timezone.now())
    scale_back(james, dana)
    after = frozen(james, plan, timezone.now())
    assert (before["sets"], before["rir_halves"], before["failure_on_last"]) == (3, 2, True)
    assert (after["sets"], after["rir_halves"], after["failure_on_last"]) == (3, 4, False)
    assert (after["reps_min"], after["weight_g"]) == (before["reps_min"], before["weight_g"])


def test_sets_that_stop_further_short_stay_there(dana: Coach, james: Client, curl: Exercise) -> None:
    easy = a_workout(james, curl, rir_halves=8)
    scale_back(james, dana)
    assert frozen(james, easy, timezone.now())["rir_halves"] == 8
    assert today(james, at=timezone.now()).lines[0].words == "3 × 8–10 · stop 4 short"


def test_the_phone_says_so_before_the_session_and_in_it(dana: Coach, james: Client, plan: Workout) -> None:
    phone = phone_of(james)
    running = started(james, plan)  # begun before the coach's click: held all the same
    scale_back(james, dana)
    page = phone.get("/train/?verdicts=1").content.decode()
    assert "Failure training is scaled back, the last day is" in page
    assert "keep every set, stop 2–3 short." in page
    assert "3 × 8–10 · stop 2–3 short" in page
    assert "none more while failure training is scaled back" in page
    page = phone.get(f"/train/{running.uuid}/").content.decode()
    assert "Stop 2–3 short." in page
    assert "As planned: 2 left" in page
    assert "last set to failure" not in page


def test_as_planned_stores_the_held_target(dana: Coach, james: Client, plan: Workout, curl: Exercise) -> None:
    running = started(james, plan)
    scale_back(james, dana)
    phone = phone_of(james)
    sent = filled(curl, rir=None, planned="4")
    assert phone.post(set_url(running), sent, headers=HTMX).status_code == 200
    assert running.sets.get().rir_halves == 4


def test_verdict_budget_and_builder_hold_at_once_and_open_by_themselves(
    dana: Coach, james: Client, plan: Workout, curl: Exercise
) -> None:
    action = scale_back(james, dana, days=7)
    now = timezone.now()
    verdict = verdict_for(james, curl, at=now)
    assert (verdict.answer, verdict.codes[0]) == ("no", "F8")
    assert judged(james, at=now).week.endswith("none more while failure training is scaled back.")
    (card,) = programme_of(james, at=now)[0].phases
    assert card.share_says.startswith("3 sets a week stay; room for 0 to failure until")
    heard = card.workouts[0].lines[0].verdict
    assert heard is not None
    assert heard.says[0].startswith("F8: Failure training is scaled back: keep every set")
    assert card.against.startswith("1 line meant for failure may not go there: ")
    assert action.until is not None
    over = datetime.combine(action.until + timedelta(days=1), datetime.min.time(), james.zone)
    assert verdict_for(james, curl, at=over - timedelta(seconds=1)).codes[0] == "F8"
    assert "scaled back" not in " ".join(verdict_for(james, curl, at=over).says)
    assert today(james, at=over - timedelta(seconds=1)).scale_back
    assert today(james, at=over).scale_back == ""
    assert programme_of(james, at=over)[0].phases[0].scale_back == ""


def test_a_scale_back_taken_back_frees_the_next_session(dana: Coach, james: Client, plan: Workout) -> None:
    action = scale_back(james, dana)
    respond.undo(action=action, by=dana, at=timezone.now())
    assert frozen(james, plan, timezone.now())["failure_on_last"] is True


def test_the_length_is_the_clients_own(dana: Coach, james: Client) -> None:
    from programs.policies import set_limit

    set_limit(coach=dana, client=james, key="scale_back_days", value=21, by=dana, at=timezone.now())
    action = respond.respond(flag=a_flag(james), kind="scale_back", by=dana, at=timezone.now())
    assert action.until == action.on + timedelta(days=20)


def test_the_phone_counts_the_week(james: Client, curl: Exercise) -> None:
    a_workout(james, curl, sets=10)
    phone: Browser = phone_of(james)
    page = phone.get("/train/verdicts/", headers=HTMX).content.decode()
    assert "This week 0 of " in page
    assert "failure sets." in page
