"""What an installation is warned of before it serves anybody."""

from typing import Any

import pytest
from django.core import checks
from django.core.management import call_command

from coaching.checks import has_wal_reset_fault


def said(*, deploy: bool = True) -> dict[str, checks.CheckMessage]:
    found = checks.run_checks(include_deployment_checks=deploy)
    return {message.id: message for message in found if message.id and message.id.startswith("reserve.")}


def test_a_plain_check_says_nothing_of_ours() -> None:
    assert said(deploy=False) == {}
    call_command("check")


def test_an_installation_in_order_is_not_warned(settings: Any) -> None:
    settings.SITE_URL = "https://reserve.example.com"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.REDIS_URL = "redis://redis:6379/0"
    settings.HASHED_STATIC = True
    assert said().keys() <= {"reserve.W003"}  # the machine's own SQLite


def test_every_warning_has_a_hint(settings: Any) -> None:
    settings.DEMO = False
    settings.SITE_URL = "http://localhost:8000"
    settings.EMAIL_BACKEND = "coaching.mailbox.FolderBackend"
    settings.REDIS_URL = ""
    settings.HASHED_STATIC = False
    found = said()
    assert {"reserve.W001", "reserve.W002", "reserve.W004", "reserve.W005"} <= found.keys()
    assert all(message.hint for message in found.values())


@pytest.mark.parametrize("address", ["", "reserve.example.com", "ftp://x.example", "https://x.example/app"])
def test_a_site_address_that_is_none_is_an_error(settings: Any, address: str) -> None:
    settings.SITE_URL = address
    assert said()["reserve.E001"].is_serious()


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_the_sqlite_versions_with_the_reset_fault_are_known(version: tuple[int, ...], faulty: bool) -> None:
    assert has_wal_reset_fault(version) is faulty
