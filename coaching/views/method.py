"""The method page: how Reserve decides. No client's data, so anybody may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clients.models import Coach
from clients.overrules import LONGEST_DAYS
from coaching import method
from coaching.method_example import example


@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        request.coach = Coach.objects.filter(user=request.user.pk).first()  # type: ignore[attr-defined]
    return render(
        request,
        "pages/method.html",
        {
            "rules": method.rules(),
            "precedence": method.precedence(),
            "readiness": method.readiness(),
            "loads": method.loads(),
            "signs": method.signs(),
            "example": example(),
            "enough": method.enough_rated(),
            "month": method.month(),
            "overrule_days": LONGEST_DAYS,
        },
    )
