"""Bad rows in the files beyond the contract's seven: file, line, column and why; and nothing is written."""

from pathlib import Path

import pytest

from clients.models import Action, Client, Coach, Flag, Overrule
from programs.models import PolicyValue, Program, Workout
from tests.coaching.bundles import rich, take_in, write

AT = "2026-06-11T09:30:00+01:00"
FLAGS = "client_ref,sign,opened_on,level,since_on,level_on,score,says,evidence,closed_on,resolution,recorded_at,closed_at\n"
FLAG = f"james,dread,2026-06-10,watch,2026-06-08,2026-06-10,1.5,Less.,,,,{AT},\n"
ACTIONS = "client_ref,at,on,kind,sign,opened_on,until\n"
PLAN = {
    "workouts.csv": "client_ref,starts_on,position,name,weekday\njames,2026-06-01,1,Push,0\n",
    "prescriptions.csv": "client_ref,starts_on,workout,position,exercise,sets,reps_min,reps_max\n",
}


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


BAD = {
    "coach.csv": [("coach,digest_hour\nme,24\n", "2: digest_hour: 24 is not between 0 and 23")],
    "client_details.csv": [
        ("client_ref,sensitivity\njames,2\n", "2: sensitivity: 2 is not between -1 and 1"),
        ("client_ref,scanned_on\njames,2199-01-01\n", "2: scanned_on: 2199-01-01 is too far ahead"),
        ("client_ref,sensitivity\nnobody,1\n", "2: client_ref: there is no client 'nobody'"),
        ('client_ref,sensitivity_before\njames,"[[1]]"\n', "2: sensitivity_before: "),
    ],
    "consents.csv": [
        (f"client_ref,given_at,text_version,channel\njames,{AT},1,shouted\n", '2: channel: "shouted" is not known'),
        (
            f"client_ref,given_at,no,text_version,channel\njames,{AT},1,1,joining\njames,{AT},2,1,joining\n",
            "3: given_at: another agreement is in force",
        ),
    ],
    "exercise_details.csv": [("name,body_mass_percent\nRing dip,300\n", "2: body_mass_percent: 300 is not between")],
    "app_exercises.csv": [("name,exercise\nDip (Odd),\n", "2: exercise: is empty, but a new row needs it")],
    "programs.csv": [
        ("client_ref,made_at,name\njames,yesterday,A\n", '2: made_at: "yesterday" is not a time'),
        (f"client_ref,made_at,name\njames,{AT},A\njames,{AT},B\n", "3: no: "),
    ],
    "phase_details.csv": [
        ("client_ref,starts_on,continues\njames,2026-06-01,2020-01-01\n", "2: continues: there is no phase"),
        (f"client_ref,starts_on,program_made_at\njames,2026-06-01,{AT}\n", "2: program_no: is empty"),
    ],
    "workouts.csv": [
        ("client_ref,starts_on,position,name\njames,2020-01-01,1,A\n", "2: starts_on: there is no phase"),
        ("client_ref,starts_on,position,name,weekday\njames,2026-06-01,1,A,7\n", "2: weekday: 7 is not between 0 and 6"),
    ],
    "prescriptions.csv": [
        (PLAN["prescriptions.csv"] + "james,2026-06-01,1,1,Leg press,3,8,10\n", "2: workout: there is no workout"),
        (PLAN["prescriptions.csv"] + "james,2026-06-01,1,1,Leg press,21,8,10\n", "2: sets: 21 is not between 1 and 20"),
        (PLAN["prescriptions.csv"] + "james,2026-06-01,1,1,Leg press,3,8,7\n", "2: reps_max: is less than reps_min"),
    ],
    "session_details.csv": [
        ("session_ref,open\nnone,1\n", "2: session_ref: there is no session"),
        ('session_ref,prescribed\nj1,"[{""of"":""Leg press""}]"\n', "2: prescribed: "),
        ("session_ref,prescribed\nj1,{{\n", "2: prescribed: "),
        ("session_ref,phase_starts_on,workout_position\nj1,2026-06-01,9\n", "2: workout_position: the session's client"),
    ],
    "set_details.csv": [
        ("session_ref,set_no,shown_verdict\nj1,99,{}\n", "2: set_no: there is no set"),
        ("session_ref,set_no,shown_verdict\nj1,1,[]\n", "2: shown_verdict: "),
    ],
    "deleted_sessions.csv": [
        ("session_ref,client_ref,started_at\ngone,james,2026-01-01T10:00:00Z\n", "2: deleted_at: is empty")
    ],
    "flags.csv": [
        (FLAGS + FLAG.replace("dread", "dred"), '2: sign: "dred" is not known; the nearest is dread'),
        (FLAGS + FLAG.replace("2026-06-08", "2026-06-12"), "2: since_on: is after the day that it opened"),
        (FLAGS + FLAG.replace("1.5", "nan"), '2: score: "nan" is not a number'),
        (FLAGS + FLAG + FLAG.replace("2026-06-10,watch", "2026-06-11,watch"), "3: level_on: is before"),
        (FLAGS + FLAG + FLAG.replace("2026-06-10", "2026-06-11"), "3: opened_on: another flag of that sign is open"),
        (FLAGS + FLAG.replace(",,,,", ",,2026-06-12,,"), "2: resolution: is empty"),
        (FLAGS + FLAG.replace("Less.,,", 'Less.,"{""steps"":[[1,2]]}",'), "2: evidence: "),
    ],
    "actions.csv": [
        (ACTIONS + f"james,{AT},2026-06-11,snooze,,,\n", "2: until: a snooze, a scale back and a deload have a last day"),
        (ACTIONS + f"james,{AT},2026-06-11,resolve,dread,2026-06-10,\n", "2: opened_on: there is no flag"),
        (ACTIONS + f"james,{AT},2026-06-11,resolve,dread,,\n", "2: opened_on: is empty, but sign and opened_on"),
        (ACTIONS + f"james,{AT},2026-06-11,note,,,\n", '2: kind: "note" is not known'),
    ],
    "notes.csv": [(f"client_ref,at,on,kind,by\njames,{AT},2026-06-11,note,Dana\n", '2: by: "Dana" is not an e-mail address')],
    "overrules.csv": [
        (
            f"client_ref,at,indicator,counts_as,until,reason\njames,{AT},form,unknown,2026-07-01,why\n",
            '2: counts_as: "unknown" is not known',
        ),
        (
            f"client_ref,at,indicator,counts_as,until,reason\njames,{AT},injury,not_met,2026-07-01,why\n",
            "2: counts_as: an injury is a row of injuries.csv",
        ),
    ],
    "months.csv": [
        (f"client_ref,at,starts_on\njames,{AT},2026-06-16\n", "2: starts_on: 2026-06-16 is no Monday"),
        (f"client_ref,at,no,starts_on\njames,{AT},1,2026-06-15\njames,{AT},2,2026-06-15\n", "3: starts_on: a month starts"),
    ],
    "policies.csv": [
        (f"client_ref,key,at,value\n,recovery_hours,{AT},500\n", "2: value: Choose from 48 to 120 hours"),
        (f"client_ref,key,at,value\n,recovery,{AT},72\n", '2: key: "recovery" is not known; the nearest is'),
    ],
    "imports.csv": [(f"client_ref,made_at,file_name\njames,{AT},a.csv\n", "2: done_at: is empty")],
    "imported_sessions.csv": [
        (f"session_ref,made_at,stands\nj1,{AT},1\n", "2: made_at: the session's client has no import"),
        (f"session_ref,made_at,stands,before\nj1,{AT},1,7\n", "2: before: "),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "why"), [(name, text, why) for name, found in BAD.items() for text, why in found]
)
def test_a_bad_row_is_told_with_its_place_and_nothing_is_written(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    said = take_in(write(rich(tmp_path / "b"), {name: text}))
    assert said.code == 1
    assert any(line.startswith(f"{name}:{why}") for line in said.problems), said.err
    written = [
        model.objects.count() for model in (Client, Flag, Action, Overrule, PolicyValue, Program, Workout)
    ]
    assert not any(written)


def test_there_is_a_bad_row_for_every_file() -> None:
    from coaching.exchange.layout_more import MORE

    assert set(BAD) == {file.name for file in MORE}


def test_of_many_bad_rows_the_first_200_are_told(tmp_path: Path) -> None:
    rows = "".join(f"james,recovery_hours,{AT},{n},1\n" for n in range(1, 301))
    said = take_in(write(rich(tmp_path / "b"), {"policies.csv": f"client_ref,key,at,no,value\n{rows}"}))
    assert said.code == 1
    assert len(said.problems) == 200
    assert "and 100 more: 300 in all" in said.err


def test_a_document_too_deep_for_any_reader_is_refused(tmp_path: Path) -> None:
    deep = "[" * 20_000 + "]" * 20_000
    said = take_in(
        write(rich(tmp_path / "b"), {"session_details.csv": f"session_ref,prescribed\nj1,{deep}\n"})
    )
    assert said.code == 1
    assert "session_details.csv:2: prescribed: " in said.err


def test_a_plan_alone_is_enough(tmp_path: Path) -> None:
    take_in(rich(tmp_path / "b"))
    line = "james,2026-06-01,1,1,Leg press,3,8,10\n"
    said = take_in(write(tmp_path / "plan", {**PLAN, "prescriptions.csv": PLAN["prescriptions.csv"] + line}))
    assert said.code == 0, said.err
    assert said.counts["prescriptions.csv"]["created"] == 1
    assert Workout.objects.get().prescriptions.get().rir_halves == 4
