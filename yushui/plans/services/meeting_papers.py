"""The papers of a meeting as Word files; the log keeps who took them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.plans.models import Decision, Meeting
from yushui.plans.selectors.meetings import meeting_sheet
from yushui.plans.word import MinutesPaper, NoticePaper, make_minutes, make_notice


def print_notice(*, actor: User, meeting_id: int, on: date, at: datetime) -> tuple[str, bytes]:
    """(title, .docx) of the notice."""
    sheet = meeting_sheet(actor=actor, meeting_id=meeting_id, on=on)
    meeting = sheet.meeting
    guests = tuple(invitee.name for invitee in sheet.invitees if not invitee.is_extra)
    content = make_notice(
        NoticePaper(
            title=meeting.title, on=meeting.on, begins_at=meeting.begins_at, place=meeting.place, chair=meeting.chair,
            agenda=tuple(item.title for item in sheet.agenda), guests=guests, note=meeting.note,
            issuer=issuer_of(meeting), day=timezone.localtime(meeting.planned_at).date(),
        )
    )  # fmt: skip
    audit.record(actor=actor, action="plans.meeting.notice_printed", subject=meeting, area_code=meeting.area_id, at=at)
    return f"{meeting.title}通知", content


def print_minutes(*, actor: User, meeting_id: int, on: date, at: datetime) -> tuple[str, bytes]:
    """(title, .docx) of the minutes. Refused while the meeting was not held."""
    sheet = meeting_sheet(actor=actor, meeting_id=meeting_id, on=on)
    meeting = sheet.meeting
    if meeting.state != "HELD":
        raise Refused(Problem("会议还没有登记召开,没有纪要", next_step="请先登记召开"))
    content = make_minutes(
        MinutesPaper(
            title=meeting.title, on=meeting.on, place=meeting.place, chair=meeting.chair,
            agenda=tuple(item.title for item in sheet.agenda),
            attendance=tuple(
                (words, "、".join(f"{one.name}（{one.came}）" if one.came else one.name for one in those))
                for words, those in sheet.by_presence
                if words != "未登记"
            ),
            minutes=meeting.minutes,
            decisions=tuple((decision.text, who_words(decision)) for decision in sheet.decisions),
            issuer=issuer_of(meeting), day=on,
        )
    )  # fmt: skip
    audit.record(actor=actor, action="plans.meeting.minutes_printed", subject=meeting, area_code=meeting.area_id, at=at)
    return f"{meeting.title}纪要", content


def issuer_of(meeting: Meeting) -> str:
    """Who signs the papers."""
    return meeting.host.name if meeting.host else meeting.area.name


def who_words(decision: Decision) -> str:
    """Owner, helpers and day, as the task has them now."""
    task = decision.task
    owner, due_on = (task.owner, task.due_on) if task is not None else (decision.owner, decision.due_on)
    helpers = [row.unit.name for row in (task or decision).helpers.all()]
    parts = [f"责任单位：{owner.name}"] if owner else []
    parts += [f"配合单位：{'、'.join(helpers)}"] if helpers else []
    parts += [f"时限：{due_on.year}年{due_on.month}月{due_on.day}日"] if due_on else []
    return "；".join(parts)
