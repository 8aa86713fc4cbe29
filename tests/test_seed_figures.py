"""The table of the five reports' numbers: each has an indicator that exists, or a plain reason why not."""

from __future__ import annotations

import re
from pathlib import Path

from yushui.indicators.selectors.catalogue import catalogue_indicators

TABLE = Path(__file__).resolve().parent.parent / "docs" / "seed-figures.md"
ROW = re.compile(r"^\| (\d+) \| (00[0-4]) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)


def rows() -> list[tuple[str, ...]]:
    """(number, report, what is asked for, indicators, remark) of each row."""
    return [tuple(cell.strip() for cell in found) for found in ROW.findall(TABLE.read_text(encoding="utf-8"))]


def test_the_table_is_whole() -> None:
    numbers = [int(row[0]) for row in rows()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 120
    assert {row[1] for row in rows()} == {"000", "001", "002", "003", "004"}


def test_each_number_has_an_indicator_or_a_reason() -> None:
    known = catalogue_indicators()
    wrong = []
    for number, _, asked, named, why in rows():
        names = re.findall(r"`(\w+)`", named)
        wrong += [f"{number} {asked}: no indicator {name}" for name in names if name not in known]
        if not names and (named != "–" or len(why) < 2):
            wrong.append(f"{number} {asked}: neither an indicator nor a reason")
    assert wrong == []
