"""Decisions of a meeting, and the tasks they become."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.plans.models import Decision, DecisionHelper, Task
from yushui.plans.permissions import check_change_meetings
from yushui.plans.rules.meetings import read_decision, title_of
from yushui.plans.selectors.meetings import get_decision, get_meeting
from yushui.plans.services.tasks import add_task, find_units
from yushui.plans.types.meetings import DecisionDraft
from yushui.plans.types.tasks import TaskDraft


@transaction.atomic
def add_decision(
    *, actor: User, meeting_id: int, draft: DecisionDraft, with_task: bool = True, at: datetime
) -> Decision:
    """Note what a meeting held has decided, and unless told otherwise make it a task at once. The same form sent
    twice is one. Owner and day may be missing: then it shows as a gap. Refused with all problems."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    known = Decision.objects.filter(client_key=draft.client_key.strip(), added_by=actor.pk).first()
    if known is not None:
        return known
    on = timezone.localtime(at).date()
    facts, problems = read_decision(draft, today=on)
    tasked = TaskDraft(owner_unit_id=draft.owner_unit_id, helper_unit_ids=draft.helper_unit_ids)
    owner, helpers = find_units(actor, tasked, on, problems)
    if meeting.state != "HELD":
        problems.append(Problem("会议还没有登记召开", next_step="请先登记召开,再记决定"))
    if facts is None or problems:
        raise Refused(*problems)
    with once():
        decision = Decision.objects.create(
            meeting=meeting, text=facts.text, owner=owner, due_on=facts.due_on, client_key=facts.client_key,
            added_at=at, added_by=actor.pk, added_name=actor.get_full_name(),
        )  # fmt: skip
    DecisionHelper.objects.bulk_create(DecisionHelper(decision=decision, unit=unit) for unit in helpers)
    audit.record(
        actor=actor, action="plans.decision.added", subject=decision, area_code=meeting.area_id, at=at,
        now={"owner": owner.name if owner else "", "due_on": facts.due_on},
    )  # fmt: skip
    if with_task:
        make_task(actor, decision, at)
    return decision


def make_task(actor: User, decision: Decision, at: datetime) -> Task:
    """The task of a decision: done where its owner stands, else where the meeting was."""
    meeting = decision.meeting
    draft = TaskDraft(
        title=title_of(decision.text), note=note_of(decision), owner_unit_id=decision.owner_id,
        helper_unit_ids=tuple(decision.helpers.order_by("id").values_list("unit_id", flat=True)),
        due_on=decision.due_on.isoformat() if decision.due_on else "",
        area_code=decision.owner.area_id if decision.owner else meeting.area_id, client_key=f"decision-{decision.pk}",
    )  # fmt: skip
    task = add_task(actor=actor, draft=draft, source=f"plans.decision:{decision.pk}", at=at)
    Decision.objects.filter(pk=decision.pk).update(task=task)
    decision.task = task
    return task


def note_of(decision: Decision) -> str:
    """What is demanded: the whole decision when its name is shorter, and where it comes from."""
    came = f"{decision.meeting.on:%Y-%m-%d} {decision.meeting.title}决定"
    return came if title_of(decision.text) == decision.text.rstrip("。") else f"{came}:{decision.text}"[:500]


@transaction.atomic
def set_decision_tasks(*, actor: User, meeting_id: int, decision_id: int | None = None, at: datetime) -> list[Task]:
    """Make the decisions of a meeting that are no tasks yet into tasks, all or one; none are made twice."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    rows = meeting.decisions.select_for_update(of=("self",)).filter(task=None, withdrawn_at=None)
    if decision_id is not None:
        rows = rows.filter(pk=decision_id)
    return [make_task(actor, decision, at) for decision in rows.select_related("owner", "meeting").order_by("id")]


@transaction.atomic
def withdraw_decision(*, actor: User, decision_id: int, reason: str, at: datetime) -> Decision:
    """Take back a decision that was noted wrongly, with the reason; the row stays. Its task must be cancelled first."""
    decision = get_decision(actor=actor, decision_id=decision_id)
    check_change_meetings(actor, decision.meeting.area_id)
    problems: list[Problem] = []
    why = read_line(reason, "原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤回的原因", where="原因", next_step="例如:记重了"))
    if decision.task is not None and decision.task.state != "DROPPED":
        problems.append(Problem("决定已经转为任务", next_step="请先在任务页取消这项任务"))
    if decision.withdrawn_at is not None:
        problems.append(Problem("这项决定已经撤回过"))
    if problems:
        raise Refused(*problems)
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at=at, withdrawn_reason=why)
    decision.refresh_from_db()
    audit.record(
        actor=actor, action="plans.decision.withdrawn", subject=decision, area_code=decision.meeting.area_id, at=at,
        reason=why,
    )  # fmt: skip
    return decision
