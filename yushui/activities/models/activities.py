"""Kinds of activities, what was done, and what belongs to one: numbers, partners, people, evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.activities import types
from yushui.base.evidence import Evidence
from yushui.base.in_order import Town
from yushui.base.kinds import Kind
from yushui.base.revisions import Revised
from yushui.places.models import Area, Post, Unit


class ActivityKind(Kind):
    """A kind of activity: from catalogue/activity_kinds.yaml, or added by a county."""

    chapter = models.CharField(max_length=20, choices=list(types.CHAPTER_NAMES.items()))
    direction = models.CharField(max_length=10, choices=list(types.DIRECTION_NAMES.items()))
    measure = models.CharField(max_length=10, blank=True)  # what `heads` counts, e.g. 人次, 篇, 课时
    words = models.CharField(max_length=120, blank=True, default="")  # other words for it, parted by 、, for finding it
    wants_evidence = models.BooleanField(default=False)  # usually has a photo or a paper; the check page asks for it

    class Meta:
        indexes = [models.Index(fields=["place", "code"])]


class KindMeasure(models.Model):
    """A further number that activities of one kind have, e.g. 招聘会: 单位(家); the values are ActivityMeasure.

    `key` is the same for the same number of different kinds (trees of 植树 and of 绿化共建), so that figures can add
    them up. Never deleted; a retired one leaves the forms.
    """

    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="measures")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=20)
    unit = models.CharField(max_length=10)
    decimals = models.PositiveSmallIntegerField(default=0)  # 1: kept in tenths, 2: in hundredths
    place = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_measure_by_key"),
            models.CheckConstraint(condition=Q(decimals__lte=2), name="measure_at_most_two_decimals"),
        ]


class Activity(Revised):
    """One thing that was done, on the days [on, ends_on); most take one day and have no `ends_on`.

    `client_key` makes a form sent twice one activity.
    """

    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    on = models.DateField()
    ends_on = models.DateField(null=True)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="hosted")
    heads = models.PositiveIntegerField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    client_key = models.CharField(max_length=36, null=True)  # none for rows taken over in bulk
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_name = models.CharField(max_length=40, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_activity_per_key"),
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="activity_amount_forward"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("on")), name="activity_span_forward"),
        ]
        indexes = [
            models.Index(fields=["area", "on"]),
            models.Index(fields=["kind", "on"]),
            models.Index(fields=["host", "on"]),
            models.Index(Town("area"), "on", "id", name="activities_of_town"),
            models.Index(fields=["on", "id"]),
            models.Index(fields=["recorded_by", "kind"]),
            models.Index(fields=["on", "id"], condition=Q(heads=None), name="activity_without_heads"),
            models.Index(fields=["on", "id"], condition=Q(host=None), name="activity_without_host"),
            # Carries what sums by kind and month add up, so that a year is counted without reading its rows.
            models.Index(fields=["on", "kind", "area", "heads", "amount_fen", "withdrawn_at"], name="activity_sums"),
            models.Index(fields=["recorded_by", "id"]),
        ]


class ActivityMeasure(models.Model):
    """A further number of an activity, in the smallest unit (KindMeasure.decimals): 12.5 亩 is 125."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="measures")
    key = models.CharField(max_length=40)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], name="one_value_by_key"),
            models.CheckConstraint(condition=Q(value__gte=0), name="measure_not_negative"),
        ]
        indexes = [models.Index(fields=["key", "activity"])]


class ActivityPartner(models.Model):
    """A unit that took part; `unit` when the name is one of ours."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="partners")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="joined")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "name"], name="partner_once")]
        indexes = [models.Index(fields=["unit", "activity"]), models.Index(fields=["name", "activity"])]

    def __str__(self) -> str:
        return self.name


class ActivityPerson(models.Model):
    """Someone who led, spoke or volunteered; `post` when the name is the holder of one of our posts on that day."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="people")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="activities")
    name = models.CharField(max_length=40)
    role = models.CharField(max_length=10, choices=list(types.PART_NAMES.items()))
    minutes = models.PositiveIntegerField(null=True)  # of volunteering

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "role", "name"], name="once_in_a_part")]
        indexes = [models.Index(fields=["post", "activity"]), models.Index(fields=["role", "activity"])]

    def __str__(self) -> str:
        return self.name


class ActivityEvidence(Evidence):
    """A photo, scan, paper or link of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["activity", "id"])]
