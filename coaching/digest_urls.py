"""Addresses of the weekly letter."""

from django.urls import path

from coaching.views import digest

urlpatterns = [
    path("digests/", digest.index, name="digests"),
    path("digests/settings/", digest.change, name="digest-settings"),
    path("digests/sending/", digest.sending, name="digest-sending"),
    path("digests/now/", digest.send_now, name="digest-now"),
    path("digests/next/", digest.preview, name="digest-preview"),
    path("digests/<int:digest_pk>/", digest.show, name="digest"),
    path("digests/<int:digest_pk>/mail/", digest.mail, name="digest-mail"),
    path("mailbox/<str:name>/", digest.lying, name="mailbox-mail"),
    path("unsubscribe/<str:token>/", digest.unsubscribe, name="unsubscribe"),
]
