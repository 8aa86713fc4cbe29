"""The house as it is served: silent connections hold up nobody, what dies is replaced, and nothing stays behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.users import free_port
from tests.own_house import ROOT, environment_of

pytestmark = pytest.mark.slow
SILENT = 40  # more than all web processes have threads for
PATIENCE = 60.0  # seconds


def until(holds: Callable[[], bool]) -> bool:
    """Wait for something to hold, but not for ever."""
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return holds()


def status_of(port: int) -> int:
    """What the login page answers with; 0 when nobody answers."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/login/")
        return connection.getresponse().status
    except OSError:
        return 0


def below(pid: int) -> set[int]:
    """The processes that a process started, and those that they started."""
    parents: dict[int, int] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents[int(name)] = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # gone in the meantime
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


@pytest.fixture
def served(own_house: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """(port, the process that watches over all) of a house with two web processes."""
    port = free_port()
    command = [sys.executable, "-m", "config.supervise", "127.0.0.1", str(port), "2"]
    watcher = subprocess.Popen(command, cwd=ROOT, env=environment_of(own_house), stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        assert until(lambda: status_of(port) == 200)
        yield port, watcher
    finally:
        watcher.kill()
        watcher.wait()


def states_of(port: int) -> set[str]:
    """The states of the server's ends of all connections to a port, as the kernel writes them: 01 is established."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return {line.split()[3] for line in lines if line.split()[1].endswith(f":{port:04X}")}


def test_silent_connections_reach_no_process(served: tuple[int, subprocess.Popen[bytes]]) -> None:
    port, _ = served
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(SILENT)]
    assert "01" not in states_of(port)  # gunicorn would listen to each of them for five seconds
    assert status_of(port) == 200
    silent[0].sendall(b"GET /login/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert silent[0].recv(12).endswith(b"200")
    for connection in silent:
        connection.close()


def test_a_web_process_that_dies_is_replaced_and_all_end_with_the_watcher(
    served: tuple[int, subprocess.Popen[bytes]],
) -> None:
    port, watcher = served
    family = below(watcher.pid)
    assert len(family) == 4  # gunicorn with two web processes, and the worker of background jobs
    killed = max(web for parent in family for web in below(parent))
    os.kill(killed, signal.SIGKILL)
    assert until(lambda: len(below(watcher.pid) - {killed}) == 4)
    assert status_of(port) == 200
    family = below(watcher.pid)
    watcher.terminate()
    assert watcher.wait(PATIENCE) == 0
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    assert status_of(port) == 0
