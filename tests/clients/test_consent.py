"""Agreement to keep health data: given once, withdrawn at once, never rewritten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clients import consent
from clients.models import Client, Coach, Consent
from tests.conftest import NOW
from tests.factories import make_client

LATER = NOW + timedelta(days=3)


@pytest.fixture
def mia(dana: Coach) -> Client:
    return make_client(dana, "Mia Stone", consent=False, signed_in=True)


def test_agreeing_twice_is_agreeing_once(mia: Client) -> None:
    first = consent.give(client=mia, channel="joining", by=mia.user, at=NOW)
    again = consent.give(client=mia, channel="settings", by=mia.user, at=LATER)
    assert again == first
    assert mia.consents.count() == 1


def test_the_clients_own_word_replaces_the_coachs(dana: Coach) -> None:
    client = make_client(dana, "Noor Haddad", signed_in=True)
    own = consent.give(client=client, channel="joining", by=client.user, at=NOW)
    assert own.channel == "joining"
    assert consent.in_force(client) == own
    assert list(client.consents.order_by("pk").values_list("withdrawn_at", flat=True)) == [NOW, None]


def test_a_withdrawal_holds_at_once_and_keeps_when_it_was(mia: Client) -> None:
    consent.give(client=mia, channel="joining", by=mia.user, at=NOW)
    before = Client.objects.get(pk=mia.pk).history_version
    assert consent.withdraw(client=mia, by=mia.user, at=LATER)
    assert consent.in_force(mia) is None
    assert mia.consents.get().withdrawn_at == LATER
    assert Client.objects.get(pk=mia.pk).history_version == before + 1
    assert not consent.withdraw(client=mia, by=mia.user, at=LATER + timedelta(days=1))
    assert mia.consents.get().withdrawn_at == LATER


def test_agreeing_again_after_a_withdrawal_is_a_new_agreement(mia: Client) -> None:
    consent.give(client=mia, channel="joining", by=mia.user, at=NOW)
    consent.withdraw(client=mia, by=mia.user, at=LATER)
    consent.give(client=mia, channel="settings", by=mia.user, at=LATER)
    assert mia.consents.count() == 2


def test_the_database_holds_one_agreement_in_force(mia: Client) -> None:
    row = {"client": mia, "text_version": "x", "channel": "joining", "given_at": NOW}
    Consent.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(**row)
