"""The statement behind `programs.person`: every short list of a client that the rules ask for, as columns of one row.

Given the client, the coach, the instant `at`, its local day, and the days after which nights and form count.
"""

from typing import Any

from django.db.models import BigIntegerField, Count, DateField, Exists, F, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, Substr

from clients.json_rows import JsonRows
from clients.models import Action, Checkin, Client, Consent, Flag, Injury, Overrule
from clients.prepared import Given, Prepared
from programs.done_sets import AT, CLIENT, done_sets
from programs.limits_of import values_for
from programs.models import Session
from programs.models.imports import FORM_UNKNOWN
from programs.planned import plan_columns
from programs.policy.kinds import EndedBy

FORM_SETS = 30
FORM_RIR_HALVES = 4  # hold-back sets at up to 2 RIR tell of form under fatigue
_COACH = Given("coach", BigIntegerField())
_TODAY = Given("today", DateField())
_NIGHTS_AFTER = Given("nights_after", DateField())
_FORM_AFTER = Given("form_after", DateField())


def _columns() -> dict[str, Any]:
    checkins = Checkin.objects.live().filter(client=CLIENT, day__lte=_TODAY)
    injuries = Injury.objects.filter(client=CLIENT, onset__lte=_TODAY)
    flags = Flag.objects.filter(_open_today(), client=CLIENT)
    actions = Action.objects.filter(client=CLIENT, at__lte=AT).filter(Q(undone_at=None) | Q(undone_at__gt=AT))
    scale_backs = Q(kind=Action.Kind.SCALE_BACK, until__gte=_TODAY)
    return {
        "consent": Exists(Consent.objects.filter(client=CLIENT, withdrawn_at=None)),
        "nights": JsonRows(
            checkins.filter(day__gt=_NIGHTS_AFTER).order_by("day"), "day", "sleep_hours", "stress"
        ),
        "any_checkin": Exists(checkins),
        "any_injury": Exists(injuries),
        "open_injuries": JsonRows(
            injuries.filter(Q(resolved=None) | Q(resolved__gt=_TODAY)).order_by("onset", "region"),
            "region", "severity", "muscle", "resolved",
        ),
        "open_flags": JsonRows(
            flags.order_by("opened_on", "sign"), "id", "sign", "level", "level_on", "since_on", "evidence__steps"
        ),
        "answers": JsonRows(
            actions.filter(scale_backs | _open_today("flag__")), "flag_id", "kind", "on", "until"
        ),
        "limits": JsonRows(values_for(CLIENT, _COACH, AT), "key", "value", "client_id"),
        "trained_months": JsonRows(_months(), "sessions", "first"),
        "hard": JsonRows(_hard_sets(), "day", "ended"),
        "overrulings": JsonRows(
            Overrule.objects.filter(client=CLIENT, at__lte=AT, until__gte=_TODAY)
            .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=AT)).order_by("at", "pk"),
            "indicator", "state", "until",
        ),
        **plan_columns(CLIENT),
    }  # fmt: skip


def _open_today(prefix: str = "") -> Q:
    still = Q(**{f"{prefix}closed_on": None}) | Q(**{f"{prefix}closed_on__gt": _TODAY})
    return Q(**{f"{prefix}opened_on__lte": _TODAY}) & still


def _months() -> QuerySet[Any, Any]:
    sessions = Session.objects.live().filter(client=CLIENT, started_at__lte=AT)
    # Of the date as text: truncating dates costs SQLite a call into Python for each session of all years.
    month = Substr(Cast("local_day", TextField()), 1, 7)
    by_month = sessions.annotate(month=month).values("month").order_by("month")
    return by_month.annotate(sessions=Count("pk"), first=Min("local_day"))


def _hard_sets() -> QuerySet[Any, Any]:
    """The last 30 sets of class form, failure, or hold-back at up to 2 RIR that say how the form was."""
    near = Q(ended__in=[EndedBy.TECHNICAL_FAILURE, EndedBy.MUSCULAR_FAILURE]) | Q(
        rir_halves__lte=FORM_RIR_HALVES
    )
    done = done_sets().filter(day__gt=_FORM_AFTER)
    return done.filter(near).exclude(FORM_UNKNOWN).exclude(ended=EndedBy.STOPPED).order_by(
        Coalesce("done_at", F("session__started_at")).desc(), "-set_no"
    )[:FORM_SETS]  # fmt: skip


PERSON = Prepared(lambda: Client.objects.filter(pk=CLIENT).values(**_columns()))
