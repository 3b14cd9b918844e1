"""What came of an action: the weeks after against the weeks before, and against what was usual before the flag."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from clients import history
from clients.days import last_whole_day
from clients.models import Action, Coach, Consent
from clients.signs.kinds import Histories, Sign
from coaching.contrast import pooled
from coaching.due import FIRST_ZONE
from coaching.histories import read_histories
from coaching.measures import Spans, measures
from coaching.outcome_words import row_of, says, says_of_all

CHUNK = 200  # actions measured together
BEFORE_DAYS = 28
WASH_OUT_DAYS = 3  # days 0…3 belong to neither side
USUAL_DAYS = 180  # what "usual" looks back on from the day the flag's change began


def due(now: datetime) -> list[int]:
    """Actions whose time to be measured has come, and that nobody has measured."""
    rows = Action.objects.standing().filter(
        measured_at=None, outcome_due_on__lte=last_whole_day(now, FIRST_ZONE)
    )
    return [
        pk
        for pk, day, zone in rows.order_by("pk").values_list("pk", "outcome_due_on", "client__timezone")
        if day and day <= last_whole_day(now, ZoneInfo(zone))
    ]


def measure_due(now: datetime) -> int:
    """Measure everything that is due; answers how many outcomes were written."""
    ids = due(now)
    return sum(measure(ids[at : at + CHUNK], now=now) for at in range(0, len(ids), CHUNK))


def measure(action_ids: Iterable[int], *, now: datetime) -> int:
    """Write the outcome of each action once, whoever comes first. What was undone is not measured."""
    waiting = Action.objects.standing().filter(pk__in=list(action_ids), measured_at=None)
    actions = list(waiting.exclude(outcome_due_on=None).select_related("client", "flag").order_by("pk"))
    if not actions:
        return 0
    ids = {action.client_id for action in actions}
    histories = read_histories(ids, until=now)
    agreed = set(
        Consent.objects.filter(client__in=ids, withdrawn_at=None).values_list("client_id", flat=True)
    )
    return sum(
        _write(action, outcome(action, histories, agreed=action.client_id in agreed), now)
        for action in actions
    )


def outcome(action: Action, histories: Histories, *, agreed: bool) -> dict[str, Any]:
    """The sentences that may be said, and the numbers behind them; `agreed`: health data may be used now."""
    person = next(at for at, who in enumerate(histories.people) if who.key == action.client_id)
    sign = Sign(action.flag.sign) if action.flag else None
    spans = _spans(action)
    rows = [row_of(measure) for measure in measures(histories, person, sign, spans, agreed=agreed)]
    return {
        "says": says(action.client.first_name, rows, spans),
        "rows": [asdict(row) for row in rows],
        "before": [_iso(spans.before[0]), _iso(spans.before[1])],
        "after": [_iso(spans.after[0]), _iso(spans.after[1])],
    }


@transaction.atomic
def _write(action: Action, found: dict[str, Any], now: datetime) -> int:
    mine = Action.objects.standing().filter(pk=action.pk, measured_at=None)
    if not mine.update(outcome=found, measured_at=now):
        return 0  # another worker got there first, or the coach took it back
    history.record(
        "outcome measured", subject=f"action:{action.pk}", client=action.client_id, by=None, at=now,
        after={"says": found["says"]},
    )  # fmt: skip
    return 1


def _spans(action: Action) -> Spans:
    assert action.outcome_due_on is not None
    day = action.on.toordinal()
    since = (action.flag.since_on if action.flag else action.on).toordinal()
    return Spans(
        before=(day - BEFORE_DAYS, day - 1),
        after=(day + WASH_OUT_DAYS + 1, action.outcome_due_on.toordinal()),
        usual=(since - USUAL_DAYS, since - 1),
    )


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What an action did over a coach's clients."""

    kind: str
    what: str
    clients: int
    mean: float
    low: float
    high: float
    says: str


def summary(coach: Coach) -> list[Summary]:
    """One change a client (the latest), by kind of action and measure; nothing below five clients."""
    effects: dict[tuple[str, str], dict[int, tuple[float, float]]] = defaultdict(dict)
    rows = Action.objects.standing().filter(client__coach=coach).exclude(measured_at=None)
    for client, kind, found in rows.order_by("at", "pk").values_list("client_id", "kind", "outcome"):
        for row in (found or {}).get("rows", []):
            effects[kind, row["what"]][client] = (row["change"], row["se"])
    return [
        Summary(
            kind=kind, what=what, clients=whole.k, mean=whole.mean, low=whole.low, high=whole.high,
            says=says_of_all(kind, what, whole),
        )
        for (kind, what), of_client in sorted(effects.items())
        if (whole := pooled(list(of_client.values())))
    ]  # fmt: skip
