"""Meetings from notice to what came of their decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yushui.activities.models import Activity, ActivityKind
from yushui.base.evidence import Evidence
from yushui.base.revisions import Revised
from yushui.places.models import Area, Post, Unit
from yushui.plans.models.tasks import Task
from yushui.plans.types import meetings as types


class Meeting(Revised):
    """A meeting: noticed, then held or cancelled. Once held it is an activity too (`activity`), by which duties and
    figures count it."""

    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    on = models.DateField()
    begins_at = models.TimeField(null=True)
    place = models.CharField(max_length=80, blank=True)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    chair = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=list(types.STATE_NAMES.items()), default="PLANNED")
    heads = models.PositiveIntegerField(null=True)
    minutes = models.TextField(blank=True)
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, null=True, related_name="meeting")
    cancel_reason = models.CharField(max_length=120, blank=True)
    client_key = models.CharField(max_length=36, unique=True)
    held_key = models.CharField(max_length=36, null=True, unique=True)
    planned_at = models.DateTimeField()
    planned_by = models.BigIntegerField(null=True)
    planned_name = models.CharField(max_length=40, blank=True)
    held_at = models.DateTimeField(null=True)
    held_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="HELD", activity__isnull=False) | (~Q(state="HELD") & Q(activity=None)),
                name="meeting_held_is_activity",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "on"]),
            models.Index(fields=["on", "id"]),
            models.Index(fields=["kind", "on"]),
            models.Index(fields=["on", "id"], condition=Q(state="PLANNED"), name="meeting_to_come"),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """An item of the agenda (议题)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="agenda_in_order")]


class Invitee(models.Model):
    """A unit, a holder of a post or a name that was asked to come, or came unasked (`is_extra`); once held, how it
    was there and who came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    presence = models.CharField(max_length=10, choices=list(types.PRESENCE_NAMES.items()), blank=True)
    came = models.CharField(max_length=40, blank=True)
    is_extra = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="invited_once")]
        indexes = [models.Index(fields=["unit", "meeting"])]


class Decision(models.Model):
    """What a meeting decided. Owner and day are those it was noted with; from when it is a task, the task tells."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, related_name="decision")
    client_key = models.CharField(max_length=36, unique=True)
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    added_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["meeting", "id"]),
            models.Index(fields=["meeting"], condition=Q(task=None, withdrawn_at=None), name="decision_without_task"),
        ]


class DecisionHelper(models.Model):
    """A unit that is to help with a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="helpers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="decision_helper_once")]


class MeetingEvidence(Evidence):
    """A photo, the signed list, a paper of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"])]
