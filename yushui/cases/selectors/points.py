"""Legal points (涉军维权站点: 合议庭, 工作站 …): units that take up cases of the family LAW."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.audit.selectors import until_next_act
from yushui.cases.models import Case, CaseKind
from yushui.cases.permissions import is_only_unit
from yushui.cases.types.kinds import LAW
from yushui.places.models import Post, Unit, UnitKind
from yushui.places.permissions import my_unit_ids
from yushui.places.selectors import list_units


@dataclass(frozen=True)
class PointLine:
    """A point with its people, and how many cases it took up and has."""

    unit: Unit
    people: tuple[str, ...]
    has_account: bool
    opened: int = 0  # this year
    running: int = 0
    late: int = 0
    ended: int = 0  # this year


def points_in_reach(actor: User, on: date) -> QuerySet[Unit]:
    """The points that stand in the actor's area, by place and name."""
    return list_units(actor=actor, on=on).filter(kind=UnitKind.LEGAL_POINT).order_by("area_id", "name")


def points_for(actor: User, kind: CaseKind | None, on: date) -> list[Unit]:
    """Points that may take up a case of a kind: those that stand in the actor's area."""
    if kind is None or kind.family != LAW:
        return []
    return list(points_in_reach(actor, on))


def names_of_points(*, actor: User, on: date) -> list[tuple[int, str]]:
    """(id, name) of the points of the actor's area, for the filter of lists."""
    rows = points_in_reach(actor, on).values_list("id", "name")
    return until_next_act(f"filter-points:{actor.area_code}:{on}", lambda: list(rows))


def own_point(actor: User, points: list[Unit], on: date) -> int | None:
    """The point whose people the actor is among, when it is one."""
    mine = my_unit_ids(actor, on) & {unit.pk for unit in points}
    return mine.pop() if len(mine) == 1 else None


def list_points(*, actor: User, on: date) -> list[PointLine]:
    """All points of the actor's area with their cases; people of a point who are nothing else see their own."""
    need(actor, "cases.view")
    units = points_in_reach(actor, on)
    if is_only_unit(actor):
        units = units.filter(pk__in=my_unit_ids(actor, on))
    rows = list(units.select_related("area"))
    year = (date(on.year, 1, 1), date(on.year, 12, 31))
    counted = {
        "opened": Q(opened_on__range=year), "running": Q(closed_on=None), "late": Q(closed_on=None, due_on__lt=on),
        "ended": Q(closed_on__range=year),
    }  # fmt: skip
    found = Case.objects.filter(point__in=[unit.pk for unit in rows]).values("point")
    found = found.annotate(**{name: Count("id", filter=test) for name, test in counted.items()})
    counts: dict[int, list[int]] = {pk: numbers for pk, *numbers in found.values_list("point", *counted)}
    held: dict[int, list[Post]] = {}
    posts = Post.objects.filter(unit__in=rows, starts_on__lte=on).exclude(ends_on__lte=on)
    for post in posts.order_by("id"):
        held.setdefault(post.unit_id, []).append(post)
    return [
        PointLine(
            unit, tuple(f"{post.title} {post.holder_name}" for post in held.get(unit.pk, [])),
            any(post.user_id for post in held.get(unit.pk, [])), *counts.get(unit.pk, []),
        )
        for unit in rows
    ]  # fmt: skip
