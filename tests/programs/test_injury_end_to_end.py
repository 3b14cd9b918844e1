"""An injury closes just the exercises that load its region, cautions what loads it too, and says so."""

from datetime import date

import pytest

from clients.models import Client
from programs.verdicts import verdict_for
from tests import factories
from tests.conftest import NOW

EXERCISES = {
    "chest press": {"pattern": "horizontal_push", "primary_muscle": "chest"},
    "pulldown": {"pattern": "vertical_pull", "primary_muscle": "lats", "equipment": "cable"},
    "leg press": {"pattern": "squat", "primary_muscle": "quads"},
    "leg extension": {"pattern": "isolation", "primary_muscle": "quads", "mechanic": "isolation"},
    "leg curl": {"pattern": "isolation", "primary_muscle": "hamstrings", "mechanic": "isolation"},
    "pushdown": {
        "pattern": "isolation",
        "primary_muscle": "triceps",
        "mechanic": "isolation",
        "equipment": "cable",
    },
}


def said_of(client: Client, name: str) -> str:
    exercise = factories.an_exercise(f"Tale {name}", **EXERCISES[name])
    verdict = verdict_for(client, exercise, at=NOW)
    sentences = [s for s in " ".join(verdict.says).split(". ") if "injured" in s]
    if not sentences:
        return "nothing"
    return "no" if "no failure until that has healed" in sentences[0] else "caution"


@pytest.mark.parametrize(
    ("region", "severity", "expected"),
    [
        ("shoulder", "moderate", {"chest press": "no", "pulldown": "caution", "leg press": "nothing"}),
        ("shoulder", "severe", {"chest press": "no", "pulldown": "caution", "leg extension": "nothing"}),
        ("shoulder", "mild", {"chest press": "caution", "pulldown": "nothing", "leg press": "nothing"}),
        ("knee", "", {"leg press": "no", "leg extension": "no", "leg curl": "caution", "pushdown": "nothing"}),
        ("knee", "mild", {"leg press": "caution", "leg extension": "caution", "leg curl": "nothing"}),
        ("lower_back", "moderate", {"leg press": "caution", "chest press": "nothing", "pushdown": "nothing"}),
        ("wrist", "moderate", {"pushdown": "no", "pulldown": "no", "leg press": "nothing"}),
        ("other", "moderate", {"leg press": "caution", "pushdown": "caution"}),
    ],
)  # fmt: skip
def test_what_an_injury_closes_and_cautions(
    james: Client, region: str, severity: str, expected: dict[str, str]
) -> None:
    james.training_since = date(2010, 1, 1)
    james.save(update_fields=["training_since"])
    # Enough known that the caution "we do not know enough yet" does not drown the injury's own.
    for day in range(14):
        factories.a_checkin(james, date.fromordinal(NOW.date().toordinal() - day), sleep_hours=8, stress=4)
    james.phases.create(
        kind="hypertrophy", starts_on=date(2026, 6, 1)
    )  # elsewhere compounds are closed anyway
    james.injuries.create(region=region, severity=severity, onset=date(2026, 6, 1))
    assert {name: said_of(james, name) for name in expected} == expected


def test_an_injury_that_is_healed_on_a_day_to_come_closes_until_then(james: Client) -> None:
    press = factories.an_exercise("Tale chest press", **EXERCISES["chest press"])
    james.injuries.create(region="shoulder", onset=date(2026, 6, 1), resolved=date(2026, 6, 16))
    before = verdict_for(james, press, at=NOW)
    after = verdict_for(james, press, at=NOW.replace(day=16))
    assert "injured shoulder" in " ".join(before.says)
    assert "injured shoulder" not in " ".join(after.says)
