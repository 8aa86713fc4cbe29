"""Kinds of campaigns as an actor may choose them: the catalogue's, and those of the actor's area and above."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Campaign, CampaignKind
from yushui.activities.types import CampaignKindDraft
from yushui.base.area_codes import code_range
from yushui.base.kinds import get_added_in, is_added_in, kinds_for, reachable_kinds


def list_campaign_kinds(*, actor: User) -> list[CampaignKind]:
    """Kinds in use in the actor's area, in the order of the catalogue, own kinds last."""
    return list(kinds_for(CampaignKind, actor.area_code))


def campaign_kinds_in_reach(actor: User) -> QuerySet[CampaignKind]:
    """Kinds that campaigns of the actor's area may have, retired ones and those of areas below included."""
    return reachable_kinds(CampaignKind, actor.area_code)


def own_campaign_kinds() -> list[CampaignKind]:
    """Every kind that an area added, retired ones too. For figures, which judge the right to an area themselves."""
    return list(CampaignKind.objects.exclude(area_code="").order_by("place", "code"))


@dataclass(frozen=True)
class CampaignKindRow:
    """A line of the page of kinds."""

    kind: CampaignKind
    count: int
    own: bool


def list_campaign_kind_rows(*, actor: User) -> list[CampaignKindRow]:
    """Every kind with the number of its campaigns, for those who look after kinds."""
    need(actor, "activities.set_kind")
    low, high = code_range(actor.area_code)
    held = Campaign.objects.filter(area_id__gte=low, area_id__lt=high).order_by()
    counts = dict(held.values_list("kind_id").annotate(n=Count("id")))
    return [
        CampaignKindRow(kind, counts.get(kind.pk, 0), is_added_in(actor.area_code, kind))
        for kind in campaign_kinds_in_reach(actor)
    ]


def get_own_campaign_kind(*, actor: User, code: str) -> CampaignKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "activities.set_kind")
    return get_added_in(actor.area_code, CampaignKind, code)


def campaign_kind_as_typed(kind: CampaignKind) -> CampaignKindDraft:
    """A kind as its form would have it."""
    first, last = ("" if day is None else f"{day // 100}-{day % 100}" for day in (kind.first, kind.last))
    around = [str(n) if kind.follows and kind.follows != "SEASON" else "" for n in (kind.days_before, kind.days_after)]
    return CampaignKindDraft(kind.name, kind.follows, around[0], around[1], first, last)
