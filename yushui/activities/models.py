"""Activities, campaigns and visits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.activities import types
from yushui.base.models import StoredFile
from yushui.people.models import Person
from yushui.places.models import Area, Unit


class ActivityKind(models.Model):
    """A kind of activity, loaded from catalogue/activity_kinds.yaml; a new kind is a new entry there."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=40)
    chapter = models.CharField(max_length=20, choices=list(types.CHAPTER_NAMES.items()))
    direction = models.CharField(max_length=10, choices=list(types.DIRECTION_NAMES.items()))
    measure = models.CharField(max_length=10, blank=True)  # what `heads` counts, e.g. 人次, 篇, 课时
    place = models.PositiveSmallIntegerField(default=0)  # order in the catalogue
    retired = models.BooleanField(default=False)  # no longer in the catalogue; its records stay

    class Meta:
        indexes = [models.Index(fields=["place", "code"])]


class Activity(models.Model):
    """One thing that was done. `client_key` makes a form sent twice one activity."""

    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    on = models.DateField()
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="hosted")
    partners = models.CharField(max_length=200, blank=True)
    heads = models.PositiveIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True)
    client_key = models.CharField(max_length=36, null=True)  # none for rows taken over in bulk
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_activity_per_key"),
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="activity_amount_forward"),
        ]
        indexes = [
            models.Index(fields=["area", "on"]),
            models.Index(fields=["kind", "on"]),
            models.Index(fields=["on", "id"]),
            models.Index(fields=["recorded_by", "kind"]),
        ]


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


class Visit(models.Model):
    """One visit to one person. `client_key` makes a visit sent twice one visit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="visits")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # the person's village on that day
    on = models.DateField()
    way = models.CharField(max_length=8, choices=list(types.WAY_NAMES.items()))
    cash_fen = models.BigIntegerField(default=0)
    goods = models.CharField(max_length=120, blank=True)  # parted by 、
    note = models.CharField(max_length=500, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True)
    visitor_name = models.CharField(max_length=40)
    client_key = models.CharField(max_length=36)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_visit_per_key"),
            models.CheckConstraint(condition=Q(cash_fen__gte=0), name="visit_cash_not_negative"),
            models.CheckConstraint(condition=~Q(way="ABSENT") | Q(cash_fen=0, goods=""), name="absent_gets_nothing"),
        ]
        indexes = [
            models.Index(fields=["person", "on"]),
            models.Index(fields=["campaign", "person", "way", "withdrawn_at"]),  # who was seen
            models.Index(fields=["campaign", "area", "withdrawn_at", "cash_fen"]),  # sums of a campaign by village
            models.Index(fields=["area", "on"]),
            models.Index(fields=["way", "on"]),
            models.Index(fields=["on", "id"]),
        ]
