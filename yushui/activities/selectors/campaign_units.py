"""Units on the list of a campaign, and visits to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Campaign, CampaignUnit, UnitVisit
from yushui.activities.selectors.units import units_in_reach
from yushui.base.refusals import NotFound
from yushui.places.models import Unit

MOST_CHOICES = 300


@dataclass(frozen=True)
class UnitLine:
    """A unit of a campaign, with the living visits to it, newest first."""

    row: CampaignUnit
    visits: tuple[UnitVisit, ...]

    @property
    def cash_fen(self) -> int:
        """Cash it was given."""
        return sum(visit.cash_fen for visit in self.visits)


def list_campaign_units(*, actor: User, campaign: Campaign) -> QuerySet[CampaignUnit]:
    """Units of a campaign: those of the actor's area, and all of a campaign that is the actor's own."""
    rows = CampaignUnit.objects.filter(campaign=campaign, dropped_reason="")
    mine = in_scope(rows, actor, "area_id") | in_scope(rows, actor, "campaign__area_id")
    return mine.select_related("unit", "area").order_by("area_id", "id")


def list_unit_lines(*, actor: User, campaign: Campaign) -> list[UnitLine]:
    """The units of a campaign and how far it has come with them."""
    visits: dict[int, list[UnitVisit]] = {}
    rows = list(list_campaign_units(actor=actor, campaign=campaign))
    if rows:
        for visit in UnitVisit.objects.filter(campaign=campaign, withdrawn_at=None).order_by("-on", "-id"):
            visits.setdefault(visit.unit_id, []).append(visit)
    return [UnitLine(row, tuple(visits.get(row.unit_id, ()))) for row in rows]


def get_campaign_unit(*, actor: User, row_id: int) -> CampaignUnit:
    """A unit on a list, in the actor's area or of a campaign that is the actor's own; NotFound otherwise."""
    need(actor, "activities.view")
    rows = CampaignUnit.objects.select_related("campaign__kind", "campaign__hands", "campaign__area", "unit", "area")
    found = rows.filter(pk=row_id)
    row = (in_scope(found, actor, "area_id") | in_scope(found, actor, "campaign__area_id")).first()
    if row is None:
        raise NotFound
    return row


def units_to_add(*, actor: User, campaign: Campaign) -> list[Unit]:
    """Units that may be put on the list: of the actor's area and above, not on it yet, the nearest first."""
    need(actor, "activities.plan_campaign")
    listed = CampaignUnit.objects.filter(campaign=campaign, dropped_reason="").values("unit_id")
    rows = units_in_reach(actor).exclude(pk__in=listed)
    return list(rows.order_by("-area_id", "kind", "name")[:MOST_CHOICES])


def get_unit_visit(*, actor: User, visit_id: int) -> UnitVisit:
    """One visit to a unit; NotFound outside the actor's area and campaigns."""
    need(actor, "activities.view")
    rows = UnitVisit.objects.select_related("unit", "campaign", "area").filter(pk=visit_id)
    found = (in_scope(rows, actor, "area_id") | in_scope(rows, actor, "campaign__area_id")).first()
    if found is None:
        raise NotFound
    return found
