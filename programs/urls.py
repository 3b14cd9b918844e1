"""Pages of training: today, sessions, sets; programmes and exercises; own limits."""

from django.urls import include, path

urlpatterns = [
    path("", include("programs.train_urls")),
    path("", include("programs.plan_urls")),
    path("", include("programs.policy_urls")),
]
