"""Every command from a shell where something is missing: a sentence and a status, never a stack trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, find_commands, load_command_class

from clients.console import ConsoleCommand
from clients.models import Client

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, database: str = "") -> dict[str, str]:
    own = database or f"sqlite:///{folder / 'own.sqlite3'}"
    return {**os.environ, "RESERVE_VAR": str(folder), "DATABASE_URL": own}


def manage(env: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


@pytest.mark.parametrize("app", ["coaching", "programs"])
def test_every_command_of_ours_says_it_in_the_same_way(app: str) -> None:
    for name in find_commands(str(ROOT / app / "management")):
        assert isinstance(load_command_class(app, name), ConsoleCommand), name


@pytest.mark.slow
def test_without_tables_a_command_says_to_migrate(tmp_path: Path) -> None:
    said = manage(environment(tmp_path), "scan")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.splitlines()[-1].endswith("run `python manage.py migrate` first.")
    assert "Traceback" not in said.stderr


@pytest.mark.slow
def test_without_a_database_a_command_says_so(tmp_path: Path) -> None:
    said = manage(environment(tmp_path, "postgres://nobody@127.0.0.1:9/none"), "scan")
    assert (said.returncode, said.stdout) == (2, "")
    assert "CommandError: The database cannot be used: " in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
def test_nobody_who_reads_on_is_no_error(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert manage(env, "migrate", "-v0").returncode == 0
    with subprocess.Popen(
        [sys.executable, "manage.py", "doctor"], env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (128 + 13, b"")


@pytest.mark.slow
def test_what_lies_where_one_stands_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "csp.py").write_text("raise SystemExit('run')")
    command = [sys.executable, str(ROOT / "manage.py"), "scan", "--help"]
    said = subprocess.run(
        command, env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize(
    "call",
    [
        ("scan", "--client", ""), ("scan", "--coach", ""), ("scan", "--as-of", "9999-12-31"),
        ("replay", "--from", "0001-01-01", "--to", "2026-01-01"),
        ("client_status", "--coach", "dana@example.com", "--client", ""),
        ("client_status", "--coach", "", "--client", "james"),
        ("verdict", "--coach", "dana@example.com", "--client", "", "--exercise", "Leg press"),
        ("export_bundle", "nowhere", "--coach", "dana@example.com", "--client", ""),
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_empty_name_is_nobodys_and_a_year_is_one_that_somebody_trains_in(
    james: Client, call: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError):
        call_command(*call)
