"""Hand one mail to the mail server, and say what is known afterwards: taken, try later, never, or not sure."""

import base64
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.mime.image import MIMEImage
from enum import StrEnum
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

LONGEST_REASON = 300
GOES_ON = 354  # the server asks for the text


class Fate(StrEnum):
    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    UNSURE = "unsure"  # the text was handed over and the answer was lost


@dataclass(frozen=True)
class Report:
    fate: Fate
    reason: str = ""


class Message(EmailMultiAlternatives):
    mixed_subtype = "related"  # the pictures belong to the text


class _Watched:
    """Remembers whether the text was handed over: from then on, a lost answer is not a failure."""

    last_code = 0
    handed_over = False

    def getreply(self) -> tuple[int, bytes]:
        self.last_code, text = super().getreply()  # type: ignore[misc]
        return self.last_code, text

    def send(self, s: Any) -> None:
        self.handed_over = self.last_code == GOES_ON
        super().send(s)  # type: ignore[misc]


class _Server(_Watched, smtplib.SMTP):
    pass


class _TlsServer(_Watched, smtplib.SMTP_SSL):
    pass


class PostBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TlsServer if self.use_ssl else _Server


@contextmanager
def open_post() -> Iterator[BaseEmailBackend]:
    """One connection for many mails."""
    post: BaseEmailBackend = get_connection()
    if isinstance(post, smtp.EmailBackend):
        post = PostBackend()
    try:
        yield post
    finally:
        _drop(post)


def send(message: Message, post: BaseEmailBackend) -> Report:
    try:
        post.open()
        post.send_messages([message])
    except (smtplib.SMTPException, OSError) as error:
        report = _report(error, getattr(post, "connection", None))
        _drop(post)
        return report
    return Report(Fate.TAKEN)


def message_of(
    *,
    subject: str,
    text: str,
    html: str,
    images: dict[str, str],
    to: str,
    message_id: str,
    unsubscribe_url: str,
) -> Message:
    message = Message(
        subject,
        text,
        to=[to],
        headers={
            "Message-ID": message_id,
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    for content_id, encoded in images.items():
        image = MIMEImage(base64.b64decode(encoded), "png")
        image.add_header("Content-ID", f"<{content_id}>")
        image.add_header("Content-Disposition", "inline", filename=f"{content_id}.png")
        message.attach(image)
    return message


def _report(error: Exception, server: Any) -> Report:
    code, reason = _code_of(error), _words(error)
    if 500 <= code < 600:
        return Report(Fate.NEVER, reason)
    if code == 0 and getattr(server, "handed_over", False):
        return Report(Fate.UNSURE, reason)
    return Report(Fate.LATER, reason)


def _code_of(error: Exception) -> int:
    """The server's answer, 0 where none came. Of several refusals one that may pass decides."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0 else 0


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said: Any = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        said = (error.smtp_code, error.smtp_error)
    elif isinstance(error, TimeoutError):
        return "no answer in time"
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        return "the connection was lost"
    else:
        return (error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__)[
            :LONGEST_REASON
        ]
    code, text = said
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(f"{code} {words}".split())[:LONGEST_REASON]


def _drop(post: BaseEmailBackend) -> None:
    """Hang up. What the server says to that changes nothing about a mail that it has taken."""
    try:
        post.close()
    except (smtplib.SMTPException, OSError):
        post.connection = None  # type: ignore[attr-defined]
