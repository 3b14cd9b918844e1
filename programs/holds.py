"""Whether something holds all sets of a client short of failure now."""

from datetime import datetime

from clients.answers import scaled_back_until
from clients.models import Client
from programs.holding import Hold


def hold_of(client: Client, *, at: datetime) -> Hold | None:
    return Hold.SCALE_BACK if scaled_back_until(client, at) else None
