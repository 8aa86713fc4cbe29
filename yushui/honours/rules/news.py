"""What a 喜报 must hold: for whom, what for, who delivers it and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.honours.types import DeliveryDraft, NewsDraft

MOST_REWARD = 1_000_000_00


@dataclass(frozen=True)
class Grade:
    """A kind of merit as the rule needs it."""

    code: str
    name: str
    deliverers: str
    days: int | None


@dataclass(frozen=True)
class NewsFacts:
    """A 喜报 that can be registered."""

    kind: str
    soldier_name: str
    family_name: str
    area_code: str
    address: str
    unit_name: str
    year: int
    received_on: date
    due_on: date
    deliverers: str
    note: str
    client_key: str


@dataclass(frozen=True)
class Delivery:
    """A delivery that can be recorded."""

    on: date
    deliverers: str
    receiver: str
    feedback: str


def due_day(grade: Grade | None, received_on: date | None, add_workdays: Callable[[date, int], date]) -> date | None:
    """The last day for delivery when the kind has a term in working days (调休 counted)."""
    if grade is None or grade.days is None or received_on is None:
        return None
    return add_workdays(received_on, grade.days)


def read_news(
    draft: NewsDraft,
    *,
    grades: dict[str, Grade],
    add_workdays: Callable[[date, int], date],
    today: date,
    keyed: bool = True,
) -> tuple[NewsFacts | None, list[Problem]]:
    """A 喜报 as typed, or None with all problems. What the kind knows (who delivers, the term) need not be typed."""
    problems: list[Problem] = []
    grade = grades.get(draft.kind)
    if grade is None:
        problems.append(Problem("请选择立功受奖等次", where="等次"))
    soldier = texts.read_line(draft.soldier_name, "军人姓名", problems, longest=40)
    if not soldier:
        problems.append(Problem("请填写军人姓名", where="军人姓名"))
    family = texts.read_line(draft.family_name, "家属姓名", problems, longest=40)
    address = texts.read_line(draft.address, "送达地址", problems, longest=120)
    if not draft.area_code:
        problems.append(Problem("请选择送达的村(社区)", where="村(社区)", next_step="喜报送到军人本人指定的一处家庭"))
    unit_name = texts.read_line(draft.unit_name, "所属部队", problems, longest=60)
    received = texts.read_day(draft.received_on, "收到日期", problems, latest=today)
    year = texts.read_count(draft.year, "受奖年度", problems, most=2200) or (received.year if received else today.year)
    if not 1949 <= year <= today.year:
        problems.append(Problem("受奖年度不对", where="受奖年度", next_step="请写四位年份,不晚于今年"))
    due = texts.read_day(draft.due_on, "送达期限", problems) if draft.due_on.strip() else None
    due = due or (None if draft.due_on.strip() else due_day(grade, received, add_workdays))
    if due is None and not draft.due_on.strip() and received is not None:
        problems.append(Problem("请填写送达期限", where="送达期限", next_step="这一等次没有登记送达期限,请按通知填写"))
    if due is not None and received is not None and due < received:
        problems.append(Problem("送达期限早于收到日期", where="送达期限"))
    deliverers = texts.read_line(draft.deliverers, "由谁送达", problems, longest=80)
    deliverers = deliverers or (grade.deliverers if grade else "")
    if grade is not None and not deliverers:
        step = f"{grade.name}由谁送,办法原文未见这一段;请按本地安排填写,例如:县退役军人事务局、人武部"
        problems.append(Problem("请填写由谁送达", where="由谁送达", next_step=step))
    note = texts.read_line(draft.note, "备注", problems, longest=300)
    key = texts.read_key(draft.client_key, problems) if keyed else ""
    if problems or received is None or due is None:
        return None, problems
    return NewsFacts(
        draft.kind, soldier, family, draft.area_code, address, unit_name, year, received, due, deliverers, note, key,
    ), []  # fmt: skip


def read_delivery(draft: DeliveryDraft, *, received_on: date, today: date) -> tuple[Delivery | None, list[Problem]]:
    """A delivery as typed."""
    problems: list[Problem] = []
    on = texts.read_day(draft.on, "送达日期", problems, latest=today)
    if on is not None and on < received_on:
        problems.append(Problem(f"早于收到喜报的日期 {received_on}", where="送达日期", next_step="请核对日期"))
    deliverers = texts.read_line(draft.deliverers, "送喜人", problems, longest=80)
    receiver = texts.read_line(draft.receiver, "接收人", problems, longest=40)
    if not deliverers:
        problems.append(Problem("请填写送喜人", where="送喜人", next_step="例如:县局王局长、人武部李部长"))
    if not receiver:
        problems.append(Problem("请填写接收人", where="接收人", next_step="例如:母亲 陈桂芳"))
    feedback = texts.read_line(draft.feedback, "反馈", problems, longest=300)
    if problems or on is None:
        return None, problems
    return Delivery(on, deliverers, receiver, feedback), []


def state_words(state: str, due_on: date, today: date) -> str:
    """What a clerk should see first: overdue, due soon, or nothing."""
    if state not in {"TO_COLLECT", "TO_DELIVER"}:
        return ""
    if due_on < today:
        return f"超期 {(today - due_on).days} 天"
    left = (due_on - today).days
    return f"还有 {left} 天" if left <= 7 else ""
