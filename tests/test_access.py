"""Every URL × every role has an expected answer. A URL without a row, or a row without a URL, fails.

Each page is drawn once, for the first role that may open it; of the others only the answer is asked, since drawing is
most of the work. How pages look for each role is in tests/test_pages.py and in the tests of the packages. Where a page
is drawn, its questions to the database are counted: a page that asks one for each row of a list asks too many.

Who may open what is decided in Python and asked of all roles on SQLite. On PostgreSQL each address is opened and sent
by that first role and by a stranger, to see that PostgreSQL understands every question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import world
from tests.access_table import ACCESS, OPEN, ROLES
from yushui.accounts.models import User


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """All named URLs."""
    for pattern in found:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern.url_patterns)


MOST_QUESTIONS = 60

URLS = list(patterns(get_resolver().url_patterns))


def address_of(pattern: URLPattern, rows: Mapping[str, object]) -> str:
    """An address of this URL that leads to a row of 北洲村 or its county."""
    return reverse(pattern.name or "", kwargs={name: rows[name] for name in pattern.pattern.converters})


def client_of(user: User | None) -> Client:
    """A browser in which the user is signed in; None for a stranger."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def open_as(client: Client, address: str) -> tuple[str, int]:
    """What a role meets there by GET and by POST, `open`, `closed` (404), `refused` (no right to act) or `login`; and
    how many questions the GET put to the database.

    A form that may not be sent must not open either, so the two answers must agree. Nothing stays written, and the
    browser keeps the cookies it came with.
    """
    cookies = client.cookies.output()
    with CaptureQueriesContext(connection) as asked:
        got = undone(client.get, address)
    answers = (got, undone(client.post, address))
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    met = {word_for(answer) for answer in answers if answer is not None}
    if len(met) == 1:
        return met.pop(), len(asked)
    return "closed" if met <= {"closed", "refused"} else " and ".join(sorted(met)), len(asked)


def undone(ask: Callable[[str], HttpResponse], address: str) -> HttpResponse | None:
    """The answer, with whatever it wrote taken back; None when the method is not offered."""
    with transaction.atomic():
        answer = ask(address)
        transaction.set_rollback(True)
    return None if answer.status_code == 405 else answer


@contextmanager
def undrawn() -> Iterator[None]:
    """Inside, no page is drawn but those with problems, whose words tell why."""
    draw = Template.render

    def render(self: Template, context: Any = None, request: HttpRequest | None = None) -> str:
        return draw(self, context, request) if context and context.get("problems") else ""

    with mock.patch.object(Template, "render", render):
        yield


def word_for(answer: HttpResponse) -> str:
    """The answer in one word; a fault of the program is never an answer."""
    if answer.status_code >= 500:
        return f"fault {answer.status_code}"
    if answer.status_code == 302 and answer["Location"].startswith("/login/"):
        return "login"
    if answer.status_code == 404:
        return "closed"
    if answer.status_code == 409 and "的权限" in answer.content.decode():
        return "refused"
    return "open"


def test_the_table_names_every_url() -> None:
    assert {p.name for p in URLS} == set(ACCESS) | OPEN


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # many nested transactions in one long one crawl
def test_every_url_answers_every_role_as_the_table_says(tmp_path: Path) -> None:
    rows = world.build(tmp_path)
    clients = {letter: client_of(User.objects.get(username=name)) for letter, name in ROLES.items()}
    stranger = client_of(None)
    wrong = []
    for pattern in URLS:
        name = pattern.name or ""
        if name in OPEN:
            continue
        address = address_of(pattern, rows)
        drawn = next(letter for letter in clients if letter in ACCESS[name])
        asking = clients if connection.vendor == "sqlite" else {drawn: clients[drawn]}
        for letter, client in asking.items():
            with nullcontext() if letter == drawn else undrawn():
                met, asked = open_as(client, address)
            wanted = "open" if letter in ACCESS[name] else "closed"
            if asked > MOST_QUESTIONS:
                wrong.append(f"{name} as {ROLES[letter]}: {asked} questions to the database")
            if met != wanted and not (wanted == "closed" and met == "refused"):
                wrong.append(f"{name} as {ROLES[letter]}: {met}, expected {wanted}")
        if (met := open_as(stranger, address)[0]) != "login":
            wrong.append(f"{name} as a stranger: {met}, expected login")
    assert not wrong, "\n".join(wrong)
