"""The mail that carries a client's link."""

import logging

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from clients.models import Client, Invitation

logger = logging.getLogger(__name__)


def link_of(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('join', args=[token])}"


def mail(client: Client, made: Invitation, link: str) -> bool:
    words = {
        "client": client,
        "coach_name": made.made_by.user.name or "Your coach",
        "link": link,
        "made": made,
    }
    subject = " ".join(render_to_string("emails/invite.subject.txt", words).split())
    mail = EmailMultiAlternatives(subject, render_to_string("emails/invite.txt", words), to=[client.email])
    mail.attach_alternative(render_to_string("emails/invite.html", words), "text/html")
    try:
        return bool(mail.send())
    except (OSError, ValueError):  # no server, refused, timed out, no address: the link stands on the page
        logger.warning("invitation %s could not be mailed", made.pk, exc_info=True)
        return False
