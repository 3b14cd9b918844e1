"""The API as other software calls it: a token in the header, JSON in and out."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from clients.models import ApiToken, Client, Coach, Flag, Injury, User
from coaching import exports
from programs.models import Exercise, Phase, Prescription, Program, Workout
from tests import factories
from tests.conftest import NOW


def token_of(user: User | None, scope: str = "write", client: Client | None = None, **fields: Any) -> str:
    assert user is not None
    fields.setdefault("expiry", timedelta(days=30))
    _, key = ApiToken.objects.create(user, scope=scope, client=client, **fields)
    return str(key)


class Api:
    def __init__(self, key: str | None = None) -> None:
        self.browser = Browser(raise_request_exception=True)
        self.headers = {"Authorization": f"Token {key}"} if key else {}

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        content = body if isinstance(body, bytes | str) else json.dumps({} if body is None else body)
        extra = {} if method == "get" else {"data": content, "content_type": "application/json"}
        headers = {**self.headers, **more.pop("headers", {})}
        return getattr(self.browser, method)(f"/api/v1/{path}", headers=headers, **{**extra, **more})

    def get(self, path: str, **headers: str) -> Any:
        return self.send("get", path, headers=_names(headers))

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("put", path, body, headers=_names(headers))

    def post(self, path: str, body: Any) -> Any:
        return self.send("post", path, body)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("delete", path, headers=_names(headers))


def coach_api(coach: Coach, scope: str = "write") -> Api:
    return Api(token_of(coach.user, scope))


def client_api(client: Client, scope: str = "log") -> Api:
    return Api(token_of(client.user, scope, client))


def _names(headers: dict[str, str]) -> dict[str, str]:
    """`if_match="…"` as it goes over the wire."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


def one_of_each(coach: Coach, name: str) -> dict[str, Any]:
    """One row of everything that an address of the API may name, of a client whose name is easy to find."""
    client = factories.make_client(coach, name, ref=f"ref {coach.pk}", signed_in=True)
    session = factories.a_session(client, at=NOW, note=name)
    one = factories.a_set(session, factories.an_exercise("Zz press"), note=name)
    factories.a_checkin(client, NOW.date(), energy=3, note=name)
    flag = Flag.objects.create(
        client=client, sign="dread", level="act", opened_on=NOW.date(), since_on=NOW.date(), level_on=NOW.date(),
        score=9, says=name, recorded_at=NOW,
    )  # fmt: skip
    action = client.actions.create(flag=flag, kind="acknowledge", by=coach, at=NOW, on=NOW.date(), text=name)
    injury = Injury.objects.create(client=client, region="knee", onset=NOW.date(), note=name)
    exercise = factories.an_exercise(
        "Canary curl", practice=coach.practice, reason=name, failure_class="caution"
    )
    export = coach.exports.create(
        client=client, asked_at=timezone.now(), state="ready", done_at=timezone.now()
    )
    exports.path_of(export).parent.mkdir(parents=True, exist_ok=True)
    exports.path_of(export).write_text(name)
    overrule = client.overrules.create(
        indicator="form", state="met", reason=name, by=coach, at=timezone.now(), until=timezone.now().date()
    )
    return {
        "export": export, "overrule": overrule, "client": client, "session": session, "set": one, "flag": flag, "action": action, "injury": injury,
        "exercise": exercise, **_plan(client, coach, exercise),
    }  # fmt: skip


def _plan(client: Client, coach: Coach, exercise: Exercise) -> dict[str, Any]:
    programme = Program.objects.create(client=client, name=client.name, made_by=coach)
    first = NOW.date() - timedelta(days=7)
    phase = Phase.objects.create(client=client, program=programme, kind="hypertrophy", starts_on=first)
    workout = Workout.objects.create(phase=phase, name=client.name, position=1)
    Prescription.objects.create(
        workout=workout, exercise=exercise, position=1, sets=3, reps_min=8, reps_max=12
    )
    return {"programme": programme, "phase": phase}


def keys_of(rows: dict[str, Any]) -> dict[str, Any]:
    """What stands for each row in an address."""
    return {name: getattr(row, "uuid", row.pk) for name, row in rows.items()}
