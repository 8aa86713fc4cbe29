"""Twenty users at once at the real server: signing in, asking, waiting, measuring. Used by the benches of pages.

First each user asks again as soon as the last answer is there: twenty machines that never read, the hardest load twenty
sessions can make. Then each waits a second between two pages, which is still a fast officer. The table says which.

Where rows of the work are measured, one more user records something every ten seconds all the while, so that nothing
that was counted stays kept for long. Client and server share the machine; the CPU time is the server's alone.
"""

from __future__ import annotations

import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

USERS = 20
TARGET_MS = 300
PASSWORD = "Yunchuan-2026"
RECORDS_EVERY = 10.0  # seconds
SET_COOKIE = re.compile(r"^set-cookie: ([^=]+)=([^;\r]*)", re.IGNORECASE | re.MULTILINE)
Paths = Callable[[random.Random], list[tuple[str, str]]]  # (kind of page, path) as an officer asks for them


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    """The server as `make run` starts it; returns when it answers."""
    command = [sys.executable, "-m", "config.supervise", "127.0.0.1", str(port), str(min(os.cpu_count() or 1, 4))]
    server = subprocess.Popen(command, env={**os.environ, "YUSHUI_HOME": str(home)}, stdout=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise RuntimeError("the server did not start")


class Browser:
    """One user: cookies, a session. The plainest client there is, for it shares the cores with the server."""

    def __init__(self, port: int, login: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        page = self.ask("GET", "/login/")[1].decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if found is None:
            raise RuntimeError("no form on the login page")
        words = {"username": login, "password": PASSWORD, "csrfmiddlewaretoken": found.group(1)}
        status, _ = self.ask("POST", "/login/", urlencode(words))
        if status != 302:
            raise RuntimeError(f"{login} could not sign in: {status}")

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """One request; status and content. The server closes the connection behind its answer."""
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}", "Connection: close"]
        lines += ["Content-Type: application/x-www-form-urlencoded"] if body else []
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall("\r\n".join([*lines, "", body]).encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, content = answer.partition(b"\r\n\r\n")
        self.cookies.update(SET_COOKIE.findall(head.decode("latin-1")))
        return int(head[9:12]), content


@dataclass(frozen=True)
class Load:
    """How the users ask."""

    words: str
    pause: float  # seconds
    requests: int  # of each user


WAYS = (
    Load("no pause: each user asks again at once", 0.0, 40),
    Load("officers at work: each user waits 1 s between two pages", 1.0, 40),
)


def use(
    browser: Browser, seed: int, paths: Paths, load: Load, times: dict[str, list[float]], faults: list[str]
) -> None:
    """What one user does."""
    rng = random.Random(seed)
    time.sleep(rng.random() * load.pause)  # users do not click in step
    for turn in range(load.requests):
        if turn:
            time.sleep(load.pause)
        name, path = rng.choice(paths(rng))
        began = time.perf_counter()
        if path.startswith("POST "):  # numbers never stand in an address
            _, address, words = path.split()
            token = browser.cookies["csrftoken"]
            status, _ = browser.ask("POST", address, urlencode({"q": words, "csrfmiddlewaretoken": token}))
        else:
            status, _ = browser.ask("GET", path)
        times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        if status not in (200, 302):
            faults.append(f"{path}: {status}")


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and all below it until now."""
    used, family = 0.0, {pid}
    tick = os.sysconf("SC_CLK_TCK")
    for each in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if each == pid or int(fields[1]) in family:
            family.add(each)
            used += (int(fields[11]) + int(fields[12])) / tick
    return used


def table(load: Load, times: dict[str, list[float]], seconds: float, cpu: float) -> bool:
    """Print what was measured; whether every kind of page reached the target."""
    print(f"\n{USERS} users, {load.words}")
    print(f"{'page':<24}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'target/p95':>12}")
    reached = True
    for name, values in sorted(times.items()):
        high = percentile(values, 0.95)
        reached = reached and high <= TARGET_MS
        print(
            f"{name:<24}{len(values):>9}{statistics.median(values):>9.0f}{high:>9.0f}{max(values):>9.0f}"
            f"{TARGET_MS / high:>11.1f}×"
        )
    total = sum(len(values) for values in times.values())
    print(
        f"{total} requests in {seconds:.1f} s: {total / seconds:.0f} a second; "
        f"{cpu / total * 1000:.0f} ms of the server's CPU each"
    )
    return reached


def sign_in(port: int, warm: tuple[str, ...]) -> list[Browser]:
    """Twenty sessions and one that records, each warmed up with some pages."""
    browsers = [Browser(port, "desk") for _ in range(USERS + 1)]
    for browser in browsers:
        for path in warm:
            browser.ask("GET", path)
    return browsers


def keep_recording(
    browser: Browser, record: Callable[[Browser], bool], done: threading.Event, faults: list[str]
) -> None:
    """What the user does who records something now and then until the others are done."""
    while not done.wait(RECORDS_EVERY):
        if not record(browser):
            faults.append("nothing was recorded")


def measure(
    browsers: list[Browser], paths: Paths, load: Load, server: int, record: Callable[[Browser], bool] | None
) -> bool:
    """One way of asking; whether all pages came, and in time. With `record` the last browser is who records."""
    readers, done = browsers[:USERS], threading.Event()
    per_user: list[dict[str, list[float]]] = [{} for _ in readers]
    faults: list[str] = []
    threads = [
        threading.Thread(target=use, args=(browser, n, paths, load, per_user[n], faults))
        for n, browser in enumerate(readers)
    ]
    if record is not None:
        writer = threading.Thread(target=keep_recording, args=(browsers[-1], record, done, faults))
        writer.start()
    began, used = time.perf_counter(), cpu_of(server)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    seconds, used = time.perf_counter() - began, cpu_of(server) - used
    times: dict[str, list[float]] = {}
    for each in per_user:
        for name, values in each.items():
            times.setdefault(name, []).extend(values)
    reached = table(load, times, seconds, used)
    for fault in faults[:5]:
        print(f"not answered: {fault}")
    return reached and not faults


def ask_all(home: Path, paths: Paths, warm: tuple[str, ...], record: Callable[[Browser], bool] | None = None) -> bool:
    """Serve a data folder and let all users ask in both ways; whether every page came, and in time."""
    port = free_port()
    server = serve(home, port)
    try:
        browsers = sign_in(port, warm)
        reached = [measure(browsers, paths, load, server.pid, record) for load in WAYS]
        return all(reached)
    finally:
        server.terminate()
        server.wait(20)
