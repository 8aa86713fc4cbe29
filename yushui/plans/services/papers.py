"""A plan as a Word paper: how far it has come, what is left."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import word
from yushui.plans.models import Plan, Task, TaskHelper
from yushui.plans.selectors.plans import Progress, get_plan, quarters_of
from yushui.plans.word import tidied


def print_plan(*, actor: User, plan_id: int, on: date, at: datetime) -> bytes:
    """落实情况 of a plan as seen on a day: sums, what is done with its score, what is left with owner and day."""
    plan = get_plan(actor=actor, plan_id=plan_id)
    quarters, progress = quarters_of(actor=actor, plan=plan, on=on)
    tasks = [task for quarter in quarters for task in quarter.tasks if task.state != "DROPPED"]
    doc = word.new_paper(f"{plan.title}落实情况")
    word.add_line(doc, sum_words(plan, progress, on), word.BODY)
    left = [task for task in tasks if task.state != "DONE"]
    late = [task for task in left if task.due_on is not None and task.due_on < on]
    rest = [task for task in left if task not in late]
    done = [task for task in tasks if task.state == "DONE"]
    number = 0
    for title, part in (("超期未办结的", late), ("正在推进的", rest), ("已经办结的", done)):
        if part:
            number += 1
            word.add_line(doc, f"{'一二三'[number - 1]}、{title}（{len(part)}项）", word.HEADING)
            for place, task in enumerate(part, start=1):
                word.add_line(doc, tidied(f"{place}. {task_words(task, on)}"), word.BODY)
    word.add_closing(doc, plan.area.name, on)
    audit.record(
        actor=actor, action="plans.plan.printed", subject=plan, area_code=plan.area_id, at=at, tasks=len(tasks)
    )
    return word.bytes_of(doc)


def sum_words(plan: Plan, progress: Progress, on: date) -> str:
    """The first paragraph."""
    words = (
        f"截至{on.year}年{on.month}月{on.day}日，{plan.title}共安排任务{progress.total}项，已办结{progress.done}项，"
    )
    words += f"占{progress.percent}%；未办结{progress.total - progress.done}项，其中超期{progress.late}项。"
    return words + (f"有{progress.ownerless}项还没有落实责任单位。" if progress.ownerless else "")


def task_words(task: Task, on: date) -> str:
    """One task in one sentence."""
    owner = task.owner.name if task.owner else "未定"
    if task.state == "DONE":
        closed = f"，{task.closed_on.month}月{task.closed_on.day}日办结" if task.closed_on else ""
        score = f"，评价{task.score}分" if task.score else ""
        return f"{task.title}（责任单位：{owner}）{closed}{score}。"
    due = f"{task.due_on.month}月{task.due_on.day}日" if task.due_on else "未定"
    over = f"，超期{(on - task.due_on).days}天" if task.due_on and task.due_on < on else ""
    return f"{task.title}（责任单位：{owner}；时限：{due}{over}）。"


def print_arrangement(*, actor: User, plan_id: int, on: date, at: datetime) -> bytes:
    """A plan as the paper that is sent out (工作安排): its items by number, each with who does it until when."""
    plan = get_plan(actor=actor, plan_id=plan_id)
    quarters, _ = quarters_of(actor=actor, plan=plan, on=on)
    tasks = [task for quarter in quarters for task in quarter.tasks if task.state != "DROPPED"]
    tasks.sort(key=lambda task: task.pk)
    helpers: dict[int, list[str]] = {}
    for row in TaskHelper.objects.filter(task__in=tasks).select_related("unit").order_by("id"):
        helpers.setdefault(row.task_id, []).append(row.unit.name)
    doc = word.new_paper(plan.title)
    note = plan.note or f"为扎实做好{plan.year}年双拥工作，现作如下安排。"
    word.add_line(doc, tidied(note), word.BODY)
    for place, task in enumerate(tasks, start=1):
        word.add_line(doc, tidied(f"{place}. {item_words(task, helpers.get(task.pk, []))}"), word.BODY)
    word.add_closing(doc, plan.area.name, min(on, date(plan.year, 12, 31)))
    audit.record(
        actor=actor, action="plans.plan.arranged", subject=plan, area_code=plan.area_id, at=at, tasks=len(tasks)
    )
    return word.bytes_of(doc)


def item_words(task: Task, helpers: list[str]) -> str:
    """`召开座谈会。…（责任单位：服务站；配合单位：…；时限：8月1日）`"""
    owned = [f"责任单位：{task.owner.name}"] if task.owner else []
    owned += [f"配合单位：{'、'.join(helpers)}"] if helpers else []
    owned += [f"时限：{task.due_on.month}月{task.due_on.day}日"] if task.due_on else []
    demands = "" if task.note.startswith("依据") or not task.note else f"{task.note.rstrip('。')}。"
    return f"{task.title.rstrip('。')}。{demands}{in_brackets(owned)}"


def in_brackets(parts: list[str]) -> str:
    """`（甲；乙）`, or nothing."""
    return f"（{'；'.join(parts)}）" if parts else ""
