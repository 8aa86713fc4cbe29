"""A figure on the tile map (方格图): every area below, those without rows too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yushui.base.area_codes import AreaLevel, level_of
from yushui.indicators.rules import short_number, show_number
from yushui.indicators.types import Indicator, Kind
from yushui.places.rules.tiles import Measured, TileMap, draw_tiles
from yushui.places.selectors.tiles import Ground

Address = Callable[[str, str, int, bool], str]


def tiles_of(
    *, ground: Ground, indicator: Indicator, numbers: Mapping[str, int | None], year: int, address: Address
) -> TileMap:
    """The tiles of one figure. An area without rows counts 0; a ratio of nothing is no number. `numbers` were read for
    an actor who may see the area."""
    nothing = None if indicator.kind is Kind.RATIO else 0
    measured = []
    for code, name in ground.children:
        number = numbers.get(code, nothing)
        lowest = level_of(code) == AreaLevel.VILLAGE
        measured.append(
            Measured(
                code, name, number, show_number(number, indicator.unit), short_number(number, indicator.unit),
                address(indicator.id, code, year, lowest),
            )
        )  # fmt: skip
    return draw_tiles(measured, ground.cells, ground.short_names, arranged=ground.is_arranged)
