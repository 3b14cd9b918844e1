"""What every command has in common: a sentence where the database fails it, and peace where nobody reads on."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

CANNOT = 2  # exit status of a call that cannot be carried out as it stands
NOBODY_READS = 128 + 13  # as a shell says it of a command that a closed pipe has ended
STOPPED = 128 + 2  # Ctrl-C


class ConsoleCommand(BaseCommand):
    def run_from_argv(self, argv: list[str]) -> None:
        try:
            try:
                super().run_from_argv(argv)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(NOBODY_READS)
        except KeyboardInterrupt:
            sys.exit(STOPPED)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, InterfaceError, ProgrammingError) as error:
            if says := _trouble(error):
                raise CommandError(says, returncode=CANNOT) from error
            raise


def _trouble(error: Exception) -> str:
    """What to do about it; empty where the fault is our own."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The tables are missing or out of date: run `python manage.py migrate` first."
    except DatabaseError as away:
        return f"The database cannot be used: {_first_line(away)}"
    return (
        "" if isinstance(error, ProgrammingError) else f"The database could not do it: {_first_line(error)}"
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
