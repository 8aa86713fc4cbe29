"""Visiting campaigns and who is on their lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.activities import types
from yushui.people.models import Person
from yushui.places.models import Area


class Campaign(models.Model):
    """A visiting campaign (慰问行动), e.g. 2026 年春节走访慰问 of a town, held on the days [starts_on, ends_on)."""

    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=list(types.CAMPAIGN_NAMES.items()))
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    cash_fen = models.BigIntegerField(default=0)  # per head, a default for each visit
    goods = models.CharField(max_length=120, blank=True)  # per head, parted by 、
    rule = models.CharField(max_length=200)  # the words of the rule that made the list
    rule_code = models.CharField(max_length=500, blank=True)  # the same as text that a program reads (types.ListRule)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="campaign_span_forward"),
            models.CheckConstraint(condition=Q(cash_fen__gte=0), name="campaign_cash_not_negative"),
        ]
        indexes = [models.Index(fields=["starts_on", "id"]), models.Index(fields=["area", "starts_on"])]


class CampaignTarget(models.Model):
    """A person on the list of a campaign, and who is to go. `area` is the village when the list was made."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    reason = models.CharField(max_length=80)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=40, blank=True)
    dropped_reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="once_on_a_list")]
        indexes = [
            models.Index(fields=["user_id", "campaign"]),
            models.Index(fields=["campaign", "area", "dropped_reason"]),
        ]
