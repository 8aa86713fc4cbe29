"""What the forms of meetings offer, prefilled from the last meeting of the kind or from the leading group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from yushui.accounts.models import User
from yushui.activities.models import ActivityKind
from yushui.places.models import Post, Unit, UnitKind
from yushui.places.selectors import list_posts, list_units
from yushui.places.selectors.areas import areas_to_choose
from yushui.plans.models import Meeting
from yushui.plans.selectors.meetings import meeting_kinds, visible_meetings
from yushui.plans.selectors.tasks import units_to_choose
from yushui.plans.types.meetings import MeetingDraft

LEADING = "组长"
ALL_MEMBERS = frozenset({"GROUP_PLENARY"})  # the whole leading group with its member units
WITH_ARMY = frozenset({"JOINT_MEETING", "MILITARY_FORUM", "MILITARY_AFFAIRS_MEETING"})


@dataclass(frozen=True)
class MeetingChoices:
    """Everything to choose from on the form of a meeting."""

    kinds: list[ActivityKind]
    units: list[tuple[str, list[Unit], int]]  # kind of unit in words, units, how many are ticked
    posts: list[Post]
    hosts: list[Unit]
    areas: list[tuple[str, str]]


def leading_posts(*, actor: User, on: date) -> list[Post]:
    """Who stands in the leading groups of the actor's own area on a day, the heads first."""
    rows = list_posts(actor=actor, on=on).filter(unit__kind=UnitKind.LEADING_GROUP, unit__area_id=actor.area_code)
    posts = list(rows.exclude(holder_name="")[:200])
    return sorted(posts, key=lambda post: LEADING not in post.title)


def meeting_choices(*, actor: User, draft: MeetingDraft, on: date) -> MeetingChoices:
    """Kinds, units by kind, leaders, hosts and areas."""
    groups = units_to_choose(actor=actor, on=on)
    ticked = set(draft.units)
    return MeetingChoices(
        kinds=meeting_kinds(actor=actor),
        units=[
            (name, group, sum(unit.pk in ticked for unit in group))
            for name, group in groups
            if name != str(UnitKind.LEADING_GROUP.label)
        ],
        posts=leading_posts(actor=actor, on=on),
        hosts=[unit for _, group in groups for unit in group if unit.area_id == actor.area_code],
        areas=[(str(code), str(name)) for code, name in areas_to_choose(actor=actor)],
    )


def usual_meeting(*, actor: User, kind: ActivityKind, on: date, client_key: str) -> MeetingDraft:
    """The notice of a meeting as it usually is: place, host, chair and guests of the last one of its kind that the
    actor's area gave; else the leading group's heads, with member units or garrisons where the kind asks for them."""
    last = visible_meetings(actor).filter(kind=kind, area_id=actor.area_code).order_by("-on", "-id").first()
    if last is not None:
        return copied(last, on, client_key)
    posts = leading_posts(actor=actor, on=on)
    wanted: tuple[str, ...] = ()
    if kind.pk in ALL_MEMBERS:
        wanted = (UnitKind.MEMBER,)
    elif kind.pk in WITH_ARMY:
        wanted = (UnitKind.GARRISON,)
        posts = [post for post in posts if LEADING in post.title]
    else:
        posts = [post for post in posts if LEADING in post.title]
    stand = list_units(actor=actor, on=on).filter(area_id=actor.area_code)
    office = stand.filter(kind__in=(UnitKind.OFFICE, UnitKind.STATION)).order_by("kind", "id").first()
    head = next((post for post in posts if post.title == LEADING), None)
    return MeetingDraft(
        kind=kind.pk, title=kind.name, begins_at="9:00", host_id=office.pk if office else None,
        chair=head.holder_name if head else "", posts=tuple(post.pk for post in posts),
        units=tuple(stand.filter(kind__in=wanted).values_list("pk", flat=True)) if wanted else (),
        client_key=client_key,
    )  # fmt: skip


def copied(last: Meeting, on: date, client_key: str) -> MeetingDraft:
    """The last notice without its day and agenda; who has left a post or is no unit any more is not asked again."""
    guests = last.invitees.filter(is_extra=False).select_related("unit", "post")
    return MeetingDraft(
        kind=last.kind_id, title=last.title if last.title == last.kind.name else "", place=last.place,
        begins_at=clock_words(last.begins_at), host_id=last.host_id, chair=last.chair,
        units=tuple(guest.unit.pk for guest in guests if guest.unit is not None and stands(guest.unit, on)),
        posts=tuple(guest.post.pk for guest in guests if guest.post is not None and stands(guest.post, on)),
        others="、".join(guest.name for guest in guests if guest.unit is None and guest.post is None),
        note=last.note, client_key=client_key,
    )  # fmt: skip


def clock_words(moment: time | None) -> str:
    """9:00 as one types it; nothing for no hour."""
    return "" if moment is None else f"{moment.hour}:{moment.minute:02d}"


def stands(row: Unit | Post, on: date) -> bool:
    """Whether a unit or post has not ended."""
    return row.ends_on is None or row.ends_on > on


def meeting_as_typed(meeting: Meeting) -> MeetingDraft:
    """A meeting as its form would have it."""
    guests = list(meeting.invitees.filter(is_extra=False).order_by("id"))
    return MeetingDraft(
        kind=meeting.kind_id, title=meeting.title, on=meeting.on.isoformat(), place=meeting.place,
        begins_at=clock_words(meeting.begins_at), area_code=meeting.area_id,
        host_id=meeting.host_id, chair=meeting.chair, agenda="\n".join(agenda_of(meeting)),
        units=tuple(guest.unit_id for guest in guests if guest.unit_id is not None),
        posts=tuple(guest.post_id for guest in guests if guest.post_id is not None),
        others="、".join(guest.name for guest in guests if guest.unit_id is None and guest.post_id is None),
        note=meeting.note,
    )  # fmt: skip


def agenda_of(meeting: Meeting) -> Iterable[str]:
    """The items in their order."""
    return meeting.agenda.order_by("place").values_list("title", flat=True)
