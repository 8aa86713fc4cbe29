"""Every URL × every role has an expected answer. A URL without a row, or a row without a URL, fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_table import ACCESS, OPEN, ROLES
from yushui.accounts.models import User
from yushui.workbench import house
from yushui.workbench.demo.build import build_county

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
ROWS = {
    "person_id": "people.Person", "lineage": "people.Status", "event_id": "people.PersonEvent", "user_id": "accounts.User",
    "hardship_id": "people.Hardship", "run_id": "benefits.Run", "recovery_id": "benefits.Recovery",
    "batch_id": "payments.Batch", "campaign_id": "activities.Campaign", "target_id": "activities.CampaignTarget",
    "visit_id": "activities.Visit", "activity_id": "activities.Activity", "import_id": "rosters.RosterImport",
    "report_id": "reports.Report", "job_id": "base.Job",
}  # fmt: skip
WORDS = {"indicator_id": "entitled_heads", "benefit": "disability_pension", "form_key": "rural_veteran_60"}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """All named URLs."""
    for pattern in found:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern.url_patterns)


URLS = list(patterns(get_resolver().url_patterns))


def address_of(pattern: URLPattern) -> str:
    """An address of this URL that leads to a row of 北洲村 where the row has a place, else to the newest row."""
    arguments: dict[str, object] = {}
    for name in pattern.pattern.converters:
        if name in WORDS:
            arguments[name] = WORDS[name]
            continue
        model = apps.get_model(ROWS[name])
        rows = model._default_manager.order_by("-pk")
        fields = {f.name for f in model._meta.get_fields()}
        for column in ("area", "person"):
            if column in fields:
                path = "area_id" if column == "area" else "person__area_id"
                rows = rows.filter(**{path: "990101001001"}) or rows
                break
        row = rows.first()
        arguments[name] = row.pk if row is not None else 1
    return reverse(pattern.name or "", kwargs=arguments)


def open_as(username: str | None, address: str) -> str:
    """What a role meets there by GET and by POST: `open`, `closed` (404), `refused` (no right to act) or `login`.

    A form that may not be sent must not open either, so the two answers must agree. Nothing stays written.
    """
    client = Client(raise_request_exception=False)
    if username:
        client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    met = {
        word_for(answer) for answer in (undone(client.get, address), undone(client.post, address)) if answer is not None
    }
    shut = {"closed", "refused"}
    return met.pop() if len(met) == 1 else "closed" if met <= shut else " and ".join(sorted(met))


def undone(ask: Callable[[str], HttpResponse], address: str) -> HttpResponse | None:
    """The answer, with whatever it wrote taken back; None when the method is not offered."""
    with transaction.atomic():
        answer = ask(address)
        transaction.set_rollback(True)
    return None if answer.status_code == 405 else answer


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
@pytest.mark.django_db
def test_every_url_answers_every_role_as_the_table_says() -> None:
    house.prepare_house(at=NOW, say=lambda text: None)
    build_county(people=300, seed=1, today=date(2026, 11, 22), at=NOW, say=lambda text: None)
    wrong = []
    for pattern in URLS:
        name = pattern.name or ""
        if name in OPEN:
            continue
        address = address_of(pattern)
        for letter, username in ROLES.items():
            met = open_as(username, address)
            allowed = letter in ACCESS[name]
            if (met == "open") != allowed or met.startswith("fault"):
                wrong.append(f"{name} as {username}: {met}, expected {'open' if allowed else 'closed or refused'}")
        if (met := open_as(None, address)) != "login":
            wrong.append(f"{name} as a stranger: {met}, expected login")
    assert wrong == []
