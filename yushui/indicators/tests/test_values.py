"""Figures equal their rows, roll up, and stay in scope."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound
from yushui.indicators.selectors.catalogue import indicators
from yushui.indicators.selectors.rows import counted_rows, default_part, footing_of, rows_of
from yushui.indicators.selectors.values import Figure, by_source, list_figures, values_below, values_of
from yushui.indicators.tests.county import ON, County, confirm, hold, make_campaign, make_county, pay, visit
from yushui.indicators.types import Kind, Part
from yushui.people.models import Hardship, Household, Status
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_person, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


def numbers(*ids: str, area: str = COUNTY, year: int = 2026, on: date = ON) -> list[int | None]:
    """The figures of an area as the county's officer sees them."""
    actor = make_user(Role.DESK_OFFICER)
    values = values_of(actor=actor, area_code=area, year=year, on=on, ids=ids)
    return [values[name].number for name in ids]


def busy_year(county: County) -> None:
    """A bit of everything, in several villages."""
    campaign = make_campaign(county.wang, county.li, county.sun)
    visit(county.wang, campaign, cash=50000)
    visit(county.sun, campaign, cash=30000)
    visit(county.sun, cash=10000)
    visit(county.li, campaign, way="ABSENT")
    confirm(county.wang)
    confirm(county.sun)
    pay(county.wang, 401550)
    pay(county.wang, 20000, month="2025-12", batch_month="2026-05", turn=1)
    pay(county.sun, 236600, benefit="survivors_pension", settled_on=date(2026, 6, 2))
    pay(county.zhao, 100000, benefit="conscript_family_allowance")
    pay(county.zhou, 30000, benefit="rural_veteran_stipend", result="FAILED", settled_on=None)
    hold("FORUM", heads=40)
    hold("FORUM", area=OTHER_TOWN, heads=25)
    hold("FORUM", area=COUNTY)
    Hardship.objects.create(
        person=county.li, kind="LIVING", starts_on=date(2026, 1, 1), recorded_at=county.li.created_at
    )


def test_heads_are_persons_so_a_double_identity_counts_once(county: County) -> None:
    assert numbers("entitled_heads", "heads_disabled_soldier", "heads_war_veteran") == [4, 2, 1]


def test_heads_by_grade_take_the_grade_of_the_status(county: County) -> None:
    assert numbers("disabled_heads_1_4", "disabled_heads_5_6", "disabled_heads_7_10") == [1, 1, 0]


def test_a_dead_person_counts_until_the_year_of_death_and_then_as_a_death(county: County) -> None:
    assert numbers("heads_demobilized", year=2024) == [1]
    assert numbers("heads_demobilized", "died_entitled_heads", year=2025) == [0, 1]
    assert numbers("heads_demobilized", "died_entitled_heads", year=2026) == [0, 0]


def test_applications_and_superseded_rows_are_not_counted(county: County) -> None:
    make_status(county.zhao, kind="WAR_VETERAN", state="APPLIED")
    Status.objects.filter(person=county.zhou).update(superseded_at=county.zhou.created_at)
    assert numbers("heads_war_veteran", "heads_rural_veteran_60") == [1, 0]


def test_a_household_with_two_soldiers_counts_once(county: County) -> None:
    home = Household.objects.create(area_id=VILLAGE, head_name="赵家")
    brother = make_person(name="赵大军", born_on=date(2003, 1, 1), household=home)
    make_status(brother, kind="ACTIVE_SERVICE")
    county.zhao.household = home
    county.zhao.save()
    assert numbers("serving_households") == [1]


def test_arrears_count_in_the_year_they_were_paid(county: County) -> None:
    busy_year(county)
    assert numbers("paid_total", "paid_arrears", "paid_arrears_heads") == [401550 + 20000 + 236600 + 100000, 20000, 1]
    assert numbers("paid_total", year=2025) == [0]


def test_a_rate_is_what_was_done_of_what_was_due(county: County) -> None:
    busy_year(county)
    # four first lines of the year reached a batch: two in their month, one in the next month, one sent back
    assert numbers("paid_on_time_rate", "confirmed_rate", "insured_rate") == [5000, 5000, 5000]
    assert numbers("conscript_family_met_rate", "spring_coverage", "armyday_coverage") == [10000, 6666, None]


def test_nobody_met_is_no_visit(county: County) -> None:
    busy_year(county)
    assert numbers("visit_times", "visit_heads", "visit_cash", "spring_visit_times") == [3, 2, 90000, 2]
    assert numbers("spring_unvisited", "spring_unvisited_villages") == [1, 1]


def test_a_withdrawn_visit_is_not_counted(county: County) -> None:
    visit(county.wang).__class__.objects.update(withdrawn_at=county.wang.created_at)
    assert numbers("visit_times") == [0]


def test_what_lies_after_the_day_of_asking_is_not_counted(county: County) -> None:
    hold("MEMORIAL", on=date(2026, 9, 30), heads=300)
    assert numbers("memorial_times", "memorial_heads") == [0, 0]
    assert numbers("memorial_times", "memorial_heads", on=date(2026, 12, 31)) == [1, 300]


def test_every_figure_equals_its_rows(county: County) -> None:
    busy_year(county)
    actor = make_user(Role.DESK_OFFICER)
    values = values_of(actor=actor, area_code=COUNTY, year=2026, on=ON)
    compared = 0
    for name, value in values.items():
        indicator = indicators()[name]
        asked = {"actor": actor, "indicator": indicator, "area_code": COUNTY, "year": 2026, "on": ON}
        if indicator.kind is Kind.RATIO:
            for part, number in ((Part.PART, value.part), (Part.GAP, value.left)):
                assert footing_of(rows_of(**asked, part=part), indicator).number == number, name
        rows = rows_of(**asked, part=Part.WHOLE)
        footing = footing_of(rows, indicator)
        assert (footing.number, footing.rows) == (value.whole, value.row_count), name
        assert counted_rows(rows, indicator).count() == footing.counted, name
        compared += value.row_count > 0
    assert compared > 30


def test_additive_figures_of_the_towns_make_the_county(county: County) -> None:
    busy_year(county)
    actor = make_user(Role.DESK_OFFICER)
    for name in ("entitled_heads", "paid_total", "visit_times", "forums", "forum_heads", "confirmed_rate"):
        indicator = indicators()[name]
        asked = {"actor": actor, "year": 2026, "on": ON}
        top = values_of(area_code=COUNTY, ids=[name], **asked)[name]
        below = values_below(indicator=indicator, area_code=COUNTY, **asked)
        assert sum(each.whole for each in below) == top.whole > 0, name
        assert sum(each.part for each in below) == top.part, name
        for each in below:
            if each.area_code != COUNTY:  # rows on the county itself are not inside any town
                alone = values_of(area_code=each.area_code, ids=[name], **asked)[name]
                assert alone == each, name


def test_rows_on_the_county_itself_come_under_its_own_code(county: County) -> None:
    busy_year(county)
    below = values_below(
        actor=make_user(Role.DESK_OFFICER), indicator=indicators()["forums"], area_code=COUNTY, year=2026, on=ON
    )
    assert [(each.area_code, each.number) for each in below] == [(COUNTY, 1), (TOWN, 1), (OTHER_TOWN, 1)]


def test_a_town_sees_its_own_figures_and_no_others(county: County) -> None:
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    asked = {"actor": clerk, "year": 2026, "on": ON, "ids": ["entitled_heads"]}
    assert values_of(area_code=TOWN, **asked)["entitled_heads"].number == 3
    for area in (COUNTY, OTHER_TOWN):
        with pytest.raises(NotFound):
            values_of(area_code=area, **asked)


def test_who_may_not_see_figures_finds_nothing(county: County) -> None:
    with pytest.raises(NotFound):
        values_of(actor=make_user(Role.LIAISON), area_code=COUNTY, year=2026, on=ON)


def test_all_figures_of_a_source_cost_one_query(county: County) -> None:
    busy_year(county)
    actor = make_user(Role.DESK_OFFICER)
    actor.roles  # noqa: B018  read before the count
    with CaptureQueriesContext(connection) as seen:
        values_of(actor=actor, area_code=COUNTY, year=2026, on=ON)
    sources = len(by_source(indicators().values()))
    besides = 12  # kinds of the county's own, the second source of a ratio, who owes a duty
    assert sources <= len(seen) <= sources + besides < len(indicators()) / 3


def test_the_list_stands_beside_the_year_before(county: County) -> None:
    chapters = dict(list_figures(actor=make_user(Role.LEADER), area_code=COUNTY, year=2025, on=ON))
    figures = {figure.indicator.id: figure for figure in chapters["基本情况"]}
    assert isinstance(figures["heads_demobilized"], Figure)
    assert (figures["heads_demobilized"].now.number, figures["heads_demobilized"].change) == (0, -1)


def test_a_ratio_opens_on_what_was_done() -> None:
    assert default_part(indicators()["confirmed_rate"]) is Part.PART
    assert default_part(indicators()["entitled_heads"]) is Part.WHOLE
