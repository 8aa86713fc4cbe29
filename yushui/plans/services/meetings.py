"""Verbs of meetings: planned, changed, cancelled, held; the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.activities.services.activities import record_activity
from yushui.activities.types import ActivityDraft
from yushui.audit import services as audit
from yushui.base.evidence import Sent, keep_piece, pieces_or_refuse, read_pieces
from yushui.base.once import once
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_line
from yushui.places.models import Area, Post, Unit
from yushui.places.selectors import list_posts, list_units
from yushui.plans.models import AgendaItem, Invitee, Meeting, MeetingEvidence
from yushui.plans.permissions import check_change_meetings
from yushui.plans.rules.meetings import (
    HeldFacts,
    MeetingFacts,
    count_came,
    number_of,
    problems_of_state,
    read_held,
    read_meeting,
)
from yushui.plans.selectors.meetings import get_meeting, meeting_kinds
from yushui.plans.types.meetings import CAME, HeldDraft, MeetingDraft

MOST_PARTNERS = 40  # what an activity takes
LEADING = "组长"  # 组长, 副组长, 常务副组长


@transaction.atomic
def plan_meeting(*, actor: User, draft: MeetingDraft, at: datetime) -> Meeting:
    """Give notice of a meeting; the same form sent twice gives the same one. Raises Refused with all problems."""
    area_code = draft.area_code or actor.area_code
    check_change_meetings(actor, area_code)
    known = Meeting.objects.filter(client_key=draft.client_key.strip(), planned_by=actor.pk).first()
    if known is not None:
        return known
    on = timezone.localtime(at).date()
    names = {kind.pk: kind.name for kind in meeting_kinds(actor=actor)}
    facts, problems = read_meeting(draft, kind_names=names, today=on)
    host, units, posts = find_guests(actor, draft, on, problems)
    if facts is None or problems:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    with once():
        meeting = Meeting.objects.create(
            **columns_of(facts, host), area_id=area_code, client_key=facts.client_key, planned_at=at,
            planned_by=actor.pk, planned_name=actor.get_full_name(),
        )  # fmt: skip
    save_agenda(meeting, facts.agenda)
    save_guests(meeting, units, posts, facts.others)
    audit.record(
        actor=actor, action="plans.meeting.planned", subject=meeting, area_code=area_code, at=at,
        now={"title": facts.title, "on": facts.on},
    )  # fmt: skip
    return meeting


def columns_of(facts: MeetingFacts, host: Unit | None) -> dict[str, object]:
    """The facts as columns."""
    return {
        "kind_id": facts.kind, "title": facts.title, "on": facts.on, "begins_at": facts.begins_at,
        "place": facts.place, "chair": facts.chair, "note": facts.note, "host_id": host.pk if host else None,
    }  # fmt: skip


def find_guests(
    actor: User, draft: MeetingDraft, on: date, problems: list[Problem], kept: Meeting | None = None
) -> tuple[Unit | None, list[Unit], list[Post]]:
    """Host, units and holders of posts: those of the actor's area in use, or those that stand there already."""
    had_units: set[int | None] = set()
    had_posts: set[int | None] = set()
    if kept is not None:
        had_units = {kept.host_id, *kept.invitees.values_list("unit_id", flat=True)}
        had_posts = set(kept.invitees.values_list("post_id", flat=True))
    wanted = {*draft.units, *((draft.host_id,) if draft.host_id is not None else ())}
    units = {unit.pk: unit for unit in list_units(actor=actor, on=on).filter(pk__in=wanted)} if wanted else {}
    units |= {unit.pk: unit for unit in Unit.objects.filter(pk__in=(wanted & had_units) - set(units))}
    posts = {post.pk: post for post in list_posts(actor=actor, on=on).filter(pk__in=draft.posts)}
    posts |= {post.pk: post for post in Post.objects.filter(pk__in=(set(draft.posts) & had_posts) - set(posts))}
    step = "请从单位表里选择在用的单位"
    if draft.host_id is not None and draft.host_id not in units:
        problems.append(Problem("没有这个单位,或单位已撤销", where="主办单位", next_step=step))
    if any(pk not in units for pk in draft.units):
        problems.append(Problem("有单位不存在或已撤销", where="参会单位", next_step=step))
    if any(pk not in posts for pk in draft.posts):
        problems.append(Problem("有人已不在这个职务上", where="参会领导", next_step="请重新勾选"))
    host = units.get(draft.host_id) if draft.host_id is not None else None
    return (
        host, [units[pk] for pk in dict.fromkeys(draft.units) if pk in units],
        [posts[pk] for pk in dict.fromkeys(draft.posts) if pk in posts],
    )  # fmt: skip


def save_agenda(meeting: Meeting, items: Sequence[str]) -> None:
    """The agenda as the form has it."""
    AgendaItem.objects.filter(meeting=meeting).delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, place=place, title=title) for place, title in enumerate(items, start=1)
    )


def save_guests(meeting: Meeting, units: Iterable[Unit], posts: Iterable[Post], others: Iterable[str]) -> None:
    """Who is asked to come, leaders first; a name stands once. Who was on the list and still is keeps the row."""
    rows: dict[str, Invitee] = {}
    for post in posts:
        name = name_of(post)
        rows.setdefault(name, Invitee(meeting=meeting, post=post, name=name))
    for unit in units:
        rows.setdefault(unit.name, Invitee(meeting=meeting, unit=unit, name=unit.name))
    for name in others:
        rows.setdefault(name, Invitee(meeting=meeting, name=name))
    had = Invitee.objects.filter(meeting=meeting, is_extra=False)
    had.exclude(name__in=rows).delete()
    kept = set(had.values_list("name", flat=True))
    Invitee.objects.bulk_create(row for name, row in rows.items() if name not in kept)


def name_of(post: Post) -> str:
    """`组长 陈志远`: what activities read back as this post."""
    return f"{post.title} {post.holder_name}"


@transaction.atomic
def change_meeting(*, actor: User, meeting_id: int, draft: MeetingDraft, revision: str, at: datetime) -> Meeting:
    """Change a meeting that is still to be held and is as the form showed it. Refused with all problems."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    on = timezone.localtime(at).date()
    names = {kind.pk: kind.name for kind in meeting_kinds(actor=actor)} | {meeting.kind_id: meeting.kind.name}
    facts, problems = read_meeting(draft, kind_names=names, today=on, keyed=False)
    problems += problems_of_state(meeting.state, "修改")
    host, units, posts = find_guests(actor, draft, on, problems, kept=meeting)
    if facts is None or problems:
        raise Refused(*problems)
    was = {"title": meeting.title, "on": meeting.on, "place": meeting.place}
    change_row(meeting, revision, **columns_of(facts, host))
    save_agenda(meeting, facts.agenda)
    save_guests(meeting, units, posts, facts.others)
    audit.record(
        actor=actor, action="plans.meeting.changed", subject=meeting, area_code=meeting.area_id, at=at, was=was,
        now={"title": meeting.title, "on": meeting.on, "place": meeting.place},
    )  # fmt: skip
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: User, meeting_id: int, reason: str, revision: str, at: datetime) -> Meeting:
    """Cancel a meeting that was not held, with the reason; the notice stays."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    problems = problems_of_state(meeting.state, "取消")
    why = read_line(reason, "原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明取消的原因", where="原因", next_step="例如:改为书面征求意见"))
    if problems:
        raise Refused(*problems)
    change_row(meeting, revision, state="CANCELLED", cancel_reason=why)
    audit.record(
        actor=actor, action="plans.meeting.cancelled", subject=meeting, area_code=meeting.area_id, at=at, reason=why
    )
    return meeting


@transaction.atomic
def hold_meeting(
    *, actor: User, meeting_id: int, draft: HeldDraft, sent: Sequence[Sent] = (), revision: str, at: datetime
) -> Meeting:
    """Note that a meeting was held: who came, the minutes. It becomes an activity of its kind in the same breath, so
    nobody enters it again. The same form sent twice is one; a meeting is held once. Refused with all problems."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    if meeting.held_key is not None and meeting.held_key == draft.client_key.strip():
        return meeting
    on = timezone.localtime(at).date()
    problems = problems_of_state(meeting.state, "登记召开")
    facts, found = read_held(draft, planned_on=meeting.on, today=on)
    problems += found
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    mark_guests(meeting, facts)
    activity = record_activity(actor=actor, draft=as_activity(meeting, facts), at=at)
    change_row(
        meeting, revision, state="HELD", on=facts.on, chair=facts.chair, heads=facts.heads, minutes=facts.minutes,
        activity=activity, held_key=facts.client_key, held_at=at, held_name=actor.get_full_name(),
    )  # fmt: skip
    for piece in pieces:
        MeetingEvidence.objects.create(meeting=meeting, **keep_piece(piece, actor=actor, at=at))
    audit.record(
        actor=actor, action="plans.meeting.held", subject=meeting, area_code=meeting.area_id, at=at,
        now={"on": facts.on, "count": count_came(presences_of(meeting))},
    )  # fmt: skip
    return meeting


def presences_of(meeting: Meeting) -> list[str]:
    """How everybody was there."""
    return list(meeting.invitees.values_list("presence", flat=True))


def mark_guests(meeting: Meeting, facts: HeldFacts) -> None:
    """Who came and who did not; those who came unasked are written down as such."""
    for guest in meeting.invitees.filter(pk__in=facts.marks):
        presence, came = facts.marks[guest.pk]
        Invitee.objects.filter(pk=guest.pk).update(presence=presence, came=came)
    meeting.invitees.filter(is_extra=True).exclude(name__in=facts.others).delete()
    known = set(meeting.invitees.values_list("name", flat=True))
    Invitee.objects.bulk_create(
        Invitee(meeting=meeting, name=name, presence="PRESENT", is_extra=True)
        for name in facts.others
        if name not in known
    )


def as_activity(meeting: Meeting, facts: HeldFacts) -> ActivityDraft:
    """The meeting as the ledger of activities has it."""
    guests = list(meeting.invitees.filter(presence__in=CAME).select_related("unit", "post").order_by("id"))
    items = list(meeting.agenda.order_by("place").values_list("title", flat=True))
    number = number_of(
        meeting.kind.measure, heads=facts.heads, came=count_came(presences_of(meeting)), items=len(items)
    )
    partners = [guest.name for guest in guests if guest.post is None and guest.unit_id != meeting.host_id]
    leaders = [guest.name for guest in guests if guest.presence == "PRESENT" and led(guest)]
    return ActivityDraft(
        kind=meeting.kind_id, on=facts.on.isoformat(), title=meeting.title, area_code=meeting.area_id,
        place=meeting.place, host_id=str(meeting.host_id or ""), partners="、".join(partners[:MOST_PARTNERS]),
        heads="" if number is None else str(number), leaders="、".join(leaders[:MOST_PARTNERS]),
        note=("议题:" + ";".join(items))[:500] if items else "", client_key=f"meeting-{meeting.pk}",
    )  # fmt: skip


def led(guest: Invitee) -> bool:
    """Whether a guest is a head of a leading group; plain members are counted, not named as leaders."""
    return guest.post is not None and LEADING in guest.post.title


@transaction.atomic
def write_minutes(*, actor: User, meeting_id: int, draft: HeldDraft, revision: str, at: datetime) -> Meeting:
    """Correct attendance and minutes of a meeting held. The day and the numbers of the ledger are corrected on the
    activity. Refused with all problems, and when somebody wrote meanwhile."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    on = timezone.localtime(at).date()
    facts, problems = read_held(draft, planned_on=min(meeting.on, on), today=on)
    if meeting.state != "HELD":
        problems.append(Problem("会议还没有登记召开", next_step="请先登记召开"))
    if facts is None or problems:
        raise Refused(*problems)
    was = len(meeting.minutes)
    change_row(meeting, revision, chair=facts.chair, heads=facts.heads, minutes=facts.minutes)
    mark_guests(meeting, facts)
    audit.record(
        actor=actor, action="plans.meeting.minuted", subject=meeting, area_code=meeting.area_id, at=at,
        was={"length": was}, now={"length": len(facts.minutes), "count": count_came(presences_of(meeting))},
    )  # fmt: skip
    return meeting


@transaction.atomic
def add_meeting_evidence(*, actor: User, meeting_id: int, sent: Sequence[Sent], at: datetime) -> int:
    """Keep further files and links of a meeting; how many are new. Refused with what is wrong with each."""
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    check_change_meetings(actor, meeting.area_id)
    pieces = pieces_or_refuse(sent)
    kept = 0
    for piece in pieces:
        row = keep_piece(piece, actor=actor, at=at)
        same = {"file": row["file"]} if row["file"] else {"link": piece.link}
        if not MeetingEvidence.objects.filter(meeting=meeting, withdrawn_at=None, **same).exists():
            MeetingEvidence.objects.create(meeting=meeting, **row)
            kept += 1
    audit.record(
        actor=actor, action="plans.meeting.evidenced", subject=meeting, area_code=meeting.area_id, at=at, count=kept
    )
    return kept
