"""Deadlines and standing as examples: a plain row in, a day out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from yushui.base.workdays import is_workday
from yushui.cases.charts import draw_flow
from yushui.cases.rules.kind_form import as_typed, read_kind
from yushui.cases.rules.kinds import steps_of
from yushui.cases.rules.standing import Happened, Standing, count_days, stand
from yushui.cases.selectors.flow import boxes_of
from yushui.cases.types import CaseKindDraft, StepDraft
from yushui.cases.types.cases import Act, State
from yushui.cases.types.kinds import OutcomeDraft as Way

ACCEPT, HANDLE = 1, 2


def opened(on: date, days: int = 15, count: str = "DAY") -> Happened:
    return Happened(1, Act.OPENED, on, by=7, to_step=ACCEPT, to_code="990101001000", to_role="TOWN_CLERK",
                    term_days=days, term_count=count)  # fmt: skip


def decided(id_: int, on: date, to: int | None, days: int = 60, count: str = "DAY", result: str = "") -> Happened:
    return Happened(id_, Act.DECIDED, on, by=7, to_step=to, term_days=days if to else None, term_count=count,
                    result=result)  # fmt: skip


def due(*rows: Happened) -> date | None:
    return stand(rows, is_workday).due_on


def test_a_petition_is_settled_within_sixty_days_of_acceptance_when_nothing_stops_it() -> None:
    """policy.md case 41: accepted 2025-03-01, due 2025-04-30, extended at most to 2025-05-30."""
    rows = [opened(date(2025, 2, 20)), decided(2, date(2025, 3, 1), HANDLE)]
    assert due(*rows) == date(2025, 4, 30)
    extended = Happened(3, Act.EXTENDED, date(2025, 4, 20), to_step=HANDLE, term_days=30)
    assert due(*rows, extended) == date(2025, 5, 30)


@pytest.mark.parametrize(
    ("begin", "days", "last"),
    [
        (date(2026, 9, 28), 5, date(2026, 10, 10)),  # 29, 30, then seven days off, 8, 9, and Saturday the 10th works
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # Sunday 20 September works in place of 国庆
        (date(2026, 10, 10), 1, date(2026, 10, 12)),
    ],
)
def test_working_days_follow_the_holiday_notice_when_national_day_lies_between(
    begin: date, days: int, last: date
) -> None:
    assert due(opened(begin, days, "WORKDAY")) == last


def test_days_of_a_pause_do_not_count_when_it_spans_the_holiday() -> None:
    pause = Happened(2, Act.PAUSED, date(2026, 9, 29))
    resume = Happened(3, Act.RESUMED, date(2026, 10, 9))
    assert stand([opened(date(2026, 9, 28)), pause], is_workday).due_on is None
    # calendar days: ten days stood still
    assert due(opened(date(2026, 9, 28)), pause, resume) == date(2026, 10, 23)
    # working days: 9, 10 (Saturday works), 12, 13, 14
    assert due(opened(date(2026, 9, 28), 5, "WORKDAY"), pause, resume) == date(2026, 10, 14)


def test_a_pause_of_no_day_changes_nothing_when_started_again_at_once() -> None:
    on = date(2026, 9, 8)
    assert due(opened(date(2026, 9, 7)), Happened(2, Act.PAUSED, on), Happened(3, Act.RESUMED, on)) == date(2026, 9, 22)


def test_a_step_keeps_its_clock_when_the_case_is_sent_back_to_it() -> None:
    rows = [
        opened(date(2026, 3, 2), 10), decided(2, date(2026, 3, 4), HANDLE, 5), decided(3, date(2026, 3, 8), ACCEPT, 10),
    ]  # fmt: skip
    assert due(*rows) == date(2026, 3, 12)


def test_the_clock_begins_anew_when_a_case_is_opened_again() -> None:
    rows = [opened(date(2026, 3, 2)), decided(2, date(2026, 3, 10), None, result="SETTLED")]
    assert stand(rows, is_workday).state is State.CLOSED
    again = Happened(3, Act.REOPENED, date(2026, 5, 6), to_step=ACCEPT, term_days=15, term_count="DAY")
    found = stand([*rows, again], is_workday)
    assert (found.state, found.due_on, found.closed_on, found.result) == (State.OPEN, date(2026, 5, 21), None, "")


def test_an_act_taken_back_is_as_if_it_had_not_been() -> None:
    before = stand([opened(date(2026, 3, 2))], is_workday)
    rows = [
        opened(date(2026, 3, 2)),
        decided(2, date(2026, 3, 4), None, result="REFUSED"),
        Happened(3, Act.TAKEN_BACK, date(2026, 3, 4), by=7, undoes=2),
    ]
    assert stand(rows, is_workday) == before
    assert before != Standing()


def test_a_term_without_days_has_no_end() -> None:
    row = Happened(1, Act.OPENED, date(2026, 3, 2), to_step=ACCEPT)
    assert due(row) is None


def test_the_day_a_term_begins_does_not_count() -> None:
    assert count_days(date(2026, 3, 2), 1, "DAY", [], is_workday) == date(2026, 3, 3)


def test_all_problems_of_a_kind_are_told_at_once_when_its_form_is_half_empty() -> None:
    facts, problems = read_kind(CaseKindDraft(steps=(StepDraft(name="", office="NOBODY@MOON", days="x"),)))
    assert facts is None
    assert {problem.where for problem in problems} == {"名称", "大类", "第 1 步"}
    assert len(problems) == 5


def test_steps_of_a_form_lead_on_back_and_out() -> None:
    typed = (
        StepDraft("", "核实", "TOWN_CLERK@TOWN", "5", "WORKDAY", "申请表、照片", "不属实"),
        StepDraft("", "审批", "APPROVER@COUNTY", "3"),
    )
    facts, problems = read_kind(CaseKindDraft(name="住房修缮", family="HELP", steps=typed))
    assert problems == []
    assert facts is not None
    first, last = facts.steps
    assert [(o.key, o.to, o.result) for o in first.outcomes] == [
        ("next", "step2", ""), ("refuse", "", "REFUSED"), ("withdrawn", "", "WITHDRAWN"),
    ]  # fmt: skip
    assert [(o.key, o.to, o.is_back) for o in last.outcomes][1] == ("back", "step1", True)
    assert last.outcomes[0].result == "SETTLED"
    assert [paper.name for paper in first.papers] == ["申请表", "照片"]


def test_a_catalogue_whose_steps_lead_nowhere_is_refused() -> None:
    problems: list = []
    entry = {"code": "X", "steps": [{"step": ["a", "甲", "TOWN_CLERK", "TOWN", 5, "DAY"],
                                     "outcomes": [{"key": "on", "name": "去乙", "to": "b"}]}]}  # fmt: skip
    steps_of(entry, "case_kinds.yaml", problems)
    assert any("不存在" in problem.what for problem in problems)
    assert any("没有一步能办结" in problem.what for problem in problems)


def branching(**rows: tuple[Way, ...]) -> CaseKindDraft:
    """Three steps: checked by a town, done at once when it is small, else approved first; `rows` in place of some."""
    usual: dict[str, tuple[Way, ...]] = {
        "check": (Way("小额,直接办", "3"), Way("要审批", "NEXT"),
                  Way("不属实", "REFUSED", "查无此事、已办过")),
        "approve": (Way("同意", "NEXT"), Way("再核实", "1"), Way("放弃", "WITHDRAWN", "本人书面")),
        "do": (Way("办成", "SETTLED"), Way("退回审批", "2")),
    }  # fmt: skip
    offices = {"check": "TOWN_CLERK@TOWN", "approve": "APPROVER@COUNTY", "do": "DESK_OFFICER@COUNTY"}
    steps = tuple(
        StepDraft("", name, offices[name], "5", outcomes=rows.get(name, outcomes)) for name, outcomes in usual.items()
    )
    return CaseKindDraft(name="住房修缮", family="HELP", steps=steps)


def whys(draft: CaseKindDraft) -> set[tuple[str, str]]:
    """What is wrong with a form, and where."""
    return {(problem.where, problem.what) for problem in read_kind(draft)[1]}


def test_rows_of_a_form_lead_to_any_step_back_and_out() -> None:
    facts, problems = read_kind(branching())
    assert problems == []
    assert facts is not None
    check, approve, do = facts.steps
    assert [(o.name, o.to, o.result, o.is_back) for o in check.outcomes] == [
        ("小额,直接办", "step3", "", False), ("要审批", "step2", "", False), ("不属实", "", "REFUSED", False),
    ]  # fmt: skip
    assert [reason.name for reason in check.outcomes[2].reasons] == ["查无此事", "已办过"]
    assert [(o.to, o.is_back, o.asks_words) for o in approve.outcomes][1] == ("step1", True, True)
    assert [o.asks_words for o in approve.outcomes] == [False, True, False]
    assert do.outcomes[0].result == "SETTLED"
    again, problems = read_kind(replace(branching(), steps=as_typed(facts.steps)))
    assert (again, problems) == (facts, [])


def test_everything_wrong_with_a_flow_is_told_at_once() -> None:
    wrong = branching(
        check=(Way("去别处", "7"), Way("", "NEXT"), Way("没选", "")),
        approve=(Way("同意", "NEXT"), Way("同意", "1"), Way("去月亮", "MOON")),
        do=(Way("再下一步", "NEXT"),),
    )
    assert whys(wrong) == {
        ("第 1 步", "“去别处”要去的第 7 步没有填写"), ("第 1 步", "请写结果叫什么"),
        ("第 1 步", "请选择“没选”以后去哪里"),
        ("第 2 步", "结果“同意”写了两次"), ("第 2 步", "“去月亮”去的步骤不存在"),
        ("第 3 步", "“再下一步”:后面没有下一步了"),
    }  # fmt: skip


def test_a_step_that_nobody_reaches_or_that_never_ends_is_refused() -> None:
    skipped = branching(check=(Way("直接办", "3"),), do=(Way("办成", "SETTLED"),))
    assert whys(skipped) == {("第 2 步", "没有哪一步会走到这里")}
    endless = branching(
        check=(Way("要审批", "NEXT"),), approve=(Way("再核实", "1"), Way("同意", "NEXT")),
        do=(Way("退回", "1"),),
    )  # fmt: skip
    assert whys(endless) == {
        *((f"第 {number} 步", "从这一步走下去没有尽头") for number in (1, 2, 3)), ("步骤", "没有一步能办结"),
    }  # fmt: skip
    circle = branching(check=(Way("再来一次", "1"), Way("要审批", "NEXT")))
    assert whys(circle) == {("第 1 步", "不能又回到自己这一步")}
    refused = branching(do=(Way("不办", "REFUSED"),))
    assert whys(refused) == {("步骤", "没有一步能办结")}


def test_the_picture_shows_every_way_and_no_other() -> None:
    facts, _ = read_kind(branching())
    assert facts is not None
    boxes = boxes_of(facts.steps, {"step1": "done"})
    assert [(box.mark, box.leads) for box in boxes] == [("done", (1, 2)), ("", (0, 2)), ("", (1, 3))]
    drawn = draw_flow(boxes, "住房修缮")
    assert (drawn.count('class="way"'), drawn.count('class="way back"')) == (4, 2)
