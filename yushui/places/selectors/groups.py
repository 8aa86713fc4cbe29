"""Reading leading groups: who was in one on a day, which units, every change of it, and the paper of a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Prefetch, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.refusals import NotFound
from yushui.places.models import ChangedUnit, GroupMember, Post, PostChange, Unit, UnitKind
from yushui.places.permissions import check_view_places
from yushui.places.selectors.posts import holding_on, in_rank
from yushui.places.selectors.units import get_unit, list_units
from yushui.places.word import Appointment, spread


def list_groups(*, actor: User, on: date, within: str = "") -> QuerySet[Unit]:
    """Leading groups that stand on a day, from the county down; of an area its own before those inside its units."""
    rows = list_units(actor=actor, kind=UnitKind.LEADING_GROUP, within=within, on=on)
    return rows.order_by("area_id", F("parent_id").asc(nulls_first=True), "name", "id")


@dataclass(frozen=True)
class GroupSheet:
    """A leading group on a day: who was in it, which units, its office, and every change of it."""

    group: Unit
    on: date
    posts: list[Post]
    members: list[GroupMember]
    offices: list[Unit]
    changes: list[PostChange]

    @property
    def posts_by_title(self) -> list[tuple[str, list[Post]]]:
        """Posts of one title together, in rank."""
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.title, []).append(post)
        return list(found.items())


def open_group(*, actor: User, unit_id: int, on: date) -> GroupSheet:
    """A leading group as it was on a day."""
    group = get_unit(actor=actor, unit_id=unit_id)
    if group.kind != UnitKind.LEADING_GROUP:
        raise NotFound
    own = Post.objects.filter(unit=group)
    changes = PostChange.objects.filter(touched__unit=group).prefetch_related(
        Prefetch("opened", own.order_by("id"), to_attr="came"), Prefetch("closed", own.order_by("id"), to_attr="left")
    )
    return GroupSheet(
        group=group, on=on, posts=in_rank(holding_on(own, on)),
        members=list(holding_on(group.members.select_related("unit"), on).order_by("starts_on", "id")),
        offices=list(list_units(actor=actor, kind=UnitKind.OFFICE, on=on).filter(parent=group)),
        changes=list(changes.order_by("-on", "-id")),
    )  # fmt: skip


@dataclass(frozen=True)
class ChangedPart:
    """What one change did in one unit."""

    unit: Unit
    left: list[Post]
    came: list[Post]


@dataclass(frozen=True)
class ChangeSheet:
    """A change of posts with all units of the actor's area that it touched."""

    change: PostChange
    parts: list[ChangedPart]


def open_change(*, actor: User, change_id: int) -> ChangeSheet:
    """A change that touched a unit of the actor's area; NotFound otherwise. Units elsewhere are not shown."""
    check_view_places(actor)
    rows = in_scope(ChangedUnit.objects.filter(change_id=change_id), actor, "unit__area_id")
    touched = list(rows.select_related("unit__area", "change").order_by("unit__area_id", "unit_id"))
    if not touched:
        raise NotFound
    parts = [
        ChangedPart(
            row.unit,
            in_rank(Post.objects.filter(unit=row.unit, closed_by=change_id)),
            in_rank(Post.objects.filter(unit=row.unit, opened_by=change_id)),
        )
        for row in touched
    ]
    return ChangeSheet(touched[0].change, parts)


def changes_in(*, actor: User, on: date) -> list[PostChange]:
    """The last changes of posts in the actor's area, for the page of groups."""
    check_view_places(actor)
    touched = in_scope(ChangedUnit.objects.all(), actor, "unit__area_id").values("change_id")
    rows = PostChange.objects.filter(pk__in=touched).prefetch_related(
        Prefetch("touched", in_scope(ChangedUnit.objects.select_related("unit"), actor, "unit__area_id"))
    )
    return list(rows.order_by("-on", "-id")[:12])


def appointment_of(*, actor: User, unit_id: int, change_id: int | None, on: date) -> Appointment:
    """The paper of a change of a group: as it was on that day, who came and who left. Without `change_id` that of its
    last change; of a group that was never changed the paper of its founding."""
    group = get_unit(actor=actor, unit_id=unit_id)
    changes = PostChange.objects.filter(touched__unit=group).order_by("-on", "-id")
    change = changes.first() if change_id is None else changes.filter(pk=change_id).first()
    if change is None and change_id is not None:
        raise NotFound
    posts = Post.objects.filter(unit=group)
    first = posts.order_by("starts_on").values_list("starts_on", flat=True).first()
    day = change.on if change else first or group.starts_on or on
    sheet = open_group(actor=actor, unit_id=unit_id, on=day)
    left = in_rank(posts.filter(closed_by=change)) if change else []
    people = tuple((title, tuple(words_of(post) for post in held)) for title, held in sheet.posts_by_title)
    return Appointment(
        group=group.name, issuer=group.parent.name if group.parent else group.name,
        number=change.number if change else "", reason=change.reason if change else "工作需要", on=day,
        is_first=not holding_on(posts, day - timedelta(days=1)).exists(), people=people,
        left=tuple(f"{post.holder_name}同志的{post.title}职务" for post in left),
        members=tuple(member.unit.name for member in sheet.members),
        office=sheet.offices[0].name if sheet.offices else "",
    )  # fmt: skip


def words_of(post: Post) -> str:
    """A holder with what the holder is elsewhere, as a paper lists them."""
    return f"{spread(post.holder_name)}\u3000{post.office}".rstrip("\u3000")
