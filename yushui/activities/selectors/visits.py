"""Visits: lists and single ones, in the actor's area; the plain rows that figures are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.selectors.areas import narrowed
from yushui.activities.selectors.targets import is_seen
from yushui.activities.types import Way
from yushui.base.in_order import in_area, joined
from yushui.base.refusals import NotFound
from yushui.people.models import Person
from yushui.people.selectors.merged import in_force


@dataclass(frozen=True)
class VisitFilters:
    """What a list of visits is narrowed to; nothing set means everything in the actor's area."""

    person_id: int | None = None
    campaign_id: int | None = None
    year: int | None = None
    area_code: str = ""
    way: str = ""
    with_withdrawn: bool = False


def visible_visits(actor: User) -> QuerySet[Visit]:
    """Living visits in the actor's area, in no order: for counting. Attempts that met nobody are among them."""
    need(actor, "activities.view")
    return in_scope(Visit.objects.filter(withdrawn_at=None), actor, "area_id")


def list_visits(*, actor: User, filters: VisitFilters) -> QuerySet[Visit]:
    """Visits newest first (走访台账). Indexed for every filter: person, campaign, village, day."""
    need(actor, "activities.view")
    rows = in_area(Visit.objects.all(), narrowed(actor, filters.area_code), by_town=True)
    if not filters.with_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    if filters.person_id is not None:
        rows = rows.filter(person_id=filters.person_id)
    if filters.campaign_id is not None:
        rows = rows.filter(campaign_id=filters.campaign_id)
    if filters.year is not None:
        rows = rows.filter(on__gte=date(filters.year, 1, 1), on__lt=date(filters.year + 1, 1, 1))
    if filters.way:
        rows = rows.filter(way=filters.way)
    return joined(rows, "person__name", "campaign__title", "area__name").order_by("-on", "-id")


def get_visit(*, actor: User, visit_id: int) -> Visit:
    """One visit in the actor's area; NotFound otherwise."""
    need(actor, "activities.view")
    rows = in_scope(Visit.objects.select_related("person", "campaign", "area", "photo"), actor, "area_id")
    found = rows.filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return found


def get_visited(*, actor: User, person_id: int) -> Person:
    """A person whom the actor may visit, for a merged entry the kept one; NotFound when outside the actor's area."""
    need(actor, "activities.visit")
    people = in_scope(Person.objects.select_related("area"), actor, "area_id")
    found = people.filter(pk=in_force(person_id)).first()
    if found is None:
        raise NotFound
    return found


def visits_of_person(*, person_id: int, campaign: Campaign | None) -> QuerySet[Visit]:
    """Living visits of a person in one campaign, or in none, newest first."""
    return Visit.objects.filter(person_id=person_id, campaign=campaign, withdrawn_at=None).order_by("-on", "-id")


def paid_on(*, person_id: int, campaign: Campaign | None) -> date | None:
    """The day a living visit of this campaign handed cash to this person; None outside campaigns."""
    if campaign is None:
        return None
    return (
        visits_of_person(person_id=person_id, campaign=campaign)
        .filter(cash_fen__gt=0)
        .values_list("on", flat=True)
        .first()
    )


def last_made_on(*, person_id: int) -> date | None:
    """The day somebody last met this person (上次走访)."""
    rows = Visit.objects.filter(person_id=person_id, withdrawn_at=None).exclude(way=Way.ABSENT)
    return rows.order_by("-on").values_list("on", flat=True).first()


@dataclass(frozen=True)
class Place:
    """Where a person stands in the round of one goer: n of m in the village, and who comes next."""

    number: int
    total: int
    next_person_id: int | None


def place_in_round(*, actor: User, campaign: Campaign, person: Person, on: date) -> Place | None:
    """The place of a person among the people of a village that the actor goes to; None when not on that list.

    The next one is the first after this person whom nobody met yet, round the village and then the other villages;
    whoever was not at home today is left for another day.
    """
    mine = CampaignTarget.objects.filter(campaign=campaign, dropped_reason="", user_id=actor.pk)
    targets = in_scope(mine, actor, "area_id").order_by("area_id", "id")
    rows = list(targets.values_list("person_id", "area_id", is_seen()))
    ids = [person_id for person_id, _, _ in rows]
    if person.pk not in ids:
        return None
    tried = Visit.objects.filter(campaign=campaign, way=Way.ABSENT, on=on, withdrawn_at=None, recorded_by=actor.pk)
    waiting = set(tried.values_list("person_id", flat=True))
    at = ids.index(person.pk)
    village = [person_id for person_id, area, _ in rows if area == rows[at][1]]
    after = rows[at + 1 :] + rows[:at]
    coming = next((person_id for person_id, _, seen in after if not seen and person_id not in waiting), None)
    return Place(village.index(person.pk) + 1, len(village), coming)
