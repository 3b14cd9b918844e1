"""The cast of the article, and what every test stands on."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as properties

from clients.models import Client, Coach
from tests import factories

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread

properties.register_profile("untimed", deadline=None)  # a busy machine is no wrong answer
properties.load_profile("untimed")

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)  # a Monday, 11:00 in London


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database of this process's own, in a file: threads and worker processes can open it too."""
    from django.db import connection

    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("db") / "reserve.sqlite3")
    else:
        name = f"test_reserve_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """What Django asks a database once about itself is asked here, not in the first test that counts queries."""
    from django.db import connection

    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(scope="session", autouse=True)
def _library_comes_back() -> None:
    """A test that commits ends with every table emptied; what a migration had put there is put back."""
    from django.db.models.signals import post_migrate

    from programs.library import load
    from programs.models import Exercise

    def put_back(sender: Any, **_: Any) -> None:
        if sender.name == "programs":
            load(Exercise.objects)

    post_migrate.connect(put_back, weak=False)


@pytest.fixture(autouse=True)
def _test_settings(settings: Any, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VAR_DIR = tmp_path / "var"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.ALLOWED_HOSTS = ["*"]


def required(what: str) -> bool:
    """`.ci/run` names what must be there; a skip of it is then a failure."""
    return what in os.environ.get("RESERVE_REQUIRED", "").split(",")


def absent(what: str, reason: str) -> None:
    if required(what):
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        absent("browser", "no Chromium on this machine")
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def dana(db: None) -> Coach:
    """A coach alone: head of her own practice, London."""
    return factories.make_coach("dana@example.com", name="Dana Reyes")


@pytest.fixture
def eli(db: None) -> Coach:
    """Another coach, of another practice."""
    return factories.make_coach("eli@example.com", name="Eli Novak", timezone="America/New_York")


@pytest.fixture
def james(dana: Coach) -> Client:
    return factories.make_client(dana, "James Okafor")


@pytest.fixture
def sarah(dana: Coach) -> Client:
    return factories.make_client(dana, "Sarah Lindqvist")


@pytest.fixture
def marcus(dana: Coach) -> Client:
    return factories.make_client(dana, "Marcus Bell")


@pytest.fixture
def claire(dana: Coach) -> Client:
    return factories.make_client(dana, "Claire Dubois")
