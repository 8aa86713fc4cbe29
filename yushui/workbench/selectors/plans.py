"""What plans and meetings put on the home page: tasks that wait for the actor, meetings near, what nobody records."""

from __future__ import annotations

from datetime import date, timedelta

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.plans.rules.tasks import SOON
from yushui.plans.selectors.meetings import visible_meetings
from yushui.plans.selectors.tasks import mine, visible_tasks
from yushui.workbench.addresses import address_of
from yushui.workbench.types import Task

MOST_LINES, MOST_MEETINGS = 4, 3


def plan_tasks(actor: User, on: date) -> list[Task]:
    """Tasks and meetings for the list of what waits."""
    if not may(actor, "plans.view"):
        return []
    return [*my_tasks(actor, on), *late_tasks(actor, on), *meetings_near(actor, on)]


def my_tasks(actor: User, on: date) -> list[Task]:
    """The most pressing tasks that wait for the actor; the others in one line that opens them all."""
    near = mine(actor=actor, on=on).filter(due_on__lte=on + timedelta(days=SOON))
    found = list(near[: MOST_LINES + 1])
    lines = [
        Task(
            f"评价:{task.title}" if task.state == "REPORTED" else task.title, address_of("show-task", task.pk),
            task.owner.name if task.owner else "未定责任单位", "", "任务", task.due_on,
            (task.due_on - on).days if task.due_on else None,
        )
        for task in found[:MOST_LINES]
    ]  # fmt: skip
    if len(found) > MOST_LINES:
        count = near.count() - MOST_LINES
        url = address_of("list-tasks", whose="wait")
        lines.append(Task("其余等我办的任务", url, "七天内到期和已超期的", f"{count} 项", "任务", on, 0))
    return lines


def late_tasks(actor: User, on: date) -> list[Task]:
    """For who does no tasks but answers for them: how many are overdue in the area."""
    if may(actor, "plans.progress"):
        return []
    late = visible_tasks(actor).filter(closed_on=None, due_on__lt=on).count()
    url = address_of("list-supervision", when="late")
    return [Task("超期任务", url, "督查台账", f"{late} 项", "任务", on, 0)] if late else []


def meetings_near(actor: User, on: date) -> list[Task]:
    """Meetings of the actor's own area within a week, and for its clerks those whose day went by unrecorded."""
    rows = visible_meetings(actor).filter(state="PLANNED", on__lte=on + timedelta(days=SOON))
    if not may(actor, "plans.change"):
        rows = rows.filter(on__gte=on)
    return [
        Task(
            f"登记召开:{meeting.title}" if meeting.on < on else meeting.title, address_of("show-meeting", meeting.pk),
            "会议日期已过,还没有登记" if meeting.on < on else meeting.place, "", "会议", meeting.on,
            (meeting.on - on).days,
        )
        for meeting in rows.filter(area_id=actor.area_code).order_by("on", "id")[:MOST_MEETINGS]
    ]  # fmt: skip
