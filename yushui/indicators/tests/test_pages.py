"""The pages of figures: what they show is what the rows are."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit import services as audit
from yushui.indicators.charts import Bar, draw_png, draw_svg
from yushui.indicators.tests.county import County, make_campaign, make_county, pay, visit
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_person, make_status

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def county() -> County:
    return make_county()


def open_as(client: Client, user: User, path: str) -> str:
    """The page as this user sees it, newlines and runs of spaces made one space."""
    client.force_login(user, backend=BACKEND)
    page = client.get(path)
    assert page.status_code == 200, path
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_list_shows_each_figure_as_a_link_to_its_rows(county: County, client: Client) -> None:
    page = open_as(client, make_user(Role.DESK_OFFICER), "/figures/?year=2026&to=2026-06-30")
    assert f'href="/figures/entitled_heads/rows/?area={COUNTY}&amp;year=2026">4 人</a>' in page
    assert "上年同期" in page


def test_one_figure_leads_down_to_towns_and_villages(county: County, client: Client) -> None:
    page = open_as(client, make_user(Role.DESK_OFFICER), "/figures/entitled_heads/?year=2026&to=2026-06-30")
    assert f'<a class="row" href="/figures/entitled_heads/?area={TOWN}&amp;year=2026">石桥镇</a>' in page
    assert f'<a class="figure" href="/figures/entitled_heads/rows/?area={OTHER_TOWN}&amp;year=2026">1 人</a>' in page
    assert f'xlink:href="/figures/entitled_heads/?area={TOWN}&amp;year=2026"' in page
    town = open_as(client, make_user(Role.DESK_OFFICER), f"/figures/entitled_heads/?area={TOWN}&year=2026")
    assert f'href="/figures/entitled_heads/rows/?area={VILLAGE}&amp;year=2026">2 人</a>' in town


def rows_shown(page: str) -> int:
    """How many rows stand in the table."""
    return page.count("<tr><td>")


def test_the_rows_page_lists_as_many_as_the_figure_says(county: County, client: Client) -> None:
    page = open_as(client, make_user(Role.DESK_OFFICER), "/figures/entitled_heads/rows/?year=2026&to=2026-06-30")
    assert "合计 <b>4 人</b>,来自 5 条记录" in page
    assert rows_shown(page) == 4
    every = open_as(client, make_user(Role.DESK_OFFICER), "/figures/entitled_heads/rows/?year=2026&to=2026-06-30&all=1")
    assert rows_shown(every) == 5


def test_rows_are_paged_without_loss(county: County, client: Client) -> None:
    for number in range(60):
        make_status(make_person(name=f"人{number}"), kind="MARTYR_CHILD")
    path = "/figures/heads_martyr_child/rows/?year=2026"
    user = make_user(Role.DESK_OFFICER)
    first, second = open_as(client, user, path), open_as(client, user, f"{path}&page=2")
    assert (rows_shown(first), rows_shown(second)) == (50, 10)


def test_a_rate_shows_what_is_done_and_what_is_left(county: County, client: Client) -> None:
    visit(county.wang, make_campaign(county.wang, county.li, county.sun))
    user = make_user(Role.DESK_OFFICER)
    path = "/figures/spring_coverage/rows/?year=2026&to=2026-06-30&part="
    assert [rows_shown(open_as(client, user, path + part)) for part in ("part", "gap", "whole", "odd")] == [1, 2, 3, 1]


def test_rows_lead_to_the_person(county: County, client: Client) -> None:
    page = open_as(client, make_user(Role.DESK_OFFICER), "/figures/heads_survivor_martyr/rows/?year=2026")
    assert f'<a class="row" href="/people/{county.sun.pk}/">孙桂兰</a>' in page


def test_a_leader_sees_masked_names_and_no_link(county: County, client: Client) -> None:
    page = open_as(client, make_user(Role.LEADER), "/figures/heads_survivor_martyr/rows/?year=2026")
    assert "孙**" in page
    assert "孙桂兰" not in page
    assert f"/people/{county.sun.pk}/" not in page


def test_no_personal_number_is_on_a_rows_page(county: County, client: Client) -> None:
    pay(county.wang, 401550)
    user = make_user(Role.DESK_OFFICER)
    for path in ("/figures/paid_total/rows/?year=2026", "/figures/entitled_heads/rows/?year=2026"):
        page = open_as(client, user, path)
        for person in Person.objects.all():
            assert person.id_number not in page


@pytest.mark.parametrize(
    "path", ["/figures/nothing/", "/figures/nothing/rows/", "/figures/?area=99", "/figures/?area=abc",
             "/figures/standards_growth/rows/", f"/figures/entitled_heads/rows/?area={OTHER_TOWN}"],
)  # fmt: skip
def test_what_is_not_there_or_not_yours_is_not_found(county: County, client: Client, path: str) -> None:
    client.force_login(make_user(Role.TOWN_CLERK, area=TOWN), backend=BACKEND)
    assert client.get(path).status_code == 404


def test_odd_values_in_the_address_are_never_an_error(county: County, client: Client) -> None:
    client.force_login(make_user(Role.DESK_OFFICER), backend=BACKEND)
    # one act in the log, so that counts are kept from page to page
    audit.record(actor=None, action="indicators.test", subject="figures", at=datetime(2026, 1, 5, tzinfo=UTC))
    for query in ("year=abc", "year=99999", "year=1990", "to=2026-13-45", "to=9999-01-01", "page=0", "page=x", "area="):
        for path in ("/figures/", "/figures/confirmed_rate/", "/figures/confirmed_rate/rows/"):
            assert client.get(f"{path}?{query}").status_code == 200, (path, query)


def test_a_chart_holds_no_style_no_script_and_no_other_host() -> None:
    bars = [Bar("残疾军人", 12, "12 人", "/figures/a/?b=1&c=2"), Bar('<"&>', 3, "3 人", "/figures/b/")]
    svg = draw_svg(bars, '人数"<')
    assert re.findall(r'xlink:href="([^"]*)"', svg) == ["/figures/a/?b=1&amp;c=2", "/figures/b/"] * 2
    assert "style=" not in svg
    assert "<script" not in svg
    assert 'aria-label="人数&quot;&lt;"' in svg
    assert set(re.findall(r"https?://[^/\"]+", svg)) == {"http://www.w3.org"}


def test_a_chart_for_print_is_a_picture() -> None:
    assert draw_png([Bar("甲", 1, "1 人"), Bar("乙", 2, "2 人")]).startswith(b"\x89PNG")
