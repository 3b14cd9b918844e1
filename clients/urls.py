"""Pages of people: joining, check-ins, the roster, settings."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
