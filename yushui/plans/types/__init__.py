"""Codes and words of duties, plans, tasks and meetings, and drafts as typed; by noun."""

from yushui.plans.types.duties import DutyDraft, Part, Standing
from yushui.plans.types.tasks import PlanDraft, State, Step, TaskDraft

__all__ = ["DutyDraft", "Part", "PlanDraft", "Standing", "State", "Step", "TaskDraft"]
