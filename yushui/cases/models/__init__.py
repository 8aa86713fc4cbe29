"""Kinds of cases, cases with what happened to them, 实事 projects, statements."""

from yushui.cases.models.cases import Case, CaseAid, CaseEvidence, CasePaper, CaseStep, Reception
from yushui.cases.models.kinds import CaseKind, KindChoice, KindOutcome, KindPaper, KindReason, KindStep, StatementKind
from yushui.cases.models.needs import Project, ProjectEvidence, Statement

__all__ = [
    "Case", "CaseAid", "CaseEvidence", "CaseKind", "CasePaper", "CaseStep", "KindChoice", "KindOutcome", "KindPaper",
    "KindReason", "KindStep", "Project", "ProjectEvidence", "Reception", "Statement", "StatementKind",
]  # fmt: skip
