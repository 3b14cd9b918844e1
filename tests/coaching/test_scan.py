"""The scan finds what the history holds, says it once, and costs nothing where nothing is new."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import history
from clients.models import Action, Checkin, Client, Coach, Flag, ScanRun
from coaching.due import due
from coaching.scan import Backwards, scan
from tests import factories
from tests.coaching import stories
from tests.conftest import NOW


@pytest.fixture
def tired(james: Client) -> Client:
    stories.checkins(james, low_days=25)
    return james


def test_a_month_of_low_energy_becomes_a_flag(tired: Client) -> None:
    lines = scan(due(NOW), now=NOW)
    flag = Flag.objects.get(sign="fatigue_mood")
    assert flag.closed_on is None
    assert abs((flag.since_on - (stories.LAST - timedelta(days=24))).days) <= 3
    assert flag.opened_on < stories.LAST
    assert "energy" in flag.says.lower()
    assert [(line.client_ref, line.event, line.day) for line in lines if line.sign == "fatigue_mood"][0] == (
        "james", "opened", flag.opened_on,
    )  # fmt: skip
    assert tired.flags.filter(sign="dread").count() == 0


def test_a_fall_in_strength_becomes_a_flag(sarah: Client) -> None:
    stories.training(sarah, stories.lifts(), weak_days=24)
    scan(due(NOW), now=NOW)
    flag = Flag.objects.open().get()
    assert flag.sign == "strength_decline"
    assert abs((flag.since_on - (stories.LAST - timedelta(days=23))).days) <= 5


def test_a_second_scan_changes_nothing(tired: Client) -> None:
    scan(due(NOW), now=NOW)
    rows = list(Flag.objects.values().order_by("pk"))
    assert scan([tired.pk], now=NOW + timedelta(minutes=1)) == []
    assert list(Flag.objects.values().order_by("pk")) == rows


def test_who_was_looked_at_is_due_again_when_something_is_written_or_a_day_has_come(tired: Client) -> None:
    assert due(NOW) == [tired.pk]
    scan(due(NOW), now=NOW)
    assert due(NOW) == []
    history.touch(tired.pk)
    assert due(NOW) == [tired.pk]
    scan(due(NOW), now=NOW)
    before_four = NOW.replace(hour=2, minute=59) + timedelta(days=1)  # 03:59 in London
    assert due(before_four) == []
    assert due(before_four + timedelta(minutes=1)) == [tired.pk]  # an open flag is looked at every day


def test_what_was_written_today_is_judged_tomorrow(james: Client) -> None:
    """A day is judged once it is over: today's check-in marks the client, and brings the scan back tomorrow."""
    stories.checkins(james, days=60)
    scan(due(NOW), now=NOW)
    assert Client.objects.get().next_look_on != NOW.date()
    factories.a_checkin(james, NOW.date(), energy=3)
    history.touch(james.pk)
    scan(due(NOW), now=NOW)
    assert Client.objects.get().next_look_on == NOW.date()
    assert due(NOW) == []
    tomorrow = NOW + timedelta(days=1)
    assert due(tomorrow) == [james.pk]
    scan(due(tomorrow), now=tomorrow)
    assert Client.objects.get().scanned_on == NOW.date()


def test_an_archived_client_is_left_alone(tired: Client) -> None:
    Client.objects.update(archived_at=NOW)
    assert due(NOW) == []


def test_where_nothing_is_new_a_tick_costs_two_statements(tired: Client) -> None:
    scan(due(NOW), now=NOW)
    with CaptureQueriesContext(connection) as queries:
        scan(due(NOW), now=NOW)
    assert len(queries) <= 3
    assert ScanRun.objects.exclude(finished_at=None).count() == 2


def test_the_statements_of_a_chunk_do_not_grow_with_clients_or_years(dana: Coach) -> None:
    counts = []
    for number, (clients, weeks) in enumerate([(2, 10), (4, 30)]):
        for client in range(clients):
            one = factories.make_client(dana, f"C{number}{client}", ref=f"c{number}{client}")
            stories.checkins(one, days=weeks * 7, seed=client, low_days=20)
            stories.training(one, stories.lifts(2), weeks=weeks, seed=client, weak_days=20)
        with CaptureQueriesContext(connection) as queries:
            scan(due(NOW), now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    reads = [query for query in queries if query["sql"].lstrip("(").startswith("SELECT")]
    assert len(reads) <= 8 + 4  # the chunk; who is due, the lock, the flags, who hears of them


def test_a_scan_of_a_past_day_knows_only_what_had_happened_by_then(tired: Client) -> None:
    before = stories.LAST - timedelta(days=30)
    assert scan([tired.pk], now=NOW, as_of=before) == []
    client = Client.objects.get()
    assert (client.scanned_on, client.next_look_on) == (before, before + timedelta(days=1))
    assert due(NOW, as_of=before) == []
    assert due(NOW, as_of=before + timedelta(days=1)) == [tired.pk]


def test_day_by_day_and_all_at_once_come_to_the_same(tired: Client, sarah: Client) -> None:
    stories.checkins(sarah, low_days=0)
    Checkin.objects.filter(client=sarah, day__range=("2026-04-01", "2026-04-25")).update(energy=1, mood=1)
    day, told = date(2026, 4, 1), []
    while day <= stories.LAST:
        told += scan(due(NOW, as_of=day), now=NOW, as_of=day)
        day += timedelta(days=1)
    stepwise = list(_facts())
    Flag.objects.all().delete()
    Client.objects.update(scanned_on=None, scanned_at=None)
    at_once = scan([tired.pk, sarah.pk], now=NOW, as_of=stories.LAST)
    assert list(_facts()) == stepwise
    assert at_once == told
    assert {flag["resolution"] for flag in stepwise} >= {"", "recovered"}


def test_a_scan_never_goes_back(tired: Client) -> None:
    scan(due(NOW), now=NOW)
    with pytest.raises(Backwards):
        scan([tired.pk], now=NOW, as_of=stories.LAST - timedelta(days=1))


def test_who_flies_west_keeps_what_was_said(tired: Client) -> None:
    scan(due(NOW), now=NOW)
    flags = list(_facts())
    Client.objects.update(timezone="Pacific/Honolulu")  # where the day judged last is not over yet
    history.touch(tired.pk)
    scan(due(NOW), now=NOW)
    assert list(_facts()) == flags
    assert Client.objects.get().scanned_on == stories.LAST


@pytest.mark.parametrize(("kind", "resolution"), [("wrong_call", "wrong_call"), ("resolve", "by_coach")])
def test_a_coachs_word_closes_the_flag_at_the_next_tick(
    dana: Coach, tired: Client, kind: str, resolution: str
) -> None:
    scan(due(NOW), now=NOW)
    flag = Flag.objects.open().get()
    said = Action.objects.create(client=tired, flag=flag, kind=kind, by=dana, at=NOW, on=NOW.date())
    history.touch(tired.pk)
    scan(due(NOW), now=NOW)
    flag.refresh_from_db()
    assert (flag.closed_on, flag.resolution) == (NOW.date(), resolution)
    tomorrow = NOW + timedelta(days=1)
    scan(due(tomorrow), now=tomorrow)
    flag.refresh_from_db()
    assert (flag.closed_on, flag.resolution) == (NOW.date(), resolution)
    Action.objects.filter(pk=said.pk).update(undone_at=NOW)
    history.touch(tired.pk)
    scan(due(tomorrow), now=tomorrow)
    assert Flag.objects.open().get().pk == flag.pk


def test_a_withdrawn_consent_silences_check_in_signs_at_once(tired: Client) -> None:
    scan(due(NOW), now=NOW)
    tired.consents.update(withdrawn_at=NOW)
    history.touch(tired.pk)
    scan(due(NOW), now=NOW)
    flag = Flag.objects.get(sign="fatigue_mood")
    assert (flag.closed_on, flag.resolution) == (NOW.date(), "no_consent")


def test_without_consent_no_check_in_is_judged(tired: Client) -> None:
    tired.consents.all().delete()
    scan(due(NOW), now=NOW)
    assert not Flag.objects.exists()


def test_lifts_that_load_an_injured_region_leave_the_trend(sarah: Client) -> None:
    press = [factories.an_exercise("Tale knee press", pattern="squat", primary_muscle="quads")]
    stories.training(sarah, press, weak_days=24)
    sarah.injuries.create(region="knee", onset=stories.LAST - timedelta(days=40))
    scan(due(NOW), now=NOW)
    assert not Flag.objects.exists()


def test_a_full_scan_mends_the_rollups_first(sarah: Client) -> None:
    from programs.models import LiftDay

    stories.training(sarah, stories.lifts(), weak_days=24)
    LiftDay.objects.update(best_load_g=1_000)
    scan([sarah.pk], now=NOW, full=True)
    assert Flag.objects.open().get().sign == "strength_decline"


def test_what_is_not_known_yet_is_said(james: Client) -> None:
    stories.checkins(james, days=4)
    scan(due(NOW), now=NOW)
    assert "check-in" in Client.objects.get().unknown["dread"]


def _facts() -> list[dict[str, object]]:
    fields = ("client_id", "sign", "level", "opened_on", "since_on", "level_on", "closed_on", "resolution")
    return list(Flag.objects.order_by("client_id", "sign", "opened_on").values(*fields))
