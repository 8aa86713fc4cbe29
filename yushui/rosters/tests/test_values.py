# ruff: noqa: E501  tables
"""Cells into values: what county rosters really hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yushui.people.tests.factories import number_for
from yushui.rosters.rules.forms import load_catalogue
from yushui.rosters.rules.values import LOST_DIGITS, PartialDay, parse_date, parse_id_number, parsers
from yushui.rosters.tests.messy import FORMS, dotted, month_only, packed, serial_of
from yushui.rosters.types import Field

CATALOGUE = load_catalogue(FORMS)
DAY = CATALOGUE.fields["person.born_on"]
NUMBER = CATALOGUE.fields["person.id_number"]
GOOD = number_for(date(1950, 5, 1), serial=3)


@pytest.mark.parametrize(
    "written",
    ["1987.3.5", "1987-3-5", "1987/3/5", "1987/03/05", "19870305", 19870305.0, "1987年3月5日", "一九八七年三月五日",
     "八七年三月五日", 31841.0, "31841", "1987-03-05 00:00:00", "1987 . 3 . 5", "1987.3.5。", "87.3.5"],
)  # fmt: skip
def test_every_way_to_write_a_day_is_understood(written: object) -> None:
    assert parse_date(written, DAY) == (date(1987, 3, 5), "")


@pytest.mark.parametrize(
    "written", ["1987年3月", "八七年三月", "一九八七年三月", "1987.3", 1987.3, 1987.03, "198703", "1987-3"]
)
def test_month_alone_is_kept_as_a_month(written: object) -> None:
    assert parse_date(written, DAY) == (PartialDay(1987, 3), "")


@pytest.mark.parametrize(
    ("written", "words"),
    [("1987", "只有年份"), (1987.1, "分不清"), ("1987-2-30", "不存在"), ("1987-13-1", "不存在"), ("昨天", "认不出"),
     (3.0, "认不出"), ("0007-1-1", "年份不合理")],
)  # fmt: skip
def test_day_that_cannot_be_is_named(written: object, words: str) -> None:
    value, problem = parse_date(written, DAY)
    assert value is None
    assert words in problem


@pytest.mark.parametrize(
    "written", [GOOD, f" {GOOD[:6]} {GOOD[6:]} ", f"'{GOOD}", f'="{GOOD}"', f"{GOOD}\t", GOOD.lower(), "\ufeff" + GOOD,
                "".join(chr(ord(c) + 0xFEE0) for c in GOOD)],
)  # fmt: skip
def test_number_is_read_through_its_dress(written: str) -> None:
    assert parse_id_number(written, NUMBER) == (GOOD, "")


@pytest.mark.parametrize("written", [9.90101195005011e17, "9.90101E+17", 990101195005011000])
def test_number_that_excel_broke_is_said_to_be_lost(written: object) -> None:
    assert parse_id_number(written, NUMBER) == (None, LOST_DIGITS)


def test_problem_of_a_number_never_repeats_it() -> None:
    wrong = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")
    value, problem = parse_id_number(wrong, NUMBER)
    assert value is None
    assert "校验位" in problem
    assert wrong[6:14] not in problem


@given(st.dates(date(1906, 1, 1), date(2026, 1, 1)))
def test_a_day_survives_every_spelling(day: date) -> None:
    text = day.isoformat()
    for spelling in (text, dotted(text), packed(text), float(serial_of(text)), text.replace("-", "/")):
        assert parse_date(spelling, DAY) == (day, "")
    assert parse_date(month_only(text), DAY) == (PartialDay(day.year, day.month), "")


@given(
    st.sampled_from(sorted(CATALOGUE.fields)),
    st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.booleans()),
)
def test_no_cell_breaks_a_parser(key: str, cell: object) -> None:
    entry: Field = CATALOGUE.fields[key]
    value, problem = parsers(CATALOGUE)[entry.type](cell, entry)
    assert value is None or problem == ""
    assert len(problem) <= 200
