"""What waits is told once, signed; tried again while that may help; and never to an address inside a network."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from clients import webhooks as rows
from clients.models import Coach, Delivery, Webhook
from clients.problems import Refused
from coaching import tasks, webhooks
from tests.coaching.receiver import Receiver, receiver
from tests.conftest import absent

pytestmark = pytest.mark.django_db
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def told(settings: Any) -> Iterator[Receiver]:
    settings.DEMO = True
    with receiver() as listening:
        yield listening


@pytest.fixture
def waiting(dana: Coach, told: Receiver) -> Delivery:
    return rows.try_out(webhook=hook(dana, told.url), at=NOW)


def hook(coach: Coach, url: str) -> Webhook:
    return Webhook.objects.create(coach=coach, url=url, secret=SECRET, made_at=NOW)


def state(one: Delivery) -> tuple[str, int, timedelta | None]:
    one.refresh_from_db()
    return one.state, one.tries, one.next_try_at - NOW if one.next_try_at else None


def test_it_is_told_once_and_what_came_back_is_kept(waiting: Delivery, told: Receiver) -> None:
    assert webhooks.undelivered(NOW) == [waiting.pk]
    assert [webhooks.deliver(waiting.pk, now=NOW) for _ in range(2)] == [True, False]
    assert state(waiting) == ("sent", 1, None)
    assert (waiting.status, waiting.answer) == (200, "thanks")
    [(path, headers, body)] = told.heard
    assert path == "/hook?for=dana"
    assert body.decode() == waiting.body
    assert headers["webhook-id"] == str(waiting.uuid)
    assert headers["Host"] == f"localhost:{told.port}"


def test_the_receiver_knows_that_it_was_us_and_when(waiting: Delivery, told: Receiver) -> None:
    webhooks.deliver(waiting.pk, now=timezone.now())  # a receiver takes what is five minutes old at most
    [(_, headers, body)] = told.heard
    assert Verifier(SECRET).verify(body, headers)["type"] == "test"
    other = Verifier("whsec_" + "A" * 32)
    for verifier, sent in ((other, body), (Verifier(SECRET), body.replace(b"test", b"best"))):
        with pytest.raises(WebhookVerificationError):
            verifier.verify(sent, headers)


def test_the_task_sends_what_waits(waiting: Delivery, told: Receiver, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    tasks.send_webhook(waiting.pk)
    tasks.send_webhook(waiting.pk)
    assert len(told.heard) == 1


def test_the_command_sends_what_waits(waiting: Delivery, told: Receiver, capsys: Any) -> None:
    call_command("send_webhooks")
    call_command("send_webhooks")
    assert capsys.readouterr().out == f"delivery {waiting.pk}: sent\n"
    assert len(told.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends(waiting: Delivery, told: Receiver) -> None:
    def work(_: int) -> bool:
        try:
            return webhooks.deliver(waiting.pk, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == [False, False, False, True]
    assert len(told.heard) == 1


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(
    waiting: Delivery, told: Receiver
) -> None:
    told.status, at, waits = 503, NOW, []
    while (found := state(waiting))[0] == "waiting":
        waits.append(found[2])
        at = NOW + (found[2] or timedelta())
        assert webhooks.undelivered(at - timedelta(seconds=1)) == []
        assert not webhooks.deliver(waiting.pk, now=at)
    assert found[:2] == ("failed", 8)
    assert waits[1] == timedelta(minutes=1)
    assert waits == sorted(waits, key=lambda wait: wait or timedelta())
    assert timedelta(hours=24) < at - NOW < timedelta(hours=48)
    assert (waiting.status, waiting.problem) == (503, "It answered 503.")
    assert webhooks.undelivered(at + timedelta(days=9)) == []


def test_who_is_gone_is_not_asked_again(waiting: Delivery, told: Receiver) -> None:
    told.status = 410
    webhooks.deliver(waiting.pk, now=NOW)
    assert state(waiting) == ("failed", 1, None)


def test_a_redirect_is_not_followed(waiting: Delivery, told: Receiver) -> None:
    told.status, told.headers = 302, {"Location": f"http://localhost:{told.port}/elsewhere"}
    webhooks.deliver(waiting.pk, now=NOW)
    assert [path for path, _, _ in told.heard] == ["/hook?for=dana"]
    assert state(waiting)[0] == "waiting"
    assert "Redirects are not followed" in waiting.problem


def test_nobody_there_is_a_problem_like_any_other(dana: Coach, settings: Any) -> None:
    settings.DEMO = True
    one = rows.try_out(webhook=hook(dana, "http://localhost:9/"), at=NOW)
    assert not webhooks.deliver(one.pk, now=NOW)
    assert state(one)[:2] == ("waiting", 1)
    assert one.problem.startswith("No connection")


def test_who_never_ends_is_hung_up_on(waiting: Delivery, told: Receiver, monkeypatch: Any) -> None:
    monkeypatch.setattr(webhooks, "IN_ALL_S", 0.4)
    monkeypatch.setattr(webhooks, "MOST_READ", 10**6)
    told.drips = True
    webhooks.deliver(waiting.pk, now=NOW)
    assert state(waiting)[0] in ("waiting", "sent")
    assert len(waiting.answer) < 100


def test_only_the_first_words_of_an_answer_are_kept(waiting: Delivery, told: Receiver) -> None:
    told.answer = b"\x00<b>" + b"x" * 100_000
    webhooks.deliver(waiting.pk, now=NOW)
    assert state(waiting)[0] == "sent"
    assert waiting.answer.startswith("<b>")
    assert len(waiting.answer) < 1001


def test_what_a_dead_worker_had_claimed_is_taken_up_again(waiting: Delivery, told: Receiver) -> None:
    Delivery.objects.update(state="sending", claimed_at=NOW, tries=1)
    assert webhooks.undelivered(NOW + timedelta(minutes=4)) == []
    later = NOW + timedelta(minutes=6)
    assert webhooks.undelivered(later) == [waiting.pk]
    assert webhooks.deliver(waiting.pk, now=later)


def test_sent_again_is_the_same_event_under_the_same_id(waiting: Delivery, told: Receiver) -> None:
    webhooks.deliver(waiting.pk, now=NOW)
    assert rows.send_again(delivery=waiting, at=NOW)
    assert not rows.send_again(delivery=waiting, at=NOW)
    webhooks.deliver(waiting.pk, now=NOW + timedelta(minutes=1))
    assert len({headers["webhook-id"] for _, headers, _ in told.heard}) == 1
    assert len({body for _, _, body in told.heard}) == 1
    assert len(told.heard) == 2


def test_a_coach_who_is_gone_is_told_nothing(waiting: Delivery, dana: Coach) -> None:
    dana.user.is_active = False
    dana.user.save()
    assert webhooks.undelivered(NOW) == []


def test_what_was_told_a_month_ago_is_forgotten(waiting: Delivery, told: Receiver) -> None:
    webhooks.deliver(waiting.pk, now=NOW)
    webhooks.sweep(NOW + timedelta(days=29))
    assert Delivery.objects.exists()
    webhooks.sweep(NOW + timedelta(days=31))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
        "https://127.0.0.1/",
    ],
)
def test_outside_a_demo_nothing_goes_into_a_private_network(dana: Coach, settings: Any, url: str) -> None:
    settings.DEMO = settings.DEBUG = False
    one = rows.try_out(webhook=hook(dana, url), at=NOW)
    assert not webhooks.deliver(one.pk, now=NOW)
    assert state(one)[:2] == ("failed", 1)
    assert one.problem


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "2002:7f00:1::", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2001:db8::1"],
)  # fmt: skip
def test_a_private_address_is_private_however_it_is_written(address: str) -> None:
    assert not rows.is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_a_public_address_is_public(address: str) -> None:
    assert rows.is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["", "example.com", "http://example.com/", "ftp://example.com/", "https://", "https:///x", "https://a:b@example.com/",
     "https://example.com/#x", "https://example.com:99999/", "https://example.com:0/", "https://10.0.0.1/", "https://[::1]/",
     "https://exa mple.com/", "https://example.com/\r\nX: y", "https://" + "a" * 70 + ".com/", "https://exämple.com/", "https://[x/",
     "https://example.com/" + "x" * 500, "http://localhost/", "https://localhost/"],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_with_a_sentence(dana: Coach, settings: Any, url: str) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Refused) as refused:
        rows.add(coach=dana, url=url, at=NOW)
    assert len(refused.value.sentence) > 20
    assert not Webhook.objects.exists()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if not shutil.which("openssl"):
        absent("openssl", "no openssl to make a certificate with")
    pem = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", pem, "-out", tmp_path / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    pem.write_text(pem.read_text() + (tmp_path / "cert.pem").read_text())
    return pem


def test_a_certificate_that_nobody_vouches_for_is_refused_and_a_good_one_is_not(
    dana: Coach, settings: Any, certificate: Path, monkeypatch: Any
) -> None:
    settings.DEMO = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with receiver(context) as told:
        one = rows.try_out(webhook=hook(dana, told.url.replace("http:", "https:")), at=NOW)
        assert not webhooks.deliver(one.pk, now=NOW)
        assert state(one)[0] == "waiting"
        assert "certificate" in one.problem
        assert told.heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.parent / "cert.pem"))
        assert webhooks.deliver(one.pk, now=NOW + timedelta(minutes=2))
        assert len(told.heard) == 1
