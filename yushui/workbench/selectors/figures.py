"""The few figures a leader opens the house for: the size of the work, and the shares that should be whole."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.money import show_wan
from yushui.indicators.rules import show_number
from yushui.indicators.selectors.catalogue import indicators
from yushui.indicators.selectors.values import values_of
from yushui.indicators.types import Indicator, Value
from yushui.workbench.addresses import address_of
from yushui.workbench.types import KeyFigure

FIGURE_LIFE = 600  # seconds that the figures of an area may be old
SIZES = ("entitled_heads", "veteran_heads", "paid_total", "visit_times", "hardship_heads")
SHARES = (
    "paid_on_time_rate", "due_met_rate", "conscript_family_met_rate", "confirmed_rate", "insured_rate",
    "spring_coverage", "armyday_coverage",
)  # fmt: skip


def key_figures(actor: User, on: date) -> tuple[tuple[KeyFigure, ...], tuple[KeyFigure, ...]]:
    """Sizes and shares of the actor's area this year, for posts that look at figures and not at persons."""
    if not may(actor, "indicators.view") or may(actor, "people.view"):
        return (), ()
    name = f"key-figures:{actor.area_code}:{on}"
    values: dict[str, Value] | None = cache.get(name)
    if values is None:
        values = values_of(actor=actor, area_code=actor.area_code, year=on.year, on=on, ids=[*SIZES, *SHARES])
        cache.set(name, values, FIGURE_LIFE)
    known = indicators()
    sizes = tuple(drawn(known[key], values[key]) for key in SIZES)
    return sizes, tuple(drawn(known[key], values[key]) for key in SHARES if values[key].number is not None)


def drawn(indicator: Indicator, value: Value) -> KeyFigure:
    """A figure with its words and its page."""
    return KeyFigure(
        label=indicator.title,
        words=f"{show_wan(value.number or 0)} 万元"
        if indicator.unit == "元"
        else show_number(value.number, indicator.unit),
        url=address_of("show-figure", indicator.id),
        parts=value.number or 0,
        is_short=indicator.target is not None and (value.number or 0) < indicator.target,
        note=f"差 {value.left:,}" if value.left else "",
    )
