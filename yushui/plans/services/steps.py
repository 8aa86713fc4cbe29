"""What happens to a task: progress, report, judgement, a moved day, a corrected text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.evidence import Piece, Sent, keep_piece, read_pieces
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_day, read_key, read_line
from yushui.plans.models import Task, TaskEvidence, TaskHelper, TaskStep
from yushui.plans.permissions import check_step
from yushui.plans.rules.tasks import STEPS, problems_of_step, read_score, read_task
from yushui.plans.selectors.tasks import get_task
from yushui.plans.services.tasks import find_duty, find_kind, find_units, write_step
from yushui.plans.types.tasks import OPEN_STATES, State, Step, TaskDraft

VERDICTS = {"ACCEPTED": Step.ACCEPTED, "SENT_BACK": Step.SENT_BACK, "DROPPED": Step.DROPPED}


@transaction.atomic
def progress_task(
    *, actor: User, task_id: int, words: str, is_done: bool = False, sent: Sequence[Sent] = (), client_key: str,
    at: datetime,
) -> TaskStep:  # fmt: skip
    """Report on a task, with files and links; `is_done` reports it done and asks its office to judge it. The same
    form sent twice is one report. Raises Refused with all problems."""
    task = get_task(actor=actor, task_id=task_id)
    step = Step.REPORTED if is_done else Step.NOTED
    check_step(actor, task, step, timezone.localtime(at).date())
    known = TaskStep.objects.filter(client_key=client_key.strip(), by=actor.pk).first() if client_key else None
    if known is not None:
        return known
    problems: list[Problem] = []
    text = read_line(words, "进展情况", problems, longest=500)
    problems += problems_of_step(step, task.state, text)
    if is_done and task.children.filter(state__in=OPEN_STATES).exists():
        problems.append(Problem("分解出去的任务还没有办结", next_step="各分任务都办结后,这项任务自动办结"))
    key = read_key(client_key, problems)
    pieces = read_pieces(sent, problems)
    if problems:
        raise Refused(*problems)
    to = STEPS[step].to
    if not Task.objects.filter(pk=task.pk, state=task.state).update(state=to):
        raise Refused(Problem("这项任务刚被别人办结或改过", next_step="请重新打开任务看最新情况"))
    row = write_step(task, step, actor=actor, at=at, words=text, client_key=key)
    kept = keep_pieces(task, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action=f"plans.task.{'reported' if is_done else 'progressed'}", subject=task,
        area_code=task.area_id, at=at, was={"state": task.state}, now={"state": str(to), "files": kept},
    )  # fmt: skip
    return row


def keep_pieces(task: Task, pieces: Sequence[Piece], *, actor: User, at: datetime) -> int:
    """Rows for the pieces; what the task holds already (same bytes, same link) is not kept twice."""
    kept = 0
    for piece in pieces:
        row: dict[str, Any] = keep_piece(piece, actor=actor, at=at)
        same = TaskEvidence.objects.filter(task=task, withdrawn_at=None)
        if (same.filter(file=row["file"]) if row["file"] else same.filter(link=piece.link)).exists():
            continue
        TaskEvidence.objects.create(task=task, **row)
        kept += 1
    return kept


@transaction.atomic
def close_task(
    *, actor: User, task_id: int, verdict: str, score: str = "", words: str = "", revision: str, at: datetime
) -> Task:
    """Judge a task: ACCEPTED with a score of 1 to 5 and words, SENT_BACK to do more, DROPPED with a reason.

    When all parts of a task are ended and one of them is done, the task is done too. Refused with all problems, and
    when somebody has changed the task since the form was drawn.
    """
    task = get_task(actor=actor, task_id=task_id)
    step = VERDICTS.get(verdict)
    if step is None:
        raise Refused(Problem("请选择办结、退回或取消", where="结论"))
    on = timezone.localtime(at).date()
    check_step(actor, task, step, on)
    problems: list[Problem] = []
    text = read_line(words, "评语或原因", problems, longest=200)
    points = read_score(score, problems) if step == Step.ACCEPTED else None
    problems += problems_of_step(step, task.state, text)
    if step == Step.ACCEPTED and points is None and not problems:
        problems.append(Problem("请打分", where="评价", next_step="从 5 好到 1 差选一个"))
    if step in {Step.ACCEPTED, Step.DROPPED} and task.children.filter(state__in=OPEN_STATES).exists():
        problems.append(Problem("分解出去的任务还没有办结", next_step="请先办结或取消各分任务"))
    if problems:
        raise Refused(*problems)
    was, to = task.state, STEPS[step].to
    ended = on if to in {State.DONE, State.DROPPED} else None
    change_row(
        task, revision, state=to, closed_on=ended, score=points,
        score_words=text if step == Step.ACCEPTED else task.score_words,
    )  # fmt: skip
    write_step(task, step, actor=actor, at=at, words=text)
    audit.record(
        actor=actor, action=f"plans.task.{step.value.lower()}", subject=task, area_code=task.area_id, at=at,
        was={"state": was}, now={"state": str(to), "score": points},
    )  # fmt: skip
    if ended is not None and task.parent is not None:
        end_parent(actor, task.parent, on, at)
    return task


def end_parent(actor: User, parent: Task, on: date, at: datetime) -> None:
    """A task is done when all its parts are ended and one of them is done; its score is left to its office."""
    parts = list(parent.children.values_list("state", flat=True))
    if parent.state not in OPEN_STATES or any(state in OPEN_STATES for state in parts) or "DONE" not in parts:
        return
    Task.objects.filter(pk=parent.pk).update(state=State.DONE, closed_on=on, revision=parent.revision + 1)
    write_step(parent, Step.ACCEPTED, actor=actor, at=at, words=f"{len(parts)} 项分任务都已办结,自动办结")
    audit.record(
        actor=actor, action="plans.task.accepted", subject=parent, area_code=parent.area_id, at=at,
        was={"state": parent.state}, now={"state": "DONE"},
    )  # fmt: skip
    if parent.parent is not None:
        end_parent(actor, parent.parent, on, at)


@transaction.atomic
def move_task(*, actor: User, task_id: int, due_on: str, reason: str, revision: str, at: datetime) -> Task:
    """Give a task another due day, with a reason; the old day stays in its history."""
    task = get_task(actor=actor, task_id=task_id)
    on = timezone.localtime(at).date()
    check_step(actor, task, Step.MOVED, on)
    problems: list[Problem] = []
    text = read_line(reason, "原因", problems, longest=200)
    day = read_day(due_on, "新的时限", problems)
    problems += problems_of_step(Step.MOVED, task.state, text)
    if day and task.starts_on and day < task.starts_on:
        problems.append(Problem("新的时限在开始日期之前", where="新的时限", next_step="请核对日期"))
    if day and day == task.due_on:
        problems.append(Problem("和原来的时限一样", where="新的时限"))
    if day and day < on:
        problems.append(Problem("新的时限已经过去", where="新的时限", next_step="请填今天或以后的日期"))
    if problems or day is None:
        raise Refused(*problems)
    was = task.due_on
    change_row(task, revision, due_on=day)
    write_step(task, Step.MOVED, actor=actor, at=at, words=text, was_due=was, now_due=day)
    audit.record(
        actor=actor, action="plans.task.moved", subject=task, area_code=task.area_id, at=at, was={"due_on": was},
        now={"due_on": day},
    )  # fmt: skip
    return task


@transaction.atomic
def change_task(*, actor: User, task_id: int, draft: TaskDraft, revision: str, at: datetime) -> Task:
    """Correct title, demands, owner and helpers of a task that still is as the form showed it (`revision`). Its due
    day is moved by move_task. The log and the history keep what stood before."""
    task = get_task(actor=actor, task_id=task_id)
    on = timezone.localtime(at).date()
    check_step(actor, task, Step.CHANGED, on)
    facts, problems = read_task(draft, today=on, keyed=False)
    problems += problems_of_step(Step.CHANGED, task.state, "")
    owner, helpers = find_units(actor, draft, on, problems, kept=task.owner)
    duty = task.duty if draft.duty_code == task.duty_id else find_duty(actor, draft.duty_code, problems)
    kind = task.kind if draft.kind_code == task.kind_id else find_kind(actor, draft.kind_code, problems)
    if facts is not None and facts.starts_on and task.due_on and task.due_on < facts.starts_on:
        problems.append(Problem("开始日期在完成时限之后", where="开始日期", next_step="请先调整时限"))
    if facts is None or problems:
        raise Refused(*problems)
    was = state_of(task)
    change_row(
        task, revision, title=facts.title, note=facts.note, starts_on=facts.starts_on, weight=facts.weight,
        owner=owner, duty=duty, kind=kind,
    )  # fmt: skip
    TaskHelper.objects.filter(task=task).exclude(unit__in=helpers).delete()
    had = set(TaskHelper.objects.filter(task=task).values_list("unit_id", flat=True))
    TaskHelper.objects.bulk_create(TaskHelper(task=task, unit=unit) for unit in helpers if unit.pk not in had)
    now = state_of(task)
    changed = [key for key in was if was[key] != now[key]]
    if changed:
        words = ";".join(f"{WORDS[key]}:{was[key] or '无'} → {now[key] or '无'}" for key in changed)
        write_step(task, Step.CHANGED, actor=actor, at=at, words=words[:500])
        audit.record(
            actor=actor, action="plans.task.changed", subject=task, area_code=task.area_id, at=at,
            was={key: was[key] for key in changed}, now={key: now[key] for key in changed},
        )  # fmt: skip
    return task


WORDS = {
    "title": "任务",
    "note": "要求",
    "owner": "责任单位",
    "helpers": "配合单位",
    "weight": "类型",
    "starts_on": "开始",
}


def state_of(task: Task) -> dict[str, str]:
    """What stands in a task, in words."""
    helpers = TaskHelper.objects.filter(task=task).order_by("unit_id").values_list("unit__name", flat=True)
    return {
        "title": task.title, "note": task.note, "owner": task.owner.name if task.owner else "",
        "helpers": "、".join(helpers), "weight": str(task.get_weight_display()),
        "starts_on": task.starts_on.isoformat() if task.starts_on else "",
    }  # fmt: skip
