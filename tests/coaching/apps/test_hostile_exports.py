"""Files that are no exports, or broken ones: a sentence each, and nothing written."""

import time
from pathlib import Path

import pytest

from clients.models import Client
from programs.models import Exercise, Import, Session
from tests.coaching.apps.exports import (
    HEVY_HEADER,
    PULL,
    STRONG_HEADER,
    fitnotes,
    hevy,
    problems,
    strong,
    take_in,
)
from tests.coaching.bundles import call

CHIN = f"{PULL},Chin Up,1,0,8,0,0,,,"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40, "a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "a picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(500), "a picture"),
        (b"PK\x03\x04" + bytes(500), "the .csv that is in it"),
        (b"%PDF-1.4\n", "a PDF"),
        (b"", "empty"),
        (b"\xef\xbb\xbf\n\n", "empty"),
        (f"{STRONG_HEADER}\n".encode(), "no row below it"),
        (strong(CHIN).encode("utf-16"), "UTF-16"),
        (strong(CHIN.replace("Pull", "Pu\0ll")).encode(), "NUL"),
        (strong(CHIN.replace("Pull", "Zoë")).encode("latin-1"), "not UTF-8"),
        (strong(CHIN.replace("Pull", "x" * 70_000)).encode(), "64 kB"),
        (strong(CHIN.replace("Pull", '"Pull')).encode(), "does not end"),
        (strong(CHIN.replace(",", ";")).encode(), "cells, but the header has 12"),
        (b"a,b,c\n1,2,3\n", "“a, b, c” is of none of the apps"),
        (f"{STRONG_HEADER},Reps\n{CHIN},1\n".encode(), "stands twice"),
        (strong(CHIN.replace("Chin Up", "y" * 300)).encode(), "longer than 200"),
        (strong(CHIN.replace("2024-03-04", "0999-03-04")).encode(), "not in the years"),
        (strong(CHIN.replace(",8,", ",-8,")).encode(), "not a whole number"),
        (b"Date,Exercise,Category,Weight\n2024-03-04,Squat,Legs,5\n", "“reps” is missing"),
        (hevy('Legs,"4 Mar 2024",,,Squat,,,0,normal,50,10,,,').encode(), "not a date with a time"),
        (fitnotes("2024-02-30,Squat,Legs,5,kgs,5,,,,").encode(), "no calendar has"),
        (fitnotes("2024-02-03,Squat,Legs,5,kgs,5,,,one:two,").encode(), "not a length of time"),
    ],
)  # fmt: skip
def test_a_sentence_and_nothing_written(
    tmp_path: Path, james: Client, settings: object, data: bytes, why: str
) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]
    answer = take_in(tmp_path, data, name="photo.csv")
    assert answer.code == 1, answer
    assert any(line.startswith("photo.csv:") and why in line for line in answer.problems), answer.err
    assert not Session.objects.exists()
    assert not Import.objects.exists()


def test_200_exercises_that_nobody_knows_are_200_to_complete(
    tmp_path: Path, james: Client, settings: object
) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]
    rows = [CHIN.replace("Chin Up", f"Zorp number {number}") for number in range(200)]
    assert take_in(tmp_path, strong(*rows)).code == 0
    assert Exercise.objects.filter(practice=james.practice, to_complete=True).count() == 200


def test_more_exercises_than_anybody_does_are_no_log() -> None:
    rows = [CHIN.replace("Chin Up", f"Zorp number {number}") for number in range(2_001)]
    assert "2,001 different exercises" in problems(strong(*rows))[0]


def test_a_time_of_day_in_the_header_does_not_hide_where_the_reason_begins() -> None:
    header = HEVY_HEADER + ',"4 Mar 2024, 18:30","4 Mar 2024, 18:30"'
    row = 'Legs,"4 Mar 2024, 18:30",,,Squat,,,0,normal,50,10,,,,,'
    assert problems(hevy(row, header=header)) == [
        "export.csv:1: 4 Mar 2024, 18 30: the column stands twice in the header"
    ]


def test_more_than_200_problems_are_counted() -> None:
    found = problems(strong(*[CHIN.replace(",8,", ",x,")] * 300))
    assert found[-1] == "and 100 more: 300 in all"


def test_two_gigabytes_are_refused_before_anybody_reads_them(
    tmp_path: Path, james: Client, settings: object
) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]
    path = tmp_path / "years.csv"
    with path.open("wb") as file:
        file.write(f"{STRONG_HEADER}\n{CHIN}\n".encode())
        file.truncate(2_000_000_000)
    begun = time.process_time()
    said = call("import_export", path, client="james")
    assert time.process_time() - begun < 0.5
    assert (said.code, said.problems) == (1, ["years.csv:1: file: more than 50 MB or 500,000 lines"])
