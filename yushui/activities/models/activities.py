"""Kinds of activities, and what was done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.activities import types
from yushui.base.kinds import Kind
from yushui.base.models import StoredFile
from yushui.places.models import Area, Unit


class ActivityKind(Kind):
    """A kind of activity: from catalogue/activity_kinds.yaml, or added by a county."""

    chapter = models.CharField(max_length=20, choices=list(types.CHAPTER_NAMES.items()))
    direction = models.CharField(max_length=10, choices=list(types.DIRECTION_NAMES.items()))
    measure = models.CharField(max_length=10, blank=True)  # what `heads` counts, e.g. 人次, 篇, 课时

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
