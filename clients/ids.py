"""Identifiers that the outside may hold: UUIDs of version 7, which sort by the time they were made (RFC 9562)."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    millis = time.time_ns() // 1_000_000
    value = (millis << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)
