"""Agreement to keep health data: given, withdrawn, never rewritten (GDPR Art. 9)."""

from datetime import datetime

from django.db import transaction

from clients import history
from clients.models import Client, Consent, User

TEXT_VERSION = "2026-11"
# Shown where it is given; a change of a word is a new version.
TEXT = (
    "How you sleep and feel, what aches, and injuries are health data. With your agreement Reserve keeps "
    "them, shows them to your coach, and looks for signs that your training costs you too much.",
    "You can train and log sets without agreeing. You can withdraw at any time in the settings: "
    "check-ins stop at once and are no longer used.",
)
Channel = Consent.Channel


def in_force(client: Client | int) -> Consent | None:
    """The agreement that holds now, if any."""
    pk = client.pk if isinstance(client, Client) else client
    return Consent.objects.filter(client=pk, withdrawn_at=None).first()


@transaction.atomic
def give(*, client: Client, channel: str, by: User | None, at: datetime) -> Consent:
    """Agree. Agreeing twice is agreeing once; the coach's word gives way to the client's own."""
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    standing = in_force(client)
    if standing and not (standing.channel == Channel.COACH_WORD and channel != Channel.COACH_WORD):
        return standing
    if standing:
        Consent.objects.filter(pk=standing.pk).update(withdrawn_at=at)
    given = Consent.objects.create(
        client=client, text_version=TEXT_VERSION, channel=channel, given_at=at, given_by=by
    )
    history.record(
        "consent given",
        subject=f"consent:{given.pk}",
        client=client,
        by=by,
        at=at,
        after={"text_version": TEXT_VERSION, "channel": channel},
    )
    history.touch(client.pk)
    return given


@transaction.atomic
def withdraw(*, client: Client, by: User | None, at: datetime) -> bool:
    """Take the agreement back; says whether there was one. What was kept is not used from now on."""
    standing = in_force(client)
    if not standing or not Consent.objects.filter(pk=standing.pk, withdrawn_at=None).update(withdrawn_at=at):
        return False
    history.record("consent withdrawn", subject=f"consent:{standing.pk}", client=client, by=by, at=at)
    history.touch(client.pk)
    return True
