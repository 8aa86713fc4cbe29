"""A unit's year on one page: what it did and joined, its volunteers with their hours, its papers and tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.activities.models import Activity, ActivityPerson
from yushui.activities.selectors.activities import span_of, visible_activities
from yushui.places.models import Paper, Post, Unit
from yushui.places.selectors import get_unit
from yushui.places.types import VOLUNTEER
from yushui.plans.models import Task

MOST_SHOWN = 30


@dataclass(frozen=True)
class Volunteer:
    """Someone who volunteered, with how often and how long; a member of the unit who has not yet, with nothing."""

    name: str
    times: int = 0
    minutes: int = 0

    @property
    def hours(self) -> str:
        """`12.5`"""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class UnitYear:
    """What the page shows."""

    unit: Unit
    year: int
    hosted: int
    joined: int
    activities: list[Activity]
    volunteers: list[Volunteer]
    papers: list[Paper]
    tasks: int
    tasks_done: int

    @property
    def hours(self) -> str:
        """Of all volunteers."""
        return Volunteer("", 0, sum(one.minutes for one in self.volunteers)).hours


def get_unit_year(*, actor: User, unit_id: int, year: int, on: date) -> UnitYear:
    """The year of a unit in the actor's area."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    first, end = span_of(year, None)
    held = visible_activities(actor).filter(on__gte=first, on__lt=end)
    hosted = held.filter(host=unit)
    joined = held.filter(partners__unit=unit).exclude(host=unit).distinct()
    recent = held.filter(Q(host=unit) | Q(pk__in=joined.values("pk"))).select_related("kind", "host")
    papers = in_scope(Paper.objects.select_related("kind"), actor, "area_id").filter(unit=unit, withdrawn_at=None)
    tasks = Task.objects.filter(owner=unit, due_on__gte=first, due_on__lt=end).exclude(state="DROPPED")
    counts = in_scope(tasks, actor, "area_id").aggregate(n=Count("pk"), done=Count("pk", filter=Q(state="DONE")))
    return UnitYear(
        unit=unit, year=year, hosted=hosted.count(), joined=joined.count(),
        activities=list(recent.order_by("-on", "-id")[:MOST_SHOWN]), volunteers=volunteers_of(unit, held, on),
        papers=list(papers.filter(issued_on__gte=first, issued_on__lt=end).order_by("-issued_on", "-id")[:MOST_SHOWN]),
        tasks=counts["n"], tasks_done=counts["done"],
    )  # fmt: skip


def volunteers_of(unit: Unit, held: QuerySet[Any], on: date) -> list[Volunteer]:
    """Those who volunteered in activities of the unit or hold a post in it; the longest first, then members who have
    not yet."""
    people = ActivityPerson.objects.filter(role="VOLUNTEER", activity__in=held.values("pk"))
    people = people.filter(Q(activity__host=unit) | Q(post__unit=unit))
    sums = people.values("name").annotate(n=Count("activity", distinct=True), minutes=Sum("minutes"))
    found = [Volunteer(row["name"], row["n"], row["minutes"] or 0) for row in sums]
    members = Post.objects.filter(unit=unit, title=VOLUNTEER, starts_on__lte=on).exclude(ends_on__lte=on)
    seen = {one.name for one in found}
    idle = [
        Volunteer(name) for name in members.order_by("id").values_list("holder_name", flat=True) if name not in seen
    ]
    return sorted(found, key=lambda one: (-one.minutes, -one.times, one.name)) + idle
