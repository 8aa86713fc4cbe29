"""Gifts (慰问品) are one line of text, items parted by 、 so that they can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yushui.activities.types import GOODS_MARK

PARTS = re.compile(r"[、,,;;/+＋\n]+")


def items_of(text: str) -> tuple[str, ...]:
    """`米 10kg,油 5L` → (`米 10kg`, `油 5L`); each item once, in order, inner spaces single."""
    found = (" ".join(part.split()) for part in PARTS.split(text))
    return tuple(dict.fromkeys(item for item in found if item))


def line_of(items: Iterable[str]) -> str:
    """The items as one line, as it is stored."""
    return GOODS_MARK.join(items_of(GOODS_MARK.join(items)))


def count_items(lines: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """How often each item was given, from (line, number of visits with that line); the most given first."""
    total: dict[str, int] = {}
    for line, visits in lines:
        for item in items_of(line):
            total[item] = total.get(item, 0) + visits
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
