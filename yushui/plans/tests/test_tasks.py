"""Tasks: set, reported, judged, moved, split; who may, what can be typed wrongly, two people at one task."""

from __future__ import annotations

from typing import Any

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.evidence import Sent
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.places.models import Unit
from yushui.plans.models import Task, TaskEvidence, TaskStep
from yushui.plans.selectors.tasks import TaskFilters, list_supervision, list_tasks, mine, task_sheet, tasks_of_source
from yushui.plans.services.exports import export_supervision
from yushui.plans.services.splits import split_task
from yushui.plans.services.steps import change_task, close_task, move_task, progress_task
from yushui.plans.services.tasks import add_task
from yushui.plans.tests.factories import AT, TODAY, clerk, desk, key, make_task, member_of
from yushui.plans.types import TaskDraft

Units = dict[str, Unit]


def report(task: Task, actor: Any, words: str = "路基已平整", **typed: Any) -> TaskStep:
    return progress_task(actor=actor, task_id=task.pk, words=words, client_key=typed.pop("key", key()), at=AT, **typed)


def judge(task: Task, verdict: str = "ACCEPTED", score: str = "5", **typed: Any) -> Task:
    task.refresh_from_db()
    values = {"words": "", "revision": str(task.revision), **typed}
    return close_task(actor=desk(), task_id=task.pk, verdict=verdict, score=score, at=AT, **values)


def test_a_task_goes_from_owner_to_judgement_with_files(units: Units) -> None:
    task = make_task(owner_unit_id=units["交通局"].pk, helper_unit_ids=(units["教育局"].pk,))
    worker = member_of(units["交通局"])
    assert list(mine(actor=worker, on=TODAY)) == [task]
    report(task, worker, sent=[Sent(link="https://news.example/1")])
    report(task, worker, "道路已通车", is_done=True)
    assert list(mine(actor=worker, on=TODAY)) == []  # it waits for the desk now
    assert list(mine(actor=desk(), on=TODAY)) == [task]
    judge(task, score="4", words="质量较好")
    task.refresh_from_db()
    assert (task.state, task.score, str(task.closed_on)) == ("DONE", 4, "2026-07-10")
    assert list(task.steps.order_by("id").values_list("step", flat=True)) == ["ADDED", "NOTED", "REPORTED", "ACCEPTED"]
    assert TaskEvidence.objects.get().link == "https://news.example/1"


def test_a_task_is_refused_with_everything_at_once_when_wrong(units: Units) -> None:
    draft = TaskDraft(
        title="", due_on="2026-07-01", starts_on="2026-07-09", owner_unit_id=999_999, helper_unit_ids=(-1,),
        duty_code="NOTHING", kind_code="NOTHING", weight="HEAVY", client_key=key(),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        add_task(actor=desk(), draft=draft, at=AT)
    said = [problem.where for problem in refused.value.problems]
    assert said == ["任务", "完成时限", "类型", "责任单位", "配合单位", "对应职责", "活动类型"]


def test_the_same_task_or_report_sent_twice_is_one(units: Units) -> None:
    same = key()
    assert make_task(client_key=same) == make_task(client_key=same)
    task = Task.objects.get()
    assert report(task, desk(), key="one-report") == report(task, desk(), key="one-report")
    assert TaskStep.objects.filter(step="NOTED").count() == 1


def test_strangers_and_those_without_the_right(units: Units) -> None:
    of_county, of_town = make_task(), make_task(area_code=TOWN)
    with pytest.raises(NotFound):
        task_sheet(actor=clerk(), task_id=of_county.pk, on=TODAY)
    with pytest.raises(NotFound):
        make_task(clerk(), area_code=OTHER_TOWN)
    with pytest.raises(Refused, match="由上级下达"):
        close_task(actor=clerk(), task_id=of_town.pk, verdict="ACCEPTED", score="5", revision="1", at=AT)
    with pytest.raises(Refused, match="不由您的单位办理"):
        report(of_county, member_of(units["教育局"]))
    with pytest.raises(Refused):
        report(of_county, make_user(Role.LEADER))
    report(of_town, clerk())  # where it is done, its clerk reports


@pytest.mark.parametrize(
    ("verdict", "score", "words", "said"),
    [
        ("ACCEPTED", "", "", "请打分"), ("ACCEPTED", "6", "", "1 到 5 分"), ("SENT_BACK", "", "再办", "未开始"),
        ("DROPPED", "", " ", "请写一句话"), ("GONE", "5", "", "请选择办结"),
    ],
)  # fmt: skip
def test_a_judgement_is_refused_when_wrong(units: Units, verdict: str, score: str, words: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        judge(make_task(), verdict, score, words=words)
    assert Task.objects.get().state == "OPEN"


def test_who_judges_second_is_told(units: Units) -> None:
    task = make_task()
    judge(task)
    with pytest.raises(Refused, match="任务已办结"):
        judge(task, "DROPPED", "", words="不办了")
    other = make_task()
    move_task(actor=desk(), task_id=other.pk, due_on="2026-08-15", reason="汛期", revision="1", at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        close_task(actor=desk(), task_id=other.pk, verdict="ACCEPTED", score="5", revision="1", at=AT)


def test_a_report_on_an_ended_task_is_refused(units: Units) -> None:
    task = make_task()
    judge(task, "DROPPED", "", words="不办了")
    with pytest.raises(Refused, match="任务已取消,不能报进展"):
        report(task, desk())


def test_a_moved_day_keeps_the_old_one_in_the_history(units: Units) -> None:
    task = make_task()
    move_task(actor=desk(), task_id=task.pk, due_on="2026-08-15", reason="汛期施工困难", revision="1", at=AT)
    step = TaskStep.objects.get(step="MOVED")
    assert (str(step.was_due), str(step.now_due), step.words) == ("2026-07-31", "2026-08-15", "汛期施工困难")
    with pytest.raises(Refused) as refused:
        move_task(actor=desk(), task_id=task.pk, due_on="2026-07-01", reason="", revision="2", at=AT)
    assert [problem.where for problem in refused.value.problems] == ["原因", "新的时限"]


def test_a_change_keeps_what_stood_before(units: Units) -> None:
    task = make_task(owner_unit_id=units["教育局"].pk)
    draft = TaskDraft(
        title="修好训练场道路和围墙", owner_unit_id=units["交通局"].pk, helper_unit_ids=(units["中队"].pk,)
    )
    change_task(actor=desk(), task_id=task.pk, draft=draft, revision="1", at=AT)
    words = TaskStep.objects.get(step="CHANGED").words
    assert "责任单位:县教育局 → 县交通运输局" in words
    assert "配合单位:无 → 武警云川中队" in words
    assert str(Task.objects.get().due_on) == "2026-07-31"  # moved only by its own act


def test_a_split_task_ends_with_its_parts(units: Units) -> None:
    whole = make_task(owner_unit_id=units["办公室"].pk)
    parts = split_task(actor=desk(), task_id=whole.pk, unit_ids=[units["服务站"].pk, units["教育局"].pk], at=AT)
    assert [(part.area_id, part.owner) for part in parts] == [(TOWN, units["服务站"]), (COUNTY, units["教育局"])]
    assert split_task(actor=desk(), task_id=whole.pk, unit_ids=[units["服务站"].pk], at=AT) == []  # has one already
    with pytest.raises(Refused, match="分解出去的任务还没有办结"):
        judge(whole)
    assert list(mine(actor=desk(), on=TODAY).filter(pk=whole.pk)) == []  # its parts stand for it
    judge(parts[0], "DROPPED", "", words="镇里没有")
    judge(parts[1])
    whole.refresh_from_db()
    assert (whole.state, whole.score) == ("DONE", None)


def test_a_split_is_refused_without_units_or_later_than_the_whole(units: Units) -> None:
    whole = make_task()
    with pytest.raises(Refused) as refused:
        split_task(actor=desk(), task_id=whole.pk, unit_ids=[], due_on="2026-09-01", at=AT)
    assert [problem.where for problem in refused.value.problems] == ["分任务时限", "单位"]


def test_lists_show_the_most_pressing_first_and_only_what_is_asked(units: Units) -> None:
    late = make_task(due_on="2026-07-01", title="甲", owner_unit_id=units["教育局"].pk)
    soon = make_task(due_on="2026-07-15", title="乙")
    undated = make_task(due_on="", title="丙", area_code=VILLAGE)
    done = make_task(title="丁")
    judge(done)

    def found(**typed: Any) -> list[Task]:
        return list(list_tasks(actor=desk(), filters=TaskFilters(**typed), on=TODAY))

    assert found() == [late, soon, undated]
    assert (found(when="late"), found(when="silent"), found(when="soon")) == ([late], [late], [soon])
    assert (found(when="undated"), found(when="done")) == ([undated], [done])
    assert found(whose="none") == [soon, undated]
    assert (found(whose="wait"), found(unit_id=units["教育局"].pk)) == ([soon], [late])
    assert found(area_code=VILLAGE) == [undated]
    assert list(list_tasks(actor=clerk(), filters=TaskFilters(), on=TODAY)) == [undated]


def test_the_supervision_list_shows_the_last_report(units: Units) -> None:
    task = make_task(due_on="2026-07-01", owner_unit_id=units["交通局"].pk)
    report(task, desk(), "第一次")
    report(task, desk(), "第二次")
    row = list_supervision(actor=desk(), filters=TaskFilters(), on=TODAY).get()
    assert row.last_words == "第二次"
    assert export_supervision(actor=desk(), filters=TaskFilters(), on=TODAY, at=AT).startswith(b"PK")


def test_a_program_finds_the_tasks_of_its_row(units: Units) -> None:
    draft = TaskDraft(title="答复部队需求", client_key="need-7-task")
    task = add_task(actor=desk(), draft=draft, source="cases.need:7", at=AT)
    assert tasks_of_source(actor=desk(), source="cases.need:7") == [task]
    assert tasks_of_source(actor=desk(), source="") == []
    assert task_sheet(actor=desk(), task_id=task.pk, on=TODAY).source == "部队需求"
