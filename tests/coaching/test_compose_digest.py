"""What the weekly letter says, to whom, and that it is written once."""

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection, connections
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from clients import history
from clients.models import Action, Client, Coach, Digest
from coaching import digests
from programs import rollups
from tests import factories
from tests.conftest import NOW
from tests.flags import a_flag

LONG_AGO = NOW - timedelta(days=20)


def composed(coach: Coach, *, now: datetime = NOW) -> Digest:
    digest = compose(coach, now=now)
    assert digest is not None
    return digest


def compose(coach: Coach, *, now: datetime = NOW) -> Digest | None:
    Coach.objects.filter(pk=coach.pk).update(next_digest_at=now - timedelta(hours=4))
    coach.refresh_from_db()
    return digests.compose(coach, now=now)


def an_action(client: Client, by: Coach, kind: str, **fields: Any) -> Action:
    at = fields.pop("at", NOW - timedelta(days=3))
    return Action.objects.create(client=client, by=by, kind=kind, at=at, on=at.date(), **fields)


def trained(client: Client, *, weeks: int = 8, kg: float = 100, step: float = 0) -> None:
    lift = factories.an_exercise("Leg press")
    for week in range(weeks):
        session = factories.a_session(client, at=NOW - timedelta(days=7 * (weeks - week) - 2))
        for _ in range(3):
            factories.a_set(session, lift, kg=kg + step * week)
        rollups.rebuild(client.pk, lift.pk, session.local_day)


def test_a_coach_without_a_schedule_gets_one_and_no_letter_yet(dana: Coach) -> None:
    assert digests.due(NOW) == []
    dana.refresh_from_db()
    assert dana.next_digest_at == datetime(2026, 6, 22, 6, 0, tzinfo=NOW.tzinfo)


def test_a_letter_is_due_at_its_hour_and_not_before(dana: Coach) -> None:
    digests.due(NOW)
    assert digests.due(datetime(2026, 6, 22, 5, 59, tzinfo=NOW.tzinfo)) == []
    assert digests.due(datetime(2026, 6, 22, 6, 0, tzinfo=NOW.tzinfo)) == [dana]


def test_a_coach_who_stopped_it_gets_none(dana: Coach, james: Client) -> None:
    a_flag(james)
    digests.due(LONG_AGO)
    digests.stop(dana, at=LONG_AGO)
    assert digests.due(NOW) == []
    assert compose(dana) is None


def test_the_same_letter_is_written_once(dana: Coach, james: Client) -> None:
    a_flag(james)
    first = compose(dana)
    assert first is not None
    assert first.week == date(2026, 6, 15)
    assert digests.compose(dana, now=NOW) is None  # a worker that read the coach before
    dana.refresh_from_db()
    assert digests.compose(dana, now=NOW) is None
    assert Digest.objects.count() == 1


def test_a_week_that_has_its_letter_gets_no_second_when_the_day_is_changed(
    dana: Coach, james: Client
) -> None:
    a_flag(james)
    composed(dana)
    digests.arrange(dana, weekday=4, hour=9, names=True, when_nothing=False, timezone=dana.timezone, at=NOW)
    dana.refresh_from_db()
    friday = datetime(2026, 6, 19, 8, 0, tzinfo=NOW.tzinfo)
    assert dana.next_digest_at == friday
    assert digests.compose(dana, now=friday) is None
    dana.refresh_from_db()
    assert dana.next_digest_at == friday + timedelta(days=7)
    assert digests.compose(dana, now=friday + timedelta(days=7)) is not None


def test_after_weeks_without_a_worker_one_letter_comes(dana: Coach, james: Client) -> None:
    a_flag(james)
    Coach.objects.filter(pk=dana.pk).update(next_digest_at=NOW - timedelta(days=40))
    (coach,) = digests.due(NOW)
    letter = digests.compose(coach, now=NOW)
    assert letter is not None
    assert letter.week == date(2026, 6, 15)
    assert digests.due(NOW) == []


def test_with_nothing_to_say_no_letter_is_written_and_the_schedule_moves_on(
    dana: Coach, james: Client
) -> None:
    factories.a_checkin(james, NOW.date(), energy=3)
    assert compose(dana) is None
    dana.refresh_from_db()
    assert dana.next_digest_at == datetime(2026, 6, 22, 6, 0, tzinfo=NOW.tzinfo)
    assert not Digest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_write_one_letter(dana: Coach, james: Client) -> None:
    a_flag(james)
    Coach.objects.filter(pk=dana.pk).update(next_digest_at=NOW)
    coach = Coach.objects.select_related("user").get(pk=dana.pk)

    def work(_: int) -> Digest | None:
        try:
            return digests.compose(coach, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        written = [digest for digest in pool.map(work, range(8)) if digest]
    assert len(written) == 1
    assert Digest.objects.count() == 1


def test_the_subject_says_who_needs_the_coach_worst_first(
    dana: Coach, james: Client, sarah: Client, claire: Client
) -> None:
    a_flag(claire, "dread", "act", score=6.5)
    a_flag(james, "strength_decline", "act", score=6.0)
    a_flag(james, "dread", "watch")
    a_flag(sarah, "sleep_decline", "watch")
    assert composed(dana).subject == "2 clients need you: James, Claire"


def test_a_coach_may_choose_counts_and_then_no_name_is_anywhere(
    dana: Coach, james: Client, sarah: Client
) -> None:
    trained(james)
    a_flag(james)
    a_flag(sarah, "dread", "watch")
    Coach.objects.filter(pk=dana.pk).update(digest_names=False)
    letter = composed(dana)
    assert letter.subject == "1 client needs you"
    assert "1 to watch" in letter.text
    everything = letter.subject + letter.text + letter.html
    assert not re.search("James|Sarah|Okafor|strength|dread", everything, re.IGNORECASE)
    assert letter.images == {}


def test_an_answered_act_is_still_told_but_needs_nobody(dana: Coach, james: Client) -> None:
    flag = a_flag(james)
    an_action(james, dana, "scale_back", flag=flag, until=date(2026, 6, 26))
    letter = composed(dana)
    assert letter.subject == "1 client to watch: James"
    assert "You scaled failure training back on 12 June, until 26 June." in letter.text


def test_a_snooze_ends_early_when_the_level_has_risen(dana: Coach, james: Client) -> None:
    flag = a_flag(james, level_on=date(2026, 6, 14))
    an_action(james, dana, "snooze", flag=flag, until=date(2026, 6, 30))
    assert composed(dana).subject == "1 client needs you: James"


def test_an_answer_of_before_that_still_holds_is_told_and_one_that_has_run_out_is_not(
    dana: Coach, james: Client
) -> None:
    first, second = a_flag(james), a_flag(james, "dread", "watch")
    an_action(james, dana, "snooze", flag=first, at=LONG_AGO, until=date(2026, 6, 20))
    an_action(james, dana, "acknowledge", flag=second, at=LONG_AGO)
    an_action(james, dana, "scale_back", flag=second, at=LONG_AGO, until=date(2026, 6, 14))
    text = composed(dana).text
    assert "You snoozed it on 26 May, until 20 June." in text
    assert "You acknowledged it on 26 May." in text
    assert "scaled" not in text


def test_an_undone_answer_is_not_told(dana: Coach, james: Client) -> None:
    flag = a_flag(james)
    an_action(james, dana, "scale_back", flag=flag, until=date(2026, 6, 26), undone_at=NOW, undone_by=dana)
    letter = composed(dana)
    assert letter.subject == "1 client needs you: James"
    assert "Nothing done about it yet." in letter.text


def test_each_sign_says_what_changed_since_the_last_letter(dana: Coach, james: Client) -> None:
    a_flag(james, "strength_decline", "act", recorded_at=NOW - timedelta(days=2))
    risen = a_flag(
        james, "dread", "act", opened_on=date(2026, 5, 20), recorded_at=LONG_AGO, level_on=date(2026, 6, 12)
    )
    fallen = a_flag(james, "sleep_decline", "watch", opened_on=date(2026, 5, 20), recorded_at=LONG_AGO)
    a_flag(james, "fatigue_mood", "watch", opened_on=date(2026, 5, 20), recorded_at=LONG_AGO)
    for flag, before in ((risen, "watch"), (fallen, "act")):
        history.record(
            "flag changed", subject=f"flag:{flag.pk}", client=james, by=None, at=NOW - timedelta(days=3),
            before={"level": before}, after={"level": flag.level},
        )  # fmt: skip
    text = composed(dana).text
    assert "strength decline · act · new · since about 6 June" in text
    assert "dread · act · worse · since about 20 May" in text
    assert "sleep · watch · better · since about 20 May" in text
    assert "fatigue or mood · watch · same · since about 20 May" in text


def test_recoveries_outcomes_and_quiet_clients_are_told(
    dana: Coach, james: Client, sarah: Client, claire: Client, marcus: Client
) -> None:
    a_flag(
        james, "sleep_decline", "watch", opened_on=date(2026, 5, 20), recorded_at=LONG_AGO,
        closed_on=date(2026, 6, 12), closed_at=NOW - timedelta(days=2), resolution="recovered",
    )  # fmt: skip
    factories.a_checkin(james, NOW.date(), energy=3)
    an_action(
        sarah, dana, "scale_back", at=LONG_AGO, until=date(2026, 6, 9), measured_at=NOW - timedelta(days=1),
        outcome={"says": ["In the 4 weeks after, Sarah's lifts were 2 % higher (0 to 5) than in the 4 before."]},
    )  # fmt: skip
    factories.a_checkin(sarah, NOW.date(), energy=3)
    factories.a_checkin(claire, date(2026, 6, 8), energy=3)
    Client.objects.filter(pk=marcus.pk).update(away_until=date(2026, 6, 20))
    letter = composed(dana)
    assert letter.subject == "1 client recovered or closed: James"
    assert "James: sleep recovered after 24 days." in letter.text
    assert "Sarah's lifts were 2 % higher (0 to 5)" in letter.text
    assert "Claire (last 8 June)." in letter.text
    assert "Marcus" not in letter.text


def test_a_client_is_quiet_on_the_seventh_day_and_not_before(dana: Coach, james: Client) -> None:
    factories.a_checkin(james, date(2026, 6, 9), energy=3)
    assert compose(dana) is None
    assert composed(dana, now=NOW + timedelta(days=1)).subject == "1 client is quiet: James"


def test_no_note_region_or_injury_reaches_a_mail(dana: Coach, james: Client) -> None:
    flag = a_flag(james, "aches", "act", says="Knee (3 of 10) is new; his known back injury is not counted.")
    an_action(james, dana, "note", flag=flag, text="Secret: divorce")
    an_action(
        james, dana, "deload", at=LONG_AGO, until=date(2026, 6, 9), measured_at=NOW - timedelta(days=1),
        outcome={"says": ["Fewer aches in the knee.", "Fewer aches than in the 4 weeks before."]},
    )  # fmt: skip
    letter = composed(dana)
    everything = letter.subject + letter.text + letter.html
    assert not re.search("secret|divorce|knee|back injury", everything, re.IGNORECASE)
    assert "aches · act" in letter.text
    assert "Fewer aches than in the 4 weeks before." in letter.text


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nBcc: all@example.com",
        "Eve\x00\x1b[31m",
        "<script>alert(1)</script>",
        "Eve\u202egnp.exe",
        "&amp; {{ x }} {% y %}",
        "</mj-text><mj-raw>",
        "Ev" * 90,
    ],
)
def test_a_hostile_name_stays_a_name(dana: Coach, name: str) -> None:
    client = factories.make_client(dana, "Eve", ref="eve")
    if "\x00" not in name or connection.vendor == "sqlite":
        Client.objects.filter(pk=client.pk).update(name=name)
    a_flag(client)
    letter = composed(dana)
    assert letter.subject.startswith("1 client needs you: ")
    assert letter.subject.isprintable()
    assert len(letter.subject) <= 120
    assert "<script" not in letter.html
    assert "mj-raw>" not in letter.html.replace("&lt;/mj-text&gt;&lt;mj-raw&gt;", "")


def test_two_clients_of_one_first_name_are_told_apart(dana: Coach) -> None:
    for name in ("Ann Archer", "Ann Bell"):
        a_flag(factories.make_client(dana, name, ref=name))
    assert composed(dana).subject == "2 clients need you: Ann A., Ann B."


def test_text_and_html_carry_the_same_words(dana: Coach, james: Client, sarah: Client) -> None:
    trained(james, step=-1)
    flag = a_flag(james)
    an_action(james, dana, "acknowledge", flag=flag)
    factories.a_checkin(sarah, date(2026, 6, 1), energy=3)
    letter = composed(dana)
    shown = unescape(re.sub(r"<[^>]+>", " ", letter.html))
    shown = " ".join(shown.split())
    for line in letter.text.splitlines():
        words = re.sub(r": https?://\S+$", "", line).strip()
        if words and "Change the day" not in words:
            assert words in shown, words


def test_a_client_with_signs_gets_one_picture_by_content_id(dana: Coach, james: Client) -> None:
    trained(james, step=-2)
    a_flag(james)
    letter = composed(dana)
    (content_id,) = letter.images
    assert f'src="cid:{content_id}"' in letter.html
    assert base64.b64decode(letter.images[content_id]).startswith(b"\x89PNG")
    assert "Strength over 8 weeks: now −" in letter.text


def test_the_mail_names_no_other_host_and_no_script(dana: Coach, james: Client, settings: Any) -> None:
    settings.SITE_URL = "https://reserve.example.com"
    a_flag(james)
    letter = composed(dana)
    fetched = re.findall(
        r"""(?:src|href)=["']([^"']+)|url\(([^)]+)\)|@import\s+["']?([^"';]+)""", letter.html
    )
    addresses = [next(filter(None, groups)) for groups in fetched]
    assert addresses
    assert [a for a in addresses if not a.startswith(("https://reserve.example.com/", "cid:"))] == []
    assert "<script" not in letter.html
    assert "<mj" not in letter.html


def test_the_template_uses_only_tags_that_mjml_knows() -> None:
    source = get_template("emails/digest.mjml").template.source  # type: ignore[attr-defined]
    known = {
        "mjml", "mj-head", "mj-title", "mj-preview", "mj-attributes", "mj-all", "mj-text", "mj-section", "mj-column",
        "mj-raw", "mj-style", "meta", "mj-button", "mj-image", "mj-body", "br", "a",
    }  # fmt: skip
    assert set(re.findall(r"<([a-z][a-z-]*)", source)) <= known


def test_a_letter_about_forty_clients_shows_twenty_five_and_is_not_clipped(dana: Coach) -> None:
    for n in range(40):
        client = factories.make_client(dana, f"Client{n:02} Bartholomew", ref=f"c{n}")
        for sign in ("strength_decline", "fatigue_mood", "aches", "dread", "sleep_decline"):
            flag = a_flag(client, sign, score=n)
        an_action(client, dana, "scale_back", flag=flag, until=date(2026, 6, 26))
    letter = composed(dana)
    assert letter.text.count("Open Client") == 25
    assert "15 more clients show signs" in letter.text
    assert len(letter.html.encode()) < 102_000


def test_composing_asks_the_database_equally_often_for_any_number_of_clients(dana: Coach) -> None:
    def queries(names: list[str], week: int) -> int:
        for name in names:
            client = factories.make_client(dana, name, ref=name)
            trained(client)
            a_flag(client)
        now = NOW + timedelta(days=7 * week)
        Coach.objects.filter(pk=dana.pk).update(next_digest_at=now)
        coach = Coach.objects.select_related("user").get(pk=dana.pk)
        with CaptureQueriesContext(connection) as captured:
            assert digests.compose(coach, now=now)
        return len([q for q in captured if not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", q["sql"])])

    few = queries(["A", "B"], 0)
    many = queries(["C", "D", "E", "F"], 1)
    assert few == many <= 12


def test_only_the_responsible_coach_is_written_to(dana: Coach, eli: Coach, james: Client) -> None:
    a_flag(james)
    mate = factories.make_coach("mate@example.com", practice=dana.practice)
    assert compose(eli) is None
    assert compose(mate) is None
    assert compose(dana) is not None


def test_an_archived_client_is_in_no_letter(dana: Coach, james: Client) -> None:
    a_flag(james)
    Client.objects.filter(pk=james.pk).update(archived_at=NOW)
    assert compose(dana) is None
