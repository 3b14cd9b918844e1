"""Logs a session:  RESERVE_URL=… RESERVE_TOKEN=… log_session.py "James Okafor" "Back squat" 100x5@2 100x5@1

The token has scope `log`. Run twice on a day it logs once: the ids are made of what is logged.
"""

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen
from uuid import NAMESPACE_URL, uuid5


def call(method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Token {os.environ['RESERVE_TOKEN']}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(
            Request(f"{os.environ['RESERVE_URL']}/api/v1/{path}", data, headers, method=method)
        ) as answer:
            return json.load(answer)
    except HTTPError as error:
        sys.exit(f"{method} {path}: {error.read().decode()}")


name, exercise, *done = sys.argv[1:]
clients = call("GET", f"clients/?archived=false&q={quote(name)}")["results"]
if len(clients) != 1:
    sys.exit(f"{len(clients)} clients are called {name}.")
now, base = datetime.now(UTC), f"clients/{clients[0]['id']}/"
session = uuid5(NAMESPACE_URL, f"{base}{now.date()}/{exercise}")
if str(session) not in [row["id"] for row in call("GET", f"{base}sessions/")["results"]]:
    call("PUT", f"{base}sessions/{session}/", {"started_at": now.isoformat()})
for number, (weight, reps, rir) in enumerate((one.replace("@", "x").split("x") for one in done), 1):
    said = {"weight_kg": float(weight), "reps": int(reps), "rir": float(rir), "ended": "target"}
    row = {"session": str(session), "exercise": exercise, "set_no": number, **said}
    print(call("PUT", f"{base}sets/{uuid5(session, str(number))}/", row))
