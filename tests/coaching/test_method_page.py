"""The method page publishes the running method."""

import html
import math
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Coach
from clients.signs import judged
from clients.signs.judged import ACT_MORE, WATCH
from clients.signs.kinds import Sign
from coaching import method
from coaching.method_example import example
from programs.policy.limits import LIMITS
from programs.policy.rules import RULES

pytestmark = pytest.mark.django_db


def test_anybody_reads_every_rule_with_its_sentence_and_its_limits() -> None:
    body = Browser().get("/method/").content.decode()
    for code in [*RULES, "F9"]:
        assert f'id="{code}"' in body
    assert "Your nervous system needs approximately 72 hours" in body
    for limit in LIMITS:
        assert limit.says in body


def test_a_changed_default_changes_the_page(monkeypatch: Any) -> None:
    changed = tuple(
        replace(limit, default=96) if limit.key == "recovery_hours" else limit for limit in LIMITS
    )
    monkeypatch.setattr(method, "LIMITS", changed)
    body = Browser().get("/method/").content.decode()
    assert "96 hours" in body
    assert "72 hours</td>" not in body


def test_a_coach_sees_it_with_the_way_back(dana: Coach) -> None:
    browser = Browser()
    browser.force_login(dana.user)
    assert 'aria-label="Main"' in browser.get("/method/").content.decode()


def test_every_rule_says_how_it_is_read() -> None:
    for rule in method.rules():
        assert rule.title
        assert rule.article.endswith(".")
        assert len(rule.reading) > 40


def test_the_signs_stand_there_with_the_evidence_they_ask_for() -> None:
    body = Browser().get("/method/").content.decode()
    for part in method.signs():
        assert part.article in body.replace("&#x27;", "'")
    assert [(part.watch, part.act) for part in method.signs()] == [
        (f"{WATCH[sign]:.1f}", f"{WATCH[sign] + ACT_MORE:.1f}") for sign in Sign
    ]


def test_the_worked_example_is_what_the_scan_says_of_such_answers() -> None:
    made = example()
    levels = [day.level for day in made.days]
    assert levels[0] == "none"
    assert levels == sorted(levels, key=["none", "watch", "act"].index)
    watch, act = levels.index("watch"), levels.index("act")
    lines = WATCH[Sign.FATIGUE_MOOD], WATCH[Sign.FATIGUE_MOOD] + ACT_MORE
    for first, line in ((watch, lines[0]), (act, lines[1])):
        assert float(made.days[first - 1].evidence) < line <= float(made.days[first].evidence) + 0.05
    for day in made.days:
        assert math.log(int(day.times.replace(" ", ""))) == pytest.approx(float(day.evidence), abs=0.5)
    body = html.unescape(Browser().get("/method/").content.decode())
    assert made.says in body
    assert made.says.startswith("Sarah's ")
    for day in made.days:
        assert f">{day.answers}</td>" in body


def test_the_example_follows_the_running_thresholds(monkeypatch: Any) -> None:
    as_it_runs = example()
    monkeypatch.setitem(judged.WATCH, Sign.FATIGUE_MOOD, WATCH[Sign.FATIGUE_MOOD] + 1)
    later = example.__wrapped__()
    assert [d.level for d in later.days].index("watch") > [d.level for d in as_it_runs.days].index("watch")
