"""Kinds of pairs of people as those see them who look after kinds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import PairKind
from yushui.base.area_codes import code_range
from yushui.base.kinds import get_added_in, is_added_in, reachable_kinds


def pair_kinds_in_reach(actor: User) -> QuerySet[PairKind]:
    """Kinds that pairs of the actor's area may have, retired ones and those of areas below included."""
    return reachable_kinds(PairKind, actor.area_code)


@dataclass(frozen=True)
class PairKindRow:
    """A line of the page of kinds."""

    kind: PairKind
    count: int
    own: bool


def list_pair_kind_rows(*, actor: User) -> list[PairKindRow]:
    """Every kind with how many pairs it has in the actor's area."""
    need(actor, "activities.set_kind")
    low, high = code_range(actor.area_code)
    own = Q(personpair__area_id__gte=low, personpair__area_id__lt=high)
    rows = pair_kinds_in_reach(actor).annotate(n=Count("personpair", own))
    return [PairKindRow(kind, kind.n, is_added_in(actor.area_code, kind)) for kind in rows]


def get_own_pair_kind(*, actor: User, code: str) -> PairKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "activities.set_kind")
    return get_added_in(actor.area_code, PairKind, code)
