"""Photos and papers of honours: each piece belongs to exactly one plaque, 喜报, unit's honour or selection."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.base.evidence import Evidence
from yushui.honours.models.news import GoodNews
from yushui.honours.models.plaques import Plaque
from yushui.honours.models.selections import Selection, UnitHonour

OWNERS = ("plaque", "news", "honour", "selection")


def only(name: str) -> Q:
    """This owner and no other."""
    return Q(**{f"{each}__isnull": each != name for each in OWNERS})


class HonourEvidence(Evidence):
    """One piece of evidence."""

    plaque = models.ForeignKey(Plaque, on_delete=models.PROTECT, null=True, related_name="evidence")
    news = models.ForeignKey(GoodNews, on_delete=models.PROTECT, null=True, related_name="evidence")
    honour = models.ForeignKey(UnitHonour, on_delete=models.PROTECT, null=True, related_name="evidence")
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, null=True, related_name="evidence")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=only("plaque") | only("news") | only("honour") | only("selection"), name="evidence_of_one"
            )
        ]
