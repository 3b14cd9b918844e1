"""Addresses of own limits."""

from django.urls import path

from programs.views import policy

urlpatterns = [
    path("policy/", policy.policy, name="policy"),
    path("coaches/<int:coach_pk>/policy/", policy.coach_policy, name="coach-policy"),
    path("coaches/<int:coach_pk>/policy/limits/", policy.coach_limits, name="coach-limits"),
    path("clients/<int:pk>/policy/", policy.client_policy, name="client-policy"),
    path("clients/<int:pk>/policy/limits/", policy.client_limits, name="client-limits"),
]
