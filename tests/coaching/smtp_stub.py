"""A mail server for tests, over a real socket: takes mails, or answers as told."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass
class MailServer:
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    slow_s: float = 0.0  # between taking a mail and saying so
    # What to do with the next mails, one a mail, then take: "550 …", "450 …" (to RCPT), "data 451 …" (after the text),
    # "hang up" (before the text), "lose" (takes the text and hangs up), "wrong size" … none of them: take.
    script: list[str] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self) -> None:
        server = cast("_Listener", self.server).mail
        server.connections += 1
        self.say("220 stub")
        order = ""
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"EHLO":
                self.say("250 stub")
            elif verb == b"MAIL":
                order = server.script.pop(0) if server.script else "take"
                self.say("250 ok")
            elif verb == b"RCPT":
                self.say(order if order[:3].isdigit() else "250 ok")
            elif verb == b"DATA":
                if not self.text(server, order):
                    return
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def text(self, server: MailServer, order: str) -> bool:
        if order == "hang up":
            return False
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        if order.startswith("data "):
            self.say(order.removeprefix("data "))
            return True
        server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if order == "lose":
            return False
        time.sleep(server.slow_s)
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mail: MailServer


@contextmanager
def mail_server(*script: str) -> Iterator[MailServer]:
    with _Listener(("127.0.0.1", 0), _Talk) as listener:
        listener.mail = MailServer(port=listener.server_address[1], script=list(script))
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield listener.mail
        listener.shutdown()
        thread.join()
