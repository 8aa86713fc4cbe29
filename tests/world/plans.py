"""A duty of the county's own, a plan of the village and a task with a photo, a meeting held there and a decision."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.plans.models import MeetingEvidence, TaskEvidence
from yushui.plans.services import decisions, duties, meetings, plans, tasks
from yushui.plans.types import DecisionDraft, DutyDraft, HeldDraft, MeetingDraft, PlanDraft, TaskDraft


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
    return {
        "duty_code": duty.pk, "plan_id": plan.pk, "task_id": task.pk, "task_file_id": piece.pk,
        **meeting(desk, village, photo, today, at),
    }  # fmt: skip


def meeting(desk: User, village: str, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """A meeting of the village that was held, a decision of it and a photo."""
    notice = MeetingDraft(
        kind="SUBJECT_MEETING", on=today.isoformat(), area_code=village, agenda="研究冬季走访", others="村民代表",
        client_key="meeting-of-world",
    )  # fmt: skip
    planned = meetings.plan_meeting(actor=desk, draft=notice, at=at)
    held = HeldDraft(on=today.isoformat(), minutes="会议研究了冬季走访。", client_key="held-of-world")
    meetings.hold_meeting(actor=desk, meeting_id=planned.pk, draft=held, revision="1", at=at)
    draft = DecisionDraft(text="一月底前走访一遍", client_key="decision-of-world")
    decision = decisions.add_decision(actor=desk, meeting_id=planned.pk, draft=draft, with_task=False, at=at)
    piece = MeetingEvidence.objects.create(meeting=planned, file=photo, title="签到表.jpg", added_at=at)
    return {"meeting_id": planned.pk, "decision_id": decision.pk, "meeting_file_id": piece.pk}
