"""Visits to persons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.activities import types
from yushui.activities.models.campaigns import Campaign
from yushui.base.models import StoredFile
from yushui.people.models import Person
from yushui.places.models import Area


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
