"""Own limits of a coach or a client: set, and back to the default. Nothing is overwritten: the past keeps its own."""

from datetime import datetime

from django.db import transaction

from clients import history
from clients.models import Client, Coach
from clients.problems import Refused
from programs.models import PolicyValue
from programs.policy.limits import LIMITS, Limit

BY_KEY = {limit.key: limit for limit in LIMITS}
CHANGED = "limit changed"


@transaction.atomic
def set_limit(
    *, coach: Coach, client: Client | None = None, key: str, value: float | None, by: Coach, at: datetime
) -> PolicyValue | None:
    """A limit of one's own from `at` on; None goes back to what holds otherwise. What is so already writes nothing.

    No scan reads a limit: verdicts and pages read it each time, so it holds from the next look on.
    """
    limit = _known(key)
    if value is not None and (why := limit.against(value)):
        raise Refused("value", why)
    if client is None:
        Coach.objects.select_for_update(of=("self",)).get(pk=coach.pk)  # two heads at once queue here
    else:
        Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    before = own_value(coach, client, key)
    if before == value:
        return None
    row = PolicyValue.objects.create(coach=coach, client=client, key=key, value=value, by=by, at=at)
    history.record(
        CHANGED, subject=f"limit:{key}", client=client, by=by.user, at=at,
        before={"coach": coach.pk, "value": before}, after={"coach": coach.pk, "value": value},
    )  # fmt: skip
    return row


def own_value(coach: Coach, client: Client | None, key: str) -> float | None:
    """The value in force now; a client's own whoever the coach was then."""
    return own_values(coach, client).get(key)


def own_values(coach: Coach, client: Client | None) -> dict[str, float | None]:
    whose = {"client": client} if client else {"client": None, "coach": coach}
    return dict(PolicyValue.objects.filter(**whose).order_by("at", "pk").values_list("key", "value"))


def _known(key: str) -> Limit:
    if key not in BY_KEY:
        raise Refused("key", "There is no limit of this name. Please load the page again.")
    return BY_KEY[key]
