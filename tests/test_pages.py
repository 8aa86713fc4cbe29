"""Every page by itself, on a desk and on a phone: quiet, usable, within its window, and in Chinese without codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Response

from tests import world
from tests.access_table import ACCESS, OPEN, ROLES
from tests.browser import DESK, NO_FAULTS, PHONE, faults
from tests.test_access import URLS, address_of
from yushui.accounts.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Visitor = Callable[..., Page]

PREFERRED = "DTRASLEMU"  # who opens a page, the first of these that may
# What an officer must never read: identifiers of ours, values of the programming language, words of another language.
FOREIGN = [
    re.compile(r"\b[A-Z]+(?:_[A-Z0-9]+)+\b"),
    re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b"),
    re.compile(r"(?<![-\w])990101\d{6}\b"),  # but for the login names of the demo county, liaison-990101001002
    re.compile(r"\b(?:None|True|False|null|undefined|NaN|nan|Object)\b"),
    re.compile(r"\b(?:the|and|or|of|with|from|error|submit|select|search|checked|full|table|notice)\b", re.IGNORECASE),
]


def words_of(page: Page) -> str:
    """What can be read on the page: its title and text, without what the user typed or the names of files."""
    text: str = page.evaluate("() => document.title + '\\n' + document.querySelector('main').innerText")
    return re.sub(r"\S+\.(?:xlsx|xls|csv|docx)\b", "", text)


def foreign_words(page: Page) -> list[str]:
    """Codes and foreign words on the page, each once."""
    text = words_of(page)
    return sorted({found for pattern in FOREIGN for found in pattern.findall(text)})


def test_foreign_words_when_codes_and_values_of_the_language_stand_in_main(new_page: Visitor) -> None:
    page = new_page()
    page.set_content(
        "<title>人员</title><main>WAR_VETERAN 990101001000 None 身份 A4 list_people the 名册_a.xlsx</main>"
    )
    assert foreign_words(page) == ["990101001000", "None", "WAR_VETERAN", "list_people", "the"]


def open_page(page: Page, address: str) -> Response | None:
    """The answer to opening an address; None for what is no page: what only takes a POST, or a file."""
    allowed = page.request.fetch(address, method="OPTIONS").headers.get("allow", "GET")
    if "GET" not in allowed:
        return None
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return None  # a photo, say, that the browser shows by itself
    return answer


def look_at(page: Page, name: str, address: str) -> list[str]:
    """All that is wrong with one page at both sizes; nothing for what is no page."""
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    answer = open_page(page, address)
    if answer is None:
        page.goto("about:blank")  # what the browser itself shows a photo with obeys no policy of ours
        forget(page)
        return []
    if answer.status != 200:
        return [f"{name}: {answer.status}"]
    wrong = []
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if (found := faults(page)) != NO_FAULTS:
            wrong.append(f"{name} at {width}: {found}")
    if codes := foreign_words(page):
        wrong.append(f"{name} shows {codes}")
    forget(page)
    return wrong


def forget(page: Page) -> None:
    """Let the next page begin without what was seen on this one."""
    page.foreign_seen.clear()  # type: ignore[attr-defined]
    page.troubles_seen.clear()  # type: ignore[attr-defined]


def test_every_page_is_free_of_faults_and_codes(visit: Visitor, tmp_path: Path) -> None:
    rows = world.build(tmp_path)
    opened: dict[str, Page] = {}
    wrong = []
    for pattern in URLS:
        name = pattern.name or ""
        if name in OPEN:
            continue
        letter = next(letter for letter in PREFERRED if letter in ACCESS[name])
        if letter not in opened:
            opened[letter] = visit(User.objects.get(username=ROLES[letter]))
        wrong += look_at(opened[letter], name, address_of(pattern, rows))
    assert "\n".join(wrong) == ""
