"""Duties as data: what someone must do in a rhythm, and which kinds of activities fulfil it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.activities.models import ActivityKind
from yushui.base.kinds import Kind
from yushui.plans.types import duties as types


class DutyKind(Kind):
    """A duty (职责): from catalogue/duties.yaml with its source, or added by a county.

    `times` is how many activities, papers or contacts a person, or for AMOUNT how much of the activities' number
    (课时), each period asks for. Papers fulfil it that are marked with its code (places.PaperProof).
    """

    owes = models.CharField(max_length=10, choices=list(types.OWER_NAMES.items()))
    rhythm = models.CharField(max_length=10, choices=list(types.RHYTHM_NAMES.items()))
    times = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=10)
    by = models.CharField(max_length=10, choices=list(types.BY_NAMES.items()))
    reach = models.CharField(max_length=6, choices=list(types.REACH_NAMES.items()), default="OWN")
    persons = models.CharField(max_length=10, choices=list(types.PERSON_NAMES.items()), blank=True, default="")
    starts_on = models.DateField(null=True)  # nothing is asked before
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(times__gte=1), name="duty_asks_for_something"),
            models.CheckConstraint(condition=~Q(by="CONTACT") | ~Q(persons=""), name="contact_names_persons"),
        ]
        indexes = [models.Index(fields=["area_code", "owes", "place"])]


class DutyActivity(models.Model):
    """A kind of activity that fulfils a duty."""

    duty = models.ForeignKey(DutyKind, on_delete=models.PROTECT, related_name="fulfilled_by")
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "kind"], name="kind_once_for_duty")]
        indexes = [models.Index(fields=["kind", "duty"])]
