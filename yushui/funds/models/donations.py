"""Donations: a promise, and through its receipts in the ledger what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.funds.types import donations as types
from yushui.places.models import Area


class Donation(models.Model):
    """What a unit or person promised to a fund. Money received are entries of the ledger that name this row."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="donations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # of the fund
    donor_kind = models.CharField(max_length=6, choices=list(types.DONOR_NAMES.items()))
    donor_name = models.CharField(max_length=60)
    is_unnamed = models.BooleanField(default=False)  # wants to stay unnamed in public
    promised_fen = models.BigIntegerField()
    promised_on = models.DateField()
    wish = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=60, blank=True, default="")  # text key of what it is given for: cases.case:7
    origin_words = models.CharField(max_length=120, blank=True, default="")
    thanked_on = models.DateField(null=True)
    thanked_name = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=120, blank=True)
    client_key = models.CharField(max_length=36)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_donation_per_key"),
            models.CheckConstraint(condition=Q(promised_fen__gt=0), name="donation_above_zero"),
        ]
        indexes = [
            models.Index(fields=["area", "promised_on"]),
            models.Index(fields=["promised_on", "id"]),
            models.Index(fields=["fund", "promised_on"]),
            models.Index(fields=["origin"], condition=~Q(origin=""), name="donation_for_something"),
        ]

    def __str__(self) -> str:
        return self.donor_name
