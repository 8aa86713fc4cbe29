"""Keeping the photos and papers of honours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from yushui.accounts.models import User
from yushui.base.evidence import Piece, keep_piece
from yushui.honours.models import HonourEvidence


def keep_pieces(pieces: Sequence[Piece], *, actor: User, at: datetime, **owner: models.Model) -> int:
    """Rows for the pieces of one owner (`plaque=`, `news=`, `honour=`, `selection=`); what it holds already, with the
    same bytes or link, is not kept twice."""
    kept = 0
    for piece in pieces:
        row = keep_piece(piece, actor=actor, at=at)
        same = {"file": row["file"]} if row["file"] else {"link": piece.link}
        if not HonourEvidence.objects.filter(**owner, withdrawn_at=None, **same).exists():
            HonourEvidence.objects.create(**owner, **row)
            kept += 1
    return kept
