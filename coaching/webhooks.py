"""What waits in the outbox goes out, signed as standardwebhooks.com says: claim → send → mark, as letters do.

The one place where Reserve itself asks an address of somebody's choice. So: the name is looked up once, and the
connection goes to the address that was judged; no redirect is followed; there is an end to every wait.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from clients import webhooks
from clients.models import Delivery
from clients.problems import Refused

logger = logging.getLogger(__name__)
State = Delivery.State
LEASE = timedelta(minutes=5)  # a claim older than this belongs to a worker that died
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 300, 600, 840))  # a day and a half in all
MOST_TRIES = len(WAITS) + 1
MOST_CLAIMS = 20  # workers that died over the same delivery
KEPT = timedelta(days=30)
A_STEP_S, IN_ALL_S = 5, 15  # to connect or to hear anything; for the whole of it
MOST_READ = 1000  # bytes of an answer


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of one try."""

    status: int | None = None
    answer: str = ""
    problem: str = ""
    for_good: bool = False  # another try would end the same

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def undelivered(now: datetime) -> list[int]:
    """Deliveries to try now: waiting, or claimed by a worker that died."""
    due = Delivery.objects.filter(_open_for_claim(now), webhook__coach__user__is_active=True)
    return list(due.order_by("next_try_at", "pk").values_list("pk", flat=True))


def deliver(delivery_id: int, *, now: datetime) -> bool:
    """Claim, send, mark at once. True if this call sent it."""
    delivery = _claim(delivery_id, now)
    if delivery is None:
        return False
    body = delivery.body.encode()
    try:
        url = webhooks.checked_url(delivery.webhook.url)  # what was fine in a demo may not be any more
    except Refused as refused:
        report = Report(problem=refused.sentence, for_good=True)
    else:
        report = post(url, body, signed(delivery.webhook.secret, f"{delivery.uuid}", body, now))
    return _settle(delivery, report, now)


def sweep(now: datetime) -> None:
    """What was told a month ago is forgotten."""
    old = Delivery.objects.filter(queued_at__lt=now - KEPT, state__in=[State.SENT, State.FAILED])
    old.delete()


def signed(secret: str, id: str, body: bytes, at: datetime) -> dict[str, str]:
    """Headers by which the receiver knows that it was us, and when."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mark = hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Reserve-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }


def post(url: str, body: bytes, headers: dict[str, str]) -> Report:
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        address = _looked_up(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        kind = _Encrypted if parts.scheme == "https" else _Plain
        connection = kind(address, parts.hostname or "", parts.port)
        with _an_end_to(connection):
            connection.request("POST", target, body, headers)
            answer = connection.getresponse()
            told = answer.read(MOST_READ).decode("utf-8", "replace").replace("\x00", "")
    except Refused as refused:
        return Report(problem=refused.sentence, for_good=True)
    except ssl.SSLCertVerificationError as error:
        return Report(problem=f"Its certificate is not valid: {error.verify_message}.")
    except TimeoutError:
        return Report(problem=f"No answer within {IN_ALL_S} seconds.")
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return Report(problem=f"No connection: {str(error)[:200] or type(error).__name__}.")
    return Report(
        status=answer.status, answer=told, problem=_why(answer.status), for_good=answer.status == 410
    )


def _why(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return (
            f"It answered {status}, another address. Redirects are not followed: give that address instead."
        )
    return f"It answered {status}."


class _Plain(http.client.HTTPConnection):
    """To an address that has been judged, whatever the name leads to by now."""

    def __init__(self, address: tuple[str, int], host: str, port: int | None) -> None:
        super().__init__(host, port, timeout=A_STEP_S)
        self.judged = address
        self.line: socket.socket | None = None  # the answer takes `sock` away from us

    def connect(self) -> None:
        self.sock = self.line = socket.create_connection(self.judged, A_STEP_S)


class _Encrypted(_Plain):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        self.sock = self.line = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _looked_up(host: str, port: int) -> tuple[str, int]:
    """Where the name leads: one address in a private network is one too many."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    addresses = [ipaddress.ip_address(one.partition("%")[0]) for one in found]
    if webhooks.is_developing() and host in webhooks.LOCAL and all(one.is_loopback for one in addresses):
        return found[0], port
    if not addresses or not all(map(webhooks.is_public, addresses)):
        raise Refused("url", "This name leads into a private network, so nothing was sent.")
    return found[0], port


@contextmanager
def _an_end_to(connection: _Plain) -> Iterator[None]:
    """Who answers a byte a second is hung up on."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        if connection.line is not None:
            try:
                socket.socket.shutdown(connection.line, socket.SHUT_RDWR)
            except OSError:
                logger.debug("gone by itself")

    timer = threading.Timer(IN_ALL_S, hang_up)
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        connection.close()


def _open_for_claim(now: datetime) -> Q:
    return Q(state=State.WAITING, next_try_at__lte=now) | Q(state=State.SENDING, claimed_at__lte=now - LEASE)


def _claim(delivery_id: int, now: datetime) -> Delivery | None:
    rows: QuerySet[Delivery] = Delivery.objects.select_related("webhook__coach__user")
    found = rows.filter(_open_for_claim(now), pk=delivery_id).first()
    if found is None:
        return None
    mine = Delivery.objects.filter(
        pk=found.pk, state=found.state, tries=found.tries, claimed_at=found.claimed_at
    )
    if not mine.update(state=State.SENDING, claimed_at=now, tries=found.tries + 1):
        return None
    found.tries += 1
    found.claimed_at = now
    if found.tries > MOST_CLAIMS:
        given_up = Report(problem="Given up: sending broke off again and again.")
        _finish(found, given_up, state=State.FAILED)
        return None
    return found


def _settle(delivery: Delivery, report: Report, now: datetime) -> bool:
    if report.taken:
        # Whatever another worker thinks meanwhile: it was taken.
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.SENT, sent_at=now, claimed_at=None, next_try_at=None, problem="", status=report.status,
            answer=report.answer,
        )  # fmt: skip
        return True
    if report.for_good or delivery.tries >= MOST_TRIES:
        _finish(delivery, report, state=State.FAILED)
    else:
        _finish(delivery, report, state=State.WAITING, next_try_at=now + WAITS[delivery.tries - 1])
    return False


def _finish(delivery: Delivery, report: Report, *, state: str, next_try_at: datetime | None = None) -> None:
    """Give the claim back, unless it has run out and another worker holds the next one."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at)
    mine.update(
        state=state, next_try_at=next_try_at, claimed_at=None, status=report.status, answer=report.answer,
        problem=report.problem,
    )  # fmt: skip
