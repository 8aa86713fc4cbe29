"""Codes and words of cases, their kinds, needs and statements; drafts as typed."""

from yushui.cases.types.cases import ActDraft, AidDraft, CaseDraft, PastCase
from yushui.cases.types.kinds import CaseKindDraft, StepDraft

__all__ = ["ActDraft", "AidDraft", "CaseDraft", "CaseKindDraft", "PastCase", "StepDraft"]
