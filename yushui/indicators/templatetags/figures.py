"""Template words for figures: `{% load figures %}`."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse

from yushui.indicators.rules import show_number, trim
from yushui.indicators.selectors.values import Figure

register = template.Library()


@register.filter
def number(value: int | None, unit: str) -> str:
    """A value with its unit: `12,046 人`, `97.4%`, `4,015.00 元`."""
    return show_number(value, unit)


@register.filter
def change(figure: Figure) -> str:
    """The difference to the year before, signed; ratios in percentage points."""
    difference = figure.change
    if difference is None:
        return ""
    if difference == 0:
        return "持平" if figure.now and figure.now.number else ""
    sign = "+" if difference > 0 else "−"
    if figure.indicator.unit == "%":
        return f"{sign}{trim(abs(difference))} 个百分点"
    return f"{sign}{show_number(abs(difference), figure.indicator.unit)}"


@register.filter
def percent(parts: int | None) -> str:
    """Parts per ten thousand as `5.5%`."""
    return "" if parts is None else f"{trim(parts)}%"


@register.filter
def page_address(name: str, argument: str = "") -> str:
    """The address of a page, with its one argument if it has any; empty when there is no such page."""
    try:
        return reverse(name, args=[argument] if argument else [])
    except NoReverseMatch:
        return ""
