"""Duties, year plans, tasks and meetings."""

from yushui.plans.models.duties import DutyActivity, DutyKind
from yushui.plans.models.meetings import AgendaItem, Decision, DecisionHelper, Invitee, Meeting, MeetingEvidence
from yushui.plans.models.tasks import Plan, Task, TaskEvidence, TaskHelper, TaskStep

__all__ = [
    "AgendaItem", "Decision", "DecisionHelper", "DutyActivity", "DutyKind", "Invitee", "Meeting", "MeetingEvidence",
    "Plan", "Task", "TaskEvidence", "TaskHelper", "TaskStep",
]  # fmt: skip
