"""Money in fen: shown, read and written in words, never through a float."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yushui.base.money import capital_yuan, half_up, parse_yuan, show_wan, show_yuan


@pytest.mark.parametrize(
    "numerator, denominator, expected",
    [(4818000, 12, 401500), (5, 2, 3), (-5, 2, -3), (1, 3, 0), (2, 3, 1), (-1, 3, 0), (0, 7, 0)],
)
def test_half_up_when_divided(numerator: int, denominator: int, expected: int) -> None:
    assert half_up(numerator, denominator) == expected


@pytest.mark.parametrize(
    "fen, expected",
    [(401500, "4,015.00"), (5, "0.05"), (-5, "-0.05"), (-123456789, "-1,234,567.89"), (0, "0.00")],
)
def test_show_yuan_when_given_fen(fen: int, expected: str) -> None:
    assert show_yuan(fen) == expected


@pytest.mark.parametrize("fen, expected", [(1486200000, "1,486.2"), (-50000, "-0.1"), (49999, "0.0"), (50000, "0.1")])
def test_show_wan_when_rounded(fen: int, expected: str) -> None:
    assert show_wan(fen) == expected


@pytest.mark.parametrize(
    "text, expected",
    [("4,015.5", 401550), (" 4015.50元 ", 401550), ("-3", -300), ("0.01", 1), ("1,000", 100000)],
)
def test_parse_yuan_when_exact(text: str, expected: int) -> None:
    assert parse_yuan(text) == expected


@pytest.mark.parametrize("text", ["", "1.234", "十元", "1e3", "NaN", ".5", "--1", "1 2"])
def test_parse_yuan_refuses_when_not_an_exact_amount(text: str) -> None:
    with pytest.raises(ValueError, match="金额应为数字"):
        parse_yuan(text)


@given(st.integers(-(10**13), 10**13))
def test_parse_yuan_gives_back_what_was_shown(fen: int) -> None:
    assert parse_yuan(show_yuan(fen)) == fen


@pytest.mark.parametrize(
    "fen, expected",
    [
        (401550, "肆仟零壹拾伍元伍角"),
        (100, "壹元整"),
        (1005, "壹拾元零伍分"),
        (12_000_000_00, "壹仟贰佰万元整"),
        (-100, "负壹元整"),
        (1, "壹分"),
    ],
)
def test_capital_yuan_when_written_for_the_bank(fen: int, expected: str) -> None:
    assert capital_yuan(fen) == expected
