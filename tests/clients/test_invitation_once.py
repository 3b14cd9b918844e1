"""An invitation is taken once, within seven days, by one client."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from clients import consent, invitations
from clients.models import Client, Coach, User
from tests.conftest import NOW
from tests.factories import make_client


@pytest.fixture
def mia(dana: Coach) -> Client:
    return make_client(dana, "Mia Stone", consent=False, email="Mia@example.com")


def accept(token: str, **kwargs: object) -> Client:
    return invitations.accept(token=token, at=NOW, agrees=False, **kwargs)  # type: ignore[arg-type]


def test_a_link_makes_a_sign_in_without_a_password(mia: Client, dana: Coach) -> None:
    _, token = invitations.invite(client=mia, by=dana, at=NOW)
    user = accept(token).user
    assert user is not None
    assert (user.email, user.name, user.has_usable_password()) == ("mia@example.com", "Mia Stone", False)


def test_only_a_digest_of_the_token_is_kept(mia: Client, dana: Coach) -> None:
    made, token = invitations.invite(client=mia, by=dana, at=NOW)
    assert token not in str(vars(made))
    assert len(token) >= 22


def test_a_link_is_taken_once(mia: Client, dana: Coach) -> None:
    _, token = invitations.invite(client=mia, by=dana, at=NOW)
    accept(token)
    with pytest.raises(invitations.Spent):
        accept(token)
    assert User.objects.filter(name="Mia Stone").count() == 1


@pytest.mark.parametrize(
    ("after", "good"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)]
)
def test_a_link_lasts_seven_days(mia: Client, dana: Coach, after: timedelta, good: bool) -> None:
    _, token = invitations.invite(client=mia, by=dana, at=NOW)
    assert (invitations.find(token, at=NOW + after) is not None) is good


def test_a_new_link_ends_the_one_before(mia: Client, dana: Coach) -> None:
    _, old = invitations.invite(client=mia, by=dana, at=NOW)
    _, new = invitations.invite(client=mia, by=dana, at=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    assert invitations.find(old, at=later) is None
    assert invitations.find(new, at=later) is not None


def test_an_archived_client_is_neither_invited_nor_let_in(mia: Client, dana: Coach) -> None:
    _, token = invitations.invite(client=mia, by=dana, at=NOW)
    Client.objects.filter(pk=mia.pk).update(archived_at=NOW)
    with pytest.raises(invitations.Archived):
        accept(token)
    with pytest.raises(invitations.Archived):
        invitations.invite(client=Client.objects.get(pk=mia.pk), by=dana, at=NOW)


def test_a_client_on_a_new_phone_keeps_their_sign_in(mia: Client, dana: Coach) -> None:
    first = accept(invitations.invite(client=mia, by=dana, at=NOW)[1]).user
    again = accept(invitations.invite(client=Client.objects.get(pk=mia.pk), by=dana, at=NOW)[1]).user
    assert again == first


def test_a_taken_e_mail_is_left_to_whom_it_belongs(mia: Client, dana: Coach) -> None:
    User.objects.create_user("mia@example.com", "x" * 12)
    user = accept(invitations.invite(client=mia, by=dana, at=NOW)[1]).user
    assert user is not None
    assert user.email is None


def test_joining_works_with_and_without_agreeing(mia: Client, dana: Coach) -> None:
    accept(invitations.invite(client=mia, by=dana, at=NOW)[1])
    assert consent.in_force(mia) is None
    token = invitations.invite(client=Client.objects.get(pk=mia.pk), by=dana, at=NOW)[1]
    invitations.accept(token=token, at=NOW, agrees=True)
    given = consent.in_force(mia)
    assert given is not None
    assert (given.channel, given.given_at) == ("joining", NOW)


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_in(mia: Client, dana: Coach) -> None:
    _, token = invitations.invite(client=mia, by=dana, at=NOW)
    results: list[str] = []
    gate = threading.Barrier(8)

    def attempt() -> None:
        gate.wait()
        try:
            accept(token)
            results.append("in")
        except invitations.Spent:
            results.append("spent")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["in"] + ["spent"] * 7, connection.vendor
