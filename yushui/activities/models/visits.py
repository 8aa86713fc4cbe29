"""Visits to persons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.activities import types
from yushui.activities.models.campaigns import Campaign
from yushui.base.in_order import Town
from yushui.base.models import StoredFile
from yushui.funds.models import GoodsMove
from yushui.people.models import Person
from yushui.places.models import Area, Unit


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
            models.Index(fields=["campaign", "on", "id"]),  # the visits of a campaign, newest first
            models.Index(  # ways and goods of a campaign, without reading its visits
                fields=["campaign", "withdrawn_at", "way", "goods", "area"],
                condition=Q(campaign__isnull=False),
                name="visits_of_campaigns",
            ),
            models.Index(fields=["area", "on"]),
            models.Index(fields=["way", "on"]),
            models.Index(Town("area"), "on", "id", name="visits_of_town"),
            models.Index(fields=["on", "id"]),
            # Carries what the page of a year adds up.
            models.Index(fields=["on", "area", "way", "cash_fen", "withdrawn_at"], name="visit_sums"),
        ]


class UnitVisit(models.Model):
    """One visit of a campaign to a unit. Persons and units are counted apart, so they lie apart."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visits")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="unit_visits")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    on = models.DateField()
    heads = models.PositiveIntegerField(null=True)  # people there who were greeted
    cash_fen = models.BigIntegerField(default=0)
    goods = models.CharField(max_length=120, blank=True)  # parted by 、
    note = models.CharField(max_length=500, blank=True)
    visitor_name = models.CharField(max_length=80)
    client_key = models.CharField(max_length=36, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cash_fen__gte=0), name="unit_visit_cash_not_negative")]
        indexes = [models.Index(fields=["campaign", "unit", "withdrawn_at"]), models.Index(fields=["area", "on"])]


class VisitGoods(models.Model):
    """Goods from the stock that a visit handed over: the move out of the hands of its campaign."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="handed")
    unit_visit = models.ForeignKey(UnitVisit, on_delete=models.PROTECT, null=True, related_name="handed")
    move = models.OneToOneField(GoodsMove, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, unit_visit=None) | Q(visit=None, unit_visit__isnull=False),
                name="handed_in_one_visit",
            )
        ]
