"""An approved boundary file: odd ones refused with every fault, names matched, drawn with who approved it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import NO_FAULTS, PHONE, faults
from yushui.sites.models import Boundary
from yushui.sites.rules.plan import frame_of, match_names, outlines, place_marks, read_geojson, same_name
from yushui.sites.selectors.plan import plan_of
from yushui.sites.services.boundaries import set_boundary
from yushui.sites.services.places import add_site
from yushui.sites.tests.test_sites import AT, TODAY, make_desk, problems_of, site_draft
from yushui.sites.types import GROUP_NAMES

Geometry = dict[str, object]


def square(west: float, south: float, side: float = 1.0) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


SQUARE: Geometry = {"type": "Polygon", "coordinates": [square(118, 30)]}
WITH_HOLE: Geometry = {"type": "Polygon", "coordinates": [square(119, 30), square(119.4, 30.4, 0.2)]}
TWO: Geometry = {"type": "MultiPolygon", "coordinates": [[square(118, 31, 0.2)], [square(118.5, 31)]]}


def geojson(**shapes: Geometry) -> bytes:
    features = [{"type": "Feature", "properties": {"name": n}, "geometry": g} for n, g in shapes.items()]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def rings(*points: object) -> Geometry:
    return {"type": "Polygon", "coordinates": [list(points)]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", ["不是 GeoJSON 文件"]),
        (b"[" * 100_000, ["不是 GeoJSON 文件"]),
        (b'{"type":"FeatureCollection","features":[]}', ["文件里没有区域"]),
        (b'{"type":"Feature","geometry":null}', ["文件里没有区域"]),
        (b'{"type":"FeatureCollection","features":[1]}', ["不是面"]),
        (geojson(甲={"type": "Point", "coordinates": [118, 30]}), ["不是面"]),
        (geojson(甲=rings(*[[4e6, 3e6]] * 5)), ["坐标不是中国范围内的经纬度"]),
        (geojson(甲=rings(*[["a", "b"]] * 5)), ["坐标读不出来"]),
        (geojson(甲={"type": "Polygon", "coordinates": None}), ["坐标读不出来"]),
        (geojson(甲=rings([118, 30], [119, 30])), ["面不完整,每圈至少 4 个点"]),
        (geojson(甲=rings(*[[30, 118], [31, 118], [31, 119], [30, 118]])), ["经度和纬度写反了"]),
        (geojson(甲=rings(*[[118, float("nan")]] * 5)), ["坐标不是中国范围内的经纬度"]),
        (geojson(甲={"type": "Point"}, 乙=SQUARE, 丙={"type": "Polygon", "coordinates": []}), [
            "不是面", "面不完整,每圈至少 4 个点",
        ]),
    ],
)  # fmt: skip
def test_boundary_file_that_is_none_is_refused_with_every_fault(content: bytes, said: list[str]) -> None:
    shapes, problems = read_geojson(content)
    assert (shapes, [problem.what for problem in problems]) == ((), said)


def test_fault_names_the_shape_and_twenty_faults_are_not_all_told() -> None:
    _, [one] = read_geojson(geojson(石桥镇={"type": "Point"}))
    assert one.where == "边界文件 第 1 个区域 石桥镇"
    _, many = read_geojson(geojson(**{f"镇{n}": {"type": "Point"} for n in range(20)}))
    assert (len(many), many[-1].what) == (9, "还有 12 个区域有问题")


def test_names_meet_with_and_without_their_ending() -> None:
    assert same_name("石桥镇", "石桥镇")
    assert same_name("石桥", "石桥镇")
    assert same_name("城关街道", "城关")
    assert not same_name("石桥乡", "石桥镇")
    assert not same_name("", "石桥镇")
    assert not same_name("镇", "乡")
    shapes, _ = read_geojson(geojson(石桥=SQUARE, 外县镇=TWO) + b" ")
    assert match_names(shapes, ["石桥镇", "汊河镇"]) == (["外县镇"], ["汊河镇"])


def test_hole_and_islands_are_drawn_and_the_name_stands_on_the_largest() -> None:
    shapes, _ = read_geojson(geojson(石桥镇=WITH_HOLE, 汊河镇=TWO))
    frame = frame_of(shapes)
    hole, islands = outlines(shapes, frame)
    assert (hole.path.count("M"), islands.path.count("M")) == (2, 2)
    assert (islands.x, islands.y) == tuple(round(n, 1) for n in frame.at(119.0, 31.5))


def test_points_missing_and_beyond_are_told_apart() -> None:
    shapes, _ = read_geojson(geojson(石桥镇=SQUARE))
    sites = [(1, "内", "OFFER", 118_500_000, 30_500_000), (2, "外", "OFFER", 90_000_000, 45_000_000)]
    placed = place_marks([*sites, (3, "无", "OFFER", None, None)], frame_of(shapes))
    assert ([mark.sign for mark in placed.marks], placed.without, placed.beyond) == (["店"], 1, 1)


@pytest.mark.django_db
def test_boundary_asks_who_approved_it_and_tells_a_file_of_another_county() -> None:
    desk = make_desk()
    typed = {"name": "边界.geojson", "at": AT}

    def send(
        content: bytes, who: str = "市自然资源局", number: str = "皖S(2026)1号", on: str = "2026-08-01"
    ) -> Boundary:
        return set_boundary(actor=desk, content=content, approver=who, number=number, approved_on=on, **typed)  # type: ignore[arg-type]

    assert problems_of(lambda: send(geojson(外县镇=SQUARE), "", "", "2026-10-01")) == [
        "没有一个名称和本地的下级对得上", "请填写审核单位", "请填写审图号或批准文号", "日期在今天之后",
    ]  # fmt: skip
    assert plan_of(actor=desk, groups=list(GROUP_NAMES), on=TODAY) is None
    send(geojson(石桥镇=SQUARE))
    add_site(actor=desk, draft=site_draft(point="118.5,30.5"), at=AT)
    kept = send(geojson(石桥镇=SQUARE, 外县镇=TWO))
    plan = plan_of(actor=desk, groups=list(GROUP_NAMES), on=TODAY)
    assert plan is not None
    assert (plan.boundary, plan.strange, plan.missing) == (kept, ["外县镇"], ["汊河镇"])
    assert [mark.name for mark in plan.placed.marks] == ["清溪理发店"]
    assert Boundary.objects.filter(superseded_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_boundary_is_handed_in_wrong_first(visit: Callable[..., Page]) -> None:
    page = visit(make_desk(), "/sites/plan/")
    page.click("main a:has-text('上传边界文件')")
    page.set_input_files(
        "[name=boundary]", {"name": "点.geojson", "mimeType": "", "buffer": geojson(甲={"type": "Point"})}
    )
    page.fill("[name=approver]", "市自然资源局")
    page.click("main button:has-text('上传并启用')")
    page.wait_for_selector(".problems h2:has-text('共 3 处')")
    assert page.input_value("[name=approver]") == "市自然资源局"
    assert faults(page) == NO_FAULTS
    good = geojson(石桥=WITH_HOLE, 汊河镇=TWO, 外县镇=SQUARE)
    page.set_input_files("[name=boundary]", {"name": "边界.geojson", "mimeType": "", "buffer": good})
    page.fill("[name=number]", "皖S(2026)1号")
    page.fill("[name=approved_on]", "2026-08-01")
    page.click("main button:has-text('上传并启用')")
    page.wait_for_selector("main svg.plan path")
    shown = page.inner_text("main")
    assert "市自然资源局审核,审图号 皖S(2026)1号,2026年8月1日" in shown
    assert "外县镇" in shown
    assert faults(page) == NO_FAULTS
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert faults(page) == NO_FAULTS
