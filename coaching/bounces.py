"""A mail that came back: what the report says (RFC 3464), and the letter or message that it speaks of."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

from clients.models import Coach, Digest
from clients.models import Message as Letter
from clients.models.outbox import Outgoing

LARGEST = 1_000_000
LONGEST_REASON = 300
MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{1,240}>)", re.IGNORECASE | re.MULTILINE)


def take(raw: bytes) -> str:
    """Mark the mail that came back as not arrived; says what was done. Twice is once; a delay is no failure."""
    report = message_from_bytes(raw[:LARGEST], policy=policy.default)
    assert isinstance(report, EmailMessage)
    reason = _reason(report)
    if reason is None:
        return "This is no report of a mail that failed for good."
    ids = [found.decode(errors="replace") for found in MESSAGE_ID.findall(raw[:LARGEST])]
    for model in (Digest, Letter):
        came_back: Any = model._default_manager.filter(message_id__in=ids).first()
        if came_back is not None:
            return _mark(came_back, f"It came back: {reason}")
    return "No mail of ours has the Message-ID that it names."


def _mark(mail: Digest | Letter, problem: str) -> str:
    type(mail)._default_manager.filter(pk=mail.pk).update(
        status=Outgoing.Status.FAILED, problem=problem, next_try_at=None, claimed_at=None
    )
    if isinstance(mail, Digest):
        Coach.objects.filter(pk=mail.coach_id).update(digest_problem=problem)
    return f"{mail}: {problem}"


def _reason(report: EmailMessage) -> str | None:
    """The server's words about a failure for good; None where the report tells of none."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                said = str(block.get("Diagnostic-Code") or block.get("Status") or "no reason was given")
                return " ".join(said.split(";", 1)[-1].split())[:LONGEST_REASON]
    return None
