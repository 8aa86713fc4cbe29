"""Playing pages in a real Chromium: fixtures and questions for every browser test.

    def test_home_when_phone(visit, live_server):
        page = visit(make_user(Role.DESK_OFFICER), "/", width=390, height=844)
        assert serious(page) == []
        assert foreign_requests(page) == []
        assert troubles(page) == []

Loaded by the root conftest, so a test only asks for the fixtures by name; then it carries the mark `browser`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = os.environ.get("YUSHUI_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = (1366, 768), (390, 844)
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
GRAVE = ["serious", "critical"]
PATIENCE = 40_000  # milliseconds


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run. Playwright keeps an event loop in this thread, which Django must be told."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`new_page(width=…, height=…)`: a page with cookies of its own, watched for foreign requests and troubles."""
    contexts = []

    def make(width: int = DESK[0], height: int = DESK[1]) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visit(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """`visit(user, "/people/", width=…, height=…)`: signed in as the user, on that page."""

    def go(user: Any, path: str = "/", *, password: str = "Yunchuan-2026", **size: int) -> Page:
        page = new_page(**size)
        sign_in(page, user.username, password)
        page.goto(path)
        return page

    return go


def sign_in(page: Page, username: str, password: str = "Yunchuan-2026") -> None:
    """Through the login page, as people do."""
    page.goto("/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button.go")
    page.wait_for_url(lambda url: "/login/" not in url)


def watch(page: Page) -> None:
    """From now on every foreign request and every trouble of the page is kept."""
    page.foreign_seen, page.troubles_seen = [], []  # type: ignore[attr-defined]

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in {"localhost", "127.0.0.1"}:
            page.foreign_seen.append(request.url)  # type: ignore[attr-defined]

    def on_console(message: ConsoleMessage) -> None:
        # The browser itself writes "Failed to load resource" for any 4xx page that a test asks for on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            page.troubles_seen.append(message.text)  # type: ignore[attr-defined]

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: page.troubles_seen.append(str(error)))  # type: ignore[attr-defined]


def foreign_requests(page: Page) -> list[str]:
    """Addresses outside this house that the page asked for; there must be none."""
    return list(page.foreign_seen)  # type: ignore[attr-defined]


def troubles(page: Page) -> list[str]:
    """Console errors, script errors and violations of the content security policy."""
    return list(page.troubles_seen)  # type: ignore[attr-defined]


# What is told of a finding is chosen in the page: whole results of axe are thousands of values to carry over.
RUN_AXE = """(grave) => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
    .filter(one => grave.includes(one.impact))
    .map(one => `${one.id} ×${one.nodes.length}: ${one.nodes[0].html.slice(0, 160)}`))"""


def serious(page: Page) -> list[str]:
    """The serious and critical findings of axe-core on the page as it stands, one line each with the first place."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return list(page.evaluate(RUN_AXE, GRAVE))


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def look(page: Page, width: int, height: int, path: str | Path | None = None) -> bytes:
    """A picture of the page at a size; written to a file when a path is given."""
    page.set_viewport_size({"width": width, "height": height})
    return page.screenshot(path=path)


def faults(page: Page) -> dict[str, list[str] | int]:
    """Everything a page must be free of, at once; equal to NO_FAULTS when it is good."""
    return {
        "serious": serious(page),
        "foreign": foreign_requests(page),
        "troubles": troubles(page),
        "overflow": overflow(page),
    }


NO_FAULTS: dict[str, list[str] | int] = {"serious": [], "foreign": [], "troubles": [], "overflow": 0}
