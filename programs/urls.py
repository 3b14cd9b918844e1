"""Pages of training: today, sessions, sets; programmes and exercises."""

from django.urls import include, path

urlpatterns = [
    path("", include("programs.train_urls")),
    path("", include("programs.plan_urls")),
]
