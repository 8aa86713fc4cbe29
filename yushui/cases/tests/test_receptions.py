"""A leader appointed to receive a visitor (领导接访) sees the case by that, from then on; nobody else does."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.cases.models import Reception
from yushui.cases.selectors.cases import CaseFilters, get_case, get_clear_case, list_cases
from yushui.cases.selectors.receptions import leaders_for, receptions_waiting
from yushui.cases.services import receptions
from yushui.cases.tests.factories import (
    AT,
    TODAY,
    approver,
    auditor,
    clerk,
    key,
    later,
    leader,
    make_county,
    petition,
)  # fmt: skip
from yushui.cases.types.needs import ReceptionDraft
from yushui.people.tests.factories import COUNTY, OTHER_TOWN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()


def appoint(case_id: int, host: User | None = None, **typed: str) -> Reception:
    values = {"planned_on": "2026-09-10", "place": "信访室", "client_key": key(), **typed}
    draft = ReceptionDraft(**values, host_id=host.pk if host else None)
    return receptions.plan_reception(actor=clerk(), case_id=case_id, draft=draft, at=AT)


def hold(user: User, row: Reception, *, is_held: bool = True, words: str = "当面听取") -> None:
    receptions.hold_reception(
        actor=user, case_id=row.case_id, reception_id=row.pk, is_held=is_held, words=words, at=later(3)
    )


def sees(user: User, case_id: int) -> bool:
    """Whether names and texts of the case are open to somebody, one by one and in lists."""
    row = get_case(actor=user, case_id=case_id, on=TODAY)
    found = list_cases(actor=user, filters=CaseFilters(tab="all", text="王德胜"), on=TODAY)
    assert [each.pk for each in found] == ([case_id] if row.clear else [])  # type: ignore[attr-defined]
    return bool(row.clear)  # type: ignore[attr-defined]


def test_a_leader_sees_a_sensitive_case_from_the_appointment_on_and_others_still_do_not() -> None:
    case, host = petition(), leader()
    deputy = make_user(Role.LEADER, area=COUNTY, full_name="许志明", username="deputy")
    assert not sees(host, case.pk)
    appoint(case.pk, host)
    assert sees(host, case.pk)
    assert [sees(other, case.pk) for other in (deputy, approver(), auditor())] == [False, False, False]
    with pytest.raises(NotFound):
        get_clear_case(actor=clerk(OTHER_TOWN, full_name="孙丽"), case_id=case.pk, on=TODAY)
    other = petition(title="另一件", asker_name="李建军")
    assert get_case(actor=host, case_id=other.pk, on=TODAY).clear is False  # type: ignore[attr-defined]


def test_the_right_to_see_ends_when_the_reception_falls_out_and_stays_when_it_was_held() -> None:
    case, host = petition(), leader()
    hold(clerk(), appoint(case.pk, host), is_held=False, words="领导出差")
    assert not sees(host, case.pk)
    hold(host, appoint(case.pk, host))
    assert sees(host, case.pk)
    assert case.receptions.latest("id").held_on == date(2026, 9, 10)


def test_the_leader_finds_the_appointment_and_writes_down_how_it_went() -> None:
    case, host = petition(), leader()
    row = appoint(case.pk, host)
    assert receptions_waiting(actor=host) == (1, date(2026, 9, 10), case.pk)
    assert receptions_waiting(actor=approver()) == (0, None, None)
    hold(host, row)
    assert receptions_waiting(actor=host) == (0, None, None)
    with pytest.raises(Refused, match="没有等着登记的约访|不由您办理"):
        hold(host, row)


def test_a_leader_of_another_town_is_not_to_be_appointed() -> None:
    case = petition()
    away = make_user(Role.LEADER, area=OTHER_TOWN, full_name="马远", username="away")
    assert away not in leaders_for(case=case)
    with pytest.raises(Refused) as refusal:
        appoint(case.pk, away, planned_on="十月")
    assert {problem.where for problem in refusal.value.problems} == {"接访领导", "约访日期"}


def test_a_leader_without_an_account_is_appointed_by_name() -> None:
    case = petition()
    row = appoint(case.pk, host_name="县长")
    assert (row.host_name, row.host_user) == ("县长", None)
    with pytest.raises(Refused, match="请选择由谁接访"):
        appoint(case.pk)
    hold(clerk(), row)
    row.refresh_from_db()
    assert row.held_on == date(2026, 9, 10)
    with pytest.raises(Refused, match="没有等着登记的约访"):
        hold(clerk(), row, is_held=False)
