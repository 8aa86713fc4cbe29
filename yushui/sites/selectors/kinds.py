"""Kinds of sites as an actor may choose them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.base.area_codes import code_range
from yushui.base.kinds import kinds_for, reachable_kinds
from yushui.base.refusals import NotFound
from yushui.sites.models import Site, SiteKind, SiteKindNumber
from yushui.sites.rules.places import Number


def list_kinds(*, actor: User) -> list[SiteKind]:
    """The kinds in use in the actor's area."""
    return list(kinds_for(SiteKind, actor.area_code))


def kinds_in_reach(actor: User) -> QuerySet[SiteKind]:
    """Kinds that sites of the actor's area may have, retired ones and those of areas below included."""
    return reachable_kinds(SiteKind, actor.area_code)


def of_groups(rows: QuerySet[Site], groups: Iterable[str]) -> QuerySet[Site]:
    """Sites of some groups. The kinds are few and asked for first, so that the index by kind serves."""
    return rows.filter(kind__in=list(SiteKind.objects.filter(group__in=list(groups)).values_list("pk", flat=True)))


def numbers_by_kind(kinds: Iterable[str]) -> dict[str, list[Number]]:
    """The numbers of some kinds, in their order."""
    found: dict[str, list[Number]] = {}
    rows = SiteKindNumber.objects.filter(kind__in=set(kinds), retired=False).order_by("kind", "place", "key")
    for row in rows:
        found.setdefault(row.kind_id, []).append(Number(row.key, row.name, row.unit, row.monthly))
    return found


def own_site_kinds() -> list[tuple[SiteKind, list[Number]]]:
    """Every kind that an area added with its numbers, retired ones too. For figures, which judge the right to an area
    themselves."""
    kinds = list(SiteKind.objects.exclude(area_code="").order_by("place", "code"))
    numbers = numbers_by_kind(kind.pk for kind in kinds)
    return [(kind, numbers.get(kind.pk, [])) for kind in kinds]


def get_own_kind(*, actor: User, code: str) -> SiteKind:
    """A kind that the actor's area added; NotFound for others, the catalogue's included."""
    need(actor, "sites.set_kind")
    low, high = code_range(actor.area_code)
    kind = SiteKind.objects.filter(pk=code, area_code__gte=low, area_code__lt=high).first()
    if kind is None:
        raise NotFound
    return kind


def has_sites(kind: SiteKind) -> bool:
    """Whether any site is of this kind."""
    return Site.objects.filter(kind=kind).exists()
