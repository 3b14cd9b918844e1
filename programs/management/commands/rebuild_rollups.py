"""Compute every LiftDay row again from its sets."""

from argparse import ArgumentParser
from typing import Any

from django.db import transaction
from tqdm import tqdm

from clients.console import ConsoleCommand
from clients.models import Client
from programs import rollups


class Command(ConsoleCommand):
    help = "Compute what each lift came to on each day again from the sets. Harmless at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--client", metavar="REF", help="only clients with this reference")

    def handle(self, *args: Any, **options: Any) -> None:
        clients = Client.objects.order_by("pk")
        if options["client"]:
            clients = clients.filter(ref=options["client"])
        rows = 0
        for pk in tqdm(list(clients.values_list("pk", flat=True)), unit="client", disable=None):
            with transaction.atomic():
                Client.objects.select_for_update(no_key=True).get(pk=pk)
                rows += rollups.rebuild_days(rollups.known_keys(pk))
        self.stdout.write(f"{rows} rows of lifts and days")
