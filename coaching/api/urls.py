"""Addresses of `/api/v1/`. Clients, sessions and sets go by their UUID, flags by their number."""

from datetime import date

from django.urls import path, register_converter
from drf_spectacular.views import SpectacularAPIView

from coaching.api import exercises, exports, flags, injuries, people, plans, standing, training, wellbeing


class Day:
    """A calendar day in an address; one that does not exist leads nowhere."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")
CLIENT = "clients/<uuid:client>/"

urlpatterns = [
    path(
        "schema/",
        SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[]),
        name="api-schema",
    ),
    path("clients/", people.Clients.as_view(), name="api-clients"),
    path(CLIENT, people.OneClient.as_view(), name="api-client"),
    path(f"{CLIENT}archival/", people.Archival.as_view(), name="api-client-archival"),
    path(f"{CLIENT}invitations/", people.Invitations.as_view(), name="api-invitations"),
    path(f"{CLIENT}injuries/", injuries.Injuries.as_view(), name="api-injuries"),
    path(f"{CLIENT}injuries/<uuid:injury>/", injuries.OneInjury.as_view(), name="api-injury"),
    path(f"{CLIENT}sessions/", training.Sessions.as_view(), name="api-sessions"),
    path(f"{CLIENT}sessions/<uuid:session>/", training.OneSession.as_view(), name="api-session"),
    path(f"{CLIENT}sessions/<uuid:session>/end/", training.SessionEnd.as_view(), name="api-session-end"),
    path(f"{CLIENT}sets/", training.Sets.as_view(), name="api-sets"),
    path(f"{CLIENT}sets/<uuid:set>/", training.OneSet.as_view(), name="api-set"),
    path(f"{CLIENT}checkins/", wellbeing.Checkins.as_view(), name="api-checkins"),
    path(f"{CLIENT}checkins/<day:day>/", wellbeing.OneCheckin.as_view(), name="api-checkin"),
    path(f"{CLIENT}readiness/", standing.Readiness.as_view(), name="api-readiness"),
    path(f"{CLIENT}overrules/", standing.Overrules.as_view(), name="api-overrules"),
    path(f"{CLIENT}overrules/<int:overrule>/", standing.OneOverrule.as_view(), name="api-overrule"),
    path(f"{CLIENT}limits/", standing.ClientLimits.as_view(), name="api-client-limits"),
    path(f"{CLIENT}limits/<slug:key>/", standing.OneClientLimit.as_view(), name="api-client-limit"),
    path("limits/", standing.Limits.as_view(), name="api-limits"),
    path("limits/<slug:key>/", standing.OneLimit.as_view(), name="api-limit"),
    path("verdicts/", standing.Verdicts.as_view(), name="api-verdicts"),
    path(f"{CLIENT}programmes/", plans.Programmes.as_view(), name="api-programmes"),
    path(f"{CLIENT}programmes/<uuid:programme>/", plans.OneProgramme.as_view(), name="api-programme"),
    path(
        f"{CLIENT}programmes/<uuid:programme>/assignments/",
        plans.Assignments.as_view(),
        name="api-assignments",
    ),
    path(f"{CLIENT}phases/", plans.Phases.as_view(), name="api-phases"),
    path(f"{CLIENT}phases/<uuid:phase>/", plans.OnePhase.as_view(), name="api-phase"),
    path(f"{CLIENT}deloads/<day:day>/", plans.Deload.as_view(), name="api-deload"),
    path("exercises/", exercises.Exercises.as_view(), name="api-exercises"),
    path("exercises/<int:exercise>/", exercises.OneExercise.as_view(), name="api-exercise"),
    path("exports/", exports.Exports.as_view(), name="api-exports"),
    path("exports/<uuid:export>/", exports.OneExport.as_view(), name="api-export"),
    path("exports/<uuid:export>/file/", exports.ExportFile.as_view(), name="api-export-file"),
    path("flags/", flags.Flags.as_view(), name="api-flags"),
    path("flags/<int:flag>/", flags.OneFlag.as_view(), name="api-flag"),
    path("flags/<int:flag>/actions/", flags.FlagActions.as_view(), name="api-flag-actions"),
    path("flags/<int:flag>/actions/<int:action>/", flags.OneAction.as_view(), name="api-flag-action"),
]
