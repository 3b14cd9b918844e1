"""Pages against yardstick E: a signed-in view of two bytes, through the same server, middleware, session and database.

A coach with 1,000 clients (`--clients`), sixty days of history each and three years of one. One gunicorn worker with
four threads, keep-alive, requests interleaved with the yardstick's; the median of the best round counts.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, TRIES = 7, 12


@dataclass(frozen=True, kw_only=True)
class Case:
    name: str
    most: float  # times E
    ask: Callable[[], int]


@dataclass(frozen=True, kw_only=True)
class People:
    """What the seeding process hands over: sessions of a coach and a client, and where their pages lie."""

    coach_key: str
    client_key: str
    client_page: str
    session_page: str
    exercise: str


class Visitor:
    """One keep-alive connection with a session cookie."""

    def __init__(self, port: int, key: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"session": key}

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        return self._send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[int, bytes]:
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrf", ""),
            **headers,
        }
        return self._send("POST", path, urlencode(fields), sent)

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie, "Host": "localhost", **headers}
        try:
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
        except ConnectionError:  # the server closed an idle connection
            self.connection.close()
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and (found := re.match(r"(csrf)=([^;]+)", value)):
                self.cookies[found[1]] = found[2]
        return answer.status, answer.read()


def cases(port: int, people: People) -> tuple[Callable[[], int], list[Case]]:
    coach, client = Visitor(port, people.coach_key), Visitor(port, people.client_key)
    coach.get("/")
    client.get(people.session_page)

    def log_a_set() -> int:
        fields = {
            "id": str(uuid4()), "exercise": people.exercise, "weight": "100", "reps": "8", "rir": "2",
            "ended": "target",
        }  # fmt: skip
        return client.post(f"{people.session_page}sets/", fields, **{"HX-Request": "true"})[0]

    def page(visitor: Visitor, path: str) -> Callable[[], int]:
        return lambda: visitor.get(path)[0]

    return page(coach, "/bench/empty/"), [
        Case(name="board, 50 rows", most=8, ask=page(coach, "/")),
        Case(name="client page, 3 years", most=10, ask=page(coach, people.client_page)),
        Case(name="today", most=5, ask=page(client, "/train/")),
        Case(name="log a set", most=5, ask=log_a_set),
    ]


def measure(empty: Callable[[], int], asked: list[Case]) -> Iterator[tuple[Case, float, float, float]]:
    """Per case: the ratio of the best round, the yardstick in seconds, and the spread of the ratios."""
    for case in asked:
        for ask in (empty, case.ask):  # warm
            assert ask() == 200, f"{case.name} answers {ask()}"
        ratios, yardsticks = [], []
        for _ in range(ROUNDS):
            pairs = [(timed(empty), timed(case.ask)) for _ in range(TRIES)]
            yardstick = statistics.median(pair[0] for pair in pairs)
            ratios.append(statistics.median(pair[1] for pair in pairs) / yardstick)
            yardsticks.append(yardstick)
        yield case, min(ratios), min(yardsticks), max(ratios) - min(ratios)


def timed(ask: Callable[[], int]) -> float:
    before = time.perf_counter()
    status = ask()
    took = time.perf_counter() - before
    assert status == 200, status
    return took


@contextmanager
def server(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "lab.benchmarks.site:application", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "1", "--threads", "4", "--keep-alive", "60",
        "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def main(clients: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "RESERVE_VAR": folder, "DJANGO_SETTINGS_MODULE": "coaching.settings"}
        seed = [sys.executable, "-m", "lab.benchmarks.web_data", str(clients)]
        lines = subprocess.run(
            seed, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.split()
        people = People(
            coach_key=lines[0],
            client_key=lines[1],
            client_page=lines[2],
            session_page=lines[3],
            exercise=lines[4],
        )
        over = False
        with server(environment) as port:
            for case, ratio, yardstick, spread in measure(*cases(port, people)):
                mark = "" if ratio <= case.most else f"  OVER {case.most}"
                over = over or ratio > case.most
                print(
                    f"{case.name:24} n={clients:<6} {ratio:5.1f} E  E={yardstick * 1000:.1f} ms  ±{spread:.1f}{mark}",
                    flush=True,
                )
    return int(over)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    sys.exit(main(parser.parse_args().clients))
