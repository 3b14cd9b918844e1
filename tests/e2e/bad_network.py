"""The way between a phone and the server, as bad as a basement: it can be dead, slow, rude, or lose the answer."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Fault = str  # "", "drop" (never arrives), "lose" (arrives, the answer does not), or a status that a stranger answers


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is what this is for."""


class BadNetwork:
    """A proxy. `fault` is asked for every request that writes; `dead` refuses everything; `gate` holds writes up."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server)
        self.dead = False
        self.fault: Callable[[str], Fault] = lambda path: ""
        self.gate = threading.Event()
        self.gate.set()
        self.writes: list[str] = []
        self.reads: list[str] = []
        self.stuck = threading.Event()  # reads arrive and are not answered for long
        self._http = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://localhost:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.gate.set()
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        network = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                network._pass_on(self, b"")

            def do_POST(self) -> None:
                network._pass_on(self, self.rfile.read(int(self.headers.get("Content-Length") or 0)))

            def log_message(self, *args: Any) -> None:
                pass

        return Handler

    def _pass_on(self, asked: BaseHTTPRequestHandler, body: bytes) -> None:
        asked.close_connection = True
        if self.dead:
            return
        fault = ""
        if asked.command == "GET":
            self.reads.append(asked.path)
            for _ in range(200 if self.stuck.is_set() else 0):
                if self.stuck.is_set():
                    time.sleep(0.1)
        if asked.command == "POST":
            self.gate.wait(20)
            fault = self.fault(asked.path)
            self.writes.append(fault)
        if fault == "drop" or self.dead:
            return
        if fault.isdigit():
            asked.send_response(int(fault))
            asked.send_header("Content-Length", "0")
            asked.end_headers()
            return
        status, headers, content = self._forward(asked, body)
        if fault == "lose":
            return
        asked.send_response(status)
        for name, value in headers:
            if name.lower() not in {"transfer-encoding", "connection", "content-length", "server", "date"}:
                asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(content)))
        asked.end_headers()
        if asked.command != "HEAD":
            asked.wfile.write(content)

    def _forward(
        self, asked: BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(str(self.server.hostname), self.server.port, timeout=30)
        headers = {name: value for name, value in asked.headers.items() if name.lower() != "accept-encoding"}
        connection.request(asked.command, asked.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), content


@contextmanager
def bad_network(server: str) -> Iterator[BadNetwork]:
    network = BadNetwork(server)
    try:
        yield network
    finally:
        network.close()
