"""Activities in the actor's area: the list, one of them, sums by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Activity, ActivityKind, ActivityMeasure, ActivityPartner, ActivityPerson
from yushui.activities.rules.activities import Extra, show_scaled
from yushui.activities.selectors.areas import narrowed
from yushui.activities.selectors.kinds import extras_by_kind
from yushui.base.area_codes import AreaLevel, code_range, level_of
from yushui.base.in_order import in_area, joined
from yushui.base.refusals import NotFound


@dataclass(frozen=True)
class ActivityFilters:
    """What a list of activities is narrowed to; nothing set means everything in the actor's area. A text is looked for
    within one year, so that it never walks through the whole ledger."""

    kind: str = ""
    chapter: str = ""
    year: int | None = None
    month: int | None = None  # of the year
    area_code: str = ""
    host_id: int | None = None
    partner_id: int | None = None
    text: str = ""
    with_withdrawn: bool = False


def visible_activities(actor: User) -> QuerySet[Activity]:
    """Living activities in the actor's area, in no order: for counting."""
    need(actor, "activities.view")
    return in_scope(Activity.objects.filter(withdrawn_at=None), actor, "area_id")


def span_of(year: int, month: int | None) -> tuple[date, date]:
    """The days [first, end) of a year, or of one month of it."""
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def narrow(rows: QuerySet[Activity], filters: ActivityFilters) -> QuerySet[Activity]:
    """The rows that pass the filters, but for the area."""
    if not filters.with_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    if filters.kind:
        rows = rows.filter(kind_id=filters.kind)
    if filters.chapter:
        rows = rows.filter(kind__chapter=filters.chapter)
    if filters.year is not None:
        first, end = span_of(filters.year, filters.month)
        rows = rows.filter(on__gte=first, on__lt=end)
    if filters.host_id is not None:
        rows = rows.filter(host_id=filters.host_id)
    if filters.partner_id is not None:
        joined = ActivityPartner.objects.filter(unit_id=filters.partner_id).values("activity_id")
        rows = rows.filter(pk__in=joined)
    if filters.text and filters.year is not None:
        text = filters.text
        rows = rows.filter(Q(title__contains=text) | Q(place__contains=text) | Q(note__contains=text))
    return rows


def list_activities(*, actor: User, filters: ActivityFilters) -> QuerySet[Activity]:
    """Activities newest first; each with its kind, area, host and partners."""
    need(actor, "activities.view")
    rows = narrow(in_area(Activity.objects.all(), narrowed(actor, filters.area_code), by_town=True), filters)
    partners = Prefetch("partners", ActivityPartner.objects.order_by("id"))
    named = joined(rows, "kind__name", "kind__chapter", "kind__measure", "kind__retired", "area__name", "host__name")
    return named.prefetch_related(partners).order_by("-on", "-id")


def get_activity(*, actor: User, activity_id: int) -> Activity:
    """One activity in the actor's area; NotFound otherwise."""
    need(actor, "activities.view")
    rows = in_scope(Activity.objects.select_related("kind", "area", "host"), actor, "area_id")
    found = rows.filter(pk=activity_id).first()
    if found is None:
        raise NotFound
    return found


def last_of_kind(*, actor: User, kind: str) -> Activity | None:
    """The actor's last activity of a kind, else the last one of their area: the next one usually resembles it."""
    rows = visible_activities(actor).filter(kind_id=kind).select_related("kind", "area", "host")
    own = rows.filter(recorded_by=actor.pk).order_by("-on", "-id").first()
    return own or rows.filter(area_id=actor.area_code).order_by("-on", "-id").first()


@dataclass(frozen=True)
class Number:
    """A further number of an activity as shown: 岗位 120 个."""

    extra: Extra
    value: int

    @property
    def text(self) -> str:
        """The number as it can be typed again."""
        return show_scaled(self.value, self.extra.decimals)


def numbers_of(activity: Activity) -> list[Number]:
    """The further numbers of one activity, in the order of its kind; of retired ones too."""
    kept = dict(ActivityMeasure.objects.filter(activity=activity).values_list("key", "value"))
    extras = extras_by_kind([activity.kind_id]).get(activity.kind_id, {})
    return [Number(extra, kept[key]) for key, extra in extras.items() if key in kept]


def people_of(activity: Activity) -> list[ActivityPerson]:
    """Who led, spoke, volunteered."""
    return list(ActivityPerson.objects.filter(activity=activity).select_related("post__unit").order_by("role", "id"))


def partners_of(activity: Activity) -> list[ActivityPartner]:
    """Units that took part, in the order typed."""
    return list(ActivityPartner.objects.filter(activity=activity).order_by("id"))


@dataclass(frozen=True)
class KindSum:
    """What was done of one kind: how often, heads, fen, and its further numbers."""

    kind: ActivityKind
    count: int
    heads: int | None
    amount_fen: int | None
    numbers: tuple[Number, ...]


def sums_by_kind(*, actor: User, filters: ActivityFilters) -> list[KindSum]:
    """Sums of the activities that pass the filters, in the order of the catalogue."""
    need(actor, "activities.view")
    area_code = narrowed(actor, filters.area_code)
    low, high = code_range(area_code)
    rows = Activity.objects.filter(area_id__gte=low, area_id__lt=high)
    if level_of(area_code) <= AreaLevel.COUNTY:  # nearly all rows: read the index that carries the sums from end to end
        rows = in_area(Activity.objects.all(), area_code)
    rows = narrow(rows, filters).order_by()
    found = rows.values("kind_id").annotate(count=Count("id"), head_sum=Sum("heads"), fen=Sum("amount_fen"))
    sums: dict[str, Any] = {row["kind_id"]: row for row in found}
    values: dict[str, list[tuple[str, int]]] = {}
    asked = ActivityMeasure.objects.filter(activity__in=rows.values("pk")).order_by()
    for kind, key, value in asked.values_list("activity__kind_id", "key").annotate(value=Sum("value")):
        values.setdefault(kind, []).append((key, value))
    extras = extras_by_kind(sums)
    return [
        KindSum(
            kind, sums[kind.pk]["count"], sums[kind.pk]["head_sum"], sums[kind.pk]["fen"],
            tuple(
                Number(extras[kind.pk][key], value)
                for key, value in values.get(kind.pk, ())
                if key in extras.get(kind.pk, {})
            ),
        )
        for kind in ActivityKind.objects.filter(pk__in=sums).order_by("place", "code")
    ]  # fmt: skip


def doubles_of(activity: Activity) -> list[Activity]:
    """Living activities that may be the same one recorded twice: kind, day and area alike, and place or host."""
    rows = Activity.objects.filter(kind=activity.kind_id, on=activity.on, area=activity.area_id, withdrawn_at=None)
    alike = Q()
    if activity.place:
        alike = Q(place__in=("", activity.place))
        if activity.host_id is not None:
            alike |= Q(host=activity.host_id)
    return list(rows.filter(alike).exclude(pk=activity.pk).select_related("kind", "area", "host").order_by("id")[:3])
