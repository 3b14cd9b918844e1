"""Bundles for tests: a small rich one, and a way to write any."""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command
from django.core.management.base import CommandError

RICH = {
    "clients.csv": (
        "client_ref,name,email,timezone,units,training_since,born_on\n"
        "james,James Okafor,james@example.com,Europe/London,kg,2021-03-01,1983-05-20\n"
        "sarah,Sarah Lindqvist,,Europe/Stockholm,lb,,\n"
    ),
    "sessions.csv": (
        "session_ref,client_ref,started_at,duration_min,session_rpe,workout,note\n"
        'j1,james,2026-06-01T18:00:00+01:00,62.5,7.5,Push A,"=SUM(A1:A9), ""quoted""\r\nsecond line"\n'
        "j2,james,2026-06-04T23:30:00+01:00,,,,\n"
        "s1,sarah,2026-06-02T07:00:00+02:00,45,6,,\n"
    ),
    "sets.csv": (
        "session_ref,set_no,exercise,weight_kg,reps,rir,ended,warm_up,done_at,source,note\n"
        "j1,1,Leg press,60,10,,,1,,strong,\n"
        "j1,2,Leg press,120.25,8,2,target,0,2026-06-01T18:10:30+01:00,strong,\n"
        "j1,3,Leg press,120.25,8,,muscular_failure,0,,strong,@last one\n"
        "j1,4,My own machine,40,12,0.5,target,0,,,\n"
        "j2,1,Leg press,130,0,,muscular_failure,0,,,a missed single\n"
        "j2,2,Ring dip,-12.5,8,1,target,0,,,\n"
        "s1,1,Leg press,,10,3,technical_failure,0,,,\n"
        "s1,2,Ring dip,0,6,5,stopped,0,,,\n"
    ),
    "checkins.csv": (
        "client_ref,date,sleep_hours,sleep_quality,energy,mood,stress,soreness,anticipation,aches,note\n"
        "james,2026-06-01,7.25,4,3,4,3,3,5,knee:3;lower_back:2,-fine\n"
        "james,2026-06-02,,,2,,,,,,\n"
    ),
    "injuries.csv": (
        "client_ref,region,onset,resolved,severity,muscle,note\n"
        "james,lower_back,2026-01-10,2026-02-20,mild,,\n"
        "sarah,shoulder,2026-05-01,,moderate,shoulders,swimming\n"
    ),
    "phases.csv": (
        "client_ref,starts_on,ends_on,kind,name\n"
        "james,2026-05-04,2026-05-31,strength,Block 1\n"
        "james,2026-06-01,,hypertrophy,\n"
    ),
    "exercises.csv": (
        "name,equipment,mechanic,pattern,primary_muscle,secondary_muscles,loaded_regions,aliases,overhead,"
        "coordination,can_trap,failure_class,reason\n"
        "Ring dip,bodyweight,compound,vertical_push,triceps,chest;shoulders,elbow;shoulder,Dip on rings;RD,0,1,0,"
        "caution,the rings move\n"
    ),
}  # fmt: skip


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(data)
    return folder


def rich(folder: Path, **changed: str | bytes) -> Path:
    """The rich bundle, whole files exchanged by the first part of their name."""
    return write(folder, {**RICH, **{f"{name}.csv": text for name, text in changed.items()}})


class Said(NamedTuple):
    """What a call of the command said."""

    code: int
    out: str
    err: str

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = json.loads(self.out)
        return found

    @property
    def problems(self) -> list[str]:
        return [line for line in self.err.splitlines() if PROBLEM.match(line)]


PROBLEM = re.compile(r"[^:]+:\d+: [^:]+: .")


def call(command: str, *args: object, **options: object) -> Said:
    """Run a command as from a shell, but for the process."""
    out, err = io.StringIO(), io.StringIO()
    if command != "create_coach":
        options.setdefault("coach", "dana@example.com")
    try:
        call_command(command, *map(str, args), stdout=out, stderr=err, **options)
        code = 0
    except CommandError as error:
        code = error.returncode
        err.write(f"{error}\n")
    return Said(code, out.getvalue(), err.getvalue())


def take_in(path: Path, **options: object) -> Said:
    options.setdefault("json", True)
    return call("import_bundle", path, **options)
