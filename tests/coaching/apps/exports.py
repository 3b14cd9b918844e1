"""Small exports of every form, as the apps write them, and one way to take them in."""

import io
import json
from pathlib import Path
from typing import Any

from coaching.exchange.apps.kinds import Options
from coaching.exchange.apps.reading import Reading, read_export
from tests.coaching.bundles import Said, call

STRONG_HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
HEVY_HEADER = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,reps,"
    "distance_km,duration_seconds,rpe"
)
FITNOTES_HEADER = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"
IOS_HEADER = "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,Status,IsWarmup,RPE,RIR,Categories,Note"
PULL = "2024-03-04 18:30:05,Pull,58m"


def strong(*rows: str, header: str = STRONG_HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def hevy(*rows: str, header: str = HEVY_HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def fitnotes(*rows: str, header: str = FITNOTES_HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def read(text: str | bytes, **options: str) -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return read_export(lambda: io.BytesIO(data), "export.csv", Options(**options))


def counts(text: str | bytes, **options: str) -> dict[str, int]:
    """What is in it, reasons of rows left out beside; problems fail the test."""
    reading = read(text, **options)
    assert list(reading.problems.lines()) == []
    assert reading.read is not None
    left = {name: count for name, count in reading.read.left_out().items() if count}
    found = {name: count for name, count in reading.read.counts().items() if name != "rated"}
    return {**found, **left}


def problems(text: str | bytes, **options: str) -> list[str]:
    return list(read(text, **options).problems.lines())


def take_in(folder: Path, text: str | bytes, *, name: str = "export.csv", **options: Any) -> Said:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    options.setdefault("client", "james")
    options.setdefault("json", True)
    return call("import_export", path, **options)


def said(answer: Said) -> dict[str, Any]:
    assert answer.code == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found
