"""Deadlines and standing as examples: a plain row in, a day out."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.base.workdays import is_workday
from yushui.cases.rules.kinds import read_kind, steps_of
from yushui.cases.rules.standing import Happened, Standing, count_days, stand
from yushui.cases.types import CaseKindDraft, StepDraft
from yushui.cases.types.cases import Act, State

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
