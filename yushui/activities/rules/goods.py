"""Gifts (慰问品) are one line of text, items parted by 、 so that they can be counted; `大米×2` are two of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from yushui.activities.types import GOODS_MARK

PARTS = re.compile(r"[、,,;;/+＋\n]+")
TIMES = re.compile(r"(?P<name>.*\S)\s*[×xX*＊]\s*(?P<pieces>[1-9]\d{0,3})")


def items_of(text: str) -> tuple[str, ...]:
    """`米 10kg,油 5L` → (`米 10kg`, `油 5L`); each item once, in order, inner spaces single."""
    found = (" ".join(part.split()) for part in PARTS.split(text))
    return tuple(dict.fromkeys(item for item in found if item))


def line_of(items: Iterable[str]) -> str:
    """The items as one line, as it is stored."""
    return GOODS_MARK.join(items_of(GOODS_MARK.join(items)))


def pieces_of(item: str) -> tuple[str, int]:
    """`大米×2` → (`大米`, 2); one piece when no number is said."""
    found = TIMES.fullmatch(item)
    return (found["name"], int(found["pieces"])) if found else (item, 1)


def key_of(name: str) -> str:
    """What makes two spellings one item of the stock: without spaces, full and half width alike, any case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()


def wanted_of(line: str) -> dict[str, int]:
    """Pieces by key of the name; an item named twice in other spellings is added up."""
    found: dict[str, int] = {}
    for item in items_of(line):
        name, pieces = pieces_of(item)
        found[key_of(name)] = found.get(key_of(name), 0) + pieces
    return found


def count_items(lines: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """How many of each item were given, from (line, number of visits with that line); the most given first."""
    total: dict[str, int] = {}
    for line, visits in lines:
        for item in items_of(line):
            name, pieces = pieces_of(item)
            total[name] = total.get(name, 0) + pieces * visits
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
