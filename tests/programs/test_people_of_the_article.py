"""The people of the article, through the front door: histories like theirs, and what the verdicts say of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clients.days import local_day
from clients.models import Client, Injury
from programs.exercises import find
from programs.models import Exercise, LiftDay, Phase
from programs.policy.recent import Verdict
from programs.rollups import known_keys, rebuild_days
from programs.standing import standing
from programs.verdicts import Asked, verdicts_for
from tests.factories import a_checkin, a_session, a_set, make_client

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)  # a Monday before training, 11:00 in London
TODAY = date(2026, 6, 15)
pytestmark = pytest.mark.django_db


def the(name: str) -> Exercise:
    return Exercise.objects.get(practice=None, name=name)


def ask(client: Client, *names: str, at: datetime = NOW, **changes: Any) -> dict[str, Verdict]:
    asked = []
    for name in names:
        exercise = find(client.practice_id, name)
        assert exercise is not None, name
        asked.append(Asked(exercise=exercise, **changes))
    return dict(zip(names, verdicts_for(client, asked, at=at), strict=True))


def trains(
    client: Client, lifts: dict[str, list[dict[str, Any]]], *, weeks: int, days: tuple[int, ...] = (0, 2, 4),
    kg: float = 60, gain: float = 0.0, until: datetime = NOW,
) -> None:  # fmt: skip
    """So many weeks up to now, on these weekdays, every lift's sets as given; `gain` per cent a week."""
    exercises = {name: the(name) for name in lifts}
    for week in range(weeks, 0, -1):
        for day in days:
            at = until - timedelta(weeks=week) + timedelta(days=day, hours=7)
            session = a_session(client, at=at)
            load = kg * (1 + gain / 100 * (weeks - week + day / 7))
            for name, sets in lifts.items():
                for done in sets:
                    a_set(session, exercises[name], kg=round(load, 2), **done)
    rebuild_days(sorted(known_keys(client.pk)))


def sleeps(
    client: Client, hours: float = 7.6, *, stress: int = 4, days: int = 30, until: date = TODAY
) -> None:
    for back in range(days):
        a_checkin(client, until - timedelta(days=back), sleep_hours=hours, stress=stress, energy=3, mood=3)


def in_hypertrophy(client: Client) -> None:
    Phase.objects.create(
        client=client, kind="hypertrophy", starts_on=date(2026, 3, 2), ends_on=date(2026, 12, 27)
    )


def experienced(client: Client, since: date = date(2016, 1, 1)) -> None:
    Client.objects.filter(pk=client.pk).update(training_since=since)
    client.refresh_from_db()


HELD: list[dict[str, Any]] = [{"rir": 2, "ended": "target"}] * 3
TO_FAILURE: list[dict[str, Any]] = [{"rir": 0, "ended": "muscular_failure"}] * 3
FORM_BROKE: list[dict[str, Any]] = [
    {"rir": 2, "ended": "target"},
    {"rir": None, "ended": "technical_failure"},
]
LAST_ONE: list[dict[str, Any]] = [*HELD[:2], {"rir": 0, "ended": "muscular_failure"}]


def test_marcus_form_and_back_close_his_deadlifts_and_machines_stay_open(marcus: Client) -> None:
    """Chronic lower back pain, and months of deadlifts with terrible form as fatigue set in."""
    experienced(marcus)
    in_hypertrophy(marcus)
    sleeps(marcus)
    machines = {"Leg extension": HELD, "Lying leg curl": HELD, "Machine chest press": HELD}
    trains(marcus, {"Conventional deadlift": FORM_BROKE, **machines}, weeks=10, days=(0, 3))
    Injury.objects.create(client=marcus, region="lower_back", severity="moderate", onset=date(2026, 1, 10))
    found = ask(marcus, "Deadlift (Barbell)", *machines, "Leg press")
    deadlift = found.pop("Deadlift (Barbell)")
    assert (deadlift.answer, deadlift.codes, deadlift.opens_at) == ("no", ("F1", "F7", "F4"), None)
    assert deadlift.says[0].startswith("Form broke on Conventional deadlift in 2 of the last 3 sessions")
    assert "injured lower back" in deadlift.says[1]
    assert {name: found[name].answer for name in machines} == dict.fromkeys(machines, "yes")
    assert (found["Leg press"].answer, found["Leg press"].codes) == ("caution", ("F7",))
    assert standing(marcus, at=NOW).decision == "selective"


def test_marcus_technical_failures_are_no_failure_sets(marcus: Client) -> None:
    trains(marcus, {"Conventional deadlift": FORM_BROKE}, weeks=4, days=(0, 3))
    month = standing(marcus, at=NOW).days_28
    assert (month.failure, month.rated) == (0, 14)


def test_marcus_opens_again_after_two_clean_sessions(marcus: Client) -> None:
    experienced(marcus)
    trains(
        marcus, {"Conventional deadlift": FORM_BROKE}, weeks=8, days=(0, 3), until=NOW - timedelta(weeks=2)
    )
    trains(marcus, {"Conventional deadlift": HELD}, weeks=1, days=(0,), until=NOW - timedelta(weeks=1))
    assert "F1" in ask(marcus, "Conventional deadlift")["Conventional deadlift"].codes
    trains(marcus, {"Conventional deadlift": HELD}, weeks=1, days=(0,))
    assert "F1" not in ask(marcus, "Conventional deadlift")["Conventional deadlift"].codes


JAMES = ("Leg press", "Machine chest press", "Lat pulldown", "Dumbbell curl")


def test_james_to_failure_on_everything_three_times_a_week_is_told_by_budget_hours_and_dose(
    james: Client,
) -> None:
    experienced(james)
    in_hypertrophy(james)
    sleeps(james)
    trains(james, dict.fromkeys(JAMES, TO_FAILURE), weeks=10)
    friday = NOW - timedelta(days=3) + timedelta(hours=6)  # an hour before his third session of the week
    curl = ask(james, "Dumbbell curl", at=friday)["Dumbbell curl"]
    assert (curl.answer, curl.codes) == ("no", ("F3", "F6", "F2"))
    assert curl.says[0].startswith("47 hours since Dumbbell curl went to failure")
    assert "2 sessions this week; 2 is the most" in curl.says[1]
    assert "24 of 7 (20 % of 36 sets)" in curl.says[2]
    stood = standing(james, at=NOW)
    assert stood.days_28.share == 1.0
    assert stood.readiness["plateau"].state == "met"  # he stalls: every muscle stands still
    assert stood.readiness["plateau"].says.startswith("Standing still for six weeks:")


def test_james_trend_turns_after_one_set_a_session(james: Client) -> None:
    """One set a session on selected exercises: his strength increased by 15 % within six weeks."""
    experienced(james)
    in_hypertrophy(james)
    sleeps(james)
    before = NOW - timedelta(weeks=6)
    trains(james, dict.fromkeys(JAMES, TO_FAILURE), weeks=8, until=before)
    stalled = standing(james, at=before).readiness["plateau"]
    lifts = {**dict.fromkeys(JAMES[:3], HELD), "Dumbbell curl": LAST_ONE}
    trains(james, lifts, weeks=6, days=(0, 3), gain=2.4)
    stood = standing(james, at=NOW)
    assert (stalled.state, stood.readiness["plateau"].state) == ("met", "not_met")
    assert stood.readiness["plateau"].says.startswith("Still progressing:")
    assert stood.days_28.share is not None
    assert stood.days_28.share <= 0.2
    curl = ask(james, "Dumbbell curl", "Leg press")
    assert curl["Dumbbell curl"].answer == "yes"
    days = LiftDay.objects.filter(client=james, exercise=the("Leg press")).order_by("day")
    first, last = days.filter(day__gte=local_day(before, james.zone)).first(), days.last()
    assert first is not None
    assert last is not None
    assert last.volume_g / first.volume_g == pytest.approx(1.13, abs=0.02)


def test_sarahs_shoulder_closes_pressing_and_overhead_and_leaves_her_legs(sarah: Client) -> None:
    experienced(sarah)
    in_hypertrophy(sarah)
    sleeps(sarah)
    trains(sarah, {"Leg press": HELD, "Leg extension": HELD, "Seated cable row": HELD}, weeks=8, days=(0, 3))
    Injury.objects.create(client=sarah, region="shoulder", severity="moderate", onset=date(2026, 6, 1))
    pressing = (
        "Machine chest press",
        "Push-up",
        "Dumbbell fly",
        "Dumbbell lateral raise",
        "Cable overhead triceps extension",
    )
    legs = ("Leg press", "Leg extension", "Lying leg curl", "Standing calf raise")
    found = ask(sarah, *pressing, "Dumbbell overhead press", "Lat pulldown", *legs)
    for name in (*pressing, "Dumbbell overhead press"):
        assert found[name].answer == "no", name
        assert "F7" in found[name].codes, name
        assert any("injured shoulder" in says for says in found[name].says), name
    assert found["Dumbbell overhead press"].codes == ("F7", "F4")
    assert (found["Lat pulldown"].answer, found["Lat pulldown"].codes) == ("caution", ("F7",))
    assert {name: found[name].answer for name in legs} == dict.fromkeys(legs, "yes")


def test_claire_is_closed_while_she_does_not_recover_and_selective_after(claire: Client) -> None:
    experienced(claire, date(2021, 1, 1))
    in_hypertrophy(claire)
    lifts = {"Leg press": HELD, "Dumbbell curl": HELD, "Leg extension": HELD, "Dumbbell bench press": HELD}
    trains(claire, lifts, weeks=10, gain=1.5)
    exhausted = TODAY - timedelta(days=30)
    sleeps(claire, 5.9, stress=2, days=30, until=exhausted)
    sleeps(claire, 7.7, stress=4, days=30)
    then = datetime.combine(exhausted, datetime.min.time(), tzinfo=UTC) + timedelta(hours=6)
    closed = ask(claire, "Dumbbell curl", "Leg extension", at=then)
    for verdict in closed.values():
        assert verdict.answer == "no"
        assert "F7" in verdict.codes
        assert any("5.9 h of sleep over 14 nights; 7 h are needed" in says for says in verdict.says)
    assert standing(claire, at=then).decision == "closed"
    stood = standing(claire, at=NOW)
    assert (stood.readiness["recovery"].state, stood.decision) == ("met", "selective")
    names = ("Dumbbell curl", "Leg extension", "Dumbbell bench press", "Pull-up")
    now = ask(claire, *names)
    assert {name: now[name].answer for name in names} == {
        "Dumbbell curl": "yes", "Leg extension": "yes", "Dumbbell bench press": "caution", "Pull-up": "caution",
    }  # fmt: skip
    assert (
        now["Pull-up"]
        .says[0]
        .startswith("For now failure is for the last set of a safe isolation or machine")
    )
    early = ask(claire, "Dumbbell curl", set_no=2, of=3)["Dumbbell curl"]
    assert (early.answer, early.codes) == ("no", ("F6",))


def test_the_new_client_is_closed_and_hears_why(dana: Any) -> None:
    """She had been grinding through workouts for months, barely making progress and feeling constantly exhausted."""
    nadia = make_client(dana, "Nadia Haddad", training_since=date(2025, 9, 1))
    sleeps(nadia, 6.1, stress=1)
    trains(nadia, {"Leg press": TO_FAILURE, "Machine chest press": TO_FAILURE}, weeks=8)
    stood = standing(nadia, at=NOW)
    assert stood.decision == "closed"
    states = {name: found.state for name, found in stood.readiness.items()}
    assert (states["experience"], states["recovery"]) == ("not_met", "not_met")
    verdict = ask(nadia, "Leg press")["Leg press"]
    assert verdict.answer == "no"
    assert verdict.codes[0] == "F7"
    assert "0.8 years of training; at least 2 are needed." in verdict.says[0]
    assert "Stress averages 1.0 of 5" in verdict.says[0]
    assert verdict.opens_at is None
