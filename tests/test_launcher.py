"""`make demo` as a person uses it: it answers, Ctrl-C leaves nothing behind, and a killed launcher is no obstacle."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 180
LEAVING_S = 40

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the process table of Linux"),
]


class Launcher:
    def __init__(self, var: Path) -> None:
        self.var, self.log = var, var.with_name("launcher.log")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.sessions: set[int] = set()
        self.starts = 0
        self.process = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        clean = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
        with self.log.open("ab") as log:
            # What a script starts in its background ignores Ctrl-C, and so would what it starts; a terminal's does not.
            as_from_a_terminal = ["env", "--default-signal=INT"]
            self.process = subprocess.Popen(
                [*as_from_a_terminal, sys.executable, "demo.py", str(self.port)], cwd=ROOT, start_new_session=True,
                env={**clean, "RESERVE_VAR": str(self.var)}, stdout=log, stderr=log,
            )  # fmt: skip
        self.sessions.add(self.process.pid)
        self.starts += 1
        return self.process

    def answers(self) -> bool:
        """The launcher has said that it runs, and so it does."""
        for _ in range(PATIENCE_S * 5):
            if self.process.poll() is not None:
                return False
            if self.log.read_text().count("Ctrl-C stops it") == self.starts:
                with urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=20) as page:
                    return bool(page.status == 200)
            time.sleep(0.2)
        return False

    def left(self) -> list[int]:
        """Every process of the launcher's sessions, dead ones that nobody has buried included."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError):
                session = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[3])
                if session in self.sessions:
                    found.append(int(folder.name))
        return found

    def interrupt(self) -> list[int]:
        os.kill(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=LEAVING_S)
        return self.left()


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    launched = Launcher(tmp_path / "var")
    yield launched
    for pid in launched.left():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_ctrl_c_leaves_no_process_even_while_the_worker_starts(launcher: Launcher) -> None:
    assert launcher.answers(), launcher.log.read_text()
    assert launcher.interrupt() == []


def test_a_killed_launcher_is_no_obstacle_to_the_next(launcher: Launcher) -> None:
    assert launcher.answers(), launcher.log.read_text()
    launcher.process.kill()
    launcher.process.wait()
    assert launcher.left() != []
    launcher.start()
    assert launcher.answers(), launcher.log.read_text()
    assert [said for pid in launcher.interrupt() if (said := _alive(pid))] == []


def _alive(pid: int) -> str:
    """What runs there. Dead children of the killed one are this machine's to bury."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""
