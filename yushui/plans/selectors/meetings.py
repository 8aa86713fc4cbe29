"""Meetings as an actor may see them: the list, one in full, what came of its decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.activities.models import ActivityKind
from yushui.activities.selectors.kinds import list_kinds
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound
from yushui.plans.models import AgendaItem, Decision, Invitee, Meeting, MeetingEvidence
from yushui.plans.rules.meetings import count_came, is_meeting_kind

WHEN_NAMES = {
    "": "全部", "planned": "待召开", "unrecorded": "过期未登记", "held": "已召开", "open": "决定未办完",
    "gaps": "决定没有责任单位或没转任务", "cancelled": "已取消",
}  # fmt: skip


@dataclass(frozen=True)
class MeetingFilters:
    """What the list is narrowed to; `when` is a key of WHEN_NAMES."""

    when: str = ""
    kind: str = ""
    year: int | None = None
    area_code: str = ""
    text: str = ""


def meeting_kinds(*, actor: User) -> list[ActivityKind]:
    """The kinds of meetings in use in the actor's area, in their order."""
    return [kind for kind in list_kinds(actor=actor) if is_meeting_kind(kind.chapter, kind.name)]


def visible_meetings(actor: User) -> QuerySet[Meeting]:
    """Meetings of the actor's area."""
    need(actor, "plans.view")
    return in_scope(Meeting.objects.all(), actor, "area_id")


def get_meeting(*, actor: User, meeting_id: int) -> Meeting:
    """One meeting of the actor's area; NotFound otherwise."""
    found = visible_meetings(actor).select_related("kind", "area", "host", "activity").filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    return found


def list_meetings(*, actor: User, filters: MeetingFilters, on: date) -> QuerySet[Meeting]:
    """Meetings, the latest day first, with how many decisions there are, are done, and are gaps."""
    rows = narrowed(visible_meetings(actor).select_related("kind", "area"), filters.when, on)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.year is not None:
        rows = rows.filter(on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.text:
        rows = rows.filter(Q(title__contains=filters.text) | Q(agenda__title__contains=filters.text)).distinct()
    kept = Q(decisions__withdrawn_at=None, decisions__isnull=False)
    late = Q(decisions__task__closed_on=None, decisions__task__due_on__lt=on)
    return rows.annotate(
        decided=Count("decisions", filter=kept, distinct=True),
        done=Count("decisions", filter=kept & Q(decisions__task__state__in=("DONE", "DROPPED")), distinct=True),
        late=Count("decisions", filter=kept & late, distinct=True),
    ).order_by("-on", "-id")


def narrowed(rows: QuerySet[Meeting], when: str, on: date) -> QuerySet[Meeting]:
    """Only meetings that stand so on a day."""
    if when == "planned":
        return rows.filter(state="PLANNED", on__gte=on)
    if when == "unrecorded":
        return rows.filter(state="PLANNED", on__lt=on)
    if when in {"held", "cancelled"}:
        return rows.filter(state=when.upper())
    mine = Decision.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    if when == "open":
        return rows.filter(Exists(mine.filter(Q(task=None) | Q(task__closed_on=None))))
    return rows.filter(Exists(mine.filter(gap()))) if when == "gaps" else rows


def gap() -> Q:
    """Decisions that nobody follows: no task, or an open task without an owner."""
    return Q(task=None) | Q(task__owner=None, task__closed_on=None)


def open_gaps(actor: User) -> QuerySet[Decision]:
    """Decisions of the actor's area that nobody follows."""
    need(actor, "plans.view")
    return in_scope(Decision.objects.filter(gap(), withdrawn_at=None), actor, "meeting__area_id")


@dataclass(frozen=True)
class MeetingSheet:
    """A meeting in full."""

    meeting: Meeting
    agenda: list[AgendaItem]
    invitees: list[Invitee]
    decisions: list[Decision]
    pieces: list[MeetingEvidence]
    may_change: bool
    on: date

    @property
    def came(self) -> int:
        """How many of those asked or written down came."""
        return count_came([invitee.presence for invitee in self.invitees])

    @property
    def by_presence(self) -> list[tuple[str, list[Invitee]]]:
        """Those who came, sent somebody, were excused, were missing: (words, who)."""
        found: dict[str, list[Invitee]] = {}
        for invitee in self.invitees:
            found.setdefault(str(invitee.get_presence_display()) or "未登记", []).append(invitee)
        order = ("出席", "派人代会", "请假", "未到", "未登记")
        return [(words, found[words]) for words in order if words in found]

    @property
    def waiting(self) -> int:
        """Decisions that are no task yet."""
        return sum(decision.task is None for decision in self.decisions)

    @property
    def done(self) -> int:
        """Decisions whose task is ended."""
        return sum(decision.task is not None and decision.task.closed_on is not None for decision in self.decisions)

    @property
    def is_due(self) -> bool:
        """Planned, and its day has come."""
        return self.meeting.state == "PLANNED" and self.meeting.on <= self.on

    @property
    def is_withdrawn(self) -> bool:
        """Held, but its activity was taken out of the ledger, so nothing counts it."""
        return self.meeting.activity is not None and self.meeting.activity.withdrawn_at is not None


def meeting_sheet(*, actor: User, meeting_id: int, on: date) -> MeetingSheet:
    """One meeting with agenda, attendance, decisions and evidence."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    decisions = meeting.decisions.filter(withdrawn_at=None).select_related("owner", "task__owner", "task__area")
    return MeetingSheet(
        meeting=meeting,
        agenda=list(meeting.agenda.order_by("place")),
        invitees=list(meeting.invitees.order_by("is_extra", "id")),
        decisions=list(decisions.prefetch_related("helpers__unit", "task__helpers__unit").order_by("id")),
        pieces=list(meeting.evidence.filter(withdrawn_at=None).select_related("file").order_by("id")),
        may_change=may(actor, "plans.change"),
        on=on,
    )


def get_decision(*, actor: User, decision_id: int) -> Decision:
    """One decision of a meeting of the actor's area; NotFound otherwise."""
    need(actor, "plans.view")
    rows = in_scope(Decision.objects.select_related("meeting", "owner", "task"), actor, "meeting__area_id")
    found = rows.filter(pk=decision_id).first()
    if found is None:
        raise NotFound
    return found


def get_meeting_file(*, actor: User, evidence_id: int) -> MeetingEvidence:
    """One piece of evidence of a meeting in the actor's area; NotFound otherwise."""
    need(actor, "plans.view")
    rows = in_scope(MeetingEvidence.objects.select_related("file", "meeting"), actor, "meeting__area_id")
    found = rows.filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    return found
