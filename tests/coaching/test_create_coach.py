"""The first account of an installation, made from a shell."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client as Browser

from clients.models import Coach, User
from tests.coaching.bundles import Said, call

ROOT = Path(__file__).resolve().parents[2]
NEW_PASSWORD = "a long enough sentence"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def create(email: str, **options: object) -> Said:
    return call("create_coach", email, **options)


def link(said: Said) -> str:
    found = re.fullmatch(r"(http\S+)\n", said.out)
    assert found, said
    assert found[1].startswith(settings.SITE_URL)
    return urlsplit(found[1]).path


def set_password(browser: Browser, path: str, password: str = NEW_PASSWORD) -> int:
    page = browser.get(path, follow=True)
    if not page.redirect_chain:
        return page.status_code
    return browser.post(
        page.redirect_chain[-1][0], {"password1": password, "password2": password}
    ).status_code


def test_a_coach_is_head_of_a_practice_of_their_own() -> None:
    assert create("Dana@Example.com", name="Dana Reyes", timezone="Europe/London").code == 0
    coach = Coach.objects.select_related("user", "practice").get()
    assert (coach.user.email, coach.user.name) == ("dana@example.com", "Dana Reyes")
    assert (coach.is_head, coach.timezone, coach.practice.name) == (True, "Europe/London", "Dana Reyes")
    address = EmailAddress.objects.get(user=coach.user)
    assert (address.email, address.primary, address.verified) == ("dana@example.com", True, True)


def test_the_link_sets_a_password_and_opens_the_door() -> None:
    said = create("dana@example.com")
    assert not User.objects.get().has_usable_password()
    assert set_password(Browser(), link(said)) == 302
    browser = Browser()
    page = browser.post("/account/login/", {"login": "dana@example.com", "password": NEW_PASSWORD})
    assert page.status_code == 302
    assert browser.get("/home/").status_code == 302


def test_the_link_is_valid_once() -> None:
    path = link(create("dana@example.com"))
    set_password(Browser(), path)
    before = User.objects.get().password
    assert set_password(Browser(), path, "another long sentence") in (200, 302, 404)
    assert User.objects.get().password == before


def test_looking_at_the_link_does_not_spend_it() -> None:
    path = link(create("dana@example.com"))
    for _ in range(2):
        Browser().get(path, follow=True)
        Browser().head(path, follow=True)
    assert set_password(Browser(), path) == 302
    assert User.objects.get().has_usable_password()


def test_an_e_mail_that_is_taken_is_said_and_nothing_changes() -> None:
    create("dana@example.com", name="Dana")
    said = create("DANA@example.com", name="Somebody")
    assert said.code == 1
    assert "already" in said.err
    assert [coach.user.name for coach in Coach.objects.all()] == ["Dana"]


@pytest.mark.parametrize(
    ("email", "options", "word"),
    [
        ("dana", {}, "e-mail"),
        ("dana@", {}, "e-mail"),
        ("dana@example.com", {"timezone": "Europe/Londn"}, "Europe/London"),
        ("dana@example.com", {"timezone": "../../etc/passwd"}, "nearest"),
        ("dana@example.com", {"name": "D" * 201}, "--name"),
        ("dana@example.com", {"name": "D\x00ana"}, "--name"),
    ],
)
def test_a_wrong_call_is_exit_2_with_a_sentence(email: str, options: dict[str, str], word: str) -> None:
    said = create(email, **options)
    assert said.code == 2
    assert word in said.err
    assert not User.objects.exists()


@pytest.mark.slow
def test_on_a_terminal_the_password_is_asked_for(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "RESERVE_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=env, check=True, cwd=ROOT)
    ours, theirs = pty.openpty()
    said = b""
    with subprocess.Popen(
        [*manage, "create_coach", "dana@example.com"], env=env, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr
        assert process.stdout
        for answer in ("short", NEW_PASSWORD, NEW_PASSWORD):
            asked = b""
            while not asked.endswith(b": ") and (byte := process.stderr.read(1)):
                asked += byte
            said += asked
            os.write(ours, f"{answer}\n".encode())
        out, rest = process.stdout.read(), process.stderr.read()
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, said + rest
    assert out == b""
    assert b"too short" in said
    check = f"from clients.models import User; print(User.objects.get().check_password({NEW_PASSWORD!r}))"
    shell = subprocess.run(
        [*manage, "shell", "-c", check], env=env, cwd=ROOT, capture_output=True, check=True
    )
    assert b"True" in shell.stdout
