"""What is doubtful in the ledger of activities: perhaps recorded twice, without a number, a host, or evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.activities.models import Activity, ActivityEvidence, ActivityKind
from yushui.activities.selectors.activities import span_of, visible_activities

MOST_GROUPS = 100
MOST_COUNTED = 1000  # a tab says “1000+” beyond it: nobody needs the exact number to begin


@dataclass(frozen=True)
class Doubles:
    """Activities of the same kind, day and area."""

    on: date
    rows: tuple[Activity, ...]


def of_year(actor: User, year: int) -> QuerySet[Activity]:
    """Living activities of a year in the actor's area, in no order."""
    first, end = span_of(year, None)
    return visible_activities(actor).filter(on__gte=first, on__lt=end)


def list_doubles(*, actor: User, year: int) -> list[Doubles]:
    """Groups of living activities of a year alike in kind, day and area, newest first; at most 100 groups."""
    rows = of_year(actor, year)
    groups = rows.order_by().values("on", "kind_id", "area_id").annotate(n=Count("id")).filter(n__gt=1)
    keys = [(g["kind_id"], g["on"], g["area_id"]) for g in groups.order_by("-on", "-kind_id", "-area_id")[:MOST_GROUPS]]
    found: dict[tuple[str, date, str], list[Activity]] = {key: [] for key in keys}
    asked = rows.filter(on__in={key[1] for key in keys}, kind__in={key[0] for key in keys})
    for row in asked.select_related("kind", "area", "host").order_by("id"):
        if (group := found.get((row.kind_id, row.on, row.area_id))) is not None:
            group.append(row)
    return [Doubles(key[1], tuple(group)) for key, group in found.items()]


def list_without_heads(*, actor: User, year: int) -> QuerySet[Activity]:
    """Living activities of a year whose kind counts something, without the number; newest first."""
    return shown(of_year(actor, year).filter(heads=None).exclude(kind__in=kinds_where(measure="")))


def list_without_host(*, actor: User, year: int) -> QuerySet[Activity]:
    """Living activities of a year that name no host; newest first."""
    return shown(of_year(actor, year).filter(host=None))


def list_without_evidence(*, actor: User, year: int) -> QuerySet[Activity]:
    """Living activities of a year without photo or paper although their kind usually has one; newest first."""
    kept = ActivityEvidence.objects.filter(activity=OuterRef("pk"), withdrawn_at=None)
    return shown(of_year(actor, year).filter(~Exists(kept), kind__in=kinds_where(wants_evidence=True)))


def kinds_where(**columns: object) -> list[str]:
    """Codes of the kinds that are so."""
    return list(ActivityKind.objects.filter(**columns).values_list("code", flat=True))


def shown(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Rows as listed, newest first."""
    return rows.select_related("kind", "area", "host").order_by("-on", "-id")


LISTS: dict[str, tuple[str, Callable[..., QuerySet[Activity]]]] = {
    "heads": ("没有数量", list_without_heads),
    "evidence": ("没有佐证", list_without_evidence),
    "host": ("没有主办单位", list_without_host),
}
TABS = {"doubles": "可能重复", **{tab: words for tab, (words, _) in LISTS.items()}}


def list_tab(*, actor: User, tab: str, year: int) -> QuerySet[Activity]:
    """The rows of a tab that lists single activities."""
    return LISTS[tab][1](actor=actor, year=year)


def count_tabs(*, actor: User, year: int) -> dict[str, int]:
    """How many single activities each tab lists, counted up to 1,000."""
    return {
        tab: select(actor=actor, year=year).select_related(None).order_by()[:MOST_COUNTED].count()
        for tab, (_, select) in LISTS.items()
    }


def mendable(*, actor: User, rows: list[Activity]) -> set[int]:
    """Which of the rows the actor may correct and withdraw: own ones, and all of those who plan campaigns there."""
    if not may(actor, "activities.record"):
        return set()
    everything = may(actor, "activities.plan_campaign")
    return {row.pk for row in rows if everything or row.recorded_by == actor.pk}
