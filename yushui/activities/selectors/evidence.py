"""Pieces of evidence of activities that an actor may see."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Activity, ActivityEvidence
from yushui.base.refusals import NotFound


def list_pieces(activity: Activity) -> list[ActivityEvidence]:
    """What is kept of an activity, in the order it came."""
    rows = ActivityEvidence.objects.filter(activity=activity, withdrawn_at=None)
    return list(rows.select_related("file").order_by("id"))


def get_piece(*, actor: User, evidence_id: int) -> ActivityEvidence:
    """One piece of an activity in the actor's area; NotFound otherwise."""
    need(actor, "activities.view")
    rows = ActivityEvidence.objects.select_related("file", "activity__area")
    found = in_scope(rows, actor, "activity__area_id").filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    return found
