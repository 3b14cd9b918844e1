"""`rebuild_rollups` makes the derived rows true again, whatever became of them."""

from datetime import date, datetime

from django.core.management import call_command

from clients.models import Client
from programs.models import LiftDay
from tests.factories import a_session, a_set, an_exercise


def test_wrong_missing_and_left_over_rows_are_put_right(james: Client, sarah: Client, now: datetime) -> None:
    press = an_exercise()
    session = a_session(james, at=now)
    a_set(session, press)
    call_command("rebuild_rollups")
    true = LiftDay.objects.get()
    LiftDay.objects.update(working=9)
    LiftDay.objects.create(
        client=james, exercise=press, day=date(2020, 1, 1), working=1, failure=0, form_break=0, form_break_at_0=0,
        hold_back=1, easy=0, unrated=0, stopped=0, hard=1, volume_g=1,
    )  # fmt: skip
    call_command("rebuild_rollups")
    again = LiftDay.objects.get()
    assert (again.pk, again.day, again.working) == (true.pk, session.local_day, 1)


def test_one_client_can_be_rebuilt_alone(james: Client, sarah: Client, now: datetime) -> None:
    for client in (james, sarah):
        a_set(a_session(client, at=now), an_exercise())
    call_command("rebuild_rollups", client=sarah.ref)
    assert list(LiftDay.objects.values_list("client", flat=True)) == [sarah.pk]
