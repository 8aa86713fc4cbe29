"""The point plan: towns as tiles with the sites in them, and an approved boundary as handed in. Plain geometry; nothing
is fetched, and no boundary is drawn that nobody approved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yushui.base.refusals import Problem

MOST_BYTES = 5 * 1024 * 1024
MOST_POINTS = 60_000
TILE = (216, 118)  # of one town, in units of the drawing
PER_ROW = 16
MOST_IN_TILE = 64
WIDE, HIGH, EDGE = 960, 640, 20
COLUMNS = 4
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


@dataclass(frozen=True)
class Tile:
    """A town of the schematic plan."""

    name: str
    x: int
    y: int
    marks: tuple[Mark, ...]
    more: int
    count: int


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
    shapes, left = [], MOST_POINTS
    for number, feature in enumerate(features, start=1):
        rings = rings_of(feature)
        if not rings:
            return (), [Problem("不是面,或坐标不是经纬度", where=f"{where} 第 {number} 个区域")]
        left -= sum(len(ring) for ring in rings)
        if left < 0:
            return (), [Problem(f"坐标点超过 {MOST_POINTS:,} 个", where=where, next_step="请简化边界后再传")]
        shapes.append(Shape(name_of(feature), rings))
    return tuple(shapes), []


def name_of(feature: Any) -> str:
    """What a feature is called."""
    properties = feature.get("properties")
    name = properties.get("name") or properties.get("名称") if isinstance(properties, dict) else ""
    return str(name or "")[:40]


def rings_of(feature: Any) -> tuple[Ring, ...]:
    """The rings of a Polygon or MultiPolygon; none when anything in it is odd."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return ()
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    if geometry.get("type") not in {"Polygon", "MultiPolygon"} or not isinstance(polygons, list):
        return ()
    try:
        rings = tuple(
            tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon
        )
    except (TypeError, ValueError, IndexError, KeyError):
        return ()
    fits = all(len(ring) > 3 and all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring) for ring in rings)
    return rings if fits else ()


def lay_tiles(towns: Sequence[tuple[str, str]], sites: Iterable[tuple[int, str, str, str]]) -> list[Tile]:
    """The schematic: one tile for each town (code, name), in it its sites (id, name, group, area code) in rows."""
    inside: dict[str, list[tuple[int, str, str]]] = {code[:9]: [] for code, _ in towns}
    for pk, name, group, area in sites:
        inside.setdefault(area[:9], []).append((pk, name, group))
    tiles = []
    for number, (code, name) in enumerate(towns):
        left, top = number % COLUMNS * (TILE[0] + 24), number // COLUMNS * (TILE[1] + 16)
        own = inside[code[:9]]
        marks = tuple(
            Mark(pk, title, group, left + 16 + n % PER_ROW * 12.5, top + 42 + n // PER_ROW * 18)
            for n, (pk, title, group) in enumerate(own[:MOST_IN_TILE])
        )
        tiles.append(Tile(name, left, top, marks, max(len(own) - MOST_IN_TILE, 0), len(own)))
    return tiles


def height_of(tiles: Sequence[Tile]) -> int:
    """How high the schematic is."""
    return max((tile.y for tile in tiles), default=0) + TILE[1] + 4


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
    """The shapes as paths."""
    drawn = []
    for shape in shapes:
        rings = [[frame.at(*point) for point in ring] for ring in shape.rings]
        path = "".join("M" + "L".join(f"{x},{y}" for x, y in ring) + "Z" for ring in rings)
        first = rings[0]
        middle = (sum(x for x, _ in first) / len(first), sum(y for _, y in first) / len(first))
        drawn.append(Outline(shape.name, path, round(middle[0], 1), round(middle[1], 1)))
    return drawn


def place_marks(sites: Iterable[tuple[int, str, str, int | None, int | None]], frame: Frame) -> tuple[list[Mark], int]:
    """Marks of the sites that have a point within the drawing, and how many have none."""
    marks, without = [], 0
    for pk, name, group, longitude, latitude in sites:
        x, y = frame.at(longitude / 1e6, latitude / 1e6) if longitude and latitude else (-1.0, -1.0)
        if 0 <= x <= WIDE and 0 <= y <= HIGH:
            marks.append(Mark(pk, name, group, x, y))
        else:
            without += 1
    return marks, without
