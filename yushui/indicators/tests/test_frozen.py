"""What was filed stays, and what changed since is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base.refusals import Refused
from yushui.indicators.selectors.frozen import Difference, differences, list_frozen, unpack_ids
from yushui.indicators.selectors.values import values_of
from yushui.indicators.services import freeze_figures
from yushui.indicators.tests.county import AT, ON, County, hold, make_county, visit
from yushui.people.tests.factories import COUNTY

pytestmark = pytest.mark.django_db
IDS = ("visit_times", "forums", "confirmed_rate")


@pytest.fixture
def county() -> County:
    return make_county()


def freeze(actor: User) -> int:
    """File three figures."""
    values = values_of(actor=actor, area_code=COUNTY, year=2026, on=ON, ids=IDS)
    return freeze_figures(actor=actor, filed_for="reports.report:7", values=values.values(), at=AT)


def told(actor: User, compare_rows: bool = False) -> list[tuple[str, int | None, int | None]]:
    """The differences as (figure, filed, now)."""
    found = differences(actor=actor, filed_for="reports.report:7", compare_rows=compare_rows)
    return [(each.indicator.id, each.filed, each.now) for each in found]


def test_a_filed_figure_keeps_the_ids_of_its_rows(county: County) -> None:
    actor = make_user(Role.DESK_OFFICER)
    rows = [visit(county.wang), visit(county.sun)]
    assert freeze(actor) == 3
    frozen = list_frozen("reports.report:7").get(indicator="visit_times")
    assert (frozen.value, frozen.row_count, unpack_ids(bytes(frozen.row_ids))) == (2, 2, [row.pk for row in rows])
    assert told(actor, compare_rows=True) == []
    assert Entry.objects.filter(action="indicators.figures.frozen").count() == 1


def test_a_late_entry_shows_as_a_difference(county: County) -> None:
    actor = make_user(Role.DESK_OFFICER)
    visit(county.wang)
    freeze(actor)
    visit(county.li)
    assert told(actor) == [("visit_times", 1, 2)]


def test_what_happens_after_the_filing_is_no_difference(county: County) -> None:
    actor = make_user(Role.DESK_OFFICER)
    freeze(actor)
    visit(county.wang, on=ON + timedelta(days=1))
    hold("FORUM", on=date(2026, 10, 1))
    assert told(actor) == []


def test_one_row_in_the_place_of_another_shows_when_rows_are_compared(county: County) -> None:
    actor = make_user(Role.DESK_OFFICER)
    first = visit(county.wang)
    freeze(actor)
    first.withdrawn_at = AT
    first.save()
    visit(county.li)
    assert told(actor) == []
    (found,) = differences(actor=actor, filed_for="reports.report:7", compare_rows=True)
    assert isinstance(found, Difference)
    assert (found.indicator.id, found.left, found.joined) == ("visit_times", 1, 1)


def test_a_subject_is_filed_once(county: County) -> None:
    actor = make_user(Role.DESK_OFFICER)
    freeze(actor)
    with pytest.raises(Refused):
        freeze(actor)
    assert list_frozen("reports.report:7").count() == 3
