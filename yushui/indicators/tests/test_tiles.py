"""A figure on the tile map: every area below with its number, one level down at each tile, rows at the lowest; the
nation and a level that is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.area_codes import NATION
from yushui.indicators.rules import short_number
from yushui.indicators.selectors.catalogue import get_indicator
from yushui.indicators.selectors.values import values_below
from yushui.indicators.tests.county import make_county
from yushui.indicators.tests.test_pages import open_as
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, make_person, make_status
from yushui.places.models import Area
from yushui.places.selectors.tiles import arrangements

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 30)


def make_provinces() -> None:
    """The 34 provinces by their short names, and two districts of 北京 that stand right under it."""
    names = arrangements(Path(settings.CATALOGUE_DIR))[NATION].names
    rows = [(code, name, 1) for code, name in names.items()]
    rows += [("110101000000", "东城区", 3), ("110102000000", "西城区", 3), ("110101001000", "东华门街道", 4)]
    Area.objects.bulk_create(
        Area(code=code, name=name, full_name=name, level=level, source="test") for code, name, level in rows
    )


def test_words_on_a_tile_are_short() -> None:
    said = [short_number(n, unit) for n, unit in (
        (None, "%"), (9999, "%"), (9740, "%"), (10000, "%"), (12046, "人"), (1_234_567, "人"), (401550, "元"),
        (12_345_600, "元"), (1_234_567_890_00, "元"), (125, "小时"), (0, "处"),
    )]  # fmt: skip
    assert said == ["—", "99.9%", "97.4%", "100%", "12046", "123.4万", "4015", "12.3万", "12.3亿", "12.5", "0"]


def test_tile_leads_one_level_down_and_at_the_village_to_its_rows(client: Client) -> None:
    make_county()
    desk = make_user(Role.DESK_OFFICER)
    page = open_as(client, desk, "/figures/entitled_heads/?year=2026&to=2026-06-30&view=tiles")
    assert (
        f'href="/figures/entitled_heads/?area={TOWN}&amp;year=2026&amp;view=tiles"><title>石桥镇 3 人</title>' in page
    )
    assert f"<title>{Area.objects.get(pk=OTHER_TOWN).name} 1 人</title>" in page
    town = open_as(client, desk, f"/figures/entitled_heads/?area={TOWN}&year=2026&view=tiles")
    assert f'href="/figures/entitled_heads/rows/?area={VILLAGE}&amp;year=2026"><title>北洲村 2 人</title>' in town
    village = open_as(client, desk, f"/figures/entitled_heads/?area={VILLAGE}&year=2026&view=tiles")
    assert "<figure" not in village


def test_area_without_rows_is_zero_and_a_ratio_of_nothing_is_no_number(client: Client) -> None:
    make_county()
    Area.objects.create(code="990101003000", name="空镇", full_name="空镇", level=4, source="test")
    desk = make_user(Role.DESK_OFFICER)
    assert "<title>空镇 0 人</title>" in open_as(client, desk, "/figures/entitled_heads/?year=2026&view=tiles")
    ratio = open_as(client, desk, "/figures/confirmed_rate/?year=2026&view=tiles")
    assert "<title>空镇 —</title>" in ratio
    assert "没有数据" in ratio


def test_nation_is_drawn_with_34_provinces(client: Client) -> None:
    make_county()
    make_provinces()
    person = make_person(name="北京一", area="110101001000")
    make_status(person)
    auditor = make_user(Role.AUDITOR, area=NATION, username="nation")
    page = open_as(client, auditor, f"/figures/entitled_heads/?area={NATION}&year=2026&view=tiles")
    assert page.count("<rect") >= 35  # 34 provinces and the invented one
    for name in ("台湾 0 人", "香港 0 人", "澳门 0 人", "北京 1 人", "示例省 4 人"):
        assert f"<title>{name}</title>" in page
    assert ">黑龙江<" in page
    assert "排列方格" not in page


def test_level_that_is_left_out_is_passed_over_in_values() -> None:
    make_provinces()
    make_status(make_person(name="北京一", area="110101001000"))
    make_status(make_person(name="北京二", area="110102000000"))
    auditor = make_user(Role.AUDITOR, area=NATION, username="nation")
    found = values_below(
        actor=auditor, indicator=get_indicator("entitled_heads"), area_code="110000000000", year=2026, on=ON
    )
    assert [(value.area_code, value.number) for value in found] == [("110101000000", 1), ("110102000000", 1)]


def test_town_clerk_sees_the_tiles_of_the_town_only(client: Client) -> None:
    make_county()
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    page = open_as(client, clerk, "/figures/entitled_heads/?year=2026&view=tiles")
    assert f"area={OTHER_VILLAGE}" in page
    assert "排列方格" in page
    assert client.get(f"/figures/entitled_heads/?area={COUNTY}&view=tiles").status_code == 404
