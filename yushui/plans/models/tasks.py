"""Year plans, their tasks, what happened to a task, and its evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.activities.models import ActivityKind
from yushui.base.evidence import Evidence
from yushui.base.revisions import Revised
from yushui.places.models import Area, Unit
from yushui.plans.models.duties import DutyKind
from yushui.plans.types import tasks as types


class Plan(models.Model):
    """A year plan (年度计划) of an area. Its tasks are its content."""

    title = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    note = models.CharField(max_length=500, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    client_key = models.CharField(max_length=36)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_plan_per_key"),
            models.UniqueConstraint(fields=["area", "year", "title"], name="plan_titled_once"),
        ]
        indexes = [models.Index(fields=["year", "area"])]

    def __str__(self) -> str:
        return self.title


class Task(Revised):
    """Something to do: an item of a plan, what a meeting decided, what a need asks for, or a part of another task.

    `area` is where it is done (it decides who sees it), `desk_code` the area of the office that set it and judges it.
    `source` names the row it came from, e.g. `plans.decision:7`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="tasks")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    desk_code = models.CharField(max_length=12)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="tasks")
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)  # none: whole year, or not fixed yet
    anchor = models.CharField(max_length=20, choices=list(types.ANCHOR_NAMES.items()), blank=True)
    weight = models.CharField(max_length=10, choices=list(types.WEIGHT_NAMES.items()), default="ORDINARY")
    duty = models.ForeignKey(DutyKind, on_delete=models.PROTECT, null=True, related_name="tasks")
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=list(types.STATE_NAMES.items()), default="OPEN")
    score = models.PositiveSmallIntegerField(null=True)
    score_words = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True)
    client_key = models.CharField(max_length=36)
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    added_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="one_task_per_key"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")), name="task_span_forward"
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(1, 5)), name="task_score_1_to_5"),
            models.CheckConstraint(
                condition=Q(state__in=("DONE", "DROPPED"), closed_on__isnull=False)
                | Q(state__in=types.OPEN_STATES, closed_on=None),
                name="task_closed_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "due_on"]),
            models.Index(fields=["due_on", "id"]),
            models.Index(fields=["due_on", "id"], condition=Q(closed_on=None), name="task_still_open"),
            models.Index(fields=["owner", "due_on"]),
            models.Index(fields=["plan", "due_on"]),
            models.Index(fields=["source"]),
            models.Index(fields=["kind", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.title


class TaskHelper(models.Model):
    """A unit that helps (配合单位)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="helpers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="helper_once")]
        indexes = [models.Index(fields=["unit", "task"])]


class TaskStep(models.Model):
    """What happened to a task: never edited, never deleted. `was_due` and `now_due` when its day was moved."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=list(types.STEP_NAMES.items()))
    words = models.CharField(max_length=500, blank=True)
    was_due = models.DateField(null=True)
    now_due = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=40, blank=True)
    unit_name = models.CharField(max_length=80, blank=True)
    client_key = models.CharField(max_length=36, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client_key"], name="one_step_per_key")]
        indexes = [models.Index(fields=["task", "id"])]


class TaskEvidence(Evidence):
    """A photo, scan, paper or link that shows how a task was done."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        indexes = [models.Index(fields=["task", "id"])]
