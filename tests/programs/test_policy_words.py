"""What the rules say, word for word: a coach reads it aloud, a client between two sets."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clients.loading import OpenInjury
from clients.signs.kinds import Level, Sign
from programs.policy.judge import judge
from programs.policy.kinds import PhaseKind
from programs.policy.limits import Limits
from programs.policy.recent import OpenFlag, PhaseNow
from programs.policy.suitability import ExerciseFacts, exercise_class
from programs.policy.words import day_words, list_words, moment_words, number_words
from tests.programs.policy import (
    AT,
    CHEST_PRESS,
    CURL,
    DEADLIFT,
    LEG_PRESS,
    LONDON,
    PUSHDOWN,
    a_bout,
    ask,
    readiness,
    recent,
)

TODAY = date(2026, 6, 18)  # a Thursday


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 17), "Wednesday 17 June"),
        (date(2026, 6, 18), "today"),
        (date(2026, 6, 19), "Friday"),
        (date(2026, 6, 24), "Wednesday"),
        (date(2026, 6, 25), "Thursday 25 June"),
        (date(2026, 12, 31), "Thursday 31 December"),
        (date(2027, 1, 1), "Friday 1 January 2027"),
        (date(2025, 6, 18), "Wednesday 18 June 2025"),
    ],
)
def test_days_are_said_as_people_say_them(day: date, said: str) -> None:
    assert day_words(day, TODAY) == said


def test_moments_are_said_in_the_clients_own_time() -> None:
    late = datetime(2026, 6, 18, 23, 30, tzinfo=UTC)
    assert moment_words(late, AT, LONDON) == "Friday 00:30"
    assert moment_words(AT, late, LONDON) == "Thursday 18 June 18:00"
    assert moment_words(AT, AT, LONDON) == "today 18:00"


def test_numbers_and_lists_are_said_short() -> None:
    assert [number_words(value) for value in (72, 72.0, 6.5)] == ["72", "72", "6.5"]
    assert list_words(["sleep"]) == "sleep"
    assert list_words(["sleep", "mood"]) == "sleep and mood"
    assert list_words(["sleep", "mood", "aches"]) == "sleep, mood and aches"


NOTHING = ExerciseFacts(name="It")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (replace(PUSHDOWN, overhead=True), "The load ends above the head."),
        (replace(PUSHDOWN, can_trap=True), "A failed rep can trap you under the load."),
        (replace(PUSHDOWN, coordination=True), "It needs complex coordination, which fails first."),
        (replace(PUSHDOWN, pattern="olympic"), "It needs complex coordination, which fails first."),
        (replace(DEADLIFT, pattern="squat"), "In a barbell squat form goes before the muscle does."),
        (DEADLIFT, "In a barbell deadlift or hinge form goes before the muscle does."),
        (LEG_PRESS, "A machine guides the movement and holds the load."),
        (PUSHDOWN, "A cable can be let go at any point."),
        (replace(PUSHDOWN, equipment="bodyweight"), "Bodyweight: a failed rep only ends the set."),
        (CURL, "Dumbbell isolation: light enough to put down."),
        (replace(PUSHDOWN, pattern="", overhead=None), "It is not known whether the load ends above the head."),
        (replace(PUSHDOWN, pattern="other", overhead=None), "It is not known whether the load ends above the head."),
        (replace(PUSHDOWN, pattern="", coordination=None), "It is not known how much coordination it needs."),
        (NOTHING, "Not enough is known about this exercise yet."),
        (replace(CURL, equipment="barbell"), "Neither clearly safe nor clearly unsafe at failure: barbell isolation."),
        (replace(CURL, equipment="band", mechanic=""), "Neither clearly safe nor clearly unsafe at failure: band exercise."),
        (replace(CURL, equipment="other"), "Neither clearly safe nor clearly unsafe at failure: isolation."),
    ],
)  # fmt: skip
def test_a_class_says_why(facts: ExerciseFacts, reason: str) -> None:
    assert exercise_class(facts)[1] == reason


FAILED: dict[str, Any] = {"costs": 1}
STRENGTH = PhaseNow(kind=PhaseKind.STRENGTH, week=2)


@pytest.mark.parametrize(
    ("exercise", "past", "says"),
    [
        (PUSHDOWN, recent(a_bout(PUSHDOWN, ago=timedelta(minutes=59), **FAILED)),
         "Less than an hour since Triceps pushdown went to failure (the same exercise): 72 hours are needed, open Sunday 17:01."),
        (replace(PUSHDOWN, name="Rope pushdown"), recent(a_bout(PUSHDOWN, ago=timedelta(hours=1), **FAILED)),
         "1 hour since Triceps pushdown went to failure (also triceps): 72 hours are needed, open Sunday 17:00."),
        (CHEST_PRESS, recent(a_bout(LEG_PRESS, ago=timedelta(hours=71, minutes=59), **FAILED)),
         "71 hours since Leg press went to failure (both are compounds): 72 hours are needed, open today 18:01."),
        (replace(DEADLIFT, equipment="machine", name="Back machine"),
         recent(a_bout(DEADLIFT, ago=timedelta(hours=2), **FAILED), limits=Limits.of({"recovery_hours": 96})),
         "2 hours since Deadlift went to failure (also lower back): 96 hours are needed, open Monday 16:00."),
        (LEG_PRESS, recent(phase=STRENGTH), "A strength phase: compounds stop 2–3 reps short."),
        (replace(CURL, equipment="barbell"), recent(phase=STRENGTH),
         "A strength phase: only an isolation exercise that is safe at failure may go there."),
        (PUSHDOWN, recent(a_bout(CURL, ago=timedelta(days=3), **FAILED), phase=STRENGTH),
         "A strength phase: this week has had its failure set."),
        (PUSHDOWN, recent(phase=STRENGTH), "A strength phase: failure is rare here, this would be the week's one isolation set."),
        (PUSHDOWN, recent(phase=PhaseNow(kind=PhaseKind.DELOAD)),
         "A deload week: no failure sets at all, so that recovery is full."),
        (LEG_PRESS, recent(phase=PhaseNow()),
         "No hypertrophy phase: compounds stop short of failure, the last set of an isolation exercise may go."),
        (LEG_PRESS, recent(a_bout(LEG_PRESS, ago=timedelta(days=3, hours=5), **FAILED)),
         "Leg press is a compound and has had its failure session this calendar week."),
        (DEADLIFT, recent(),
         "Deadlift is not for failure: in a barbell deadlift or hinge form goes before the muscle does."),
        (replace(CURL, override="caution", override_reason="x"), recent(),
         "Dumbbell curl goes to failure with caution: the coach has classed it so."),
        (PUSHDOWN, recent(planned=None),
         "No programme and no usual week known yet, so nobody can say how many failure sets this week holds."),
        (PUSHDOWN, recent(a_bout(CURL, ago=timedelta(days=10), costs=15, rated=22, working=22)),
         "In the last 28 days 15 of 22 rated sets went to failure (68 %; the limit is 20 %)."),
        (PUSHDOWN, recent(flags=(OpenFlag(sign=Sign.SLEEP_DECLINE, level=Level.ACT, since=TODAY, answered=False),)),
         "Warning sign open (sleep decline) and the coach has not answered yet: hold back until then."),
        (PUSHDOWN, recent(flags=tuple(OpenFlag(sign=sign, level=Level.WATCH, since=TODAY, answered=False) for sign in (Sign.DREAD, Sign.ACHES))),
         "Warning signs open (dread and aches): better to hold back."),
        (PUSHDOWN, recent(scale_back_until=TODAY),
         "Failure training is scaled back: keep every set, stop 2–3 reps short. The last day is today."),
        (PUSHDOWN, recent(*[a_bout(PUSHDOWN, ago=timedelta(days=ago), form_breaks=1) for ago in (9, 6)]),
         "Form broke on Triceps pushdown in 2 of the last 3 sessions: it opens again after 2 clean sessions more."),
        (PUSHDOWN, recent(readiness=readiness(experience="not_met", recovery="not_met")),
         "Not ready for failure training: About experience. About recovery."),
        (replace(CURL, mechanic="compound", override="good"), recent(readiness=readiness(plateau="not_met", recovery="unknown")),
         "For now failure is for the last set of a safe isolation or machine exercise only: About recovery. About plateau."),
        (LEG_PRESS, recent(readiness=readiness(years=2.25)), "A compound to failure needs 3 years of training; so far 2.2."),
        (LEG_PRESS, recent(readiness=readiness(years=None)),
         "A compound to failure needs 3 years of training; their length is not known."),
        (LEG_PRESS, recent(readiness=readiness(injuries=(OpenInjury(region="knee", severity="severe"),))),
         "Leg press loads the injured knee: no failure until that has healed."),
        (LEG_PRESS, recent(readiness=readiness(injuries=(OpenInjury(region="lower_back", severity="severe"),))),
         "Leg press may load the injured lower back."),
        (replace(LEG_PRESS, secondary_muscles=("hamstrings",)),
         recent(readiness=readiness(injuries=(OpenInjury(region="other", severity="severe", muscle="hamstrings"),))),
         "Leg press may load the injured hamstrings."),
    ],
)  # fmt: skip
def test_a_rule_says_what_it_has_against_it(exercise: ExerciseFacts, past: Any, says: str) -> None:
    assert judge(ask(exercise), past).says[0] == says


def test_one_set_of_many_says_which_it_is() -> None:
    assert judge(ask(PUSHDOWN, set_no=1, of=3), recent()).says == (
        "Only the last set of an exercise may go to failure; this is set 1 of 3.",
    )


def test_not_knowing_enough_is_said_first() -> None:
    found = judge(
        ask(replace(LEG_PRESS, override="good")),
        recent(
            readiness=readiness(
                form="unknown", recovery="unknown", plateau="unknown", injury="not_met",
                injuries=(OpenInjury(region="lower_back", severity="severe"),), years=None,
            )
        ),
    )  # fmt: skip
    assert found.says == (
        "We do not know enough yet about form, recovery and plateau. Leg press may load the injured lower back. "
        "A compound to failure needs 3 years of training; their length is not known.",
    )


def test_a_share_of_reps_says_its_range() -> None:
    limits = Limits.of({"reps_least": 6, "reps_most": 12})
    assert judge(ask(PUSHDOWN, reps=5), recent(limits=limits)).says == (
        "Failure pays in 6–12 reps; this set has 5.",
    )


def test_of_two_at_the_same_moment_one_is_named_and_always_the_same() -> None:
    both = [
        a_bout(replace(PUSHDOWN, name=name), ago=timedelta(hours=50), session=n, **FAILED)
        for n, name in enumerate(("Rope pushdown", "Kickback"))
    ]
    for past in (recent(*both), recent(*reversed(both))):
        assert judge(ask(PUSHDOWN), past).says[0].startswith("50 hours since Rope pushdown went to failure")


def test_two_reasons_of_one_rule_are_two_sentences() -> None:
    past = recent(a_bout(PUSHDOWN, ago=timedelta(hours=1), costs=1))
    assert judge(ask(PUSHDOWN, set_no=2, of=3), past).says[-1] == (
        "Only the last set of an exercise may go to failure; this is set 2 of 3. "
        "Triceps pushdown has had its one failure set in this session."
    )


def test_a_vague_movement_of_which_the_rest_is_known_is_judged_by_that() -> None:
    assert exercise_class(replace(PUSHDOWN, pattern="other"))[0] == "good"


def test_whoever_is_not_ready_hears_of_the_injury_too() -> None:
    knee = (OpenInjury(region="knee", severity="severe"),)
    past = recent(readiness=readiness(recovery="not_met", injury="not_met", injuries=knee))
    assert judge(ask(LEG_PRESS), past).says == (
        "Not ready for failure training: About recovery. "
        "Leg press loads the injured knee: no failure until that has healed.",
    )
