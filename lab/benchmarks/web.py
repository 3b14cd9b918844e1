"""Pages against yardstick E: a signed-in view of two bytes, through the same server, middleware, session and database.

A coach with 1,000 clients (`--clients`), sixty days of history each and three years of one. One gunicorn worker with
four threads, keep-alive, requests interleaved with the yardstick's; the median of the best round counts.
"""

import argparse
import html
import http.client
import json
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
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import psycopg

from lab.benchmarks.measure import say

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, TRIES = 7, 12
FINE = (200, 204, 302)
PAGE = 100
ITEMS = ("sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")


@dataclass(frozen=True, kw_only=True)
class Case:
    name: str
    most: float  # times E
    ask: Callable[[], int]
    after: Callable[[], int] = lambda: 200  # untimed: leaves things as they were


@dataclass(frozen=True, kw_only=True)
class People:
    """What the seeding process hands over: sessions of a coach and a client, and where their pages lie."""

    coach_key: str
    client_key: str
    client_page: str
    session_page: str
    exercise: str
    token: str
    client_uuid: str


class Visitor:
    """One keep-alive connection with a session cookie."""

    def __init__(self, port: int, key: str = "", **always: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"session": key} if key else {}
        self.always = {"Host": "localhost", **always}

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
        sent = {**self.always, **({"Cookie": cookie} if cookie else {}), **headers}
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
    software, first = Visitor(port, Authorization=f"Token {people.token}"), sets_of(people)
    htmx = {"HX-Request": "true"}
    poll = re.search(rb'hx-get="([^"]*seen=[^"]*)"', coach.get("/")[1])
    assert poll, "the board does not say where to ask for news"
    news = html.unescape(poll[1].decode())
    client.get(people.session_page)
    made: list[str] = []

    def log_a_set() -> int:
        made.append(str(uuid4()))
        fields = {
            "id": made[-1], "exercise": people.exercise, "weight": "100", "reps": "8", "rir": "2", "ended": "target",
        }  # fmt: skip
        return client.post(f"{people.session_page}sets/", fields, **htmx)[0]

    def take_it_back() -> int:
        """So that the page shows a session's few sets, as in life, and not the hundred of a benchmark."""
        return client.post(f"{people.session_page}sets/{made[-1]}/delete/", {}, **htmx)[0]

    checked = iter(range(1_000_000))
    today = _fields(client.get("/train/checkin/")[1])

    def check_in() -> int:
        """Other answers each time: all of it is written."""
        answers = dict.fromkeys(ITEMS, str(next(checked) % 5 + 1))
        return client.post("/train/checkin/", {**today, **answers})[0]

    def page(visitor: Visitor, path: str, **headers: str) -> Callable[[], int]:
        return lambda: visitor.get(path, **headers)[0]

    return page(coach, "/bench/empty/"), [
        Case(name="board, 50 rows", most=6, ask=page(coach, "/")),
        Case(name="board, nothing new", most=1.5, ask=page(coach, news, **htmx)),
        Case(name="client page, 3 years", most=8, ask=page(coach, people.client_page)),
        Case(name="today", most=4, ask=page(client, "/train/")),
        Case(name="log a set", most=4, ask=log_a_set, after=take_it_back),
        Case(name="check-in", most=3, ask=check_in),
        Case(name="api: 100 sets", most=4, ask=page(software, first)),
        Case(name="api: 100 clients", most=4, ask=page(software, "/api/v1/clients/?limit=100")),
    ]


def last_page(port: int, people: People) -> tuple[Callable[[], int], list[Case]]:
    """Three years back, at the end of the list, against its first page."""
    software, path = Visitor(port, Authorization=f"Token {people.token}"), sets_of(people)
    full, following = path, json.loads(software.get(path)[1])
    while following["next"]:
        address = urlsplit(following["next"])
        following = json.loads(software.get(there := f"{address.path}?{address.query}")[1])
        if len(following["results"]) == PAGE:
            full = there
    assert full != path, "one page holds it all"
    ask = Case(name="api: last 100 sets", most=1.2, ask=lambda: software.get(full)[0])
    return lambda: software.get(path)[0], [ask]


def sets_of(people: People) -> str:
    return f"/api/v1/clients/{people.client_uuid}/sets/?limit={PAGE}"


def _fields(page: bytes) -> dict[str, str]:
    """The id and the day that a form was given."""
    found = {}
    for name in ("id", "day"):
        tags = re.findall(rf'<input[^>]*name="{name}"[^>]*>'.encode(), page)
        tag = next((tag for tag in tags if b"checked" in tag), tags[0])
        found[name] = html.unescape(re.search(rb'value="([^"]*)"', tag)[1].decode())  # type: ignore[index]
    return found


def measure(empty: Callable[[], int], asked: list[Case]) -> Iterator[tuple[Case, float, float, float]]:
    """Per case: the ratio of the best round, the yardstick in seconds, and the spread of the ratios."""
    for case in asked:
        for ask in (empty, case.ask):  # warm
            status = ask()
            assert status in FINE, f"{case.name} answers {status}"
        case.after()
        ratios, yardsticks = [], []
        for _ in range(ROUNDS):
            pairs = [(timed(empty), timed(case.ask), case.after()) for _ in range(TRIES)]
            yardstick = statistics.median(pair[0] for pair in pairs)
            ratios.append(statistics.median(pair[1] for pair in pairs) / yardstick)
            yardsticks.append(yardstick)
        yield case, min(ratios), min(yardsticks), max(ratios) - min(ratios)


def timed(ask: Callable[[], int]) -> float:
    before = time.perf_counter()
    status = ask()
    took = time.perf_counter() - before
    assert status in FINE, status
    return took


@contextmanager
def server(environment: dict[str, str], workers: int = 1) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "lab.benchmarks.site:application", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", str(workers), "--threads", "4", "--keep-alive", "60",
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


@contextmanager
def database(folder: str) -> Iterator[dict[str, str]]:
    """An environment with a database of its own: a file in the folder, or one beside that of DATABASE_URL."""
    environment = {**os.environ, "RESERVE_VAR": folder, "DJANGO_SETTINGS_MODULE": "coaching.settings"}
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.scheme.startswith("postgres"):
        yield environment
        return
    name = f"bench_web_{os.getpid()}"
    with psycopg.connect(url.geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield {**environment, "DATABASE_URL": url._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def seeded(environment: dict[str, str], clients: int) -> People:
    """A coach with clients, written by a process of its own."""
    seed = [sys.executable, "-m", "lab.benchmarks.web_data", str(clients)]
    told = subprocess.run(seed, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
    return People(**json.loads(told))


def main(clients: int) -> int:
    over = False
    with tempfile.TemporaryDirectory() as folder, database(folder) as environment:
        people = seeded(environment, clients)
        with server(environment) as port:
            for case, ratio, yardstick, spread in measure(*cases(port, people)):
                beside = f"  E={yardstick * 1000:.1f} ms ±{spread:.1f}"
                over |= say(case.name, clients, ratio, "E", most=case.most, beside=beside)
            for case, ratio, yardstick, spread in measure(*last_page(port, people)):
                beside = f"  first={yardstick * 1000:.1f} ms ±{spread:.1f}"
                over |= say(case.name, clients, ratio, "first page", most=case.most, beside=beside)
    return int(over)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    sys.exit(main(parser.parse_args().clients))
