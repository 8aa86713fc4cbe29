"""The tree of areas: the national seed, a county's own villages, what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.area_codes import AreaLevel
from yushui.base.refusals import NotFound, Refused
from yushui.places import selectors, services
from yushui.places.models import Area

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DEMO = (
    ("99", "示例省"), ("9901", "示例市"), ("990101", "云川县"), ("990101001", "石桥镇"), ("990101002", "汊河镇"),
    ("990101001001", "北洲村"), ("990101001002", "柳湾村"),
)  # fmt: skip


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR, area="0" * 12, username="admin")


@pytest.fixture
def county(administrator):
    services.add_areas(actor=administrator, rows=DEMO, source="示例", at=NOW)


def test_load_areas_holds_the_whole_country_to_towns() -> None:
    started = process_time()
    added = services.load_areas(at=NOW)
    assert process_time() - started < 5
    assert added == 41935
    levels = {level: Area.objects.filter(level=level).count() for level in range(1, 5)}
    assert levels == {1: 34, 2: 333, 3: 2845, 4: 38723}
    town = Area.objects.get(code="110101001000")
    assert (town.full_name, town.source) == ("北京市东城区东华门街道", "民政部国家地名信息库,数据截至 2025-12-31")
    assert Area.objects.get(code="710000000000").name == "台湾省"
    assert services.load_areas(at=NOW) == 0


def test_add_villages_says_every_bad_row_at_once(administrator, county) -> None:
    rows = [
        ("990101001003", "新村"),
        ("99010100100", "短"),
        ("990101001003", "重"),
        ("880101001001", "无上级"),
        ("990101001004", " "),
    ]
    with pytest.raises(Refused) as refused:
        services.add_villages(actor=administrator, rows=rows, at=NOW)
    assert [(p.where, p.what) for p in refused.value.problems] == [
        ("第 2 行", "区划代码应为 2、4、6、9 或 12 位数字"),
        ("第 3 行", "区划代码 990101001003 重复"),
        ("第 4 行", "上级区划不存在"),
        ("第 5 行", "没有名称"),
    ]
    assert not Area.objects.filter(code="990101001003").exists()


def test_add_villages_keeps_what_is_there(administrator, county) -> None:
    rows = [("990101001001", "改名"), ("990101001003", "新村")]
    assert services.add_villages(actor=administrator, rows=rows, at=NOW) == 1
    assert selectors.area_names(["990101001001", "990101001003"]) == {"990101001001": "北洲村", "990101001003": "新村"}


def test_add_villages_outside_the_own_area_is_not_found(county) -> None:
    officer = make_user(Role.DESK_OFFICER, area="990101001000", username="town-officer")
    with pytest.raises(NotFound):
        services.add_villages(actor=officer, rows=[("990101002001", "新河村")], at=NOW)


def test_path_names_leave_out_the_county(county) -> None:
    codes = ["990101001001", "990101001000", "990101000000"]
    assert selectors.path_names(codes) == {
        "990101001001": "石桥镇 北洲村", "990101001000": "石桥镇", "990101000000": "云川县",
    }  # fmt: skip


def test_list_areas_stays_inside_the_actors_area(county) -> None:
    clerk = make_user(Role.TOWN_CLERK, area="990101001000")
    assert [a.name for a in selectors.list_areas(actor=clerk, level=AreaLevel.TOWN)] == ["石桥镇"]
    assert [a.name for a in selectors.list_children(actor=clerk, code="990101001000")] == ["北洲村", "柳湾村"]
    with pytest.raises(NotFound):
        selectors.get_area(actor=clerk, code="990101002000")
