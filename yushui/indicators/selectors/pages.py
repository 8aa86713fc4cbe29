"""What the pages of figures need in one call each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.base.area_codes import AreaLevel, ancestors_of, level_of, lies_in
from yushui.indicators.charts import Bar, draw_svg
from yushui.indicators.permissions import check_view_figures
from yushui.indicators.rules import show_number
from yushui.indicators.selectors.rows import (
    Footing,
    ShownRow,
    counted_rows,
    footing_of,
    measure_of,
    rows_of,
    show_rows,
    shown_fields,
    source_of,
)
from yushui.indicators.selectors.standards import Growth, standards_growth
from yushui.indicators.selectors.tiles import Address, tiles_of
from yushui.indicators.selectors.values import same_day_before, values_below, values_of
from yushui.indicators.types import Indicator, Kind, Part, Value
from yushui.places.rules.tiles import TileMap
from yushui.places.selectors import area_names, list_children
from yushui.places.selectors.tiles import Ground, ground_of

FIRST_YEAR = 2009  # the oldest year that is offered


@dataclass(frozen=True)
class Place:
    """The area and year a page is about, the way back up, and what else may be chosen."""

    code: str
    name: str
    year: int
    on: date
    earlier: date  # to which day the year before is counted beside it
    above: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    years: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        """Whether the year was still running on the day of asking."""
        return self.year == self.on.year

    @property
    def before_words(self) -> str:
        """What the comparison is with."""
        return "上年同期" if self.is_open else "上年"


def place_of(*, actor: User, area_code: str, year: int, on: date) -> Place:
    """The area with its ancestors inside the actor's own, and the areas right below."""
    check_view_figures(actor, area_code)
    above = [code for code in ancestors_of(area_code) if lies_in(code, actor.area_code)]
    names = area_names([*above, area_code])
    below: list[tuple[str, str]] = []
    if level_of(area_code) < AreaLevel.VILLAGE:
        below = [(area.code, area.name) for area in list_children(actor=actor, code=area_code)]
    return Place(
        code=area_code, name=names.get(area_code, "全国"), year=year, on=on, earlier=same_day_before(year, on),
        above=tuple((code, names.get(code, code)) for code in above), choices=tuple(below),
        years=tuple(range(max(on.year, year), FIRST_YEAR - 1, -1)),
    )  # fmt: skip


@dataclass(frozen=True)
class Below:
    """One line of the table by area."""

    code: str
    name: str
    value: Value
    words: str
    has_level_below: bool


@dataclass(frozen=True)
class Sheet:
    """One figure of an area and year with the year before, the areas below, a chart and a tile map of them."""

    value: Value
    before: Value
    below: tuple[Below, ...]
    chart: str
    adds_up: bool  # False when heads were counted in more than one area below
    ground: Ground
    tiles: TileMap | None  # None when nothing lies below


def sheet_of(*, actor: User, indicator: Indicator, area_code: str, year: int, on: date, address: Address) -> Sheet:
    """Everything the page of one figure shows."""
    asked = {"actor": actor, "area_code": area_code, "ids": [indicator.id]}
    value = values_of(year=year, on=on, **asked)[indicator.id]  # type: ignore[arg-type]
    earlier = same_day_before(year, on)
    before = values_of(year=year - 1, on=earlier, **asked)[indicator.id]  # type: ignore[arg-type]
    found = values_below(actor=actor, indicator=indicator, area_code=area_code, year=year, on=on)
    names = area_names(each.area_code for each in found)
    below = tuple(
        Below(
            code=each.area_code,
            name="本级" if each.area_code == area_code else names.get(each.area_code, each.area_code),
            value=each,
            words=show_number(each.number, indicator.unit),
            has_level_below=each.area_code != area_code and level_of(each.area_code) < AreaLevel.VILLAGE,
        )
        for each in found
    )
    bars = [
        Bar(
            line.name,
            line.value.number or 0,
            line.words,
            address(indicator.id, line.code, year, not line.has_level_below),
        )
        for line in below
    ]
    chart = draw_svg(bars, f"{indicator.title},按地区", 250) if len(bars) > 1 else ""
    ground = ground_of(actor=actor, code=area_code)
    numbers = {each.area_code: each.number for each in found}
    tiles = tiles_of(ground=ground, indicator=indicator, numbers=numbers, year=year, address=address)
    adds_up = sum(each.whole for each in found) in {value.whole, 0}
    return Sheet(value, before, below, chart, adds_up, ground, tiles if ground.children else None)


def table_of(*, actor: User, indicator: Indicator, area_code: str, year: int, on: date) -> list[Growth]:
    """The standards of a place at the end of a year beside the year before."""
    check_view_figures(actor, area_code)
    return standards_growth(indicator=indicator, area_code=area_code, year=year, on=on)


@dataclass(frozen=True)
class Listing:
    """The rows of a figure ready to be paged, and what they come to."""

    rows: QuerySet[Any]
    footing: Footing
    headings: tuple[tuple[str, bool], ...]
    number_words: str
    is_by_head: bool
    has_person: bool


def listing_of(
    *, actor: User, indicator: Indicator, area_code: str, year: int, on: date, part: Part, every: bool
) -> Listing:
    """Rows of one part of a figure: one for each thing counted, or with `every` all records."""
    rows = rows_of(actor=actor, indicator=indicator, area_code=area_code, year=year, on=on, part=part)
    footing = footing_of(rows, indicator)
    source = source_of(indicator)
    unit = "人" if indicator.kind is Kind.RATIO and measure_of(indicator).of == source.person else "条"
    return Listing(
        rows=shown_fields(rows if every else counted_rows(rows, indicator), indicator),
        footing=footing,
        headings=tuple((column.title, column.show == "yuan") for column in source.columns),
        number_words=show_number(footing.number, unit if indicator.kind is Kind.RATIO else indicator.unit),
        is_by_head=footing.counted != footing.rows,
        has_person=bool(source.person),
    )


def show_page(fetched: list[Any], indicator: Indicator, names: bool) -> list[ShownRow]:
    """The fetched rows in words."""
    return show_rows(fetched, indicator, names)
