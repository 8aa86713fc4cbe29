"""Codes and words of duties, plans, tasks and meetings, and drafts as typed; by noun."""

from yushui.plans.types.duties import DutyDraft, Part, Standing
from yushui.plans.types.meetings import DecisionDraft, HeldDraft, MeetingDraft
from yushui.plans.types.tasks import PlanDraft, State, Step, TaskDraft

__all__ = [
    "DecisionDraft", "DutyDraft", "HeldDraft", "MeetingDraft", "Part", "PlanDraft", "Standing", "State", "Step",
    "TaskDraft",
]  # fmt: skip
