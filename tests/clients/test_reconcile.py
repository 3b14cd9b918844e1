"""Flags become what the history says, whatever runs twice, late or together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import history
from clients.flags import ChangeLine, Finding, reconcile
from clients.models import Action, Change, Client, Coach, Flag
from clients.signs.kinds import Episode, Level, Resolution, Sign, Step

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
JUDGED = date(2026, 6, 14)
MAY_20 = date(2026, 5, 20)


def an_episode(
    client: Client, opened: date = MAY_20, *, sign: Sign = Sign.FATIGUE_MOOD, **fields: Any
) -> Episode:
    day = opened.toordinal()
    fields.setdefault("steps", (Step(day=day, level=Level.WATCH, score=6.5),))
    return Episode(
        key=client.pk, sign=sign, opened=day, since=day - 9, score=6.5,
        **{"says": "Energy is low.", "evidence": {"usual": 3.4, "series": [("2026-05-20", 2.0)]}, **fields},
    )  # fmt: skip


def found(client: Client, *episodes: Episode, judged_to: date = JUDGED, **fields: Any) -> Finding:
    row = Client.objects.get(pk=client.pk)
    return Finding(
        client_id=row.pk, client_ref=row.ref, history_version=row.history_version, scanned_at=row.scanned_at,
        judged_to=judged_to, episodes=episodes, unknown=fields.pop("unknown", {}), **fields,
    )  # fmt: skip


def after(client: Client, *episodes: Episode, now: datetime = NOW, **fields: Any) -> list[ChangeLine]:
    return reconcile([found(client, *episodes, **fields)], now=now)


def test_an_episode_becomes_a_flag_with_its_evidence(james: Client) -> None:
    (line,) = after(
        james, an_episode(james), unknown={"dread": "4 more check-ins"}, next_look_on=date(2026, 6, 15)
    )
    flag = Flag.objects.get()
    assert (flag.sign, flag.level, flag.opened_on, flag.since_on) == (
        "fatigue_mood",
        "watch",
        MAY_20,
        date(2026, 5, 11),
    )
    assert flag.evidence["usual"] == 3.4
    assert flag.recorded_at == NOW
    assert line.as_json() == {
        "date": "2026-05-20", "client_ref": "james", "sign": "fatigue_mood", "event": "opened",
        "level": "watch", "since": "2026-05-11", "says": "Energy is low.",
    }  # fmt: skip
    client = Client.objects.get()
    assert (client.scanned_on, client.scanned_at, client.next_look_on) == (JUDGED, NOW, date(2026, 6, 15))
    assert client.unknown == {"dread": "4 more check-ins"}


def test_the_same_again_changes_nothing(james: Client) -> None:
    after(james, an_episode(james))
    before = list(Flag.objects.values()), Change.objects.count()
    assert after(james, an_episode(james), now=NOW + timedelta(hours=1)) == []
    assert (list(Flag.objects.values()), Change.objects.count()) == before


def test_every_change_is_kept_with_its_day_and_its_clock(james: Client) -> None:
    episode = an_episode(james)
    after(james, episode)
    worse = Step(day=episode.opened + 7, level=Level.ACT, score=9.0)
    act = replace(episode, steps=(*episode.steps, worse))
    (line,) = after(james, act, now=NOW + timedelta(days=1))
    assert (line.event, line.level, line.day) == ("changed", "act", date(2026, 5, 27))
    over = replace(act, closed=episode.opened + 20, resolution=Resolution.RECOVERED)
    (line,) = after(james, over, now=NOW + timedelta(days=2))
    assert (line.event, line.level, line.day) == ("resolved", "none", date(2026, 6, 9))
    flag = Flag.objects.get()
    assert (flag.closed_on, flag.resolution, flag.closed_at) == (
        date(2026, 6, 9),
        "recovered",
        NOW + timedelta(days=2),
    )
    assert (flag.level, flag.level_on) == ("act", date(2026, 5, 27))
    kept = Change.objects.filter(subject=f"flag:{flag.pk}").order_by("at")
    assert [(change.kind, change.at) for change in kept] == [
        ("flag opened", NOW), ("flag changed", NOW + timedelta(days=1)), ("flag resolved", NOW + timedelta(days=2)),
    ]  # fmt: skip


def test_a_whole_life_read_at_once_is_told_in_order(james: Client) -> None:
    episode = an_episode(james)
    life = replace(
        episode, steps=(*episode.steps, Step(day=episode.opened + 3, level=Level.ACT, score=9.0)),
        closed=episode.opened + 12, resolution=Resolution.RECOVERED,
    )  # fmt: skip
    again = an_episode(james, date(2026, 6, 10))
    lines = after(james, life, again)
    assert [(line.day.day, line.event) for line in lines] == [
        (20, "opened"), (23, "changed"), (1, "resolved"), (10, "opened"),
    ]  # fmt: skip
    assert Flag.objects.open().count() == 1


def test_what_late_entries_take_away_is_withdrawn_and_never_erased(james: Client) -> None:
    after(james, an_episode(james))
    (line,) = after(james, now=NOW + timedelta(hours=1))
    flag = Flag.objects.get()
    assert (flag.resolution, flag.closed_on, line.event) == ("withdrawn", JUDGED, "resolved")
    assert after(james, now=NOW + timedelta(hours=2)) == []


def test_what_comes_back_is_the_same_flag_again(james: Client) -> None:
    after(james, an_episode(james))
    flag = Flag.objects.get()
    after(james, now=NOW + timedelta(hours=1))
    (line,) = after(james, an_episode(james), now=NOW + timedelta(hours=2))
    assert line.event == "opened"
    assert Flag.objects.open().get().pk == flag.pk
    assert Flag.objects.get().closed_at is None


def test_an_opening_that_late_entries_move_keeps_the_flag_and_its_answers(dana: Coach, james: Client) -> None:
    after(james, an_episode(james))
    flag = Flag.objects.get()
    Action.objects.create(client=james, flag=flag, kind="acknowledge", by=dana, at=NOW, on=NOW.date())
    (line,) = after(james, an_episode(james, MAY_20 - timedelta(days=2)), now=NOW + timedelta(hours=1))
    moved = Flag.objects.get()
    assert (moved.pk, moved.opened_on, line.event) == (flag.pk, date(2026, 5, 18), "changed")
    assert moved.actions.standing().count() == 1


def test_a_closed_flag_opens_again_when_its_recovery_is_edited_away(james: Client) -> None:
    episode = an_episode(james)
    after(james, replace(episode, closed=episode.opened + 9, resolution=Resolution.RECOVERED))
    (line,) = after(james, episode, now=NOW + timedelta(hours=1))
    assert (line.event, line.level, line.day) == ("changed", "watch", JUDGED)
    assert Flag.objects.open().get().closed_at is None


def test_one_opens_where_another_closes(james: Client) -> None:
    """Closing rows are written first: never two open flags of a sign, not even within the transaction."""
    episode = an_episode(james)
    after(james, episode)
    over = replace(episode, closed=episode.opened + 9, resolution=Resolution.RECOVERED)
    after(james, over, an_episode(james, date(2026, 6, 8)), now=NOW + timedelta(hours=1))
    assert sorted(Flag.objects.values_list("opened_on", "closed_on"), key=str) == [
        (date(2026, 5, 20), date(2026, 5, 29)), (date(2026, 6, 8), None),
    ]  # fmt: skip


def test_what_is_written_meanwhile_keeps_the_client_due(james: Client) -> None:
    history.touch(james.pk)
    finding = found(james)
    history.touch(james.pk)
    reconcile([finding], now=NOW)
    client = Client.objects.get()
    assert (client.history_version, client.scanned_version, client.waiting_since) == (2, 1, NOW)
    reconcile([found(james)], now=NOW + timedelta(minutes=15))
    client = Client.objects.get()
    assert (client.scanned_version, client.waiting_since) == (2, None)


def test_a_reading_that_another_scan_has_overtaken_is_dropped(james: Client) -> None:
    stale = found(james)
    after(james, an_episode(james))
    assert reconcile([stale], now=NOW + timedelta(minutes=1)) == []
    assert Flag.objects.open().count() == 1
    assert Client.objects.get().scanned_at == NOW


def test_numbers_that_are_none_do_not_stop_a_scan(james: Client) -> None:
    after(james, an_episode(james, evidence={"usual": float("nan")}))
    assert Flag.objects.get().evidence["usual"] is None


@pytest.mark.parametrize("count", [2, 8])
def test_the_statements_do_not_grow_with_the_clients(dana: Coach, count: int) -> None:
    from tests.factories import make_client

    clients = [make_client(dana, f"Client {number}", ref=f"c{number}") for number in range(count)]
    reconcile([found(client, an_episode(client)) for client in clients], now=NOW)
    worse = [
        replace(e, steps=(*e.steps, Step(day=e.opened + 2, level=Level.ACT, score=9.0)))
        for e in (an_episode(client) for client in clients)
    ]
    findings = [
        found(client, episode, an_episode(client, sign=Sign.DREAD))
        for client, episode in zip(clients, worse, strict=True)
    ]
    with CaptureQueriesContext(connection) as queries:
        reconcile(findings, now=NOW + timedelta(hours=1))
    # lock, flags, update, insert, changes, clients; and the transaction's own two.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 8
