"""Kinds of honours as an actor may choose them."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.base.area_codes import code_range
from yushui.base.kinds import kinds_for
from yushui.base.refusals import NotFound
from yushui.honours.models import HonourKind
from yushui.honours.rules.news import Grade


def list_kinds(*, actor: User, group: str) -> list[HonourKind]:
    """The kinds of a group in use in the actor's area."""
    return list(kinds_for(HonourKind, actor.area_code).filter(group=group))


def grades(*, actor: User) -> dict[str, Grade]:
    """Kinds of merit as the rule needs them."""
    return {k.code: Grade(k.code, k.name, k.deliverers, k.days) for k in list_kinds(actor=actor, group="MERIT")}


def list_all_kinds(*, actor: User) -> list[HonourKind]:
    """Every kind the actor's area uses or added, retired ones too."""
    need(actor, "honours.set_kind")
    low, high = code_range(actor.area_code)
    rows = HonourKind.objects.filter(area_code__gte=low, area_code__lt=high) | kinds_for(HonourKind, actor.area_code)
    return list(rows.order_by("group", "place", "code"))


def get_own_kind(*, actor: User, code: str) -> HonourKind:
    """A kind that the actor's area added; NotFound for others, the catalogue's included."""
    need(actor, "honours.set_kind")
    low, high = code_range(actor.area_code)
    kind = HonourKind.objects.filter(pk=code, area_code__gte=low, area_code__lt=high).first()
    if kind is None:
        raise NotFound
    return kind
