"""Numbers in the words of pages and of official texts."""

from __future__ import annotations

import pytest

from yushui.indicators.rules import share, show_number, write_change, write_number


@pytest.mark.parametrize(
    "part, whole, parts",
    [(0, 0, None), (0, 3, 0), (2, 3, 6666), (3, 3, 10000), (99_999, 100_000, 9999)],
)
def test_a_share_is_rounded_down_so_all_means_all(part: int, whole: int, parts: int | None) -> None:
    assert share(part, whole) == parts


@pytest.mark.parametrize(
    "number, unit, page, text",
    [
        (12046, "人", "12,046 人", "12046人"),
        (3, "村", "3 村", "3个村"),
        (9740, "%", "97.4%", "97.4%"),
        (10000, "%", "100%", "100%"),
        (401550, "元", "4,015.50 元", "4015.5元"),
        (1_486_200_000, "元", "14,862,000.00 元", "1486.2万元"),
        (1_000_000, "元", "10,000.00 元", "1万元"),
        (125, "亩", "12.5 亩", "12.5亩"),
        (12_340, "小时", "1234 小时", "1234小时"),
    ],
)
def test_numbers_are_written_as_pages_and_texts_write_them(number: int, unit: str, page: str, text: str) -> None:
    assert show_number(number, unit) == page
    assert write_number(number, unit) == text


@pytest.mark.parametrize(
    "now, before, unit, words",
    [
        (12, 10, "人", "比上年增加2人"),
        (10, 12, "人", "比上年减少2人"),
        (10, 10, "人", "与上年持平"),
        (9800, 9740, "%", "比上年提高0.6个百分点"),
        (2_500_000, 1_000_000, "元", "比上年增加1.5万元"),
    ],
)
def test_a_change_says_which_way_it_went(now: int, before: int, unit: str, words: str) -> None:
    assert write_change(now, before, unit) == words
