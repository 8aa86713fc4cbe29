"""Year plans: from the calendar, from last year's, empty; what each becomes, and its papers."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from yushui.base.almanac import spring_festival
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import OTHER_TOWN, TOWN
from yushui.places.models import Unit
from yushui.plans.models import Plan, Task
from yushui.plans.rules.plans import retitled
from yushui.plans.rules.tasks import move_day
from yushui.plans.selectors.plans import list_plans, quarters_of
from yushui.plans.services.history import PastOutcome, take_over_outcomes
from yushui.plans.services.papers import print_arrangement, print_plan
from yushui.plans.services.plans import add_plan, load_calendar
from yushui.plans.services.splits import split_task
from yushui.plans.tests.factories import AT, TODAY, clerk, desk, key, make_task
from yushui.plans.types import PlanDraft
from yushui.plans.word import tidied

Units = dict[str, Unit]


def make_plan(actor: object = None, **typed: object) -> Plan:
    values = {"year": "2026", "client_key": key(), **typed}
    return add_plan(actor=actor or desk(), draft=PlanDraft(**values), at=AT)  # type: ignore[arg-type]


def words_in(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def test_the_calendar_gives_a_county_and_a_town_their_own_items(units: Units) -> None:
    county, town = make_plan(basis="CALENDAR"), make_plan(clerk(), basis="CALENDAR")
    of_county = {task.title: task for task in county.tasks.all()}
    of_town = {task.title: task for task in town.tasks.all()}
    assert len(of_county) == sum(item.level != "TOWN" for item in load_calendar())
    assert "召开党委议军会" in of_county
    assert "召开党委议军会" not in of_town
    visits = of_county["春节走访慰问驻军和优抚对象"]
    assert (spring_festival(2026) - visits.due_on).days == 3  # type: ignore[operator]
    assert of_county["军人子女入学和中考优待申报"].owner == units["教育局"]
    assert of_town["清明祭扫英烈"].owner == units["服务站"]
    assert of_county["召开党委议军会"].duty_id == "COUNTY_MILITARY_AFFAIRS"
    assert of_town["召开优抚对象代表座谈会"].duty_id == "TOWN_FORUM"


def test_a_copy_moves_the_days_and_leaves_progress_and_ended_units_behind(units: Units) -> None:
    plan = make_plan(year="2026", title="云川县2026年双拥工作计划")
    visit = make_task(
        title="2026年春节慰问", due_on=str(date(2026, 2, 14)), anchor="SPRING_FESTIVAL", plan_id=plan.pk,
        owner_unit_id=units["教育局"].pk,
    )  # fmt: skip
    make_task(title="征兵宣传", due_on="2026-08-31", plan_id=plan.pk, owner_unit_id=units["交通局"].pk)
    split_task(actor=desk(), task_id=visit.pk, unit_ids=[units["服务站"].pk], at=AT)
    take_over_outcomes(
        actor=desk(), outcomes=[PastOutcome(visit.pk, AT, "已办", closed_on=TODAY, score=5)], at=AT
    )  # fmt: skip
    Unit.objects.filter(pk=units["交通局"].pk).update(ends_on=date(2026, 7, 1))
    copy = make_plan(year="2027", basis="COPY", copied_id=plan.pk)
    rows = {(task.title, task.parent is not None): task for task in copy.tasks.all()}
    whole, part = rows["2027年春节慰问", False], rows["2027年春节慰问", True]
    assert (spring_festival(2027) - whole.due_on).days == (spring_festival(2026) - date(2026, 2, 14)).days  # type: ignore[operator]
    assert (whole.state, whole.score, whole.owner) == ("OPEN", None, units["教育局"])
    assert (part.parent, part.area_id) == (whole, TOWN)
    assert (rows["征兵宣传", False].owner, str(rows["征兵宣传", False].due_on)) == (None, "2027-08-31")


def test_a_plan_is_refused_with_everything_at_once_when_wrong(units: Units) -> None:
    with pytest.raises(Refused) as refused:
        make_plan(year="20026", basis="COPY", title="x" * 81, client_key="x")
    assert [problem.where for problem in refused.value.problems] == ["年份", "名称", "照抄", ""]
    make_plan(title="甲")
    with pytest.raises(Refused, match="已有同名的计划"):
        make_plan(title="甲")
    with pytest.raises(NotFound):
        make_plan(clerk(), area_code=OTHER_TOWN)


def test_the_same_plan_sent_twice_is_one(units: Units) -> None:
    same = key()
    assert make_plan(client_key=same, basis="CALENDAR") == make_plan(client_key=same, basis="CALENDAR")
    assert Plan.objects.count() == 1


def test_a_plan_is_shown_by_quarter_with_what_is_left(units: Units) -> None:
    plan = make_plan()
    for title, due_on, owner in (("甲", "2026-02-01", "教育局"), ("乙", "2026-08-01", ""), ("丙", "", "教育局")):
        make_task(
            title=title, due_on=due_on, plan_id=plan.pk, owner_unit_id=units[owner].pk if owner else None
        )  # fmt: skip
    quarters, whole = quarters_of(actor=desk(), plan=plan, on=TODAY)
    assert [(q.name, [t.title for t in q.tasks], q.is_now) for q in quarters] == [
        ("一季度", ["甲"], False), ("三季度", ["乙"], True), ("全年和时限待定", ["丙"], False),
    ]  # fmt: skip
    assert (whole.total, whole.done, whole.late, whole.ownerless) == (3, 0, 1, 1)
    row = list_plans(actor=desk(), year=2026, on=TODAY).get()
    assert (row.total, row.done, row.late) == (3, 0, 1)  # type: ignore[attr-defined]


def test_the_papers_of_a_plan_say_what_is_planned_and_what_is_left(units: Units) -> None:
    plan = make_plan(title="石桥镇2026年双拥工作安排")
    make_task(
        title="召开座谈会",
        due_on="2026-08-01",
        plan_id=plan.pk,
        note="请各类代表参加",
        owner_unit_id=units["教育局"].pk,
    )
    make_task(title="走访慰问", due_on="2026-07-01", plan_id=plan.pk)
    sent_out = words_in(print_arrangement(actor=desk(), plan_id=plan.pk, on=TODAY, at=AT))
    assert "1. 召开座谈会。请各类代表参加。（责任单位：县教育局；时限：8月1日）" in sent_out
    left = words_in(print_plan(actor=desk(), plan_id=plan.pk, on=TODAY, at=AT))
    assert "一、超期未办结的（1项）" in left
    assert "超期9天" in left
    assert "有1项还没有落实责任单位" in left


def test_outcomes_of_the_past_are_all_right_or_none_is_written(units: Units) -> None:
    task, other = make_task(), make_task()
    good = PastOutcome(task.pk, AT, "已办", closed_on=TODAY, score=5)
    with pytest.raises(Refused, match="办结日期在今天之后"):
        take_over_outcomes(
            actor=desk(), outcomes=[good, PastOutcome(other.pk, AT, "x", closed_on=date(2027, 1, 1))], at=AT
        )  # fmt: skip
    with pytest.raises(NotFound):
        take_over_outcomes(actor=clerk(), outcomes=[good], at=AT)
    assert set(Task.objects.values_list("state", flat=True)) == {"OPEN"}
    assert take_over_outcomes(actor=desk(), outcomes=[good], at=AT) == 1
    assert Task.objects.get(pk=task.pk).state == "DONE"


@pytest.mark.parametrize(
    ("day", "year", "anchor", "moved"),
    [
        (date(2024, 2, 29), 2025, "", date(2025, 2, 28)), (date(2027, 1, 10), 2027, "", date(2028, 1, 10)),
        (date(2026, 7, 31), 2027, "ARMY_DAY", date(2027, 7, 31)),
        (date(2026, 2, 10), 2027, "SPRING_FESTIVAL", date(2027, 1, 30)),
    ],
)  # fmt: skip
def test_a_day_moves_into_another_year(day: date, year: int, anchor: str, moved: date) -> None:
    assert move_day(day, year, plan_year=2024 if day.year == 2024 else 2026, anchor=anchor) == moved


def test_years_in_titles_move_with_the_plan() -> None:
    assert (
        retitled("2026年八一和2027年春节慰问,依据2010年标准", 2026, 2027) == "2027年八一和2028年春节慰问,依据2010年标准"
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("结合实际,抓好落实(含村)", "结合实际，抓好落实（含村）"), ("上午9:00,带材料", "上午9:00，带材料"),
        ("约1,200人参加", "约1,200人参加"), ("(一)总体要求", "（一）总体要求"), ("见 http://a.example/b?c=1", "见 http://a.example/b?c=1"),
    ],
)  # fmt: skip
def test_signs_between_chinese_words_are_written_full_width(typed: str, written: str) -> None:
    assert tidied(typed) == written
