"""Identifiers that the outside may hold: UUIDs of version 7, which sort by the time they were made (RFC 9562)."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    return UUID(int=_number())


def new_hex() -> str:
    """The same as a database without a type for it keeps it."""
    return f"{_number():032x}"


def _number() -> int:
    millis = time.time_ns() // 1_000_000
    value = (millis << 80) | int.from_bytes(os.urandom(10))
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return (value & ~(0x3 << 62)) | (0x2 << 62)
