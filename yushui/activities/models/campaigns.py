"""Visiting campaigns and who is on their lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.activities import types
from yushui.base.kinds import Kind
from yushui.funds.models import GoodsPlace
from yushui.people.models import Person
from yushui.places.models import Area, Unit


class CampaignKind(Kind):
    """A kind of campaign: from catalogue/campaign_kinds.yaml, or added by a county. When it usually runs (types.Custom)
    and the rule its list usually begins with."""

    follows = models.CharField(max_length=20, choices=list(types.FOLLOW_NAMES.items()), blank=True, default="")
    days_before = models.PositiveSmallIntegerField(default=0)
    days_after = models.PositiveSmallIntegerField(default=0)
    first = models.PositiveSmallIntegerField(null=True)  # of a season, month × 100 + day
    last = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=200, blank=True, default="")

    @property
    def custom(self) -> types.Custom:
        """When it usually runs."""
        return types.Custom(self.follows, self.days_before, self.days_after, self.first, self.last)


class Campaign(models.Model):
    """A visiting campaign (慰问行动), e.g. 2026 年春节走访慰问 of a town, held on the days [starts_on, ends_on)."""

    title = models.CharField(max_length=80)
    kind = models.ForeignKey(CampaignKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    cash_fen = models.BigIntegerField(default=0)  # per head, a default for each visit
    goods = models.CharField(max_length=120, blank=True)  # per head, parted by 、
    rule = models.CharField(max_length=200)  # the words of the rule that made the list
    rule_code = models.CharField(max_length=3000, blank=True)  # the same as text that a program reads (types.ListRule)
    like = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried")  # what it carries on
    hands = models.OneToOneField(GoodsPlace, on_delete=models.PROTECT, null=True)  # where goods taken for it lie
    client_key = models.CharField(max_length=36, null=True, unique=True)
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
    by_hand = models.BooleanField(default=False)  # not chosen by the rule

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="once_on_a_list")]
        indexes = [
            models.Index(fields=["user_id", "campaign"]),
            models.Index(fields=["campaign", "area", "dropped_reason"]),
        ]


class CampaignUnit(models.Model):
    """A unit on the list of a campaign (驻军, 光荣院 …), and who is to go."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=40, blank=True)
    dropped_reason = models.CharField(max_length=80, blank=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="unit_once_on_a_list")]
        indexes = [models.Index(fields=["campaign", "area"])]
