"""Who may do what with duties, plans and tasks, beyond the table of rights."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need_area, need_to_act
from yushui.base.area_codes import lies_in
from yushui.base.refusals import Problem, Refused
from yushui.places.permissions import my_unit_ids
from yushui.plans.models import Task
from yushui.plans.rules.tasks import STEPS
from yushui.plans.types.tasks import STEP_NAMES, Step


def check_change_plans(actor: User, area_code: str) -> None:
    """Making plans and tasks for an area of one's own."""
    need_to_act(actor, "plans.change", "安排计划和任务")
    need_area(actor, area_code)


def is_desk(actor: User, task: Task) -> bool:
    """Whether the actor belongs to the office that set a task: a clerk of that area or of one above it."""
    return may(actor, "plans.change") and lies_in(task.desk_code, actor.area_code)


def is_worker(actor: User, task: Task, on: date) -> bool:
    """Whether the actor may report on a task: clerks of where it is done, people of its units, and the liaison of
    exactly that village."""
    if not may(actor, "plans.progress"):
        return False
    if may(actor, "plans.change"):
        return lies_in(task.area_id, actor.area_code)
    if may(actor, "activities.visit") and task.area_id == actor.area_code:
        return True
    mine = my_unit_ids(actor, on)
    return task.owner_id in mine or (bool(mine) and task.helpers.filter(unit_id__in=mine).exists())


def check_step(actor: User, task: Task, step: Step, on: date) -> None:
    """Taking a step with a task that the actor may see."""
    who = STEPS[step].who
    need_to_act(actor, "plans.change" if who == "DESK" else "plans.progress", STEP_NAMES[step])
    if who == "DESK" and not is_desk(actor, task):
        raise Refused(
            Problem(f"这项任务由上级下达,您不能{STEP_NAMES[step]}", next_step="请报进展,由下达任务的单位办理")
        )
    if who == "WORKER" and not is_desk(actor, task) and not is_worker(actor, task, on):
        raise Refused(Problem("这项任务不由您的单位办理", next_step="请由责任单位、配合单位或当地经办报进展"))


def check_change_meetings(actor: User, area_code: str) -> None:
    """Planning meetings of an area of one's own, and noting what came of them."""
    need_to_act(actor, "plans.change", "安排和登记会议")
    need_area(actor, area_code)
