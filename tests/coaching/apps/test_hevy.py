"""Hevy's exports: months in the phone's language, marks in words, supersets, notes on every row."""

from decimal import Decimal

import pytest

from tests.coaching.apps.exports import HEVY_HEADER, counts, hevy, problems, read

ROW = 'Legs,"{}",,,Leg Extension (Machine),,,0,{},50,{},,,{}'
NORMAL = ROW.format("4 Mar 2024, 18:30", "normal", 10, "")


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("4 Mar 2024, 18:30", "2024-03-04T18:30"), ("4 Mar 2024, 7:07", "2024-03-04T07:07"),
        ("Mar 4, 2024, 6:30 PM", "2024-03-04T18:30"), ("Mar 4, 2024, 6:30\u202fPM", "2024-03-04T18:30"),
        ("5 Mai 2024, 18:30", "2024-05-05T18:30"), ("7 Ago 2024, 18:30", "2024-08-07T18:30"),
        ("3 févr. 2024, 18:30", "2024-02-03T18:30"), ("30 août 2024, 18:30", "2024-08-30T18:30"),
        ("4 de mar. de 2024, 18:30", "2024-03-04T18:30"), ("4. März 2024, 18:30", "2024-03-04T18:30"),
        ("4 mrt. 2024, 18:30", "2024-03-04T18:30"), ("4 dic 2024, 18:30", "2024-12-04T18:30"),
        ("4 gen 2024, 18:30", "2024-01-04T18:30"), ("4 DEZ 2024, 18:30", "2024-12-04T18:30"),
        ("4 out 2024, 18:30", "2024-10-04T18:30"), ("4 juil. 2024, 18:30", "2024-07-04T18:30"),
        ("4 juin 2024 à 18:30", "2024-06-04T18:30"), ("4 sept. 2024, 18:30", "2024-09-04T18:30"),
        ("2024-03-04 18:30:00", "2024-03-04T18:30"),
    ],
)  # fmt: skip
def test_times_in_the_language_of_the_phone(written: str, ref: str) -> None:
    found = read(hevy(ROW.format(written, "normal", 10, ""))).read
    assert found
    assert found.sessions[0].ref == ref


def test_a_month_that_nobody_knows_refuses_the_file_by_its_name() -> None:
    text = hevy(NORMAL, ROW.format("4 Maaliskuu 2024, 18:30", "normal", 10, ""), NORMAL.replace("Mar", "Xyz"))
    (said,) = problems(text)
    assert said.startswith("export.csv:3: start_time: ")
    assert '"maaliskuu" is no month' in said


def test_marks_and_left_rows() -> None:
    rows = [
        ROW.format("4 Mar 2024, 18:30", mark, 10, "") for mark in ("warmup", "normal", "failure", "dropset")
    ]
    rows += [
        'Legs,"4 Mar 2024, 18:30",,,Treadmill,,,0,normal,,,1.5,600,', 'Legs,"4 Mar 2024, 18:30",,,Plank,,,0,normal,,,,60,',
        'Legs,"4 Mar 2024, 18:30",,,Squat (Barbell),,,0,normal,60,,,,',
    ]  # fmt: skip
    assert counts(hevy(*rows)) == {
        "sessions": 1, "sets": 4, "warm_ups": 1, "failure_marks": 1, "drop_sets": 1, "timed": 2, "empty": 1
    }  # fmt: skip


def test_one_session_whichever_way_its_time_is_written() -> None:
    other = ROW.format("Mar 4, 2024, 6:30 PM", "failure", 10, "9.5")
    found = read(hevy(NORMAL, other)).read
    assert found
    assert len(found.sessions) == 1
    one = found.sessions[0].sets[1]
    assert (float(one.rir or 9), one.failed, found.rated_failures) == (0.5, True, 1)


def test_notes_once_supersets_by_number_lengths_from_the_end() -> None:
    row = (
        'Legs,"4 Mar 2024, 18:30","4 Mar 2024, 19:40","hot 🥵\\nday",Curl,{},"easy\\nflat",{},normal,10,10,,,'
    )
    found = read(hevy(row.format(3, 0), row.format(3, 1), row.format(4, 2))).read
    assert found
    (session,) = found.sessions
    assert (session.notes, session.minutes) == (["hot 🥵\nday"], Decimal(70))
    assert [one.notes for one in session.sets] == [
        ("superset 1", "easy\nflat"),
        ("superset 1",),
        ("superset 2",),
    ]


def test_pounds_with_kilometres_and_the_year_without_supersets() -> None:
    header = HEVY_HEADER.replace("superset_id,", "").replace("weight_kg", "weight_lbs")
    found = read(hevy('Legs,"4 Mar 2023, 18:30",,,Curl,,0,normal,15,10,,,', header=header)).read
    assert found
    assert float(found.sessions[0].sets[0].weight_kg or 0) == 6.8
    assert found.units_from == "the header"


def test_a_name_in_another_language_is_kept_as_it_is() -> None:
    found = read(hevy(NORMAL.replace("Leg Extension (Machine)", "Extensão de Pernas (Máquina)"))).read
    assert found
    assert list(found.exercises) == ["Extensão de Pernas (Máquina)"]


def test_an_unknown_set_type() -> None:
    assert counts(hevy(NORMAL, ROW.format("4 Mar 2024, 18:30", "myo", "", "")))["unknown_mark"] == 1
    assert "“myo” is no kind of set" in problems(hevy(ROW.format("4 Mar 2024, 18:30", "myo", 5, "")))[0]
