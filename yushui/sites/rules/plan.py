"""The point plan: sites on an approved boundary as it was handed in. Plain geometry; nothing is fetched, and no
boundary is drawn that nobody approved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yushui.base.refusals import Problem
from yushui.sites.rules.places import CHINA
from yushui.sites.types import GROUP_MARKS

MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS = 60_000
MOST_TOLD = 8  # problems of one file; more say nothing new
WIDE, HIGH, EDGE = 960, 640, 20
FINEST = 0.6  # points nearer than this are one
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Shape:
    """One area of a boundary file: its name and rings of (longitude, latitude)."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Mark:
    """A site on the plan."""

    site_id: int
    name: str
    group: str
    x: float
    y: float

    @property
    def sign(self) -> str:
        """The character that stands in it."""
        return GROUP_MARKS[self.group]


@dataclass(frozen=True)
class Outline:
    """An area of the boundary as a path of the drawing, with the place of its name."""

    name: str
    path: str
    x: float
    y: float


def read_geojson(content: bytes) -> tuple[tuple[Shape, ...], list[Problem]]:
    """The areas of a boundary file, or what is wrong with it."""
    where = "边界文件"
    if len(content) > MOST_BYTES:
        return (), [Problem(f"文件超过 {MOST_BYTES >> 20} MB", where=where, next_step="请简化边界后再传")]
    try:
        found: Any = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return (), [Problem("不是 GeoJSON 文件", where=where, next_step="请从测绘部门提供的成果导出 GeoJSON")]
    features = found.get("features") if isinstance(found, dict) and found.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        return (), [Problem("文件里没有区域", where=where, next_step="应为 FeatureCollection,每个乡镇一个面")]
    shapes: list[Shape] = []
    problems: list[Problem] = []
    for number, feature in enumerate(features, start=1):
        rings, fault = rings_of(feature)
        if fault:
            problems.append(Problem(fault, where=f"{where} 第 {number} 个区域 {name_of(feature)}".strip()))
        shapes.append(Shape(name_of(feature), rings))
    if sum(len(ring) for shape in shapes for ring in shape.rings) > MOST_POINTS:
        problems.append(Problem(f"坐标点超过 {MOST_POINTS:,} 个", where=where, next_step="请简化边界后再传"))
    if problems:
        more = len(problems) - MOST_TOLD
        return (), [*problems[:MOST_TOLD], *([Problem(f"还有 {more} 个区域有问题", where=where)] if more > 0 else [])]
    return tuple(shapes), []


def name_of(feature: Any) -> str:
    """What a feature is called."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    name = properties.get("name") or properties.get("NAME") or properties.get("名称")
    return " ".join(str(name or "").split())[:40]


def rings_of(feature: Any) -> tuple[tuple[Ring, ...], str]:
    """The rings of a Polygon or MultiPolygon, holes among them; or what is wrong with it."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return (), "不是面"
    coordinates = geometry.get("coordinates")
    polygons: Any = [coordinates] if geometry["type"] == "Polygon" else coordinates
    try:
        rings = tuple(
            tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon
        )
    except (TypeError, ValueError, IndexError, KeyError):
        return (), "坐标读不出来"
    if not rings or any(len(ring) < 4 for ring in rings):
        return (), "面不完整,每圈至少 4 个点"
    (west, east), (south, north) = CHINA
    if all(west <= x <= east and south <= y <= north for ring in rings for x, y in ring):
        return rings, ""
    if all(west <= y <= east and south <= x <= north for ring in rings for x, y in ring):
        return (), "经度和纬度写反了"
    return (), "坐标不是中国范围内的经纬度"


ENDING = re.compile(r"(?:街道办事处|街道|镇|乡|民族乡|村|社区|村委会|居委会)$")


def same_name(one: str, other: str) -> bool:
    """Whether two names mean one place: the same, or the same but for 镇, 乡, 街道 left out in one of them."""
    if one == other:
        return True
    bare, bare_other = ENDING.sub("", one), ENDING.sub("", other)
    return bool(bare) and bare == bare_other and (bare == one or bare_other == other)


def match_names(shapes: Iterable[Shape], places: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of the file that are no place of ours (`未命名` where it has none), and places that the file lacks."""
    names = [shape.name for shape in shapes]
    strange = [name or "未命名" for name in names if not any(same_name(name, place) for place in places)]
    missing = [place for place in places if not any(same_name(name, place) for name in names)]
    return list(dict.fromkeys(strange)), missing


@dataclass(frozen=True)
class Frame:
    """How longitudes and latitudes lie on the drawing."""

    west: float
    north: float
    scale: float
    squeeze: float  # a degree of longitude is shorter than one of latitude

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A point of the drawing."""
        x = EDGE + (longitude - self.west) * self.scale * self.squeeze
        return round(x, 1), round(EDGE + (self.north - latitude) * self.scale, 1)


def frame_of(shapes: Sequence[Shape]) -> Frame:
    """The frame that holds all shapes."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle = (south + north) / 2
    squeeze = max(1 - (middle / 90) ** 2, 0.1)  # near enough to the cosine for a plan
    wide, high = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    return Frame(west, north, min((WIDE - 2 * EDGE) / wide, (HIGH - 2 * EDGE) / high), squeeze)


def outlines(shapes: Sequence[Shape], frame: Frame) -> list[Outline]:
    """The shapes as paths; the name stands in the middle of the largest ring."""
    drawn = []
    for shape in shapes:
        rings = [thinned([frame.at(*point) for point in ring]) for ring in shape.rings]
        path = "".join("M" + "L".join(f"{x},{y}" for x, y in ring) + "Z" for ring in rings)
        largest = max(rings, key=lambda ring: abs(area_of(ring)))
        x, y = middle_of(largest)
        drawn.append(Outline(shape.name, path, x, y))
    return drawn


def thinned(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ring without points that the eye cannot tell from the one before."""
    kept = ring[:1]
    for x, y in ring[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= FINEST:
            kept.append((x, y))
    return [*kept, ring[-1]]


def area_of(ring: Sequence[tuple[float, float]]) -> float:
    """Twice the signed area of a ring."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:], strict=False))


def middle_of(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of a ring's box: for a name that is near enough."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)


@dataclass(frozen=True)
class Placed:
    """Marks of sites, and how many have no point, or one beyond the drawing."""

    marks: list[Mark]
    without: int
    beyond: int


def place_marks(sites: Iterable[tuple[int, str, str, int | None, int | None]], frame: Frame) -> Placed:
    """The sites that have a point within the drawing."""
    marks, without, beyond = [], 0, 0
    for pk, name, group, longitude, latitude in sites:
        if longitude is None or latitude is None:
            without += 1
            continue
        x, y = frame.at(longitude / 1e6, latitude / 1e6)
        if 0 <= x <= WIDE and 0 <= y <= HIGH:
            marks.append(Mark(pk, name, group, x, y))
        else:
            beyond += 1
    return Placed(marks, without, beyond)
