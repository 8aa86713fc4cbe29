"""The growth table tells the law's own values."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.indicators.selectors.catalogue import indicators
from yushui.indicators.selectors.standards import Growth, standards_growth
from yushui.people.tests.factories import COUNTY
from yushui.policy.services import load_law

pytestmark = pytest.mark.django_db


def growth(year: int) -> dict[tuple[str, str], Growth]:
    """The table of a year by benefit and key."""
    rows = standards_growth(
        indicator=indicators()["standards_growth"], area_code=COUNTY, year=year, on=date(2026, 6, 30)
    )
    return {(row.benefit, row.key): row for row in rows}


def test_the_table_sets_the_standard_beside_that_of_the_year_before() -> None:
    load_law(actor=None, at=clock.now())
    row = growth(2024)["disability_pension", "六级 因公"]
    assert (row.before, row.now, row.per, row.starts_on) == (4_589_000, 4_818_000, "年", date(2024, 8, 1))
    assert row.percent == 499
    assert (row.mark, row.source.endswith("HOLE")) == ("原文", False)
    assert len([each for each in growth(2024) if each[0] == "disability_pension"]) == 26


def test_a_year_without_a_new_standard_shows_no_growth() -> None:
    load_law(actor=None, at=clock.now())
    assert {row.percent for row in growth(2025).values() if row.benefit == "disability_pension"} == {0}


def test_a_standard_by_years_of_service_says_so() -> None:
    load_law(actor=None, at=clock.now())
    row = growth(2024)["rural_veteran_stipend", "每服一年义务兵役"]
    assert (row.now, row.per) == (72_000, "年")


def test_without_law_there_is_no_table() -> None:
    with pytest.raises(Refused):
        growth(2024)
