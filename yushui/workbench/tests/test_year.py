"""A year of a place on one page: every number is the length of the list that it opens."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client

from yushui.accounts.tests.factories import COUNTY, make_user
from yushui.accounts.types import Role
from yushui.activities.models import ActivityKind
from yushui.activities.services.activities import record_activity
from yushui.activities.types import ActivityDraft
from yushui.base.refusals import NotFound
from yushui.people.tests.factories import make_areas
from yushui.workbench.selectors.year import Cell, get_year

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 1, tzinfo=UTC)
ON = date(2026, 11, 22)
TOWN = "990101001000"


@pytest.fixture
def desk():
    make_areas()
    ActivityKind.objects.create(code="MEMORIAL", name="祭扫", chapter="EDUCATION", direction="JOINT", measure="人次")
    ActivityKind.objects.create(code="FORUM", name="座谈会", chapter="VISITS", direction="JOINT", measure="人次")
    user = make_user(Role.DESK_OFFICER)
    held = [("MEMORIAL", "2026-04-04", "500"), ("MEMORIAL", "2026-09-30", "300"), ("FORUM", "2026-07-30", "40")]
    for n, (kind, on, heads) in enumerate(held):
        draft = ActivityDraft(kind=kind, on=on, heads=heads, area_code=TOWN, client_key=f"year-test-{n}")
        record_activity(actor=user, draft=draft, at=AT)
    record_activity(
        actor=user, at=AT,
        draft=ActivityDraft(kind="FORUM", on="2025-07-30", area_code=COUNTY, client_key="year-test-9"),
    )  # fmt: skip
    return user


def counts(desk, area: str, year: int) -> dict[str, dict[int, int]]:
    found = get_year(actor=desk, area_code=area, year=year, on=ON)
    return {
        name: {m.number: cell.count for m in found.months for n, cell in m.named_cells if n == name and cell.count}
        for name in found.columns
    }


def test_months_of_a_town(desk) -> None:
    assert counts(desk, TOWN, 2026) == {"宣传教育": {4: 1, 9: 1}, "走访慰问": {7: 1}}
    assert counts(desk, TOWN, 2025) == {}
    assert counts(desk, COUNTY, 2025) == {"走访慰问": {7: 1}}


def test_months_are_remembered_by_their_largest_activities(desk) -> None:
    found = get_year(actor=desk, area_code=TOWN, year=2026, on=ON)
    assert [h.label for h in found.months[3].headlines] == ["祭扫"]
    assert [m.is_to_come for m in found.months] == [False] * 11 + [True]


def test_every_number_opens_a_list_of_that_length(desk) -> None:
    client = Client()
    client.force_login(desk, backend="django.contrib.auth.backends.ModelBackend")
    found = get_year(actor=desk, area_code=TOWN, year=2026, on=ON)
    cells: list[Cell] = [cell for month in found.months for _, cell in month.named_cells if cell.count]
    assert len(cells) == 3
    for cell in cells:
        page = client.get(cell.url).content.decode()
        assert len(re.findall(r'href="/activities/\d+/"', page)) == cell.count, urlsplit(cell.url).query


def test_an_area_outside_of_the_own_is_not_there(desk) -> None:
    with pytest.raises(NotFound):
        get_year(actor=make_user(Role.TOWN_CLERK, area="990101002000"), area_code=TOWN, year=2026, on=ON)
