"""Where a client stands: may this set go to failure, are they ready for it, and by what limits."""

from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from clients import overrules
from clients.models import Client, Coach, Overrule
from clients.problems import Refused
from coaching.api import etags
from coaching.api.describe import a_page_of, says
from coaching.api.queries import Listed, asked
from coaching.api.resource import ForCoaches, Resource, checked, instant, page
from coaching.api.rows import Row
from coaching.api.shapes import standing as shapes
from coaching.api.training import known_exercise
from programs import policies
from programs.limits_of import limits_of, limits_of_coach
from programs.models import Prescription
from programs.standing import standing
from programs.verdicts import verdict_for

OVERRULES = a_page_of(shapes.OverruleOut, "Overrules")


class Verdicts(Resource):
    scopes: ClassVar[dict[str, str]] = {"POST": "read"}

    @says(
        "May this set of a client go to failure? A set that is planned is asked for by its line. Without a place in "
        "its series it is the last set.",
        shapes.VerdictOut, takes=shapes.VerdictIn, name="verdict",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        values = checked(shapes.VerdictIn, request)
        client = self._client(values.pop("client", None))
        if line := values.pop("line", None):
            planned = Prescription.objects.select_related("exercise").filter(workout__phase__client=client)
            found = get_object_or_404(planned, pk=line)
            exercise, usual = found.exercise, {"of": found.sets, "reps": found.reps_max}
        else:
            exercise, usual = known_exercise(client, values.pop("exercise")), {}
        told = {
            name: values[name] if values[name] is not None else usual.get(name) for name in ("reps", "of")
        }
        told["set_no"] = values["set_no"] if values["set_no"] is not None else usual.get("of")
        answer = verdict_for(client, exercise, at=values.get("at") or timezone.now(), **told)
        return Response(
            {
                "verdict": str(answer.answer),
                "codes": list(answer.codes),
                "says": list(answer.says),
                "opens_at": instant(answer.opens_at),
                "exercise": exercise.name,
                **told,
            }
        )

    def _client(self, uuid: UUID | None) -> Client:
        if uuid is not None:
            return self.client_of(uuid)
        if self.viewer.client is None:
            raise Refused("client", "Say which client is to do it.")
        return self.viewer.client


class Readiness(Resource):
    @says(
        "Whether failure work is open to a client, and the five indicators of it.",
        shapes.ReadinessOut,
        name="readiness",
    )
    def get(self, request: Request, client: UUID) -> Response:
        stands = standing(self.client_of(client), at=timezone.now())
        indicators = [
            {
                "indicator": name,
                "state": str(found.state),
                "says": found.says,
                "changes_on": found.changes_on,
                "changes": found.changes,
                "computed": str(found.computed.state) if found.computed else None,
                "computed_says": found.computed.says if found.computed else "",
            }
            for name, found in stands.readiness.items()
        ]
        return Response(
            {
                "decision": str(stands.decision),
                "scale_back_until": stands.scale_back_until,
                "indicators": indicators,
            }
        )


class Overrules(ForCoaches):
    scopes: ClassVar[dict[str, str]] = {"GET": "read", "POST": "write"}

    @says(
        "What coaches have said of a client's readiness, newest first.",
        OVERRULES,
        name="overrules",
        parameters=[Listed],
    )
    def get(self, request: Request, client: UUID) -> Response:
        rows = Overrule.objects.filter(client=self.client_of(client))
        return page(request, rows, overrule_row, said=asked(Listed, request))

    @says(
        "Overrule an indicator for a while. The same again is the one that is there; another word takes its place.",
        shapes.OverruleOut, takes=shapes.OverruleIn, name="overrule", scope="write",
    )  # fmt: skip
    def post(self, request: Request, client: UUID) -> Response:
        row, values = self.client_of(client, to_write=True), checked(shapes.OverruleIn, request)
        made = overrules.overrule(client=row, by=self.coach, at=timezone.now(), **values)
        return Response(overrule_row(made))


class OneOverrule(ForCoaches):
    scopes: ClassVar[dict[str, str]] = {"DELETE": "write"}

    @says("Take a word on readiness back: what the log says holds again. Twice is once.", shapes.OverruleOut,
          name="overrule_withdraw", scope="write")  # fmt: skip
    def delete(self, request: Request, client: UUID, overrule: int) -> Response:
        row = get_object_or_404(Overrule, client=self.client_of(client, to_write=True), pk=overrule)
        return Response(overrule_row(overrules.withdraw(overrule=row, by=self.coach, at=timezone.now())))


class Limits(ForCoaches):
    @says("The limits that hold for the coach's clients.", shapes.LimitsOut, name="limits")
    def get(self, request: Request) -> Response:
        return Response({"results": limit_rows(self.coach, None)})


class ClientLimits(ForCoaches):
    @says("The limits that hold for a client.", shapes.LimitsOut, name="client_limits")
    def get(self, request: Request, client: UUID) -> Response:
        row = self.client_of(client)
        return Response({"results": limit_rows(row.coach, row)})


class OneLimit(ForCoaches):
    scopes: ClassVar[dict[str, str]] = {"PUT": "write", "DELETE": "write"}

    @says("Set a limit of the coach's own, from now on.", shapes.LimitOut, takes=shapes.LimitIn, name="limit_put",
          scope="write", one=True)  # fmt: skip
    def put(self, request: Request, key: str) -> Response:
        return self.keep(key, self.coach, None, checked(shapes.LimitIn, request)["value"])

    @says("Back to the default. Twice is once.", None, name="limit_delete", scope="write", one=True)
    def delete(self, request: Request, key: str) -> Response:
        self.keep(key, self.coach, None, None)
        return Response(status=204)

    def keep(self, key: str, coach: Coach, client: Client | None, value: float | None) -> Response:
        """The history keeps what was overwritten, so a condition is the sender's to set."""

        def shown() -> Row:
            return next(row for row in limit_rows(coach, client) if row["key"] == key)

        def write() -> Row:
            policies.set_limit(
                coach=coach, client=client, key=key, value=value, by=self.coach, at=timezone.now()
            )
            return shown()

        if key not in policies.BY_KEY:
            raise Refused("key", f"There is no limit of this name. There are: {', '.join(policies.BY_KEY)}.")
        under: Any = self.queue_of(client) if client else Coach.objects.filter(pk=coach.pk)
        return etags.keep(self.request, under=under, stored=shown, show=dict, do=write, strict=False)


class OneClientLimit(OneLimit):
    @says("Set a client's own limit, from now on.", shapes.LimitOut, takes=shapes.LimitIn, name="client_limit_put",
          scope="write", one=True)  # fmt: skip
    def put(self, request: Request, client: UUID, key: str) -> Response:  # type: ignore[override]  # by key
        row = self.client_of(client, to_write=True)
        return self.keep(key, row.coach, row, checked(shapes.LimitIn, request)["value"])

    @says("Back to what holds for the coach's clients. Twice is once.", None, name="client_limit_delete",
          scope="write", one=True)  # fmt: skip
    def delete(self, request: Request, client: UUID, key: str) -> Response:  # type: ignore[override]  # by key
        row = self.client_of(client, to_write=True)
        self.keep(key, row.coach, row, None)
        return Response(status=204)


def overrule_row(one: Overrule) -> Row:
    names = ("indicator", "state", "until", "reason")
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in names},
        "at": instant(one.at),
        "withdrawn_at": instant(one.withdrawn_at),
    }


def limit_rows(coach: Coach, client: Client | None) -> list[Row]:
    now = timezone.now()
    holds = limits_of(client, at=now) if client else limits_of_coach(coach, at=now)
    own = policies.own_values(coach, client)
    names = ("default", "low", "high", "step", "unit", "says")
    return [
        {
            "key": key,
            "value": getattr(holds, key),
            "own": own.get(key),
            **{name: getattr(limit, name) for name in names},
        }
        for key, limit in policies.BY_KEY.items()
    ]
