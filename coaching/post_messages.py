"""Messages to clients as mail: from the coach, answered to the coach, sent as the weekly letter is."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from clients.models import Message
from coaching.letters import post as postman
from coaching.letters.words import clean
from coaching.outbox import Outbox


def mail_of(message: Message) -> postman.Message:
    coach = message.action.by
    name = clean(coach.user.name) or "Your coach"
    words = {
        "text": message.action.text,
        "name": name,
        "link": f"{settings.SITE_URL}{reverse('messages')}",
        "joined": message.client.user_id is not None,
    }
    mail = postman.Message(
        f"{name} wrote to you",
        render_to_string("emails/message.txt", words),
        from_email=formataddr((f"{name} (Reserve)", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[message.to],
        reply_to=[coach.user.email] if coach.user.email else None,
        headers={"Message-ID": message.message_id},
    )
    mail.attach_alternative(render_to_string("emails/message.html", words), "text/html")
    return mail


def _unwanted(message: Message) -> str:
    if message.action.undone_at:
        return "Taken back before it was sent."
    return "Not sent: the client was archived before." if message.client.archived_at else ""


OUTBOX = Outbox(model=Message, related=("client", "action__by__user"), unwanted=_unwanted, message=mail_of)
undelivered, deliver = OUTBOX.undelivered, OUTBOX.deliver
