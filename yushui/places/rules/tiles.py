"""方格图 (tile map): one square for each area below the one looked at, our own drawing in place of a map. Plain
geometry: where squares stand, how dark they are, what is written on them. Nothing of it is a boundary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yushui.base.refusals import Problem

Cell = tuple[int, int]  # row and column, from 1
SIDE, GAP = 96, 6  # of a tile, in units of the drawing
ROOM = 84  # for words inside a tile
GRADES = 4  # shades above zero
SPREAD: dict[int, tuple[int, ...]] = {0: (), 1: (2,), 2: (1, 3), 3: (1, 2, 4), 4: (1, 2, 3, 4)}  # told apart in print
MOST = 30  # rows and columns of an arrangement
WIDE = 8  # more columns than these are scrolled, not shrunk
ENDINGS = ("居民委员会", "村民委员会", "居委会", "村委会")
BY_PLACE, BY_CODE = "方格只表示大致方位,不表示边界和面积。", "方格按区划代码排,不表示方位、边界和面积。"
WORDS = {"row": "行", "column": "列"}


@dataclass(frozen=True)
class Measured:
    """What one area has: `number` makes the shade, `short` stands on the tile, `words` in its title and in the table.
    `address` leads to what lies below, `rows` to what was counted."""

    code: str
    name: str
    number: int | None
    words: str
    short: str = ""
    address: str = ""
    rows: str = ""


@dataclass(frozen=True)
class Tile:
    """One square with its words, placed."""

    code: str
    title: str
    lines: tuple[str, ...]
    short: str
    x: int
    y: int
    grade: str  # none, or 0 to 4
    address: str

    @property
    def middle(self) -> int:
        """The middle of its width."""
        return self.x + SIDE // 2

    @property
    def baselines(self) -> list[tuple[int, str]]:
        """The lines of its name, each with its height."""
        first = self.y + (36 if len(self.lines) == 1 else 24)
        return [(first + 21 * number, line) for number, line in enumerate(self.lines)]

    @property
    def foot(self) -> int:
        """The height of the number."""
        return self.y + 78


@dataclass(frozen=True)
class Shade:
    """A line of the legend."""

    grade: str
    words: str


@dataclass(frozen=True)
class TileMap:
    """A tile map ready to be written as SVG."""

    tiles: tuple[Tile, ...]
    legend: tuple[Shade, ...]
    width: int
    height: int
    name_size: int
    number_size: int
    wide: bool
    caption: str
    side: int = SIDE


def default_width(count: int) -> int:
    """How many tiles stand in a row when nobody arranged them."""
    return min(count, 4) if count <= 12 else 5 if count <= 25 else 6 if count <= 48 else 8


def place_cells(codes: Sequence[str], kept: Mapping[str, Cell]) -> dict[str, Cell]:
    """A cell for each area: as arranged, else below those in reading order."""
    cells = {code: kept[code] for code in codes if code in kept}
    rest = [code for code in codes if code not in cells]
    if cells:
        first, width = max(row for row, _ in cells.values()) + 1, max(column for _, column in cells.values())
    else:
        first, width = 1, default_width(len(rest))
    for number, code in enumerate(rest):
        cells[code] = (first + number // max(width, 1), number % max(width, 1) + 1)
    return cells


def grades_of(numbers: Iterable[int]) -> dict[int, int]:
    """number → its shade: zero and less 0, the rest in up to four parts of about as many areas each; equal numbers
    are equally dark."""
    above = sorted(number for number in numbers if number > 0)
    known = sorted(set(above))
    if len(known) <= GRADES:
        steps = {number: place for place, number in enumerate(known)}
    else:
        steps = {number: above.index(number) * GRADES // len(above) for number in known}
    used = sorted(set(steps.values()))
    shades = dict(zip(used, SPREAD[len(used)], strict=True))
    return {number: shades[steps[number]] if number > 0 else 0 for number in {*known, *(n for n in numbers if n <= 0)}}


def legend_of(measured: Sequence[Measured], grades: Mapping[int, int]) -> tuple[Shade, ...]:
    """What each shade stands for, from the lightest: the smallest and the largest number that bears it."""
    found: dict[int, list[Measured]] = {}
    for one in measured:
        if one.number is not None:
            found.setdefault(grades[one.number], []).append(one)
    lines = []
    for grade, ones in sorted(found.items()):
        ones.sort(key=lambda one: one.number or 0)
        low, high = ones[0].short, ones[-1].short
        lines.append(Shade(str(grade), low if low == high else f"{low} 至 {high}"))
    if any(one.number is None for one in measured):
        lines.append(Shade("none", "没有数据"))
    return tuple(lines)


def lines_of(name: str) -> tuple[str, ...]:
    """The name as it fits on a tile: four characters in one line, up to eight in two."""
    for ending in ENDINGS:
        name = name.removesuffix(ending) or name
    if len(name) <= 4:
        return (name,)
    if len(name) > 8:
        name = f"{name[:7]}…"
    half = (len(name) + 1) // 2
    return name[:half], name[half:]


def draw_tiles(
    measured: Sequence[Measured], cells: Mapping[str, Cell], names: Mapping[str, str], *, arranged: bool
) -> TileMap:
    """The tiles of areas in their cells; `names` are the short ones where an arrangement has them, and `arranged` says
    whether somebody put them where they lie."""
    numbers = [one.number for one in measured if one.number is not None]
    grades = grades_of(numbers)
    tiles = []
    for one in measured:
        row, column = cells[one.code]
        tiles.append(
            Tile(
                one.code, f"{one.name} {one.words}", lines_of(names.get(one.code, one.name)), one.short,
                (column - 1) * (SIDE + GAP) + 1, (row - 1) * (SIDE + GAP) + 1,
                "none" if one.number is None else str(grades[one.number]), one.address,
            )
        )  # fmt: skip
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    longest = max((len(line) for tile in tiles for line in tile.lines), default=1)
    digits = max((width_of(tile.short) for tile in tiles), default=1)
    columns = max((cells[one.code][1] for one in measured), default=1)
    return TileMap(
        tuple(tiles), legend_of(measured, grades), columns * (SIDE + GAP) - GAP + 2,
        max((tile.y for tile in tiles), default=0) + SIDE + 1, min(26, ROOM // longest),
        min(28, int(ROOM / max(digits, 1))), columns > WIDE, BY_PLACE if arranged else BY_CODE,
    )  # fmt: skip


def width_of(text: str) -> float:
    """About how many characters wide a text is, a digit being about six tenths of a Chinese one."""
    return sum(0.62 if char.isascii() else 1.0 for char in text)


def read_cells(typed: Mapping[str, tuple[str, str]], names: Mapping[str, str]) -> tuple[dict[str, Cell], list[Problem]]:
    """An arrangement as typed, code → (row, column), or all that is wrong with it. Who is left empty stands behind."""
    cells: dict[str, Cell] = {}
    problems: list[Problem] = []
    taken: dict[Cell, str] = {}
    for code, name in names.items():
        row, column = (text.strip() for text in typed.get(code, ("", "")))
        if not row and not column:
            continue
        if not row or not column:
            missing = WORDS["column"] if row else WORDS["row"]
            problems.append(Problem(f"只填了一半,缺{missing}", where=name, next_step="行和列都填,或都不填"))
            continue
        numbers = [int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0 for text in (row, column)]
        if not all(1 <= number <= MOST for number in numbers):
            problems.append(Problem(f"行、列应是 1 到 {MOST} 的整数", where=name))
            continue
        cell = (numbers[0], numbers[1])
        if cell in taken:
            problems.append(Problem(f"和{taken[cell]}在同一格(第 {cell[0]} 行第 {cell[1]} 列)", where=name))
            continue
        taken[cell] = name
        cells[code] = cell
    return cells, problems


@dataclass(frozen=True)
class Arrangement:
    """An arrangement of the catalogue: cells and short names by code."""

    cells: Mapping[str, Cell]
    names: Mapping[str, str]


def read_arrangements(entries: Sequence[Mapping[str, Any]], where: str) -> tuple[dict[str, Arrangement], list[Problem]]:
    """Area → its arrangement, and everything wrong with the file: fields, places, two in one cell, one area twice."""
    found: dict[str, Arrangement] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        at = f"{where} 第 {number} 项"
        cells: dict[str, Cell] = {}
        names: dict[str, str] = {}
        area, tiles = entry.get("area"), entry.get("tiles")
        if set(entry) != {"area", "name", "tiles"} or not isinstance(area, str) or not isinstance(tiles, list):
            problems.append(Problem("应写明 area、name 和 tiles", where=at))
            continue
        for tile in tiles:
            code, short, row, column = tile if isinstance(tile, list) and len(tile) == 4 else ("", "", 0, 0)
            spot = f"{at} {short or tile}"
            if not (isinstance(code, str) and len(code) == 12 and isinstance(short, str) and short):
                problems.append(Problem("应为 [代码, 简称, 行, 列]", where=spot))
            elif not all(isinstance(n, int) and 1 <= n <= MOST for n in (row, column)):
                problems.append(Problem(f"行、列应是 1 到 {MOST} 的整数", where=spot))
            elif code in cells:
                problems.append(Problem("重复", where=spot))
            elif (row, column) in cells.values():
                problems.append(Problem("两个在同一格", where=spot))
            else:
                cells[code], names[code] = (row, column), short
        found[area] = Arrangement(cells, names)
    return found, problems
