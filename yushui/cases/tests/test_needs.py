"""双清单 and 实事 projects."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.base.evidence import Sent
from yushui.base.refusals import Refused
from yushui.cases.models import Case
from yushui.cases.selectors.cases import case_sheet
from yushui.cases.selectors.deeds import cost_of, papers_of
from yushui.cases.selectors.needs import NeedFilters, count_to_answer, list_needs, with_tasks
from yushui.cases.services import ends, needs
from yushui.cases.services.cases import open_case
from yushui.cases.services.deeds import spend_for_deed
from yushui.cases.tests.factories import (
    AT,
    TODAY,
    decide,
    desk,
    draft,
    key,
    later,
    make_county,
    petition,
    signed_in,
)  # fmt: skip
from yushui.cases.types.needs import AssignDraft, ProjectDraft
from yushui.funds.services.money import open_fund, record_income, reverse_entry
from yushui.funds.services.uses import load_uses
from yushui.funds.types.money import EntryDraft, FundDraft
from yushui.people.tests.factories import COUNTY
from yushui.places.models import Unit
from yushui.plans.models import Task
from yushui.plans.services.steps import close_task, progress_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()


def garrison() -> Unit:
    return Unit.objects.get_or_create(name="驻云川某部", kind="GARRISON", area_id=COUNTY)[0]


def roads() -> Unit:
    return Unit.objects.get_or_create(name="县交通运输局", kind="MEMBER", area_id=COUNTY)[0]


def ask(**typed: object) -> Case:
    values = {"kind": "GARRISON_NEED", "title": "训练场进场道路硬化", "asker_name": "", "area_code": "", **typed}
    return petition(desk(), unit_id=garrison().pk, **values)


def places_of(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.where for problem in refusal.value.problems}


def test_a_need_becomes_a_task_and_comes_back_as_an_answer_and_a_rating() -> None:
    case = ask()
    decide(case, "listed", actor=desk())
    case.refresh_from_db()
    form = AssignDraft(roads().pk, "2026-10-31", "十月底前通车", str(case.revision))
    needs.assign_need(actor=desk(), case_id=case.pk, draft=form, at=AT)
    decide(case, "assigned", actor=desk())
    task = Task.objects.get(source=f"cases.case:{case.pk}")
    assert (task.owner, task.due_on, task.title) == (roads(), date(2026, 10, 31), case.title)
    case.refresh_from_db()
    assert case.holder_unit == roads()
    progress_task(actor=desk(), task_id=task.pk, words="已通车", is_done=True, client_key=key(), at=later(20))
    close_task(actor=desk(), task_id=task.pk, verdict="ACCEPTED", score="5", revision="1", at=later(21))
    sheet = case_sheet(actor=desk(), case_id=case.pk, on=TODAY)
    assert (sheet.tasks[0].state, sheet.results) == ("DONE", ["已通车"])
    assert count_to_answer(actor=desk(), on=TODAY) == {"GARRISON_NEED": 1}
    waiting = list_needs(actor=desk(), filters=NeedFilters(when="answer"), on=TODAY)
    assert [(row.pk, waits) for row, _, waits in with_tasks(desk(), list(waiting))] == [(case.pk, True)]
    page = signed_in(desk()).get(f"/cases/{case.pk}/").content.decode()
    assert "任务已验收,待答复" in page
    assert page.count(">已通车</textarea>") == 2  # the opinion and the answer, both to be looked over
    assert "答复并办结" in page
    decide(case, "done", actor=desk(), at=later(22), reply="道路已通车,请验收", way="PAPER")
    case.refresh_from_db()
    ends.rate_case(actor=desk(), case_id=case.pk, rating="3", words="很好", revision=str(case.revision), at=later(23))
    rows = list(list_needs(actor=desk(), filters=NeedFilters(), on=TODAY))
    ((row, tasks, _),) = with_tasks(desk(), rows)
    assert (row.rating, [each.owner for each in tasks]) == (3, [roads()])


@pytest.mark.parametrize("words", ["为 61234 部队修路", "第三合成旅训练场道路", "编制 500 人的营区供水"])
def test_a_need_that_names_designation_or_strength_is_refused(words: str) -> None:
    with pytest.raises(Refused, match="涉密信息不得录入"):
        open_case(actor=desk(), draft=draft(kind="GARRISON_NEED", title=words, unit_id=garrison().pk), at=AT)


def test_all_problems_are_told_when_a_need_is_assigned_to_nobody_for_yesterday() -> None:
    case = ask()
    with pytest.raises(Refused) as refusal:
        needs.assign_need(actor=desk(), case_id=case.pk, draft=AssignDraft(None, "2026-09-01", "", "2"), at=AT)
    assert places_of(refusal) == {"责任单位", "完成时限"}
    assert Task.objects.count() == 0


def test_a_project_has_money_and_an_acceptance() -> None:
    form = ProjectDraft("修通道路", "2026", "FOR_ARMY", roads().pk, ask().pk, "300000", "财政", "2026-11-30", "", key())
    project = needs.add_deed(actor=desk(), draft=form, at=AT)
    assert needs.add_deed(actor=desk(), draft=form, at=AT).pk == project.pk
    typed = {"actor": desk(), "deed_id": project.pk, "state": "ACCEPTED"}
    with pytest.raises(Refused, match="请写验收意见"):
        needs.change_deed(**typed, spent="", words="", revision="1", at=AT)
    needs.change_deed(**typed, spent="286000", words="合格", revision="1", at=AT)
    project.refresh_from_db()
    assert (project.state, project.spent_fen, project.ended_on) == ("ACCEPTED", 28_600_000, TODAY)
    with pytest.raises(Refused, match="已验收,不能再改"):
        needs.change_deed(**typed, spent="1", words="再改", revision="2", at=AT)


def test_a_project_paid_from_a_fund_costs_what_the_ledger_says_and_keeps_its_paper() -> None:
    load_uses(at=AT)
    form = ProjectDraft("修通道路", "2026", "FOR_ARMY", roads().pk, None, "300000", "财政", "2026-11-30", "", key())
    project = needs.add_deed(actor=desk(), draft=form, at=AT)
    draft = FundDraft("双拥经费", "BUDGET", "LOCAL", "2026", planned="50", area_code=COUNTY, client_key=key())
    fund = open_fund(actor=desk(), draft=draft, at=AT)
    bill = EntryDraft("2026-09-07", "20.50", "路面工程款", "OTHER_USE", "云川路桥公司", client_key=key())
    with pytest.raises(Refused, match="余额不足"):
        spend_for_deed(actor=desk(), deed_id=project.pk, fund_id=fund.pk, draft=bill, at=AT)
    income = EntryDraft("2026-09-07", "50", "财政拨款", client_key=key())
    record_income(actor=desk(), fund_id=fund.pk, draft=income, at=AT)
    entry = spend_for_deed(actor=desk(), deed_id=project.pk, fund_id=fund.pk, draft=bill, at=AT)
    assert (entry.origin, entry.origin_words, entry.payee) == (
        f"cases.project:{project.pk}",
        "修通道路",
        "云川路桥公司",
    )
    assert cost_of(project) == 2_050
    typed = {"actor": desk(), "deed_id": project.pk, "state": "ACCEPTED", "words": "合格", "revision": "1", "at": AT}
    with pytest.raises(Refused, match="花费已由资金台账算出"):
        needs.change_deed(**typed, spent="30")
    paper = Sent(b"%PDF-1.4\n%", "验收单.pdf")
    needs.change_deed(**typed, spent="", sent=[paper])
    assert [piece.title for piece in papers_of(project)] == ["验收单.pdf"]
    reverse_entry(actor=desk(), entry_id=entry.pk, reason="金额登记错误", at=AT)
    assert cost_of(project) == 0
    page = signed_in(desk()).get(f"/cases/deeds/{project.pk}/").content.decode()
    assert "验收单.pdf" in page


def test_a_project_as_empty_as_can_be_is_refused_with_all_problems() -> None:
    with pytest.raises(Refused) as refusal:
        needs.add_deed(actor=desk(), draft=ProjectDraft(budget="-3"), at=AT)
    assert places_of(refusal) == {"项目", "年份", "方向", "预算", "牵头单位", ""}
