"""What is doubtful in the ledger of activities: perhaps recorded twice, or without a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from yushui.accounts.models import User
from yushui.activities.models import Activity
from yushui.activities.selectors.activities import span_of, visible_activities

MOST_GROUPS = 100


@dataclass(frozen=True)
class Doubles:
    """Activities of the same kind, day and area."""

    on: date
    rows: tuple[Activity, ...]


def list_doubles(*, actor: User, year: int) -> list[Doubles]:
    """Groups of living activities of a year alike in kind, day and area, newest first; at most 100 groups."""
    first, end = span_of(year, None)
    rows = visible_activities(actor).filter(on__gte=first, on__lt=end)
    groups = rows.order_by().values("kind_id", "on", "area_id").annotate(n=Count("id")).filter(n__gt=1)
    keys = [(g["kind_id"], g["on"], g["area_id"]) for g in groups.order_by("-on", "kind_id", "area_id")[:MOST_GROUPS]]
    found: dict[tuple[str, date, str], list[Activity]] = {key: [] for key in keys}
    asked = rows.filter(on__in={key[1] for key in keys}, kind__in={key[0] for key in keys})
    for row in asked.select_related("kind", "area", "host").order_by("id"):
        if (group := found.get((row.kind_id, row.on, row.area_id))) is not None:
            group.append(row)
    return [Doubles(key[1], tuple(group)) for key, group in found.items()]


def list_without_heads(*, actor: User, year: int) -> QuerySet[Activity]:
    """Living activities of a year whose kind counts something, without the number; newest first."""
    first, end = span_of(year, None)
    rows = visible_activities(actor).filter(on__gte=first, on__lt=end, heads=None).exclude(kind__measure="")
    return rows.select_related("kind", "area", "host").order_by("-on", "-id")
