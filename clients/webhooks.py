"""A coach's webhooks: added, tried out, taken away; and where we let them lead."""

import base64
import ipaddress
import secrets
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from clients import history, outbox
from clients.ids import new_id
from clients.models import Coach, Delivery, Webhook
from clients.problems import Refused

MOST = 5
LONGEST_URL = 500
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address, perhaps a private one, written as IPv6
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@transaction.atomic
def add(*, coach: Coach, url: str, at: datetime) -> Webhook:
    """The row with its secret, which is shown this once."""
    url = checked_url(url)
    Coach.objects.select_for_update(of=("self",)).get(pk=coach.pk)
    if coach.webhooks.filter(url=url).exists():
        raise Refused("url", "You have a webhook of this address. Remove it first for a new secret.")
    if coach.webhooks.count() >= MOST:
        raise Refused("url", f"You have {MOST} webhooks. Remove one that is no longer used.")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
    made = Webhook.objects.create(coach=coach, url=url, secret=secret, made_at=at)
    _recorded("webhook added", made, at)
    return made


@transaction.atomic
def remove(*, webhook: Webhook, at: datetime) -> None:
    """Nothing more is told, what still waits neither. Twice is once."""
    deleted, _ = Webhook.objects.filter(pk=webhook.pk).delete()
    if deleted:
        _recorded("webhook removed", webhook, at)


def try_out(*, webhook: Webhook, at: datetime) -> Delivery:
    """A delivery without an event, so that both sides can be seen to work."""
    id, kind = new_id(), Delivery.Kind.TEST
    body = outbox.body_of(id=id, kind=kind, at=at, flag=None)
    return Delivery.objects.create(
        uuid=id, webhook=webhook, kind=kind, body=body, queued_at=at, next_try_at=at
    )


def send_again(*, delivery: Delivery, at: datetime) -> bool:
    """The same event under the same id; one that is on its way is left to go."""
    State = Delivery.State
    settled = Delivery.objects.filter(pk=delivery.pk, state__in=[State.SENT, State.FAILED])
    return bool(settled.update(state=State.WAITING, tries=0, next_try_at=at, problem=""))


def deliveries_of(coach: Coach) -> "QuerySet[Delivery, Delivery]":
    return Delivery.objects.filter(webhook__coach=coach)


def checked_url(text: str) -> str:
    """An address on the open internet, by https. In a demo and while developing, http to this machine too."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError as error:
        raise Refused("url", "That is not an address. It begins with https://.") from error
    if len(url) > LONGEST_URL or not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        raise Refused("url", f"An address has at most {LONGEST_URL} plain characters.")
    local = is_developing() and host in LOCAL
    if not host or not (parts.scheme == "https" or (local and parts.scheme == "http")):
        raise Refused("url", "That is not an address that can be told in private. It begins with https://.")
    if parts.username is not None or parts.password is not None or parts.fragment or port == 0:
        raise Refused("url", "Leave names, passwords and #… out of the address.")
    address = _literal(host)
    if not local and (host in LOCAL or (address is not None and not is_public(address))):
        raise Refused(
            "url", "That address leads into a private network. It must be one of the open internet."
        )
    return url


def is_developing() -> bool:
    return bool(settings.DEMO or settings.DEBUG)


def is_public(address: Address) -> bool:
    """Whether an address is out on the internet, whichever way it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner:
            return is_public(inner)
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _recorded(kind: str, webhook: Webhook, at: datetime) -> None:
    """The host alone: what follows it in an address is often a secret itself."""
    host = urlsplit(webhook.url).hostname
    history.record(
        kind, subject=f"webhook:{webhook.pk}", client=None, by=webhook.coach.user, at=at, after={"host": host}
    )
