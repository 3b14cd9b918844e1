"""FitNotes' exports: three forms by day, one with times in UTC, and commas that nobody quoted."""

from decimal import Decimal

import pytest

from tests.coaching.apps.exports import IOS_HEADER, counts, fitnotes, problems, read

ONE = {"sessions": 1, "sets": 1, "warm_ups": 0, "failure_marks": 0, "drop_sets": 0}
DAY = "2024-03-04,Barbell Squat,Legs,100,kgs,5,,,,"
IOS = "Legs,2025-06-02T17:00:05Z,2025-06-02T18:00:05Z,80,Squat,{},{},100,,,{},{},{},{},Quads,{}"
FORMS = {
    "android, kgs": "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time\n"
    "2020-03-04,Barbell Squat,Legs,100.0,5,,,\n",
    "android, pounds and comment": "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time,Comment\n"
    "2020-03-04,Barbell Squat,Legs,220.462,5,,,,deep\n",
    "android, a unit a row": fitnotes(DAY),
    "ios by day": "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind\n"
    "2024-03-04,Barbell Squat,Legs,100,220.46,5,,,,,WR\n",
    "ios with times": fitnotes(IOS.format("None", 5, "Done", "false", "", "", ""), header=IOS_HEADER),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_its_set(form: str) -> None:
    assert counts(FORMS[form]) == ONE
    found = read(FORMS[form]).read
    assert found
    assert float(found.sessions[0].sets[0].weight_kg or 0) == 100
    assert (found.unknown_columns, found.app) == ([], "fitnotes")


def test_identical_rows_are_real_and_a_day_is_one_session() -> None:
    assert counts(fitnotes(DAY, DAY, DAY, DAY.replace("03-04", "03-05"))) == {**ONE, "sessions": 2, "sets": 4}


def test_commas_in_names_belong_to_the_name() -> None:
    found = read(fitnotes('2024-03-04,Curl (Each Side, Cable, Low),Biceps,15.0,kgs,12,,,,"last, slow"')).read
    assert found
    (one,) = found.sessions[0].sets
    assert (one.exercise, one.notes) == ("Curl (Each Side, Cable, Low)", ("last, slow",))


def test_holds_and_cardio_are_no_sets_but_make_the_day() -> None:
    rows = [
        "2024-03-04,Plank,Abs,,,,,,0:01:30,",
        "2024-03-04,Running,Cardio,,,,5,km,0:25:00,",
        "2024-03-05,Curl,Arms,10,kgs,0,,,,",
    ]
    assert counts(fitnotes(*rows)) == {**ONE, "sets": 0, "timed": 2, "empty": 1}


@pytest.mark.parametrize(
    ("dates", "refs"),
    [
        (("03/04/2025", "23/12/2025"), ["2025-04-03", "2025-12-23"]),
        (("12/31/2025", "03/04/2025"), ["2025-12-31", "2025-03-04"]),
        (("03.04.2025", "13.04.2025"), ["2025-04-03", "2025-04-13"]),
    ],
)
def test_a_number_above_twelve_proves_the_order(dates: tuple[str, ...], refs: list[str]) -> None:
    found = read(fitnotes(*(DAY.replace("2024-03-04", day) for day in dates))).read
    assert found
    assert [one.ref for one in found.sessions] == refs


def test_without_a_proof_somebody_is_asked() -> None:
    text = fitnotes(DAY.replace("2024-03-04", "03/04/2025"))
    asked = read(text)
    assert (asked.read, asked.asks) == (None, "dates")
    assert "day/month or month/day" in next(asked.problems.lines())
    for order, ref in (("dmy", "2025-04-03"), ("mdy", "2025-03-04")):
        found = read(text, dates=order).read
        assert found
        assert [one.ref for one in found.sessions] == [ref]
    both = fitnotes(DAY.replace("2024-03-04", "23/12/2025"), DAY.replace("2024-03-04", "12/31/2025"))
    assert "no calendar has" in problems(both)[0]


def test_what_was_not_started_was_not_done() -> None:
    rows = [
        IOS.format("Barbell", 5, "Done", "true", "", "", ""), IOS.format("Barbell", 5, "Failed", "false", 10, 1, "ugh"),
        IOS.format("Barbell", 5, "NotStarted", "false", "", "", ""), IOS.format("Barbell", 5, "Done", "false", 9, "", ""),
        IOS.format("Barbell", 5, "Done", "false", 9, 0, ""), IOS.format("Barbell", 5, "Done", "false", 0, 0, ""),
        IOS.replace("2025-06-02", "2025-06-03").format("Barbell", 5, "NotStarted", "false", "", "", ""),
    ]  # fmt: skip
    text = fitnotes(*rows, header=IOS_HEADER)
    assert counts(text) == {**ONE, "sets": 5, "warm_ups": 1, "failure_marks": 1, "not_started": 2}
    found = read(text).read
    assert found
    (session,) = found.sessions
    assert (session.ref, session.name, session.minutes) == ("2025-06-02T17:00:05Z", "Legs", Decimal(60))
    assert [None if one.rir is None else float(one.rir) for one in session.sets] == [None, 1, 1, 0, None]
    assert session.sets[1].notes == ("marked failure in FitNotes", "ugh")
    assert session.sets[0].exercise == "Squat (Barbell)"
