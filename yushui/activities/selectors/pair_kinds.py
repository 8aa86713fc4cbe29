"""Kinds of pairs of people as those see them who look after kinds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import PairKind
from yushui.base.area_codes import ancestors_of, code_range
from yushui.base.refusals import NotFound


def pair_kinds_in_reach(actor: User) -> QuerySet[PairKind]:
    """Kinds that pairs of the actor's area may have, retired ones and those of areas below included."""
    low, high = code_range(actor.area_code)
    reach = Q(area_code__in=["", *ancestors_of(actor.area_code)]) | Q(area_code__gte=low, area_code__lt=high)
    return PairKind.objects.filter(reach).order_by("place", "code")


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
    return [PairKindRow(kind, kind.n, low <= kind.area_code < high) for kind in rows]


def get_own_pair_kind(*, actor: User, code: str) -> PairKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "activities.set_kind")
    low, high = code_range(actor.area_code)
    kind = PairKind.objects.filter(pk=code, area_code__gte=low, area_code__lt=high).first()
    if kind is None:
        raise NotFound
    return kind
