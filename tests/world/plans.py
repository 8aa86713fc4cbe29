"""A duty of the county's own, a plan of the village and a task of it with a photo."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.plans.models import TaskEvidence
from yushui.plans.services import duties, plans, tasks
from yushui.plans.types import DutyDraft, PlanDraft, TaskDraft


def build(*, village: str, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    duty = duties.set_duty(
        actor=desk,
        draft=DutyDraft(
            name="每季度走进军营一次", owes="TOWN", rhythm="QUARTER", kinds=("MILITARY_DAY",), source="县里"
        ),
        at=at,
    )
    plan = plans.add_plan(
        actor=desk,
        draft=PlanDraft(
            title="北洲村年度双拥计划", year=str(today.year), area_code=village, client_key="plan-of-world"
        ),
        at=at,
    )
    draft = TaskDraft(
        title="更换宣传栏", due_on=f"{today.year}-12-20", area_code=village, plan_id=plan.pk, client_key="task-of-world"
    )
    task = tasks.add_task(actor=desk, draft=draft, at=at)
    piece = TaskEvidence.objects.create(task=task, file=photo, title="宣传栏.jpg", added_at=at)
    return {"duty_code": duty.pk, "plan_id": plan.pk, "task_id": task.pk, "task_file_id": piece.pk}
