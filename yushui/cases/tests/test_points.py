"""Legal points (涉军维权站点): units with people, to whom a case of the family LAW is given."""

from __future__ import annotations

import pytest

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.cases.models import Case
from yushui.cases.selectors.cases import CaseFilters, get_clear_case, list_cases
from yushui.cases.selectors.points import list_points
from yushui.cases.services.cases import open_case
from yushui.cases.services.kinds import set_case_kind
from yushui.cases.tests.factories import AT, TODAY, auditor, decide, desk, draft, leader, make_county, petition
from yushui.cases.types import CaseKindDraft, StepDraft
from yushui.people.tests.factories import COUNTY
from yushui.places.models import Post, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()


def point(name: str = "县法院涉军维权合议庭") -> Unit:
    return Unit.objects.get_or_create(name=name, kind="LEGAL_POINT", area_id=COUNTY)[0]


def judge_of(unit: Unit, full_name: str = "方正") -> User:
    user = make_user(Role.MEMBER_UNIT, area=COUNTY, full_name=full_name, username=f"point-{unit.pk}")
    Post.objects.get_or_create(
        unit=unit, title="承办人", holder_name=full_name, user_id=user.pk, starts_on="2024-01-01"
    )
    return user


def matter(actor: User | None = None, **typed: object) -> Case:
    return petition(actor or desk(), kind="LEGAL_AID", title="英烈名誉被侵害", area_code=COUNTY, **typed)


def ids(user: User) -> list[int]:
    return [row.pk for row in list_cases(actor=user, filters=CaseFilters(tab="todo"), on=TODAY)]


def test_a_case_given_to_a_point_is_done_by_its_people() -> None:
    case, judge = matter(point_id=point().pk), judge_of(point())
    assert (case.holder_unit, ids(judge)) == (point(), [case.pk])
    papers = tuple(case.step.papers.values_list("id", flat=True))
    decide(case, "grant", actor=judge, papers=papers)
    decide(case, "assigned", actor=judge)
    case.refresh_from_db()
    assert (case.step.key, case.holder_unit) == ("handle", point())
    decide(case, "done", actor=judge, reply="已立案并作出判决")
    case.refresh_from_db()
    assert (case.state, case.result) == ("CLOSED", "SETTLED")


def test_people_of_another_point_and_who_only_counts_see_nothing_of_it() -> None:
    case, other = matter(point_id=point().pk), judge_of(point("县法律援助中心军人军属工作站"), "高远")
    assert ids(other) == []
    for user in (other, leader(), auditor()):
        with pytest.raises(NotFound):
            get_clear_case(actor=user, case_id=case.pk, on=TODAY)


def test_a_point_registers_for_itself_and_an_approval_stays_with_who_approves() -> None:
    steps = (StepDraft("", "受理", "DESK_OFFICER@COUNTY", "3"), StepDraft("", "审批", "APPROVER@COUNTY", "3"))
    kind = set_case_kind(actor=desk(), draft=CaseKindDraft(name="涉军维权咨询", family="LAW", steps=steps), at=AT)
    judge = judge_of(point())
    case = open_case(actor=judge, draft=draft(kind=kind.pk, area_code=COUNTY, point_id=point().pk), at=AT)
    decide(case, "next", actor=judge)
    case.refresh_from_db()
    assert (case.holder_role, case.holder_unit) == ("APPROVER", None)


def test_a_point_that_is_none_is_refused() -> None:
    school = Unit.objects.create(name="县中学", kind="SCHOOL", area_id=COUNTY)
    for typed in ({"kind": "LEGAL_AID", "point_id": school.pk}, {"kind": "PETITION_VISIT", "point_id": point().pk}):
        with pytest.raises(Refused, match="没有这个维权站点"):
            open_case(actor=desk(), draft=draft(area_code=COUNTY, **typed), at=AT)


def test_cases_are_counted_by_point() -> None:
    for number in range(3):
        case = matter(point_id=point().pk, cause=f"cause{number + 1}")
    decide(case, "refuse", actor=desk(), reason="scope")
    lines = {line.unit.name: line for line in list_points(actor=desk(), on=TODAY)}
    line = lines[point().name]
    assert (line.opened, line.running, line.late, line.ended, line.has_account) == (3, 2, 0, 1, False)
    rows = list_cases(actor=desk(), filters=CaseFilters(tab="all", point_id=point().pk), on=TODAY)
    assert rows.count() == 3
    judge_of(point())
    assert [each.unit for each in list_points(actor=judge_of(point()), on=TODAY)] == [point()]
