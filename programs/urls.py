"""Pages of training: today, sessions, sets; programmes and exercises."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
