"""Template words of the house, loaded everywhere: money, months, masks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest

from yushui.base import cipher, days, money

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as `4,015.00`; nothing as a dash."""
    return "—" if fen is None else money.show_yuan(fen)


@register.filter
def wan(fen: int | None) -> str:
    """Fen as 万元 with one decimal."""
    return "—" if fen is None else money.show_wan(fen)


@register.filter
def thousands(count: int | None) -> str:
    """12046 as `12,046`; nothing as a dash."""
    return "—" if count is None else f"{count:,}"


@register.filter
def capital(fen: int) -> str:
    """大写金额."""
    return money.capital_yuan(fen)


@register.filter
def month(value: int | None) -> str:
    """24295 as 2024年8月."""
    return "" if value is None else days.show_month_zh(value)


@register.filter
def month_code(value: int) -> str:
    """24295 as 2024-08, for addresses and file names."""
    return days.show_month(value)


@register.filter
def day(value: date | None) -> str:
    """2024年8月1日."""
    return "" if value is None else f"{value.year}年{value.month}月{value.day}日"


@register.filter
def masked_id(number: str) -> str:
    """Identity number with the birth date hidden."""
    return cipher.mask_id(number)


@register.filter
def masked_name(name: str) -> str:
    """陈大山 as 陈**, for those who may not see who it is."""
    return cipher.mask_name(name)


@register.filter
def masked_tail(number: str) -> str:
    """Account or phone, last four digits only."""
    return cipher.mask_tail(number)


@register.filter
def at(values: Mapping[Any, Any], key: object) -> Any:
    """What a table holds under a key; nothing as nothing."""
    return values.get(key, "")


@register.simple_tag(takes_context=True)
def query(context: dict[str, object], **changes: object) -> str:
    """The present query string with some values changed: `{% query page=2 %}`."""
    request = context["request"]
    assert isinstance(request, HttpRequest)
    values = request.GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            values.pop(key, None)
        else:
            values[key] = str(value)
    return f"?{values.urlencode()}"
