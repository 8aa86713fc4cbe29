"""What was due against what was paid, on the lines of a run."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.days import month_at
from yushui.benefits.models import Recovery, Run, RunLine, RunQuestion
from yushui.indicators.selectors.values import values_of
from yushui.indicators.tests.county import AT, County, make_county, pay
from yushui.payments.models import Reversal
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY
from yushui.policy.models import LawVersion

pytestmark = pytest.mark.django_db
MAY = month_at("2026-05")


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def run(county: County) -> Run:
    law = LawVersion.objects.create(digest="d", loaded_at=AT, loaded_by="示例")
    return Run.objects.create(
        area_code=COUNTY, month=MAY, first_open_month=MAY, known_at=AT, law=law, inputs_digest="d", created_at=AT,
        created_by=1,
    )  # fmt: skip


def find_due(run: Run, person: Person, fen: int, *, benefit: str = "disability_pension", held: str = "") -> RunLine:
    return RunLine.objects.create(
        run=run, person=person, area_code=person.area_id, status_lineage=1, benefit=benefit, month=MAY, due_fen=fen,
        paid_fen=0, cause="CURRENT", held=held,
    )  # fmt: skip


def numbers(*ids: str, on: date = date(2026, 6, 30)) -> list[int | None]:
    actor = make_user(Role.DESK_OFFICER)
    values = values_of(actor=actor, area_code=COUNTY, year=2026, on=on, ids=ids)
    return [values[name].number for name in ids]


def test_due_is_met_when_paid_and_not_when_held_or_sent_back(county: County, run: Run) -> None:
    for person in (county.wang, county.li, county.zhou, county.sun):
        find_due(run, person, 100000, held="没有账户" if person == county.li else "")
    pay(county.wang, 100000)
    pay(county.zhou, 100000, result="FAILED", settled_on=None)
    pay(county.sun, 100000, result="WAITING", settled_on=None)
    Person.objects.get(pk=county.sun.pk).payment_lines.update(is_live=True)
    assert numbers("due_met_rate", "held_heads") == [3333, 1]  # one of three; what waits at the bank is not judged


def test_a_run_of_this_month_that_went_nowhere_is_not_judged(county: County, run: Run) -> None:
    find_due(run, county.wang, 100000)
    assert numbers("due_met_rate", on=date(2026, 5, 20)) == [None]
    assert numbers("due_met_rate", on=date(2026, 6, 1)) == [0]


def test_an_abandoned_run_counts_for_nothing(county: County, run: Run) -> None:
    find_due(run, county.wang, 100000)
    Run.objects.update(is_abandoned=True)
    assert numbers("due_met_rate") == [None]


def test_questions_are_those_of_the_last_run_of_the_area(county: County, run: Run) -> None:
    asked = {"benefit": "care_allowance", "ask": "average_wage", "first_month": MAY, "end_month": MAY + 1}
    for person in (county.wang, county.li):
        RunQuestion.objects.create(run=run, person=person, area_code=person.area_id, **asked)
    assert numbers("asked_heads") == [2]
    later = Run.objects.create(
        area_code=COUNTY, month=MAY + 1, first_open_month=MAY, known_at=AT, law=run.law, inputs_digest="e",
        created_at=AT, created_by=1,
    )  # fmt: skip
    RunQuestion.objects.create(run=later, person=county.li, area_code=county.li.area_id, **asked)
    assert numbers("asked_heads") == [1]


def test_overpayment_is_what_is_still_to_come_back(county: County, run: Run) -> None:
    Recovery.objects.create(
        run=run, person=county.wang, area_code=county.wang.area_id, benefit="disability_pension", first_month=MAY,
        end_month=MAY + 1, fen=50000, recovered_fen=20000, opened_at=AT,
    )  # fmt: skip
    assert numbers("open_recovery_total", "open_recovery_heads") == [30000, 1]


def test_money_that_came_back_is_a_figure_of_its_own(county: County) -> None:
    line = pay(county.wang, 100000)
    Reversal.objects.create(
        line=line, fen=40000, on=date(2026, 6, 1), reason="多发", recorded_at=AT, recorded_by=1
    )  # fmt: skip
    assert numbers("paid_total", "reversed_total") == [100000, 40000]
