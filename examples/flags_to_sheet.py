"""Writes the open flags as CSV:  flags_to_sheet.py > flags.csv

RESERVE_URL is where Reserve runs, RESERVE_TOKEN a coach's token with scope `read`. A spreadsheet takes a cell that
begins with = + - @ for a formula, whoever wrote it: such a cell gets an apostrophe, and is text.
"""

import csv
import json
import os
import sys
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

BASE = os.environ["RESERVE_URL"].rstrip("/") + "/api/v1/"
HEADERS = {"Authorization": f"Token {os.environ['RESERVE_TOKEN']}"}
COLUMNS = ("client", "sign", "level", "since", "opened_on", "says")


def rows(address: str | None) -> Iterator[dict[str, Any]]:
    while address:
        with urlopen(Request(address, headers=HEADERS), timeout=20) as answer:
            page = json.load(answer)
        yield from page["results"]
        address = page["next"]


def harmless(cell: Any) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


names = {client["id"]: client["name"] for client in rows(BASE + "clients/")}
sheet = csv.writer(sys.stdout)
sheet.writerow(COLUMNS)
for flag in rows(BASE + "flags/?open=true"):
    sheet.writerow(harmless({**flag, "client": names[flag["client"]]}[column]) for column in COLUMNS)
