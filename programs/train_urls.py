"""The client's pages of training."""

from django.urls import path

from programs.views import progress, sets, shell, train

urlpatterns = [
    path("train/", train.day, name="today"),
    path("train/sw.js", shell.worker, name="phone-worker"),
    path("train/state/", shell.state, name="phone-state"),
    path("train/away/", shell.away, name="phone-away"),
    path("train/offline/", shell.offline, name="phone-offline"),
    path("train/unsent/", shell.unsent, name="phone-unsent"),
    path("train/progress/", progress.page, name="progress"),
    path("train/verdicts/", train.verdicts, name="today-verdicts"),
    path("train/sessions/", train.session_start, name="session-start"),
    path("train/<uuid:session_uuid>/", train.session, name="session"),
    path("train/<uuid:session_uuid>/exercises/", train.exercises, name="session-exercises"),
    path("train/<uuid:session_uuid>/finish/", train.finish, name="session-finish"),
    path("train/<uuid:session_uuid>/reopen/", train.reopen, name="session-reopen"),
    path("train/<uuid:session_uuid>/order/", train.order, name="session-order"),
    path("train/<uuid:session_uuid>/skip/", train.leave_out, name="session-skip"),
    path("train/<uuid:session_uuid>/units/", train.units, name="session-units"),
    path("train/<uuid:session_uuid>/sets/", sets.log, name="set-log"),
    path("train/<uuid:session_uuid>/sets/<uuid:set_uuid>/", sets.one, name="set"),
    path("train/<uuid:session_uuid>/sets/<uuid:set_uuid>/delete/", sets.delete, name="set-delete"),
    path("train/<uuid:session_uuid>/sets/<uuid:set_uuid>/restore/", sets.restore, name="set-restore"),
    path("train/<uuid:session_uuid>/sets/<uuid:set_uuid>/why/", sets.why, name="set-why"),
]
