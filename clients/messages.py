"""A coach's words to a client: said once, on the client's page at once, by e-mail after a moment to think again."""

from datetime import datetime, timedelta

from django.db import transaction

from clients import history
from clients.answers import LONGEST_TEXT
from clients.days import local_day
from clients.message_ids import new_message_id
from clients.models import Action, Client, Coach, Flag, Message
from clients.problems import Refused

HOLD = timedelta(seconds=20)  # in which Undo keeps the mail from leaving
SAME = timedelta(minutes=10)  # the same words again within this are the same message


@transaction.atomic
def send(*, client: Client, flag: Flag | None, text: str, by: Coach, at: datetime) -> Action:
    """Write to a client, about a flag or about nothing in particular. A flag that closed meanwhile is no obstacle."""
    client = Client.objects.select_for_update(of=("self",)).select_related("user").get(pk=client.pk)
    text = _checked(client, text)
    twin = client.actions.standing().filter(kind=Action.Kind.MESSAGE, by=by, text=text, at__gt=at - SAME)
    if said := twin.first():
        return said
    action = Action.objects.create(
        client=client, flag=flag, kind=Action.Kind.MESSAGE, by=by, at=at, on=local_day(at, client.zone), text=text,
    )  # fmt: skip
    to = address_of(client)
    Message.objects.create(
        client=client, action=action, to=to, at=at, message_id=new_message_id(f"message.{action.pk}"),
        status=Message.Status.WAITING if to else Message.Status.NO_MAIL, next_try_at=at + HOLD if to else None,
    )  # fmt: skip
    history.record(
        "message sent", subject=f"action:{action.pk}", client=client, by=by.user, at=at, after={"mailed": bool(to)},
    )  # fmt: skip
    return action


def take_back(action: Action) -> None:
    """The mail stays here, if it has not begun to leave. From the client's page it goes with the action."""
    mine = Message.objects.filter(action=action, status=Message.Status.WAITING)
    mine.update(status=Message.Status.WITHDRAWN, next_try_at=None)


def has_left(action: Action) -> bool:
    """Whether the mail is, or may be, with the client."""
    gone = (Message.Status.SENDING, Message.Status.SENT, Message.Status.UNCERTAIN)
    return Message.objects.filter(action=action, status__in=gone).exists()


def read(client: Client, *, at: datetime) -> None:
    """The client has the page of messages open."""
    Message.objects.filter(client=client, read_at=None).update(read_at=at)


def address_of(client: Client) -> str:
    return client.email or (client.user.email if client.user else "") or ""


def _checked(client: Client, text: str) -> str:
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if client.archived_at:
        raise Refused("text", f"{client.first_name} is archived. Bring them back to write to them.")
    if not address_of(client) and client.user_id is None:
        raise Refused(
            "text",
            f"{client.first_name} has no e-mail address and has not joined yet: nobody would read it. "
            "Send the invitation first.",
        )
    if not text:
        raise Refused("text", "Write a few words first.")
    if len(text) > LONGEST_TEXT:
        raise Refused("text", f"Keep it to {LONGEST_TEXT:,} characters; this has {len(text):,}.")
    return text
