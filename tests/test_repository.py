"""What a stranger relies on before anything runs: settings that are listed, files that parse, locks without addresses."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


def test_every_setting_that_is_read_is_in_the_example() -> None:
    read = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)""", (ROOT / "coaching/settings.py").read_text()))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == listed


def test_compose_runs_web_worker_and_beat_on_postgres_and_redis_and_holds_no_secret() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    services = yaml.safe_load(text)["services"]
    assert {"web", "worker", "beat", "postgres", "redis"} <= services.keys()
    for name in ("web", "worker", "beat", "migrate"):
        assert services[name]["read_only"] is True
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgres://")
        assert services[name]["environment"]["REDIS_URL"].startswith("redis://")
    assert "healthcheck" in services["postgres"]
    assert "healthcheck" in services["redis"]
    secrets = re.findall(r"^ *(?:\w*PASSWORD|SECRET_KEY): *(.+)", text, re.MULTILINE)
    assert secrets
    assert all(value.startswith("${") for value in secrets), secrets


def test_compose_names_only_settings_that_exist() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    for name in ("web", "worker", "beat", "migrate"):
        assert set(services[name]["environment"]) <= listed


def test_the_image_does_not_run_as_root() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().split("FROM ")[-1]
    user = re.search(r"^USER (\S+)$", last_stage, re.MULTILINE)
    assert user
    assert user[1] not in {"root", "0"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_name_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|index-url|find-links", text)


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("\n]\n", text.index("dependencies = ["))]
    lines = [line.strip() for line in block.splitlines()[1:]]
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith('"'):
            assert before.startswith("#"), f"{line} has no comment saying why"
    assert tomllib.loads(text)["project"]["dependencies"]


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    "module", ["clients.signs.kinds", "clients.body", "programs.policy.kinds", "programs.policy.classes"]
)
def test_pure_modules_need_no_django(module: str) -> None:
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_one_module_alone_asks_addresses_of_somebodys_choice() -> None:
    clients = re.compile(
        r"^\s*(?:import|from) (?:http\.client|urllib\.request|urllib3|requests|httpx|aiohttp)\b", re.M
    )
    found = [
        str(path.relative_to(ROOT))
        for app in ("clients", "programs", "coaching")
        for path in (ROOT / app).rglob("*.py")
        if clients.search(path.read_text())
    ]
    assert found == ["coaching/webhooks.py"]
