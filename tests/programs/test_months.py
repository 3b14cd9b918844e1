"""The trial month: from a Monday, 28 days, one at a time, stopped and taken back, and what it makes of a plan."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Change, Client, Coach
from clients.problems import Refused
from programs import months, sessions
from programs.facts import read_facts
from programs.models import Exercise, Month, Workout
from programs.month_plan import coming, holds_all
from programs.today import judged, today
from programs.verdicts import verdict_for
from tests import factories
from tests.conftest import NOW
from tests.programs.plans import a_line, a_phase, a_workout, made_ready

MONDAY = date(2026, 6, 15)  # the day of NOW


def begin(client: Client, by: Coach, **changes: Any) -> Month:
    return months.start(client=client, **{"starts_on": MONDAY, "at": NOW, **changes}, by=by)


def test_it_lasts_28_days_from_its_monday(dana: Coach, james: Client) -> None:
    month = begin(james, dana)
    assert month.last_day == date(2026, 7, 12)
    assert months.running(james, MONDAY) == month
    assert months.running(james, date(2026, 7, 12)) == month
    assert months.running(james, date(2026, 7, 13)) is None
    assert months.running(james, MONDAY - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("starts_on", "sentence"),
    [
        (None, "Choose the Monday"),
        (date(2026, 6, 16), "It starts on a Monday: 15 June 2026, or 22 June 2026."),
        (date(2026, 6, 8), "That week is over"),
        (date(2026, 9, 14), "12 weeks is the most"),
        (date(9999, 12, 31), "12 weeks is the most"),
        (date(1, 1, 1), "That week is over"),
    ],
)
def test_a_start_that_cannot_be_is_refused(
    dana: Coach, james: Client, starts_on: date | None, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        begin(james, dana, starts_on=starts_on)
    assert refused.value.field == "starts_on"


def test_twice_is_once_and_two_never_overlap(dana: Coach, james: Client) -> None:
    assert begin(james, dana) == begin(james, dana, at=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="A month runs from 15 June 2026 to 12 July 2026 already"):
        begin(james, dana, starts_on=date(2026, 7, 6))
    assert begin(james, dana, starts_on=date(2026, 7, 13)).pk


def test_it_is_stopped_and_goes_on_and_is_taken_back(dana: Coach, james: Client) -> None:
    month = begin(james, dana)
    later = NOW + timedelta(days=9)
    stopped = months.stop(month=month, by=dana, at=later)
    assert stopped.last_day == date(2026, 6, 24)
    assert months.running(james, date(2026, 6, 25)) is None
    assert months.stop(month=month, by=dana, at=later + timedelta(days=1)).last_day == date(2026, 6, 24)
    assert months.go_on(month=month, by=dana, at=later).last_day == date(2026, 7, 12)
    for _ in range(2):
        months.undo(month=month, by=dana, at=later)
    assert months.running(james, MONDAY) is None
    assert begin(james, dana).pk != month.pk
    kinds = list(Change.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["month started", "month stopped", "month went on", "month undone", "month started"]


def test_what_has_not_begun_is_taken_back_and_what_is_over_stays(dana: Coach, james: Client) -> None:
    month = begin(james, dana, starts_on=date(2026, 6, 22))
    with pytest.raises(Refused, match="take it back instead"):
        months.stop(month=month, by=dana, at=NOW)
    for verb in (months.stop, months.undo):
        with pytest.raises(Refused, match="ended on 19 July 2026"):
            verb(month=month, by=dana, at=NOW + timedelta(days=40))


@pytest.mark.parametrize("broken", [{"stopped_on": MONDAY}, {"stopped_on": MONDAY - timedelta(days=1)}])
def test_the_database_keeps_its_promises(dana: Coach, james: Client, broken: dict[str, Any]) -> None:
    month = begin(james, dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Month.objects.create(client=james, starts_on=MONDAY, by=dana, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Month.objects.filter(pk=month.pk).update(**broken)


@pytest.fixture
def curl(db: None) -> Exercise:
    return factories.an_exercise(
        "Tale cable curl",
        equipment="cable",
        mechanic="isolation",
        pattern="isolation",
        primary_muscle="biceps",
    )


@pytest.fixture
def press(db: None) -> Exercise:
    return factories.an_exercise(
        "Tale bench press",
        equipment="barbell",
        can_trap=True,
        pattern="horizontal_push",
        primary_muscle="chest",
    )


@pytest.fixture
def ready(james: Client, press: Exercise) -> Client:
    return made_ready(james, press, at=NOW)


@pytest.fixture
def plan(ready: Client, curl: Exercise, press: Exercise) -> list[Workout]:
    phase = a_phase(ready)
    days = []
    for weekday in (0, 2, 4):
        workout = a_workout(phase, f"Day {weekday}", weekday)
        a_line(workout, press, sets=4, rir_halves=0)
        a_line(workout, curl, sets=4, rir_halves=2)
        days.append(workout)
    return days


def test_one_exercise_a_session_is_offered_and_the_rest_stops_1_to_3_short(
    dana: Coach, ready: Client, plan: list[Workout]
) -> None:
    begin(ready, dana)
    press, curl = sessions.start(client=ready, at=NOW, by=None, workout=plan[0]).prescribed
    assert (press["rir_halves"], press["failure_on_last"]) == (2, False)  # the plan sent every set to failure
    assert (curl["rir_halves"], curl["failure_on_last"], curl["offered"]) == (2, True, True)
    assert (press["sets"], curl["sets"]) == (4, 4)
    shown = judged(ready, at=NOW)
    assert [line.offered for line in shown.lines] == [False, True]
    assert shown.lines[0].words == "4 × 8–10 · stop 1–3 short"
    assert shown.lines[1].words == "4 × 8–10 · stop 1–3 short · last set to failure"
    assert today(ready, at=NOW).month == "The month: week 1 of 4"


def test_the_rules_still_decide_in_it(
    dana: Coach, ready: Client, plan: list[Workout], curl: Exercise
) -> None:
    begin(ready, dana)
    failed = factories.a_session(ready, at=NOW - timedelta(hours=40))
    factories.a_set(failed, curl, rir=0, ended="muscular_failure")
    assert "F3" in verdict_for(ready, curl, at=NOW).codes
    assert not any(line.offered for line in judged(ready, at=NOW).lines)


def test_readiness_closed_at_the_start_holds_every_set_of_the_month(
    dana: Coach, ready: Client, plan: list[Workout]
) -> None:
    Client.objects.filter(pk=ready.pk).update(training_since=date(2026, 1, 1))
    novice = Client.objects.get(pk=ready.pk)
    month = begin(novice, dana)
    assert holds_all(novice, month)
    lines = sessions.start(client=novice, at=NOW, by=None, workout=plan[0]).prescribed
    assert [line["failure_on_last"] for line in lines] == [False, False]
    assert [line["rir_halves"] for line in lines] == [2, 2]


def test_the_coming_sessions_are_spread_by_the_rules(dana: Coach, ready: Client, plan: list[Workout]) -> None:
    """Mon, Wed and Fri with the same curl: 72 hours leave Monday and Friday, and the budget of 24 sets four."""
    month = begin(ready, dana)
    early = datetime(2026, 6, 15, 6, 0, tzinfo=UTC)
    found = coming(ready, read_facts(ready, at=early), month)
    assert [one.day for one in found] == [MONDAY + timedelta(days=n) for n in (0, 2, 4, 7, 9, 11)]
    assert [one.exercise for one in found] == [
        "Tale cable curl", "", "Tale cable curl", "Tale cable curl", "", "Tale cable curl",
    ]  # fmt: skip
    refused = found[1].verdict
    assert refused is not None
    assert refused.answer == "no"


def test_a_rotation_knows_its_next_session_only(dana: Coach, ready: Client, curl: Exercise) -> None:
    phase = a_phase(ready)
    for name in ("A", "B"):
        a_line(a_workout(phase, name), curl, sets=8)
    found = coming(ready, read_facts(ready, at=NOW), begin(ready, dana))
    assert [(one.day, one.workout) for one in found] == [(None, "A")]


def test_without_a_month_nothing_changes(ready: Client, plan: list[Workout]) -> None:
    press, _ = sessions.start(client=ready, at=NOW, by=None, workout=plan[0]).prescribed
    assert press["rir_halves"] == 0
    assert today(ready, at=NOW).month == ""
