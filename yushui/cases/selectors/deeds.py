"""The money and the papers of 实事 projects: what was spent on each stands in the funds ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, CharField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.refusals import NotFound
from yushui.cases.models import Project, ProjectEvidence
from yushui.cases.selectors.needs import get_deed
from yushui.funds.models import Entry
from yushui.funds.selectors.money import entries_of_origin

ORIGIN = "cases.project:"  # how the ledger names a project, before its number


def origin_of(project: Project) -> str:
    """The text key of a project."""
    return f"{ORIGIN}{project.pk}"


def with_spent(rows: QuerySet[Project]) -> QuerySet[Any]:
    """Each with `cost_fen`: what the ledger spent on it, net of reversals; without entries what was stated by hand."""
    key = Concat(Value(ORIGIN), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    spent = Entry.objects.filter(origin=key, side="OUT").order_by().values("origin").annotate(total=Sum("fen"))
    ledger = Subquery(spent.values("total"), output_field=BigIntegerField())
    cost = Coalesce(Value(0) - ledger, F("spent_fen"), output_field=BigIntegerField())
    known: QuerySet[Any] = rows.annotate(cost_fen=cost)
    return known


def cost_of(project: Project) -> int | None:
    """What it cost so far."""
    found: int | None = with_spent(Project.objects.filter(pk=project.pk)).get().cost_fen
    return found


def entries_of(*, actor: User, project: Project) -> list[Entry]:
    """The entries of the ledger for a project, for who may see money."""
    return entries_of_origin(actor=actor, origin=origin_of(project)) if may(actor, "funds.view_money") else []


def has_entries(project: Project) -> bool:
    """Whether the ledger spent on it."""
    return Entry.objects.filter(origin=origin_of(project)).exists()


def papers_of(project: Project) -> Sequence[ProjectEvidence]:
    """Its papers of acceptance, in the order they came."""
    return list(project.evidence.filter(withdrawn_at=None).select_related("file").order_by("id"))


def get_deed_file(*, actor: User, evidence_id: int) -> ProjectEvidence:
    """One paper of a project in the actor's area; NotFound otherwise."""
    found = ProjectEvidence.objects.select_related("file").filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    get_deed(actor=actor, deed_id=found.project_id)
    return found
