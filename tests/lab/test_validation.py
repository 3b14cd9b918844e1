"""The validation measures what it says: cohorts that repeat, alarms matched as defined, a report of real numbers."""

from pathlib import Path

import numpy as np
import pytest

from clients.signs.fold import look
from clients.signs.kinds import Sign
from lab.validation.__main__ import main
from lab.validation.cohort import Cohort, cohort
from lab.validation.families import FAMILIES, FIRST, Family
from lab.validation.oracle import judge
from lab.validation.scoring import Alarm, alarms_of, measure
from lab.validation.truth import Episode

SIGN, OTHER = Sign.DREAD, Sign.ACHES


@pytest.fixture(scope="module")
def few() -> Cohort:
    return cohort(FIRST, 6, 160)


def episode(start: int = 100, end: int = 120, person: int = 0) -> Episode:
    return Episode(
        person=person, sign=SIGN, start=start, end=end, effect=1.0, ramp=False, occasion=0, kind="alone"
    )


@pytest.mark.parametrize(
    ("opened", "closed", "found"),
    [
        (100, None, True), (127, None, True), (128, None, False), (97, None, True), (97, 100, False),
        (97, 101, True), (96, None, False),
    ],
)  # fmt: skip
def test_an_alarm_is_of_an_episode_from_three_days_before_to_seven_after(
    few: Cohort, opened: int, closed: int | None, found: bool
) -> None:
    result = measure(few, [Alarm(person=0, sign=SIGN, opened=opened, closed=closed)], [episode()])
    assert result.found.tolist() == [found]
    assert result.strict.tolist() == [not found]
    if found:
        assert result.delay.tolist() == [max(0, opened - 100)]


def test_an_alarm_of_another_sign_is_false_but_not_out_of_the_blue(few: Cohort) -> None:
    result = measure(few, [Alarm(person=0, sign=OTHER, opened=110)], [episode()])
    assert (result.strict.tolist(), result.clean.tolist(), result.share()) == ([True], [False], 0.0)


def test_an_alarm_of_the_client_as_a_whole_counts_for_any_sign(few: Cohort) -> None:
    result = measure(few, [Alarm(person=0, sign=None, opened=110)], [episode()])
    assert (result.strict.tolist(), result.share()) == ([False], 1.0)


def test_an_episode_counts_once_and_the_first_alarm_is_its_delay(few: Cohort) -> None:
    alarms = [Alarm(person=0, sign=SIGN, opened=day) for day in (118, 104, 110)]
    result = measure(few, alarms, [episode()])
    assert result.delay.tolist() == [4.0]
    assert not result.strict.any()


def test_the_first_six_weeks_do_not_count(few: Cohort) -> None:
    assert len(measure(few, [Alarm(person=0, sign=SIGN, opened=41)], []).strict) == 0
    assert len(measure(few, [Alarm(person=0, sign=SIGN, opened=42)], []).strict) == 1


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_cohort_repeats_and_its_truth_stands_apart(family: Family) -> None:
    one, two = (cohort(family, 5, 130) for _ in range(2))
    np.testing.assert_array_equal(one.histories.lifts.ln_e, two.histories.lifts.ln_e)
    np.testing.assert_array_equal(one.histories.checkins.energy, two.histories.checkins.energy)
    assert one.episodes == two.episodes
    told, plain = one.histories.checkins, one.plain.checkins
    before = told.day < told.day.min() + 45
    np.testing.assert_array_equal(told.energy[before], plain.energy[before])
    assert np.nansum(told.energy) < np.nansum(plain.energy)


def test_the_judge_finds_more_than_the_scan_and_a_lower_bar_more_still() -> None:
    people = cohort(FIRST, 40, 250)
    judged, ours = judge(people), measure(people, alarms_of(look(people.histories)))
    assert np.mean(judged.z > judged.threshold(1.5)) > ours.share() > 0.3
    assert judged.threshold(3.0) < judged.threshold(0.5)


def test_the_quick_run_writes_a_report_with_its_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--quick", "--to", str(tmp_path)])
    report = (tmp_path / "validation.md").read_text()
    assert report in capsys.readouterr().out
    pictures = sorted(path.name for path in (tmp_path / "images" / "validation").iterdir())
    assert len(pictures) == len(FAMILIES) * (len(Sign) + 2)
    assert all(f"images/validation/{name}" in report for name in pictures)
