"""An import records the coach's word that a client agreed to keep health data. It never takes a no for a yes."""

from datetime import datetime
from pathlib import Path

import pytest

from clients import consent
from clients.models import Checkin, Client, Coach, Consent, Injury
from tests.coaching.bundles import RICH, rich, take_in, write


@pytest.fixture(autouse=True)
def _var(settings: object, tmp_path: Path, dana: Coach) -> None:
    settings.VAR_DIR = tmp_path / "var"  # type: ignore[attr-defined]


def test_the_coachs_word_is_recorded_for_everybody_once(tmp_path: Path, dana: Coach) -> None:
    take_in(rich(tmp_path / "b"))
    take_in(rich(tmp_path / "b"))
    words = Consent.objects.order_by("client__ref")
    assert [(word.client.ref, word.channel, word.given_by) for word in words] == [
        ("james", "coach_word", dana.user), ("sarah", "coach_word", dana.user),
    ]  # fmt: skip
    assert {word.text_version for word in words} == {consent.TEXT_VERSION}


def test_a_clients_own_word_is_left_alone(tmp_path: Path, james: Client, now: datetime) -> None:
    Consent.objects.filter(client=james).delete()
    own = consent.give(client=james, channel=Consent.Channel.JOINING, by=None, at=now)
    take_in(rich(tmp_path / "b"))
    assert list(Consent.objects.filter(client=james)) == [own]


def test_who_took_it_back_is_not_asked_by_a_file(tmp_path: Path, james: Client, now: datetime) -> None:
    consent.withdraw(client=james, by=None, at=now)
    said = take_in(rich(tmp_path / "b"))
    assert said.code == 0, said.err
    assert consent.in_force(james) is None
    assert not Checkin.objects.filter(client=james).exists()
    assert not Injury.objects.filter(client=james).exists()
    assert james.sessions.count() == 2, "sets and sessions go on"
    assert "3 check-ins and injuries left out" in said.err
    assert said.counts["checkins.csv"] == {"created": 0, "updated": 0, "unchanged": 2}


def test_what_was_kept_before_is_neither_changed_nor_deleted(tmp_path: Path, now: datetime) -> None:
    take_in(rich(tmp_path / "b"))
    james = Client.objects.get(ref="james")
    consent.withdraw(client=james, by=None, at=now)
    before = list(Checkin.objects.order_by("pk").values())
    assert "left out" not in take_in(rich(tmp_path / "b")).err
    changed = write(tmp_path / "c", {"checkins.csv": RICH["checkins.csv"].replace(",7.25,", ",4,")})
    assert "1 check-ins and injuries left out" in take_in(changed).err
    assert list(Checkin.objects.order_by("pk").values()) == before
