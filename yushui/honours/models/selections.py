"""Honours of units, and selections (评选) from the call to the list."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.revisions import Revised
from yushui.honours import types
from yushui.honours.models.kinds import HonourKind
from yushui.places.models import Area, Unit


class UnitHonour(models.Model):
    """An honour given to a unit or to the county itself (`unit` none)."""

    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="honours")
    title = models.CharField(max_length=120)
    issuer = models.CharField(max_length=80)
    on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "on"]), models.Index(fields=["on", "id"])]


class Selection(Revised):
    """A selection: call, nominations until the end of a day, judged by score or vote, shown to the public for so many
    working days, then the list."""

    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    title = models.CharField(max_length=80)
    host = models.CharField(max_length=120)
    called_on = models.DateField()
    ends_on = models.DateField()  # the first day on which no one can be nominated any more
    way = models.CharField(max_length=5, choices=list(types.WAYS.items()))
    seats = models.PositiveSmallIntegerField()
    public_days = models.PositiveSmallIntegerField()
    conditions = models.CharField(max_length=500, blank=True)
    stage = models.CharField(max_length=8, choices=list(types.STAGES.items()), default="CALL")
    public_on = models.DateField(null=True)
    public_ends_on = models.DateField(null=True)  # the first day after the publicity
    decided_on = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)  # of the paper
    closed_reason = models.CharField(max_length=120, blank=True)
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("called_on")), name="selection_span_forward"),
            models.CheckConstraint(
                condition=Q(public_on=None) | Q(public_ends_on__gt=F("public_on")), name="publicity_forward"
            ),
        ]
        indexes = [models.Index(fields=["area", "called_on"]), models.Index(fields=["called_on", "id"])]


class Nominee(models.Model):
    """Someone nominated; `result` is the score in hundredths, or the votes."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="nominees")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    nominator = models.CharField(max_length=80)
    deeds = models.CharField(max_length=500, blank=True)
    result = models.PositiveIntegerField(null=True)
    chosen = models.BooleanField(default=False)
    dropped_reason = models.CharField(max_length=120, blank=True)  # withdrawn, or an objection that held
    client_key = models.CharField(max_length=36, null=True, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    recorded_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "area", "name"], condition=Q(dropped_reason=""), name="nominated_once"
            )
        ]
