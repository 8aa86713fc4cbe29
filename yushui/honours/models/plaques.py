"""Plaques of households and preferential cards of persons."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, QuerySet

from yushui.base.revisions import Revised
from yushui.honours import types
from yushui.honours.models.kinds import HonourKind
from yushui.honours.rules.plaques import GROUND_OF, HOLDING
from yushui.people.models import Household, Person, Status
from yushui.places.models import Area


def holding(on: date) -> QuerySet[Status]:
    """Statuses that give a ground for a plaque on a day, of living persons."""
    rows = Status.objects.filter(superseded_at=None, kind__in=GROUND_OF, state__in=HOLDING, person__died_on=None)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=on))


class Plaque(Revised):
    """The plaque (光荣牌) of a household: one by the database, whatever the number of grounds. It hangs where the
    household is registered, so it moves with the family. What happened to it are PlaqueEvents."""

    household = models.OneToOneField(Household, on_delete=models.PROTECT, related_name="plaque")
    state = models.CharField(max_length=10, choices=list(types.PLAQUE_STATES.items()), default="HUNG")
    ground = models.CharField(max_length=10, choices=list(types.GROUNDS.items()))
    number = models.CharField(max_length=40, blank=True)  # where a county numbers its plates
    hung_on = models.DateField()  # of the plate that hangs now
    state_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state_on__gte=F("hung_on")), name="plaque_state_after_hanging")
        ]
        indexes = [models.Index(fields=["state", "hung_on"])]


class PlaqueEvent(models.Model):
    """Something done with a plaque: when, why, where the household was."""

    plaque = models.ForeignKey(Plaque, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=list(types.PLAQUE_ACTS.items()))
    on = models.DateField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    reason = models.CharField(max_length=120, blank=True)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["what", "on"]), models.Index(fields=["area", "on"])]


class Card(Revised):
    """A preferential card (优待证) of a person. Whoever qualifies for both kinds takes one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards")
    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=list(types.CARD_STATES.items()), default="APPLIED")
    applied_on = models.DateField()
    issued_on = models.DateField(null=True)
    state_on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=~Q(state="CANCELLED"), name="one_card_in_use")
        ]
        indexes = [models.Index(fields=["state", "state_on"])]
