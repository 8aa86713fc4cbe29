"""What is alike gets the same answer; it is worked out once, for a model of each kind.

What a person is due in a window follows from the claims alone: their grounds, and their months within the window, in
the order of the statuses. A million persons have few different claims, and not many more combinations of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yushui.policy.types import NONE

Whole = NDArray[np.integer[Any]]
Places = NDArray[np.intp]
TABLE = 1 << 22  # the longest table of numbers; longer ones leave the cache, and sorting is as good


def find_alike(columns: Sequence[Whole]) -> tuple[Places, Places]:
    """The places of one row of each kind, and for each row which of those it equals. Numbers are not negative, or
    NONE."""
    codes, span = np.zeros(len(columns[0]), np.int64), 1
    for column in columns if len(codes) else ():
        low, high = int(column.min()), int(column.max())
        if low == high:
            continue
        digit, width = (np.maximum(column, -1) + 1, high + 2) if low == NONE else (column - low, high - low + 1)
        if span * width > TABLE and span > 1:
            first, codes = _alike(codes, span)
            span = len(first)
        if span * width > TABLE:
            first, digit = _alike(digit, width)
            width = len(first)
        codes *= width
        codes += digit
        span *= width
    return _alike(codes, span)


def _alike(codes: Whole, span: int) -> tuple[Places, Places]:
    """The same for one column of numbers in [0, span)."""
    if span > TABLE:
        _, first, which = np.unique(codes, return_index=True, return_inverse=True)
        return first, which
    place = np.arange(len(codes))
    table = np.empty(span, np.intp)
    table[codes] = place
    first = np.flatnonzero(table.take(codes) == place)
    table[codes[first]] = np.arange(len(first))
    return first, table.take(codes)


def changes(numbers: Whole) -> NDArray[np.bool_]:
    """Whether each differs from the one before it; the first does."""
    fresh = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return fresh
