"""Evidence of activities: added with the entry or later, and taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.activities.models import Activity, ActivityEvidence
from yushui.activities.permissions import check_change_activity
from yushui.activities.selectors.activities import get_activity
from yushui.activities.selectors.evidence import get_piece
from yushui.audit import services as audit
from yushui.base.evidence import Piece, Sent, keep_piece, pieces_or_refuse


@transaction.atomic
def add_activity_evidence(*, actor: User, activity_id: int, sent: Sequence[Sent], at: datetime) -> int:
    """Keep further files and links of an activity; how many are new. Refused with what is wrong with each file; then
    none is kept, so that nobody has to find out which were."""
    activity = get_activity(actor=actor, activity_id=activity_id)
    check_change_activity(actor, activity)
    pieces = pieces_or_refuse(sent)
    kept = keep_pieces(activity, pieces, actor=actor, at=at)
    audit.record(
        actor=actor, action="activities.evidence.added", subject=activity, area_code=activity.area_id, at=at, count=kept
    )
    return kept


def keep_pieces(activity: Activity, pieces: Sequence[Piece], *, actor: User, at: datetime) -> int:
    """Rows for the pieces; what the activity holds already (same bytes, same link) is not kept twice."""
    kept = 0
    for piece in pieces:
        row = keep_piece(piece, actor=actor, at=at)
        same = {"file": row["file"]} if row["file"] else {"link": piece.link}
        if ActivityEvidence.objects.filter(activity=activity, withdrawn_at=None, **same).exists():
            continue
        ActivityEvidence.objects.create(activity=activity, **row)
        kept += 1
    return kept


@transaction.atomic
def withdraw_activity_evidence(*, actor: User, evidence_id: int, at: datetime) -> ActivityEvidence:
    """Take a piece out of sight; its bytes and the log stay."""
    piece = get_piece(actor=actor, evidence_id=evidence_id)
    check_change_activity(actor, piece.activity)
    if piece.withdrawn_at is None:
        ActivityEvidence.objects.filter(pk=piece.pk).update(withdrawn_at=at)
        audit.record(
            actor=actor, action="activities.evidence.withdrawn", subject=piece.activity,
            area_code=piece.activity.area_id, at=at, file=piece.title,
        )  # fmt: skip
    return piece
