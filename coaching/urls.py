"""The site map."""

from django.urls import include, path

from coaching.views import pages

urlpatterns = [
    path("home/", pages.home, name="home"),
    path("account/", include("allauth.account.urls")),
    path("", include("clients.urls")),
    path("", include("programs.urls")),
]
