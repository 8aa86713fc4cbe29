"""The usual title of a unit's paper."""

from __future__ import annotations

from datetime import date

QUARTERS = "一二三四"


def title_of(unit: str, kind: str, on: date) -> str:
    """`县教育局2026年双拥工作计划`, `县教育局2026年第四季度双拥工作安排`, from the name of the kind and the day."""
    words = kind.split("(")[0]
    if words.startswith("季度"):
        return f"{unit}{on.year}年第{QUARTERS[(on.month - 1) // 3]}季度{words.removeprefix('季度')}"
    return f"{unit}{on.year}年{words.removeprefix('年度')}"
