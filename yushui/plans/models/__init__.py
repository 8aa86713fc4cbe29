"""Duties, year plans, tasks and meetings."""

from yushui.plans.models.duties import DutyActivity, DutyKind
from yushui.plans.models.tasks import Plan, Task, TaskEvidence, TaskHelper, TaskStep

__all__ = ["DutyActivity", "DutyKind", "Plan", "Task", "TaskEvidence", "TaskHelper", "TaskStep"]
