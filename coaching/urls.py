"""The site map."""

from django.urls import include, path

from coaching.views import (
    board,
    bulk,
    client,
    example,
    health,
    message,
    method,
    month,
    own_data,
    pages,
    readiness,
    sessions,
    tokens,
)

handler404 = "coaching.views.errors.not_found"
handler500 = "coaching.views.errors.server_error"

urlpatterns = [
    path("", board.board, name="board"),
    path("board/away/", board.board_away, name="board-away"),
    path("board/acknowledge/", bulk.acknowledge, name="board-acknowledge"),
    path("example/", example.example_add, name="example-add"),
    path("example/removal/", example.example_remove, name="example-removal"),
    path("board/undo/", bulk.undo, name="board-undo"),
    path("clients/<int:pk>/", client.client, name="client"),
    path("clients/<int:pk>/sessions/", sessions.client_sessions, name="client-sessions"),
    path("clients/<int:pk>/sets/", sessions.client_log, name="client-log"),
    path("clients/<int:pk>/sets/undo/", sessions.client_log_undo, name="client-log-undo"),
    path("clients/<int:pk>/readiness/", readiness.client_readiness, name="client-readiness"),
    path("clients/<int:pk>/notes/", message.client_notes, name="client-notes"),
    path("clients/<int:pk>/message/", message.client_message, name="client-message"),
    path("clients/<int:pk>/month/", month.client_month, name="client-month"),
    path("clients/<int:pk>/months/", month.client_months, name="client-months"),
    path("months/<int:pk>/", month.month, name="month"),
    path("months/<int:pk>/stop/", month.month_stop, name="month-stop"),
    path("months/<int:pk>/return/", month.month_go_on, name="month-go-on"),
    path("months/<int:pk>/undo/", month.month_undo, name="month-undo"),
    path("train/month/", month.my_month, name="my-month"),
    path("overrules/<int:pk>/withdrawal/", readiness.overrule_withdrawal, name="overrule-withdrawal"),
    path("flags/<int:pk>/actions/", board.flag_actions, name="flag-actions"),
    path("flags/<int:pk>/would/", board.flag_would, name="flag-would"),
    path("actions/<int:pk>/undo/", board.action_undo, name="action-undo"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/broker", health.broker, name="health-broker"),
    path("health/scan", health.scan, name="health-scan"),
    path("method/", method.method_page, name="method"),
    path("train/progress/file/", own_data.own_data, name="own-data"),
    path("home/", pages.home, name="home"),
    path("account/", include("allauth.account.urls")),
    path("api/v1/", include("coaching.api.urls")),
    path("settings/tokens/", tokens.api_tokens, name="api-tokens"),
    path("settings/tokens/<str:pk>/removal/", tokens.token_revoke, name="token-revoke"),
    path("", include("coaching.digest_urls")),
    path("", include("coaching.import_urls")),
    path("", include("clients.urls")),
    path("", include("programs.urls")),
]
