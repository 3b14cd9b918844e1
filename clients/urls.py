"""Pages of people: joining, check-ins, the roster, settings."""

from django.urls import URLPattern, URLResolver, path

from clients.views import account, checkin, desks, injury, join, messages, roster, unsent

urlpatterns: list[URLPattern | URLResolver] = [
    path("join/<str:token>/", join.join, name="join"),
    path("clients/add/", roster.client_add, name="client-add"),
    path("clients/archived/", roster.clients_archived, name="clients-archived"),
    path("clients/<int:pk>/coach/", desks.client_coach, name="client-coach"),
    path("coaches/", desks.practice_coaches, name="coaches"),
    path("coaches/<int:pk>/clients/", desks.coach_clients, name="coach-clients"),
    path("coaches/<int:pk>/access/", desks.coach_access, name="coach-access"),
    path("clients/<int:pk>/edit/", roster.client_edit, name="client-edit"),
    path("clients/<int:pk>/archive/", roster.client_archive, name="client-archive"),
    path("clients/<int:pk>/injuries/", injury.client_injuries, name="client-injuries"),
    path("unsent/removal/", unsent.unsent_drop, name="unsent-removal"),
    path("injuries/<int:pk>/", injury.injury_edit, name="injury"),
    path("injuries/<int:pk>/healed/", injury.injury_healed, name="injury-healed"),
    path("injuries/<int:pk>/removal/", injury.injury_remove, name="injury-removal"),
    path("clients/<int:pk>/invitation/", join.invitation, name="client-invitation"),
    path(
        "clients/<int:pk>/phones/<int:phone_pk>/removal/",
        join.client_phone_removal,
        name="client-phone-removal",
    ),
    path("train/checkin/", checkin.checkin, name="checkin"),
    path("train/checkin/<uuid:checkin_uuid>/remove/", checkin.remove, name="checkin-remove"),
    path("train/messages/", messages.inbox, name="messages"),
    path("train/settings/", account.settings, name="client-settings"),
    path("train/settings/reminder/", account.reminder, name="client-reminder"),
    path("train/settings/consent/", account.consent_answer, name="client-consent"),
    path("train/settings/phones/<int:pk>/removal/", account.phone_removal, name="phone-removal"),
    path("train/settings/record/", account.record, name="client-record"),
]
