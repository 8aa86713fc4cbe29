"""A case from its opening to its end, and everything that may go wrong on the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from yushui.audit.models import Entry
from yushui.base.evidence import Sent
from yushui.base.refusals import NotFound, Refused
from yushui.base.workdays import is_workday
from yushui.cases.models import Case, CaseStep, KindStep
from yushui.cases.rules.standing import stand
from yushui.cases.selectors.cases import CaseFilters, acts_for, case_sheet, get_case, happened_in, list_cases
from yushui.cases.services import ends, steps
from yushui.cases.services.cases import appeal_case, change_case, open_case
from yushui.cases.services.rows import columns_of
from yushui.cases.tests.factories import (
    AT,
    TODAY,
    approver,
    clerk,
    decide,
    desk,
    draft,
    key,
    later,
    leader,
    liaison,
    make_county,
    other_clerk,
    petition,
)  # fmt: skip
from yushui.cases.types import AidDraft, CaseDraft
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, VILLAGE, make_person
from yushui.places.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()


def problems(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.where or problem.what for problem in refusal.value.problems]


def is_true_to_its_rows(case: Case) -> None:
    """The columns of a case are what the rules reckon from its rows."""
    case.refresh_from_db()
    reckoned = columns_of(stand(happened_in(case.pk), is_workday))
    assert {name: getattr(case, name) for name in reckoned} == reckoned


def test_a_petition_runs_from_visit_to_satisfaction() -> None:
    case = petition()
    assert (case.number, case.due_on, case.holder_code) == ("990101-2026-00001", date(2026, 9, 22), "990101001000")
    decide(case, "accept")
    assert case.due_on is None or Case.objects.get(pk=case.pk).due_on == date(2026, 11, 6)
    decide(case, "settle", reply="已补发到账", at=later(10))
    case.refresh_from_db()
    assert (case.state, case.result, case.replied_on) == ("CLOSED", "SETTLED", date(2026, 9, 17))
    ends.rate_case(actor=clerk(), case_id=case.pk, rating="3", words="", revision=str(case.revision), at=later(11))
    is_true_to_its_rows(case)
    assert case.rating == 3
    assert [row.act for row in case.steps.order_by("id")] == ["OPENED", "DECIDED", "REPLIED", "DECIDED", "RATED"]


def test_opening_is_refused_with_all_problems_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        open_case(actor=clerk(), draft=CaseDraft(kind="NOTHING", channel="PIGEON", client_key="x", heads="许多"), at=AT)
    assert set(problems(refusal)) == {"事项", "申请人", "来源", "人数", "类型", "表单缺少编号"}
    assert Case.objects.count() == 0


def test_the_same_form_sent_twice_is_one_case() -> None:
    form = draft()
    assert open_case(actor=clerk(), draft=form, at=AT).pk == open_case(actor=clerk(), draft=form, at=AT).pk
    assert Case.objects.count() == 1


def test_a_case_is_out_of_reach_for_another_town() -> None:
    case = petition()
    with pytest.raises(NotFound):
        steps.take_case(actor=other_clerk(), case_id=case.pk, revision="1", at=AT)
    with pytest.raises(NotFound):
        open_case(actor=other_clerk(), draft=draft(), at=AT)


def test_the_second_is_told_when_two_take_the_same_case() -> None:
    case = petition()
    first, second = clerk(), clerk(username="second", full_name="吴敏")
    seen = str(case.revision)
    steps.take_case(actor=first, case_id=case.pk, revision=seen, at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        steps.take_case(actor=second, case_id=case.pk, revision=seen, at=AT)
    case.refresh_from_db()
    assert case.holder_name == first.full_name
    with pytest.raises(Refused, match="已经认领"):
        decide(case, "accept", actor=second)


def test_a_step_done_twice_is_done_once() -> None:
    case = petition()
    form = {"client_key": key(), "revision": str(case.revision)}
    decide(case, "accept", **form)
    decide(case, "accept", **form)
    assert case.steps.filter(act="DECIDED").count() == 1
    with pytest.raises(Refused, match="刚被别人改过"):
        decide(case, "settle", revision=form["revision"], reply="好")


def test_a_decision_is_refused_with_all_problems_at_once() -> None:
    case = petition()
    with pytest.raises(Refused) as refusal:
        decide(case, "refuse", words="", client_key="")
    assert set(problems(refusal)) == {"理由", "意见", "表单缺少编号"}
    decide(case, "accept")
    with pytest.raises(Refused) as refusal:
        decide(case, "settle")
    assert problems(refusal) == ["答复内容"]


def test_a_case_keeps_its_deadline_when_the_kind_is_changed_while_it_runs() -> None:
    case = petition()
    KindStep.objects.filter(kind="PETITION_VISIT", key="accept").update(days=1)
    steps.note_case(actor=clerk(), case_id=case.pk, words="已电话联系", client_key=key(), at=later(1))
    is_true_to_its_rows(case)
    assert case.due_on == date(2026, 9, 22)
    assert petition(title="另一件").due_on == date(2026, 9, 8)


def test_the_clock_stops_while_papers_are_awaited() -> None:
    case = petition()
    steps.pause_case(actor=clerk(), case_id=case.pk, reason="PAPERS", words="等退伍证", revision="2", at=later(3))
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("PAUSED", None)
    with pytest.raises(Refused, match="暂停计时"):
        decide(case, "accept")
    steps.resume_case(actor=clerk(), case_id=case.pk, revision=str(case.revision), at=later(13))
    is_true_to_its_rows(case)
    assert case.due_on == date(2026, 10, 2)


def test_an_extension_is_approved_once_and_within_what_the_kind_allows() -> None:
    case = petition()
    case.refresh_from_db()
    typed = {"case_id": case.pk, "words": "情况复杂", "at": later(5)}
    with pytest.raises(Refused, match="不能批准延期"):
        steps.extend_case(actor=clerk(), days="10", revision=str(case.revision), **typed)
    with pytest.raises(NotFound):  # a sensitive petition that lies with the town is not the approver's to see …
        steps.extend_case(actor=approver(), days="10", revision=str(case.revision), **typed)
    steps.ask_extension(actor=clerk(), days="10", revision=str(case.revision), **typed)
    case.refresh_from_db()  # … until the town asks for it
    assert [row.pk for row in list_cases(actor=approver(), filters=CaseFilters(tab="todo"), on=TODAY)] == [case.pk]
    steps.extend_case(actor=approver(), days="10", revision=str(case.revision), **typed)
    is_true_to_its_rows(case)
    assert (case.due_on, case.asks_extension) == (date(2026, 10, 2), False)


def test_a_hazard_is_extended_by_who_approves() -> None:
    unit = Unit.objects.create(name="云川纺织有限公司", kind="ENTERPRISE", area_id=COUNTY)
    case = petition(desk(), kind="SAFETY_HAZARD", unit_id=unit.pk, asker_name="", area_code="", title="消防通道堵塞")
    typed = {"case_id": case.pk, "words": "等设备到货", "at": later(1)}
    with pytest.raises(Refused, match="最多延长 30 天"):
        steps.extend_case(actor=approver(), days="31", revision=str(case.revision), **typed)
    steps.extend_case(actor=approver(), days="10", revision=str(case.revision), **typed)
    is_true_to_its_rows(case)
    assert case.due_on == date(2026, 9, 23)  # 13 working days from 7 September, Sunday the 20th worked
    with pytest.raises(Refused, match="已延过 10 天"):
        steps.extend_case(actor=approver(), days="21", revision=str(case.revision), **typed)


def test_a_transfer_hands_the_step_on_and_its_clock_runs() -> None:
    case = petition(desk())
    steps.transfer_case(
        actor=desk(), case_id=case.pk, area_code=OTHER_TOWN, words="户籍已迁汊河", revision=str(case.revision),
        at=later(1),
    )  # fmt: skip
    is_true_to_its_rows(case)
    assert (case.holder_code, case.holder_role, case.due_on) == (OTHER_TOWN, "TOWN_CLERK", date(2026, 9, 22))
    decide(case, "accept", actor=other_clerk(), at=later(2))
    with pytest.raises(Refused) as refusal:
        steps.transfer_case(actor=desk(), case_id=case.pk, words="", revision="1", at=AT)
    assert set(problems(refusal)) == {"转给", "转办意见"}


def test_ones_own_last_step_is_taken_back_until_another_goes_on() -> None:
    case = petition()
    decide(case, "elsewhere", reason="court")
    case.refresh_from_db()
    assert case.state == "CLOSED"
    steps.take_back_step(actor=clerk(), case_id=case.pk, revision=str(case.revision), at=AT)
    is_true_to_its_rows(case)
    assert (case.state, case.step.key if case.step else "") == ("OPEN", "accept")
    with pytest.raises(Refused, match="没有可以撤回的一步"):
        steps.take_back_step(actor=clerk(), case_id=case.pk, revision=str(case.revision), at=AT)
    decide(case, "accept")
    case.refresh_from_db()
    with pytest.raises(Refused, match="没有可以撤回的一步"):
        steps.take_back_step(actor=desk(), case_id=case.pk, revision=str(case.revision), at=AT)


def test_what_happened_cannot_be_changed_by_anybody() -> None:
    row = petition().steps.get()
    for act in (lambda: CaseStep.objects.filter(pk=row.pk).update(words="x"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_all_work_of_a_leaver_goes_over_in_one_act() -> None:
    leaver, heir = clerk(), clerk(username="heir", full_name="吴敏")
    cases = [petition(title=f"第{n}件") for n in range(3)]
    for case in cases[:2]:
        steps.take_case(actor=leaver, case_id=case.pk, revision=str(case.revision), at=AT)
    moved = ends.hand_over_cases(actor=desk(), from_id=leaver.pk, to_id=heir.pk, words="调离", at=later(1))
    assert moved == 2
    assert Case.objects.filter(holder_user=heir.pk).count() == 2
    for case in cases:
        is_true_to_its_rows(case)
    with pytest.raises(Refused) as refusal:
        ends.hand_over_cases(actor=desk(), from_id=leaver.pk, to_id=leaver.pk, words="", at=AT)
    assert set(problems(refusal)) == {"移交给", "原因", "移交人"}


def test_an_ended_case_is_opened_again_with_a_reason() -> None:
    case = petition()
    decide(case, "withdrawn")
    case.refresh_from_db()
    with pytest.raises(Refused, match="请写原因"):
        ends.reopen_case(actor=clerk(), case_id=case.pk, words="", revision=str(case.revision), at=AT)
    ends.reopen_case(actor=clerk(), case_id=case.pk, words="又来反映", revision=str(case.revision), at=later(30))
    is_true_to_its_rows(case)
    assert (case.state, case.due_on) == ("OPEN", date(2026, 10, 22))


def test_a_review_is_asked_for_within_thirty_days_of_the_answer() -> None:
    case = petition()
    decide(case, "accept")
    decide(case, "settle", reply="不符合补发条件", at=later(5))
    typed = {"actor": desk(), "case_id": case.pk, "words": "不认可"}
    with pytest.raises(Refused, match="30 天内"):
        appeal_case(**typed, client_key=key(), at=later(36))
    review = appeal_case(**typed, client_key=key(), at=later(35))
    assert (review.kind_id, review.appeals_id, review.due_on) == ("PETITION_REVIEW", case.pk, date(2026, 11, 11))
    with pytest.raises(Refused, match="已经申请过"):
        appeal_case(**typed, client_key=key(), at=later(35))


def help_for(person_id: int, **typed: object) -> Case:
    values = {"kind": "HARDSHIP_HELP", "person_id": person_id, "asker_name": "", "area_code": "", "cause": "cause2"}
    return petition(title="妻子重病,生活困难", **{**values, **typed})


def test_urgent_help_goes_first_and_papers_follow() -> None:
    case = help_for(make_person().pk, urgent=True)
    with pytest.raises(Refused, match="还缺材料"):
        decide(help_for(make_person(name="李秀英").pk), "propose")
    decide(case, "propose")
    with pytest.raises(Refused, match="还没有登记|不由您办理"):
        decide(case, "given", actor=desk())
    decide(case, "grant", actor=approver())
    aid = AidDraft("CASH", "", "2000", "2026-09-07", "关爱基金", key())
    ends.aid_case(actor=desk(), case_id=case.pk, draft=aid, at=AT)
    with pytest.raises(Refused, match="还缺材料:申请表、困难情况证明"):
        decide(case, "given", actor=desk(), reply="已发")
    wanted = [need.paper.pk for need in case_sheet(actor=desk(), case_id=case.pk, on=TODAY).papers]
    decide(case, "given", actor=desk(), reply="已发", papers=tuple(wanted))
    is_true_to_its_rows(case)
    assert (case.result, case.aids.get().fen) == ("SETTLED", 200_000)


def test_help_is_not_given_twice_for_the_same_cause() -> None:
    person = make_person()
    case = help_for(person.pk)
    with pytest.raises(Refused, match="同一事由不重复困难帮扶:长期失业正在办理"):
        help_for(person.pk)
    help_for(person.pk, cause="cause4")
    decide(case, "refuse", reason="unmet")
    help_for(person.pk)  # refused before, so the way is open again


def test_refusal_leads_to_the_earlier_help_for_who_may_see_it() -> None:
    person = make_person()
    case = help_for(person.pk)
    with pytest.raises(Refused) as refusal:
        help_for(person.pk)
    (problem,) = refusal.value.problems
    assert problem.what == f"同一事由不重复困难帮扶:长期失业正在办理({case.number})"
    assert (problem.link, problem.link_words) == (f"/cases/{case.pk}/", f"看 {case.number}")


def test_help_without_its_cause_is_refused_and_a_village_report_gets_it_before_it_goes_up() -> None:
    person = make_person()
    with pytest.raises(Refused) as refusal:
        help_for(person.pk, cause="")
    assert [problem.where for problem in refusal.value.problems] == ["事由"]
    help_for(person.pk, cause="cause2")
    draft_ = draft(kind="HARDSHIP_HELP", person_id=person.pk, cause="", area_code="", urgent=True)
    told = open_case(actor=liaison(), draft=draft_, at=AT, cause_later=True)
    with pytest.raises(Refused) as refusal:
        decide(told, "propose")
    assert [problem.what for problem in refusal.value.problems] == ["请选择事由"]
    with pytest.raises(Refused, match="同一事由不重复困难帮扶:长期失业正在办理"):
        decide(told, "propose", cause="cause2")
    decide(told, "propose", cause="cause4")
    told.refresh_from_db()
    assert (told.cause.name, told.step.key) == ("突发事件", "approve")
    is_true_to_its_rows(told)
    with pytest.raises(Refused, match="请选择事由"):
        change_case(actor=desk(), case_id=told.pk, draft=draft(title="求助", cause=""), revision=told.revision, at=AT)


def test_money_asks_for_its_amount_and_source() -> None:
    case = help_for(make_person().pk, urgent=True)
    with pytest.raises(Refused) as refusal:
        ends.aid_case(actor=clerk(), case_id=case.pk, draft=AidDraft("CASH", "", "", "2026-9-9", "", "short"), at=AT)
    assert set(problems(refusal)) == {"金额", "资金来源", "日期", "表单缺少编号"}


def test_nobody_dead_asks_and_no_money_goes_to_the_dead() -> None:
    person = make_person()
    case = help_for(person.pk, urgent=True)
    person.died_on = date(2026, 9, 10)
    person.save()
    with pytest.raises(Refused, match="已登记去世"):
        help_for(person.pk, cause="cause3")
    aid = AidDraft("CASH", "", "500", "2026-09-12", "关爱基金", key())
    with pytest.raises(Refused, match="不能再发资金"):
        ends.aid_case(actor=clerk(), case_id=case.pk, draft=aid, at=later(7))
    decide(case, "withdrawn", at=later(7))  # a case in the middle still ends in order
    is_true_to_its_rows(case)


def test_who_brought_it_does_not_approve_it() -> None:
    both = approver()
    both.held_roles.create(role="TOWN_CLERK")
    both.held_roles.create(role="DESK_OFFICER")
    both = type(both).objects.get(pk=both.pk)
    case = petition(both, kind="CARD", title="换领优待证")
    papers = tuple(need.paper.pk for need in case_sheet(actor=both, case_id=case.pk, on=TODAY).papers)
    decide(case, "pass", actor=both, papers=papers)
    both.held_roles.create(role="REVIEWER")
    both = type(both).objects.get(pk=both.pk)
    with pytest.raises(Refused, match="审批要换一个人"):
        decide(case, "pass", actor=both)


def test_a_file_that_is_not_what_it_says_is_refused_with_the_rest() -> None:
    with pytest.raises(Refused) as refusal:
        open_case(
            actor=clerk(),
            draft=draft(title=""),
            sent=[Sent(b"MZ\x90 a program", "来信.pdf"), Sent(b"x", "病毒.exe")],
            at=AT,
        )
    assert problems(refusal) == ["事项", "来信.pdf", "病毒.exe"]


def test_who_only_counts_sees_no_name_no_text_and_finds_none_by_it() -> None:
    case = petition(text="家中情况")
    for other in (leader(), approver(), liaison()):
        row = get_case(actor=other, case_id=case.pk, on=TODAY)
        assert row.clear is False  # type: ignore[attr-defined]
        assert acts_for(other, row, TODAY) & {"DECIDED", "NOTED"} == set()
        found = list_cases(actor=other, filters=CaseFilters(tab="all", text="王德胜"), on=TODAY)
        assert list(found) == []
        assert len(list_cases(actor=other, filters=CaseFilters(tab="all", text=case.number), on=TODAY)) == 1
        with pytest.raises(NotFound):
            steps.note_case(actor=other, case_id=case.pk, words="x", client_key=key(), at=AT)
    for handler in (clerk(), desk()):
        found = list_cases(actor=handler, filters=CaseFilters(tab="all", text="王德胜"), on=TODAY)
        assert [row.pk for row in found] == [case.pk]


def test_the_log_names_no_asker() -> None:
    case = petition()
    decide(case, "accept")
    details = "".join(Entry.objects.filter(subject=f"cases.case:{case.pk}").values_list("detail", flat=True))
    assert case.number in details
    assert "王德胜" not in details
    assert "优待金" not in details


def test_a_correction_leaves_what_stood_before() -> None:
    case = petition()
    form = CaseDraft(title="反映 2025 年优待金没有收到", text="")
    change_case(actor=clerk(), case_id=case.pk, draft=form, revision=str(case.revision), at=AT)
    assert "反映优待金没有收到" in case.steps.latest("id").words
    is_true_to_its_rows(case)


def test_a_number_is_counted_through_a_year_in_a_county() -> None:
    assert [petition(title=f"第{n}件").number[-5:] for n in range(3)] == ["00001", "00002", "00003"]
    assert petition(at=later(150)).number == "990101-2027-00001"


def test_a_village_report_goes_to_the_town() -> None:
    case = petition(liaison(), kind="HARDSHIP_HELP", channel="VILLAGE", area_code=VILLAGE, cause="cause1")
    todo = list_cases(actor=clerk(), filters=CaseFilters(tab="todo"), on=TODAY)
    assert [row.pk for row in todo] == [case.pk]
