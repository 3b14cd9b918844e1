"""System checks: what is missing or unwise in this installation, each with a hint.

They speak with `check --deploy`, so that a plain command stays quiet on a developer's machine.
"""

import sqlite3
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

# https://www.sqlite.org/wal.html#walresetbug: may, rarely, damage a database that several connections write.
WAL_RESET_FIXED = (3, 51, 3)
WAL_RESET_BACKPORTS = {(3, 44): 6, (3, 50): 7}
LOCAL = {None, "localhost", "127.0.0.1", "::1"}


@register(Tags.urls, deploy=True)
def site_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    site = urlsplit(settings.SITE_URL)
    if site.scheme not in {"http", "https"} or not site.hostname or site.path or site.query:
        return [
            Error(
                f"SITE_URL is not the address of a site: {settings.SITE_URL!r}.",
                hint="Scheme and host, like https://reserve.example.com, without a path.",
                id="reserve.E001",
            )
        ]
    if not settings.DEMO and site.hostname in LOCAL:
        return [
            Warning(
                "SITE_URL is this machine's own: links in mails lead nowhere.",
                hint="Set SITE_URL to the address that coaches and clients use.",
                id="reserve.W001",
            )
        ]
    return []


@register(deploy=True)
def mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.EMAIL_BACKEND != "coaching.mailbox.FolderBackend":
        return []
    return [
        Warning(
            "No mail server is named: digests and invitations only lie in a folder.",
            hint="Set MAIL_URL, like smtp+tls://user:password@mail.example.com:587, and MAIL_FROM.",
            id="reserve.W002",
        )
    ]


@register(Tags.database, deploy=True)
def sqlite_version(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine != "django.db.backends.sqlite3" or not has_wal_reset_fault(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can, rarely, damage a database that several processes write.",
            hint="Fixed in SQLite 3.44.6, 3.50.7 and from 3.51.3 on. Upgrade it, or use PostgreSQL (DATABASE_URL); "
            "until then back up every night.",
            id="reserve.W003",
        )
    ]


@register(deploy=True)
def broker(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.REDIS_URL:
        return []
    return [
        Warning(
            "No broker is named: nothing scans or mails by itself.",
            hint="Set REDIS_URL and run a Celery worker and beat, or run `manage.py scan --loop` and "
            "`manage.py send_digests --loop`.",
            id="reserve.W004",
        )
    ]


@register(Tags.staticfiles, deploy=True)
def static_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.HASHED_STATIC:
        return []
    return [
        Warning(
            "Static files are served without hashed names: browsers may keep old ones.",
            hint="Run `manage.py collectstatic` and set HASHED_STATIC=1.",
            id="reserve.W005",
        )
    ]


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """SQLite 3.7.0 to 3.51.2, but for the releases that the fix was ported back to."""
    if version < (3, 7, 0) or version >= WAL_RESET_FIXED:
        return False
    backport = WAL_RESET_BACKPORTS.get((version[0], version[1]))
    return backport is None or version[2] < backport
