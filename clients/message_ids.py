"""The Message-ID of a mail, chosen when its row is written, so that every copy carries the same."""

import secrets
from urllib.parse import urlsplit

from django.conf import settings


def new_message_id(what: str) -> str:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{what}.{secrets.token_hex(8)}@{host}>"
