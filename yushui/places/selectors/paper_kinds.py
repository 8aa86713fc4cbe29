"""Kinds of papers as an actor may see and change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.kinds import get_added_in, is_added_in, reachable_kinds
from yushui.places.models import Paper, PaperKind
from yushui.places.permissions import check_view_places
from yushui.places.types import PaperKindDraft


@dataclass(frozen=True)
class PaperKindLine:
    """A kind with how many papers of the actor's area are in force."""

    kind: PaperKind
    own: bool
    count: int


def paper_kinds_in_reach(actor: User) -> QuerySet[PaperKind]:
    """Kinds of the catalogue, of areas above and of those inside the actor's area, retired ones too."""
    check_view_places(actor)
    return reachable_kinds(PaperKind, actor.area_code)


def list_paper_kind_lines(*, actor: User, on: date) -> list[PaperKindLine]:
    """All kinds in reach with their papers in force."""
    rows = Paper.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), withdrawn_at=None)
    counted = in_scope(rows, actor, "area_id").values_list("kind").annotate(papers=Count("pk"))
    counts = dict(counted.values_list("kind", "papers"))
    return [
        PaperKindLine(kind, is_added_in(actor.area_code, kind), counts.get(kind.pk, 0))
        for kind in paper_kinds_in_reach(actor)
    ]


def get_own_paper_kind(*, actor: User, code: str) -> PaperKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "places.set_kind")
    return get_added_in(actor.area_code, PaperKind, code)


def paper_kind_as_typed(*, actor: User, code: str) -> PaperKindDraft:
    """An own kind as its form would have it."""
    kind = get_own_paper_kind(actor=actor, code=code)
    return PaperKindDraft(kind.name, kind.inclusion, kind.proves)
