"""When two entries of one person become one: visits, lists of campaigns and helpers go over."""

from __future__ import annotations

from datetime import date

from yushui.activities.models import CampaignTarget, PersonPair, Visit
from yushui.base.moves import Move, move_rows

WHY = "已并档"


def move_person(kept_id: int, dropped_id: int, on: date) -> list[Move]:
    """What both have stays once: a place on the same list is dropped, a pair with the same helper ends."""
    lists = CampaignTarget.objects.filter(person=kept_id).values_list("campaign_id", flat=True)
    twice = CampaignTarget.objects.filter(person=dropped_id, campaign__in=list(lists))
    moves = move_rows(twice.filter(dropped_reason=""), dropped_reason=WHY)
    moves += move_rows(CampaignTarget.objects.filter(person=dropped_id).exclude(pk__in=twice), person_id=kept_id)
    helpers = PersonPair.objects.filter(person=kept_id, ends_on=None).values_list("helper_name", flat=True)
    same = PersonPair.objects.filter(person=dropped_id, ends_on=None, helper_name__in=list(helpers))
    moves += move_rows(same.filter(starts_on__lt=on), ends_on=on, end_reason=WHY)
    pairs = PersonPair.objects.filter(person=dropped_id)
    moves += move_rows(pairs.exclude(ends_on=None, helper_name__in=list(helpers)), person_id=kept_id)
    return moves + move_rows(Visit.objects.filter(person=dropped_id), person_id=kept_id)
