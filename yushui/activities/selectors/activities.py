"""Activities and their kinds, in the actor's area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Activity, ActivityKind
from yushui.activities.selectors.areas import narrowed, within
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound
from yushui.places.models import Unit


@dataclass(frozen=True)
class ActivityFilters:
    """What a list of activities is narrowed to; nothing set means everything in the actor's area."""

    kind: str = ""
    chapter: str = ""
    year: int | None = None
    area_code: str = ""
    with_withdrawn: bool = False


def list_kinds() -> list[ActivityKind]:
    """The kinds in use, in the order of the catalogue."""
    return list(ActivityKind.objects.filter(retired=False).order_by("place", "code"))


def visible_activities(actor: User) -> QuerySet[Activity]:
    """Living activities in the actor's area, in no order: for counting."""
    need(actor, "activities.view")
    return in_scope(Activity.objects.filter(withdrawn_at=None), actor, "area_id")


def list_activities(*, actor: User, filters: ActivityFilters) -> QuerySet[Activity]:
    """Activities newest first, by kind, chapter, year, area."""
    need(actor, "activities.view")
    rows = within(Activity.objects.all(), narrowed(actor, filters.area_code))
    if not filters.with_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    if filters.kind:
        rows = rows.filter(kind_id=filters.kind)
    if filters.chapter:
        rows = rows.filter(kind__chapter=filters.chapter)
    if filters.year is not None:
        rows = rows.filter(on__gte=date(filters.year, 1, 1), on__lt=date(filters.year + 1, 1, 1))
    return rows.select_related("kind", "area", "host").order_by("-on", "-id")


def get_activity(*, actor: User, activity_id: int) -> Activity:
    """One activity in the actor's area; NotFound otherwise."""
    need(actor, "activities.view")
    rows = in_scope(Activity.objects.select_related("kind", "area", "host", "photo"), actor, "area_id")
    found = rows.filter(pk=activity_id).first()
    if found is None:
        raise NotFound
    return found


def last_of_kind(*, actor: User, kind: str) -> Activity | None:
    """The actor's last activity of a kind, else the last one of their area: the next one usually resembles it."""
    rows = visible_activities(actor).filter(kind_id=kind).select_related("kind", "area", "host")
    own = rows.filter(recorded_by=actor.pk).order_by("-on", "-id").first()
    return own or rows.filter(area_id=actor.area_code).order_by("-on", "-id").first()


def list_hosts(*, actor: User) -> list[Unit]:
    """Units of the actor's area that may host an activity, by kind and name; at most 300."""
    low, high = code_range(actor.area_code)
    return list(Unit.objects.filter(area_id__gte=low, area_id__lt=high, ends_on=None).order_by("kind", "name")[:300])


def usual_kinds(*, actor: User) -> list[ActivityKind]:
    """The kinds the actor records most, at most six: the first thing a clerk looks for."""
    mine = Activity.objects.filter(recorded_by=actor.pk, withdrawn_at=None, kind__retired=False)
    counted = mine.order_by().values_list("kind_id").annotate(n=Count("id")).order_by("-n", "kind_id")[:6]
    codes = [code for code, _ in counted]
    found = ActivityKind.objects.in_bulk(codes)
    return [found[code] for code in codes]
