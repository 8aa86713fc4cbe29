"""Template words of the house, loaded everywhere: money, months, masks, drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
def options(rows: Iterable[Any] | Mapping[Any, str], chosen: Any = "", empty: str = "") -> SafeString:
    """The options of a drop-down, one marked as chosen; `empty` is the words of the first, empty one. Rows are pairs of
    code and words, things with a key and a name (kinds, units, areas), or plain values."""
    pairs = rows.items() if isinstance(rows, Mapping) else map(pair_of, rows)
    return drawn_options((("", empty), *pairs) if empty else tuple(pairs), str(chosen))


def pair_of(row: Any) -> tuple[Any, Any]:
    """The code and the words of one option."""
    if isinstance(row, tuple):
        return row
    return (row.pk, row.name) if hasattr(row, "pk") else (row, row)


@lru_cache(maxsize=256)
def drawn_options(rows: tuple[tuple[Any, str], ...], chosen: str) -> SafeString:
    """The options as HTML, kept by their words: hundreds of villages and users stand in every search area."""
    drawn = (
        f'<option value="{escape(code)}"{" selected" if str(code) == chosen else ""}>{escape(name)}</option>'
        for code, name in rows
    )
    return mark_safe("".join(drawn))


class Address(URLNode):
    """`{% url %}` that works an address of numbers out once: a list draws a hundred of them."""

    def render(self, context: Context) -> str:
        args = tuple(arg.resolve(context) for arg in self.args)
        if self.asvar or self.kwargs or not all(type(arg) is int for arg in args):
            return super().render(context)
        return pattern_of(self.view_name.resolve(context), len(args)) % args


@lru_cache(maxsize=1024)
def pattern_of(name: str, count: int) -> str:
    """The address of a page with `%d` in the place of each of its numbers, one after the other."""
    marks = [90_000_001 + n for n in range(count)]
    pattern = reverse(name, args=marks)
    for mark in marks:
        pattern = pattern.replace(str(mark), "%d")
    return pattern


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Django's own word, drawn by `Address`."""
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


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
