"""F7 in a verdict: what readiness closes, cautions and leaves open."""

from dataclasses import replace
from typing import Any

import pytest

from clients.loading import OpenInjury
from clients.readiness import decide
from programs.policy.judge import judge
from programs.policy.recent import Verdict
from programs.policy.suitability import ExerciseFacts
from tests.programs.policy import CHEST_PRESS, CURL, DEADLIFT, LEG_PRESS, PUSHDOWN, ask, readiness, recent


def verdict(exercise: ExerciseFacts = PUSHDOWN, **states: Any) -> Verdict:
    return judge(ask(exercise), recent(readiness=readiness(**states)))


@pytest.mark.parametrize("name", ["experience", "form", "recovery"])
def test_closed_is_a_no_that_names_its_reason(name: str) -> None:
    states: dict[str, Any] = {name: "not_met"}
    found = verdict(**states)
    assert (found.answer, found.codes, found.opens_at) == ("no", ("F7",), None)
    assert found.says == (f"Not ready for failure training: About {name}.",)


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (PUSHDOWN, "yes"),
        (LEG_PRESS, "yes"),  # a good machine
        (replace(CHEST_PRESS, equipment="cable"), "caution"),  # good, but neither isolation nor machine
        (replace(CURL, equipment="barbell"), "caution"),
    ],
)
def test_selective_leaves_good_isolation_and_machines_to_the_other_rules(
    exercise: ExerciseFacts, answer: str
) -> None:
    found = verdict(exercise, plateau="not_met")
    assert found.answer == answer
    assert ("F7" in found.codes) is (answer == "caution")


def test_three_unknown_caution_even_what_selective_allows() -> None:
    assert verdict(plateau="unknown", form="unknown").answer == "yes"
    found = verdict(plateau="unknown", form="unknown", recovery="unknown")
    assert (found.answer, found.codes) == ("caution", ("F7",))
    assert found.says == ("We do not know enough yet about form, recovery and plateau.",)


def test_closed_wins_over_not_knowing() -> None:
    found = verdict(plateau="unknown", form="unknown", recovery="unknown", experience="not_met")
    assert (found.answer, found.codes) == ("no", ("F7",))


@pytest.mark.parametrize(
    ("severity", "exercise", "answer"),
    [
        ("moderate", DEADLIFT, "no"),
        ("severe", DEADLIFT, "no"),
        ("", DEADLIFT, "no"),
        ("moderate", LEG_PRESS, "caution"),
        ("mild", LEG_PRESS, "yes"),
        ("moderate", PUSHDOWN, "yes"),
    ],
)
def test_an_injured_lower_back_closes_what_loads_it(
    severity: str, exercise: ExerciseFacts, answer: str
) -> None:
    free = replace(exercise, override="good", override_reason="for this test")  # F4 aside
    injuries = (OpenInjury(region="lower_back", severity=severity),)
    found = verdict(free, injury="not_met", injuries=injuries)
    assert found.answer == answer
    assert found.codes == (() if answer == "yes" else ("F7",))


def test_a_mild_injury_cautions_what_it_would_close() -> None:
    free = replace(DEADLIFT, override="good", override_reason="for this test")
    injuries = (OpenInjury(region="lower_back", severity="mild"),)
    assert verdict(free, injury="not_met", injuries=injuries).answer == "caution"


def test_an_injury_elsewhere_counts_as_none() -> None:
    cable = replace(CHEST_PRESS, equipment="cable")
    knee = (OpenInjury(region="knee", severity="severe"),)
    assert verdict(cable, injury="not_met", injuries=knee).answer == "yes"


def test_an_exercise_of_which_nothing_is_known_is_cautioned_while_anything_is_hurt() -> None:
    blank = ExerciseFacts(
        name="Something", override="good", override_reason="for this test", mechanic="isolation"
    )
    knee = (OpenInjury(region="knee", severity="severe"),)
    assert verdict(blank, injury="not_met", injuries=knee).codes == ("F7",)


@pytest.mark.parametrize(
    ("years", "exercise", "answer"),
    [
        (2.9, LEG_PRESS, "caution"),
        (3.0, LEG_PRESS, "yes"),
        (None, LEG_PRESS, "caution"),
        (2.0, PUSHDOWN, "yes"),
    ],
)
def test_a_compound_needs_three_years(years: float | None, exercise: ExerciseFacts, answer: str) -> None:
    found = verdict(exercise, years=years)
    assert found.answer == answer
    assert found.codes == (("F7",) if answer == "caution" else ())


@pytest.mark.parametrize(
    ("states", "scaled_back", "decision"),
    [
        ({}, False, "open"),
        ({}, True, "closed"),
        ({"plateau": "unknown"}, False, "selective"),
        ({"plateau": "not_met"}, False, "selective"),
        ({"injury": "not_met"}, False, "selective"),
        ({"injury": "unknown"}, False, "selective"),
        ({"recovery": "unknown"}, False, "selective"),
        ({"recovery": "not_met", "plateau": "unknown"}, False, "closed"),
    ],
)
def test_the_decision_follows_from_the_five(states: dict[str, str], scaled_back: bool, decision: str) -> None:
    assert decide(readiness(**states), scaled_back=scaled_back) == decision
