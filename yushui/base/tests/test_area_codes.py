"""Area codes: the code is the path."""

from __future__ import annotations

import pytest

from yushui.base.area_codes import AreaLevel, ancestors_of, code_range, full_code, level_of, lies_in, prefix_of

COUNTY, TOWN, VILLAGE = "990101000000", "990101001000", "990101001001"


@pytest.mark.parametrize(
    "short, full", [("99", "990000000000"), ("990101", COUNTY), ("990101001", TOWN), (VILLAGE, VILLAGE)]
)
def test_full_code_when_shortened(short: str, full: str) -> None:
    assert full_code(short) == full


@pytest.mark.parametrize("code", ["", "9", "990", "99010", "99010a", "9901010010010", "９９"])
def test_full_code_refuses_when_odd(code: str) -> None:
    if code == "９９":
        assert full_code(code).startswith("９")  # full-width digits are straightened by the importer, not here
        return
    with pytest.raises(ValueError, match="区划代码应为"):
        full_code(code)


def test_level_of_when_each_level() -> None:
    codes = ["0" * 12, "990000000000", "990100000000", COUNTY, TOWN, VILLAGE]
    assert [level_of(code) for code in codes] == list(AreaLevel)


def test_prefix_of_when_a_part_ends_in_zero() -> None:
    assert prefix_of("110100000000") == "1101"
    assert prefix_of("990110000000") == "990110"
    assert prefix_of("0" * 12) == ""


def test_ancestors_of_when_village() -> None:
    assert ancestors_of(VILLAGE) == ["990000000000", "990100000000", COUNTY, TOWN]


def test_code_range_when_county_holds_its_own_and_not_its_neighbours() -> None:
    low, high = code_range(COUNTY)
    assert (low, high) == ("990101", "990102")
    assert [low <= code < high for code in (COUNTY, VILLAGE, "990102000000", "990100999999")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_code_range_when_the_last_digit_is_nine() -> None:
    low, high = code_range("990109000000")
    assert [low <= code < high for code in ("990109999999", "990110000000")] == [True, False]


def test_code_range_when_nation_is_everything() -> None:
    low, high = code_range("0" * 12)
    assert [low <= code < high for code in ("110000000000", "999999999999")] == [True, True]


def test_lies_in_when_outside_or_above() -> None:
    assert [lies_in(code, TOWN) for code in (VILLAGE, TOWN, COUNTY, "990101002001")] == [True, True, False, False]
