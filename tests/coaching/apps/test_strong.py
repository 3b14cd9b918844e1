"""Strong's exports: every form since 2016, and what stands between the sets."""

from decimal import Decimal

import pytest

from tests.coaching.apps.exports import PULL, counts, problems, read, strong

ONE = {"sessions": 1, "sets": 1, "warm_ups": 0, "failure_marks": 0, "drop_sets": 0}
FORMS = {
    "2016": "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes\n"
    "2016-03-04 18:30:05,Pull,Deadlift,0,100,5,0,0,\n",
    "2017": "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes\n"
    "2017-03-04 18:30:05,Pull,Deadlift (Barbell),1,100,5,0,0,,\n",
    "2019 with RPE": "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
    "2019-03-04 18:30:05,Pull,Deadlift (Barbell),1,100,5,0,0,,,8\n",
    "2020 without notes": "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
    "2020-03-04 18:30:05,Pull,1h 5m,Deadlift (Barbell),1,100.0,5.0,0,0.0,\n",
    "android, comma": "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Distance,Distance Unit,Seconds,"
    "Notes,Workout Notes,Workout Duration\n2021-03-04 18:30:05,Pull,Deadlift (Barbell),1,100,kg,5,,,,0,,,1h 5m\n",
    "android, semicolon": "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
    "Seconds;Notes;Workout Notes\n2021-03-04 18:30:05;Pull;Deadlift (Barbell);1;100;kg;5;;;;0;;\n",
    "numbered": '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";"Reps";"RPE";'
    '"Distance (meters)";"Seconds";"Notes";"Workout Notes"\n'
    '"7";"2024-03-04 18:30:05";"Pull";"3480";"Deadlift (Barbell)";"1";"100";"5";"";"";"";"";""\n',
    "numbered, pounds": '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (lbs)";"Reps";'
    '"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"\n'
    '"7";"2024-03-04 18:30:05";"Pull";"3480";"Deadlift (Barbell)";"1";"220.462";"5";"";"";"";"";""\n',
    "french": "Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,Réps,Distance,Secondes,Notes,"
    "Notes d'entraînement,RPE\n2024-03-04 18:30:05,Dos,58m,Soulevé de terre,1,100,5,0,0,,,\n",
    "french, other apostrophe": "Date,Nom de l’entraînement,Durée,Nom de l’exercice,Ordre de la série,Poids,Réps,Distance,Secondes,"
    "Notes,Notes d’entraînement,RPE\n2024-03-04 18:30:05,Dos,58m,Soulevé de terre,1,100,5,0,0,,,\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_form_gives_its_set(form: str, ends: str, mark: str) -> None:
    text = mark + FORMS[form].replace("\n", ends)
    assert counts(text) == ONE
    found = read(text).read
    assert found
    (one,) = found.sessions[0].sets
    assert (one.weight_kg, one.reps) == (Decimal("100.00"), 5)
    assert found.app == "strong"
    assert not found.unknown_columns


def test_marks_of_the_set_order() -> None:
    rows = [f"{PULL},Squat (Barbell),{mark},60,5,0,0,,," for mark in ("W", "1", "D", "F", "2.0")]
    rows += [f"{PULL},Squat (Barbell),Rest Timer,0,0,0,90,,,", f"{PULL},Squat (Barbell),Note,0,0,0,0,deep,,"]
    assert counts(strong(*rows)) == {
        "sessions": 1, "sets": 5, "warm_ups": 1, "failure_marks": 1, "drop_sets": 1, "rest_timer": 1, "note": 1
    }  # fmt: skip
    found = read(strong(*rows)).read
    assert found
    assert [one.notes for one in found.sessions[0].sets] == [
        ("deep",), (), ("drop set",), ("marked failure in Strong",), (),
    ]  # fmt: skip


def test_cardio_alone_still_makes_a_session_but_empty_rows_do_not() -> None:
    run = "2024-03-04 18:30:05,Run,30m,Running,1,0,0,5.0,1800,,,"
    empty = "2024-03-05 18:30:05,Oops,30m,Squat (Barbell),1,60,0,0,0,,,"
    assert counts(strong(run, empty)) == {**ONE, "sets": 0, "timed": 1, "empty": 1}


def test_a_word_that_nobody_knows() -> None:
    row = f"{PULL},Squat (Barbell),Kettle,60,{{}},0,0,,,"
    assert counts(strong(row.format(0), f"{PULL},Squat (Barbell),1,60,5,0,0,,,")) == {
        **ONE,
        "unknown_mark": 1,
    }
    assert problems(strong(row.format(5))) == [
        "export.csv:2: Set Order: “Kettle” is no kind of set that is known"
    ]


@pytest.mark.parametrize(
    ("written", "hour"),
    [("2024-03-04 6:30:05 PM", 18), ("2024-03-04 6:30:05\u202fPM", 18), ("2024-03-04 12:30:05 AM", 0), ("2024-03-04 12:30:05 pm", 12)],
)  # fmt: skip
def test_hours_of_twelve(written: str, hour: int) -> None:
    found = read(strong(f"{written},Pull,58m,Chin Up,1,0,8,0,0,,,")).read
    assert found
    assert found.sessions[0].ref == f"2024-03-04T{hour:02}:30:05"


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("55s", None), ("4m", None), ("5m", "5.00"), ("1h 5m", "65.00"), ("1h 6min", "66.00"), ("3480", "58.00"), ("4h", "240.00"),
        ("4h 1m", None), ("14d 2h", None), ("336h 1m", None), ("", None),
    ],
)  # fmt: skip
def test_a_length_that_nobody_trains_is_dropped(written: str, minutes: str | None) -> None:
    found = read(strong(f"2024-03-04 18:30:05,Pull,{written},Chin Up,1,0,8,0,0,,,")).read
    assert found
    assert found.sessions[0].minutes == (None if minutes is None else Decimal(minutes))
    assert found.durations_dropped == (written != "" and minutes is None)


def test_each_row_may_have_its_own_unit() -> None:
    header = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Distance,Distance Unit,Seconds,Notes,Workout Notes"
    row = "2024-03-04 18:30:05,Pull,Squat (Barbell),1,{},{},5,,,,0,,"
    found = read(
        strong(
            row.format(15, "lbs"), row.format("74.99999999999999", "kg"), row.format(10, ""), header=header
        )
    )
    assert found.read
    weights = [str(one.weight_kg) for one in found.read.sessions[0].sets]
    assert weights == ["6.80", "75.00", "10.00"]
    assert problems(strong(row.format(15, "stone"), header=header)) == [
        "export.csv:2: Weight Unit: “stone” is neither kg nor lb"
    ]


def test_rpe_says_the_reserve() -> None:
    row = f"{PULL},Squat (Barbell),{{}},60,5,0,0,,,{{}}"
    found = read(
        strong(*(row.format(1, rpe) for rpe in ("10", "9.5", "8", "4", "", "0")), row.format("F", 8))
    )
    assert found.read
    assert [None if s.rir is None else float(s.rir) for s in found.read.sessions[0].sets] == [
        0, 0.5, 2, 6, None, None, 2,
    ]  # fmt: skip
    assert found.read.rated_failures == 1
    assert problems(strong(row.format(1, 11)))[0].startswith("export.csv:2: RPE: 11 is not an RPE")


def test_two_workouts_of_one_start_are_two_and_a_renamed_one_is_the_same() -> None:
    pull, legs = f"{PULL},Chin Up,1,0,8,0,0,,,", "2024-03-04 18:30:05,Legs,58m,Squat (Barbell),1,60,5,0,0,,,"
    found = read(strong(pull, legs, pull)).read
    assert found
    assert [(one.ref, len(one.sets)) for one in found.sessions] == [
        ("2024-03-04T18:30:05", 2), ("2024-03-04T18:30:05#2", 1),
    ]  # fmt: skip
    renamed = read(strong(pull.replace("Pull", "Back day"))).read
    assert renamed
    assert renamed.sessions[0].ref == "2024-03-04T18:30:05"


def test_strong_in_a_language_nobody_here_knows() -> None:
    header = "Datum,Einheit,Dauer,Übung,Satz,Gewicht,Wdh,Distanz,Sekunden,Notizen,Einheitsnotizen,RPE"
    row = "2024-03-04 18:30:05,Rücken,58m,Klimmzug,1,0,8,0,0,,,"
    asked = read(strong(row, header=header))
    assert asked.asks == "strong"
    assert "Strong in another language" in next(asked.problems.lines())
    assert counts(strong(row, header=header), app="strong") == ONE


def test_every_broken_row_is_told_with_the_line_on_which_it_begins() -> None:
    text = strong(
        f'{PULL},Chin Up,1,0,8,0,0,"two\nlines",,', "2024-13-04 18:30:05,Pull,58m,Chin Up,1,0,8,0,0,,,", f"{PULL},Chin Up,2,0",
        f"{PULL},Chin Up,2,x,8.5,0,0,,,", f"{PULL},,2,0,8,0,0,,,",
    )  # fmt: skip
    assert problems(text) == [
        'export.csv:4: Date: "2024-13-04 18:30:05" is a time that no calendar has',
        "export.csv:5: row: 6 cells, but the header has 12",
        'export.csv:6: Reps: "8.5" is not a whole number',
        "export.csv:7: Exercise Name: is empty",
    ]


def test_a_column_keeps_to_one_sign_for_decimals() -> None:
    row = f'{PULL},Squat (Barbell),1,"{{}}",5,0,0,,,'
    found = read(strong(row.format("17,5"), row.format("20"))).read
    assert found
    assert [float(one.weight_kg or 0) for one in found.sessions[0].sets] == [17.5, 20]
    assert "mixes decimal points and commas" in problems(strong(row.format("17,5"), row.format("17.5")))[0]
