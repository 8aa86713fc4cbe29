"""The people on the list of a campaign: who was seen, who is left, who is gone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.selectors.areas import narrowed
from yushui.activities.types import Way
from yushui.base.area_codes import code_range
from yushui.base.in_order import joined
from yushui.base.refusals import NotFound
from yushui.people.models import Person

SEALED = ("person__id_number", "person__phone")  # no list shows them, so no list opens their seals


def made_visits() -> QuerySet[Visit]:
    """Visits that count as made: not withdrawn, somebody was met."""
    return Visit.objects.filter(withdrawn_at=None).exclude(way=Way.ABSENT)


def on_list(campaign_ids: Iterable[int]) -> QuerySet[CampaignTarget]:
    """People on the lists of campaigns, those dropped left out."""
    return CampaignTarget.objects.filter(campaign_id__in=campaign_ids, dropped_reason="")


def is_seen() -> Exists:
    """Whether a visit of its campaign was made to a target, as an expression on CampaignTarget."""
    return Exists(made_visits().filter(campaign_id=OuterRef("campaign_id"), person_id=OuterRef("person_id")))


def is_tried() -> Exists:
    """Whether somebody went to a target in its campaign and met nobody, as an expression on CampaignTarget."""
    attempts = Visit.objects.filter(withdrawn_at=None, way=Way.ABSENT)
    return Exists(attempts.filter(campaign_id=OuterRef("campaign_id"), person_id=OuterRef("person_id")))


def with_seen(targets: QuerySet[CampaignTarget]) -> QuerySet[CampaignTarget]:
    """Each target with `seen`."""
    return targets.annotate(seen=is_seen())


def list_targets(*, actor: User, campaign: Campaign, area_code: str = "") -> QuerySet[CampaignTarget]:
    """The list of a campaign in the actor's area, with `seen`, by village and place on the list."""
    low, high = code_range(narrowed(actor, area_code))
    rows = with_seen(on_list([campaign.pk])).filter(area_id__gte=low, area_id__lt=high)
    return rows.select_related("person", "area").defer(*SEALED).order_by("area_id", "id")


def list_dropped(*, actor: User, campaign: Campaign) -> QuerySet[CampaignTarget]:
    """Those taken off the list, with the reason."""
    rows = in_scope(CampaignTarget.objects.filter(campaign=campaign).exclude(dropped_reason=""), actor, "area_id")
    return rows.select_related("person", "area").defer(*SEALED).order_by("area_id", "id")


def get_target(*, actor: User, target_id: int) -> CampaignTarget:
    """A target in the actor's area; NotFound otherwise."""
    rows = in_scope(CampaignTarget.objects.select_related("campaign", "person"), actor, "area_id")
    found = rows.filter(pk=target_id).first()
    if found is None:
        raise NotFound
    return found


def list_not_visited(
    *, actor: User, campaign_ids: Iterable[int], area_code: str = "", user_id: int | None = None
) -> QuerySet[CampaignTarget]:
    """Who is left on the lists of campaigns (未走访名单), by village; `tried` tells of attempts that met nobody."""
    need(actor, "activities.view")
    low, high = code_range(narrowed(actor, area_code))
    rows = on_list(campaign_ids).filter(~is_seen(), area_id__gte=low, area_id__lt=high)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    person = ("person__name", "person__died_on", "person__area")
    named = joined(rows.annotate(tried=is_tried()), *person, "area__name", "campaign__title", "campaign__closed_at")
    return named.order_by("campaign_id", "area_id", "id")


def list_gone(*, actor: User, campaign: Campaign) -> QuerySet[CampaignTarget]:
    """Those on the list who died or moved out of the campaign's area before anybody met them."""
    low, high = code_range(campaign.area_id)
    away = Q(person__area_id__lt=low) | Q(person__area_id__gte=high)
    rows = in_scope(on_list([campaign.pk]), actor, "area_id").filter(Q(person__died_on__isnull=False) | away)
    return rows.filter(~is_seen()).select_related("person", "area").defer(*SEALED).order_by("area_id", "id")


def find_people(*, actor: User, name: str) -> list[Person]:
    """People in the actor's area by the beginning of their name, to put on a list by hand; at most twenty."""
    need(actor, "activities.plan_campaign")
    if not name.strip():
        return []
    rows = in_scope(Person.objects.filter(died_on=None, name__startswith=name.strip()), actor, "area_id")
    return list(rows.select_related("area").defer("id_number", "phone").order_by("area_id", "id")[:20])
