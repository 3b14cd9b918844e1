"""Mails as files: where no mail server is named they lie in `var/mail`, and in the demo their coach reads them here."""

import base64
import email
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import escape
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"[0-9TZ]{16}-[0-9a-f]{16}\.eml")
MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Lying:
    """A mail in the folder."""

    name: str
    at: datetime
    subject: str


class FolderBackend(BaseEmailBackend):
    """One `.eml` file a mail, complete or not there at all. The same Message-ID again is the same file."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _put(folder, message)
        return len(email_messages)


def lying(address: str) -> list[Lying]:
    """The newest mails to this address, newest first."""
    found = []
    for path in sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True):
        if NAME.fullmatch(path.name) and (message := _read(path, address)) is not None:
            at = datetime.strptime(path.name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            found.append(Lying(name=path.name, at=at, subject=str(message["Subject"])))
        if len(found) == MOST_SHOWN:
            break
    return found


def html_of(name: str, address: str) -> str | None:
    """A mail's HTML with its pictures inside, or None where no such mail went to this address."""
    path = Path(settings.MAIL_DIR) / name
    if not NAME.fullmatch(name) or not path.is_file() or (message := _read(path, address)) is None:
        return None
    body = message.get_body(preferencelist=("html", "plain"))
    if body is None:
        return None
    if body.get_content_type() == "text/plain":
        return f"<!doctype html><title>Mail</title><pre>{escape(str(body.get_content()))}</pre>"
    pictures = {
        str(part["Content-ID"]).strip("<>"): base64.b64encode(part.get_content()).decode()
        for part in message.walk()
        if part.get_content_type() == "image/png" and part["Content-ID"]
    }
    return with_pictures(str(body.get_content()), pictures)


def with_pictures(html: str, pictures: dict[str, str]) -> str:
    """Pictures by content id become part of the page: the preview may load nothing."""
    for content_id, encoded in pictures.items():
        html = html.replace(f'"cid:{content_id}"', f'"data:image/png;base64,{encoded}"')
    return html


def _put(folder: Path, message: DjangoMessage) -> None:
    content = message.message()
    key = hashlib.sha256(str(content["Message-ID"]).encode()).hexdigest()[:16]
    if list(folder.glob(f"*-{key}.eml")):
        return
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{key}.eml"
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(content.as_bytes())
    unfinished.replace(path)


def _read(path: Path, address: str) -> EmailMessage | None:
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=policy.default)
    assert isinstance(message, EmailMessage)
    to = parseaddr(str(message["To"]))[1]
    return message if to.lower() == address.lower() else None
