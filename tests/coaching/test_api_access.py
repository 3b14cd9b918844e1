"""Who may call what: every route of the API, with every kind of token. A route that is missing here fails."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from clients.models import ApiToken, Client, Coach, User
from coaching.api.urls import urlpatterns
from tests import factories
from tests.coaching.api import Api, client_api, coach_api, keys_of, one_of_each, token_of
from tests.conftest import NOW
from tests.test_tenants import rows_of_everything

pytestmark = pytest.mark.django_db
UUID = "0197a000-0000-7000-8000-000000000001"
CANARY = "Zzyzx Canary"


TODAY = str(timezone.now().date())


class Case(NamedTuple):
    route: str
    method: str
    path: str
    body: dict[str, Any]
    scope: str
    own: int  # what the client's own token is told
    practice: bool = False  # a practice's exercises are its people's together


C = "clients/{client}/"
CASES = [
    Case("api-clients", "get", "clients/", {}, "read", 200),
    Case("api-client", "get", C, {}, "read", 200),
    Case("api-client", "put", C, {"name": "New Name"}, "write", 403),
    Case("api-client-archival", "put", C + "archival/", {}, "write", 403),
    Case("api-client-archival", "delete", C + "archival/", {}, "write", 403),
    Case("api-invitations", "get", C + "invitations/", {}, "read", 404),
    Case("api-invitations", "post", C + "invitations/", {}, "write", 404),
    Case("api-injuries", "get", C + "injuries/", {}, "read", 200),
    Case("api-injury", "get", C + "injuries/{injury}/", {}, "read", 200),
    Case("api-injury", "put", C + "injuries/{injury}/", {"region": "hip", "onset": "2026-06-01"}, "write", 403),
    Case("api-injury", "delete", C + "injuries/{injury}/", {}, "write", 403),
    Case("api-sessions", "get", C + "sessions/", {}, "read", 200),
    Case("api-session", "get", C + "sessions/{session}/", {}, "read", 200),
    Case("api-session", "put", C + f"sessions/{UUID}/", {"started_at": "2026-06-01T10:00:00Z"}, "log", 200),
    Case("api-session-end", "put", C + "sessions/{session}/end/", {"session_rpe": 7}, "log", 200),
    Case("api-session-end", "delete", C + "sessions/{session}/end/", {}, "log", 200),
    Case("api-sets", "get", C + "sets/", {}, "read", 200),
    Case("api-set", "get", C + "sets/{set}/", {}, "read", 200),
    Case("api-set", "put", C + f"sets/{UUID}/", {"session": "{session}", "exercise": "Zz press", "reps": 5}, "log", 200),
    Case("api-set", "delete", C + "sets/{set}/", {}, "log", 200),
    Case("api-checkins", "get", C + "checkins/", {}, "read", 200),
    Case("api-checkin", "get", C + "checkins/2026-06-15/", {}, "read", 200),
    Case("api-checkin", "put", C + "checkins/2026-06-14/", {"energy": 4}, "log", 200),
    Case("api-checkin", "delete", C + "checkins/2026-06-15/", {}, "log", 200),
    Case("api-verdicts", "post", "verdicts/", {"client": "{client}", "exercise": "Zz press"}, "read", 200),
    Case("api-readiness", "get", C + "readiness/", {}, "read", 200),
    Case("api-overrules", "get", C + "overrules/", {}, "read", 404),
    Case("api-overrules", "post", C + "overrules/", {"indicator": "form", "state": "met", "until": TODAY, "reason": "seen"}, "write", 404),
    Case("api-overrule", "delete", C + "overrules/{overrule}/", {}, "write", 404),
    Case("api-client-limits", "get", C + "limits/", {}, "read", 404),
    Case("api-client-limit", "put", C + "limits/sleep_hours/", {"value": 8}, "write", 404),
    Case("api-client-limit", "delete", C + "limits/sleep_hours/", {}, "write", 404),
    Case("api-limits", "get", "limits/", {}, "read", 404, practice=True),
    Case("api-limit", "put", "limits/sleep_hours/", {"value": 8}, "write", 404, practice=True),
    Case("api-limit", "delete", "limits/sleep_hours/", {}, "write", 404, practice=True),
    Case("api-exercises", "get", "exercises/", {}, "read", 200, practice=True),
    Case("api-exercises", "post", "exercises/", {"name": "Zz new lift"}, "write", 403, practice=True),
    Case("api-exercise", "get", "exercises/{exercise}/", {}, "read", 200, practice=True),
    Case("api-exercise", "put", "exercises/{exercise}/", {"name": "Canary curl", "pattern": "isolation"}, "write", 403, practice=True),
    Case("api-programmes", "get", C + "programmes/", {}, "read", 200),
    Case("api-programme", "get", C + "programmes/{programme}/", {}, "read", 200),
    Case("api-programme", "put", C + "programmes/{programme}/", {"name": "Other", "phases": []}, "write", 403),
    Case("api-assignments", "post", C + "programmes/{programme}/assignments/", {"client": "{client}", "starts_on": "2026-01-05"}, "write", 403),
    Case("api-phases", "get", C + "phases/", {}, "read", 200),
    Case("api-phase", "get", C + "phases/{phase}/", {}, "read", 200),
    Case("api-phase", "put", C + "phases/{phase}/", {"kind": "strength", "starts_on": "2026-06-01"}, "write", 403),
    Case("api-phase", "delete", C + "phases/{phase}/", {}, "write", 403),
    Case("api-deload", "put", C + "deloads/2026-06-20/", {"days": 7}, "write", 403),
    Case("api-deload", "delete", C + "deloads/2026-06-20/", {}, "write", 403),
    Case("api-exports", "get", "exports/", {}, "read", 200),
    Case("api-exports", "post", "exports/", {"client": "{client}"}, "read", 200),
    Case("api-export", "get", "exports/{export}/", {}, "read", 404),
    Case("api-export-file", "get", "exports/{export}/file/", {}, "read", 404),
    Case("api-flags", "get", "flags/", {}, "read", 404),
    Case("api-flag", "get", "flags/{flag}/", {}, "read", 404),
    Case("api-flag-actions", "post", "flags/{flag}/actions/", {"kind": "note", "text": "x"}, "write", 404),
    Case("api-flag-action", "delete", "flags/{flag}/actions/{action}/", {}, "write", 404),
]  # fmt: skip
by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.method} {case.route}")


@pytest.fixture
def rows(dana: Coach) -> dict[str, Any]:
    return one_of_each(dana, CANARY)


def call(api: Api, case: Case, rows: dict[str, Any]) -> Any:
    names = keys_of(rows)
    body = {
        key: value.format(**names) if isinstance(value, str) else value for key, value in case.body.items()
    }
    new = UUID in case.path or "2026-06-14" in case.path
    headers = {} if new else {"If-Match": "*"}
    answer = api.send(case.method, case.path.format(**names), body, headers=headers)
    answer.heard = b"".join(answer)
    return answer


def test_the_table_holds_every_route_and_method() -> None:
    routes = {
        (str(pattern.name), method)
        for pattern in urlpatterns
        if pattern.name != "api-schema"
        for method in ("get", "post", "put", "delete")
        if hasattr(pattern.callback.cls, method)  # type: ignore[attr-defined]
    }
    assert {(case.route, case.method) for case in CASES} == routes


@by_case
def test_the_coach_may(case: Case, rows: dict[str, Any], dana: Coach) -> None:
    assert call(coach_api(dana, case.scope), case, rows).status_code in (200, 204)


@by_case
def test_the_client_may_what_is_their_own(case: Case, rows: dict[str, Any]) -> None:
    status = call(client_api(rows["client"], case.scope), case, rows).status_code
    assert status in ((200, 204) if case.own == 200 else (case.own,))


@by_case
def test_a_lesser_scope_is_refused(case: Case, rows: dict[str, Any], dana: Coach) -> None:
    before = rows_of_everything()
    for scope in {"read": (), "log": ("read",), "write": ("read", "log")}[case.scope]:
        api = coach_api(dana, scope)
        response = call(api, case, rows)
        assert response.status_code == 403
        assert case.scope in response.json()["detail"]
    assert _but_tokens(rows_of_everything()) == _but_tokens(before)


def _other_coach(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    return coach_api(eli)


def _colleague(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    return coach_api(factories.make_coach("mate@example.com", practice=dana.practice, head=False))


def _other_client(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    return client_api(factories.make_client(dana, "Other One", ref="other", signed_in=True), "write")


def _token_of_a_client_who_changed_hands(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    """The record got another sign-in: the former one's token is worth nothing."""
    api = client_api(rows["client"], "write")
    Client.objects.filter(pk=rows["client"].pk).update(user=User.objects.create_user("new@example.com"))
    return api


def _nobody(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    return Api()


def _made_up(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    return Api("f" * 64)


def _expired(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    key = token_of(dana.user)
    ApiToken.objects.update(expiry=NOW.replace(year=2020))
    return Api(key)


def _inactive(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    key = token_of(dana.user)
    User.objects.filter(pk=dana.user.pk).update(is_active=False)
    return Api(key)


def _no_coach(rows: dict[str, Any], dana: Coach, eli: Coach) -> Api:
    return Api(token_of(User.objects.create_user("nobody@example.com")))


Who = Callable[[dict[str, Any], Coach, Coach], Api]


@by_case
@pytest.mark.parametrize("who", [_other_coach, _colleague, _other_client], ids=lambda who: who.__name__)
def test_others_find_nothing_and_change_nothing(
    case: Case, who: Who, rows: dict[str, Any], dana: Coach, eli: Coach
) -> None:
    if case.practice and (who is _colleague or (who is _other_coach and "{" not in case.path)):
        pytest.skip("theirs, too, or one of their own")
    api = who(rows, dana, eli)
    before = rows_of_everything()
    response = call(api, case, rows)
    shared = case.practice and who is _other_client
    fine = {404} | ({200} if "{" not in case.path or shared else set()) | ({403} if shared else set())
    assert response.status_code in fine
    assert CANARY not in response.heard.decode()
    assert _but_tokens(rows_of_everything()) == _but_tokens(before)


@by_case
@pytest.mark.parametrize(
    "who",
    [_nobody, _made_up, _expired, _inactive, _no_coach, _token_of_a_client_who_changed_hands],
    ids=lambda who: who.__name__,
)
def test_without_a_valid_token_there_is_no_answer(
    case: Case, who: Who, rows: dict[str, Any], dana: Coach, eli: Coach
) -> None:
    response = call(who(rows, dana, eli), case, rows)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Token"
    assert response["Content-Type"] == "application/problem+json"


def _but_tokens(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Last use is written beside a token."""
    return {label: kept for label, kept in rows.items() if label != "clients.ApiToken"}


@pytest.mark.parametrize("header", ["Token", "Token a b", "Bearer x", "Token \xff", "Token " + "x" * 5000])
def test_a_garbled_header_is_no_token(header: str, dana: Coach) -> None:
    api = Api()
    api.headers = {"Authorization": header}
    assert api.get("clients/").status_code == 401


def test_a_session_cookie_is_no_token(dana: Coach) -> None:
    api = Api()
    api.browser.force_login(dana.user)
    assert api.get("clients/").status_code == 401


def test_an_archived_client_can_be_read_and_not_written(dana: Coach, rows: dict[str, Any]) -> None:
    Client.objects.update(archived_at=NOW)
    api, client = coach_api(dana), rows["client"]
    assert api.get(f"clients/{client.uuid}/sets/").status_code == 200
    refused = api.put(f"clients/{client.uuid}/checkins/2026-06-14/", {"energy": 3})
    assert refused.status_code == 422
    assert "archived" in refused.json()["errors"][0]["reason"]


def test_the_last_use_of_a_token_is_known(dana: Coach) -> None:
    api = coach_api(dana)
    api.get("clients/")
    used = ApiToken.objects.get().last_used_at
    assert used is not None
    api.get("clients/")
    assert ApiToken.objects.get().last_used_at == used
