"""Activities, campaigns and visits."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.base.models import StoredFile
from yushui.people.models import Person
from yushui.places.models import Area, Unit


class ActivityKind(models.Model):
    """A kind of activity, loaded from catalogue/activity_kinds.yaml; a new kind is a new entry there."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=40)
    chapter = models.CharField(max_length=20)  # which part of a report it serves
    direction = models.CharField(max_length=10)  # TO_ARMY 地方→部队, TO_PUBLIC 部队→地方, JOINT 共同
    measure = models.CharField(max_length=10, blank=True)  # unit of `heads`, e.g. 人次
    retired = models.BooleanField(default=False)


class Activity(models.Model):
    """One thing that was done."""

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
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["area", "on"]),
            models.Index(fields=["kind", "on"]),
            models.Index(fields=["on", "id"]),
        ]


class Campaign(models.Model):
    """A visiting campaign (慰问行动), e.g. 2026 年春节走访慰问 of a town."""

    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)  # SPRING_FESTIVAL, ARMY_DAY …
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    cash_fen = models.BigIntegerField(default=0)  # per head, a default for each visit
    goods = models.CharField(max_length=120, blank=True)  # per head
    rule = models.CharField(max_length=200)  # the words of the rule that made the list
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)


class CampaignTarget(models.Model):
    """A person on the list of a campaign, and who is to go."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    reason = models.CharField(max_length=80)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=40, blank=True)
    dropped_reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="once_on_a_list")]
        indexes = [models.Index(fields=["user_id", "campaign"])]


class VisitWay(models.TextChoices):
    HOME = "HOME", "上门"
    PHONE = "PHONE", "电话"
    VIDEO = "VIDEO", "视频"
    ABSENT = "ABSENT", "没见到"


class Visit(models.Model):
    """One visit to one person. `client_key` makes a visit sent twice one visit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="visits")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)  # the person's village on that day
    on = models.DateField()
    way = models.CharField(max_length=8, choices=VisitWay)
    cash_fen = models.BigIntegerField(default=0)
    goods = models.CharField(max_length=120, blank=True)
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
        ]
        indexes = [
            models.Index(fields=["person", "on"]),
            models.Index(fields=["campaign", "person"]),
            models.Index(fields=["area", "on"]),
            models.Index(fields=["on", "id"]),
        ]
