"""Watches over the web server and the job worker: starts both, restarts what dies, stops both on Ctrl-C.

`python -m config.supervise HOST PORT WORKERS`. Plain Python without Django, so that watching costs a few megabytes.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

GRACE = 10.0  # seconds between asking a process to stop and ending it
PR_SET_PDEATHSIG = 1


class Stop(Exception):
    """Somebody asked the house to close."""


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    """Signal handler."""
    raise Stop


def die_with_parent() -> None:
    """In the child: end when the supervisor is killed, so that no server stays behind on the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches the supervisor alone, which then stops the children in order."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)


def commands(host: str, port: str, workers: str) -> dict[str, list[str]]:
    """What is kept running."""
    web = [
        sys.executable, "-m", "gunicorn", "--config", "python:config.serving", "--bind", f"{host}:{port}",
        "--workers", workers, "config.wsgi:application",
    ]  # fmt: skip
    return {"网页服务": web, "后台任务": [sys.executable, "-m", "config.cli", "work"]}


def answers(host: str, port: str) -> bool:
    """Whether somebody listens."""
    try:
        with socket.create_connection((host if host != "0.0.0.0" else "127.0.0.1", int(port)), timeout=1):
            return True
    except OSError:
        return False


def watch(wanted: dict[str, list[str]], running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Restart what ended, for ever; one that keeps dying is tried once in ten seconds."""
    started = dict.fromkeys(wanted, time.monotonic())
    while True:
        time.sleep(0.5)
        for name, child in list(running.items()):
            if child.poll() is None:
                continue
            if time.monotonic() - started[name] < 10:
                time.sleep(10)
            print(f"· {name}意外结束(代码 {child.returncode}),重新启动", flush=True)
            running[name] = start(wanted[name])
            started[name] = time.monotonic()


def stop_all(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait, then end what is left of their sessions (a server stopped while it starts leaves some)."""
    for child in running.values():
        child.terminate()
    until = time.monotonic() + GRACE
    for child in running.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(until - time.monotonic(), 0.1))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def main() -> None:
    """Start, tell the address, watch until asked to stop."""
    host, port, workers = sys.argv[1:4]
    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    wanted = commands(host, port, workers)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    running = {name: start(command) for name, command in wanted.items()}
    try:
        until = time.monotonic() + 30
        while not answers(host, port) and time.monotonic() < until and running["网页服务"].poll() is None:
            time.sleep(0.1)
        print(f"鱼水已启动:http://{host}:{port}  按 Ctrl-C 停止", flush=True)
        watch(wanted, running)
    except Stop:
        print("\n· 正在停止", flush=True)
    finally:
        stop_all(running)


if __name__ == "__main__":
    main()
