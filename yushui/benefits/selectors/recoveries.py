"""Reading recoveries and the values a place has entered."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import ancestors_of
from yushui.base.refusals import NotFound
from yushui.benefits.models import Hold, LocalValue, Recovery


def get_recovery(*, actor: User, recovery_id: int, lock: bool = False) -> Recovery:
    """A recovery of the actor's area."""
    need(actor, "benefits.view")
    rows = in_scope(Recovery.objects.filter(pk=recovery_id), actor, "area_code")
    recovery = (rows.select_for_update() if lock else rows).first()
    if recovery is None:
        raise NotFound
    return recovery


def list_recoveries(*, actor: User, closed: bool = False) -> QuerySet[Recovery]:
    """Open recoveries, the largest first; closed ones on request, the newest first."""
    need(actor, "benefits.view")
    rows = in_scope(Recovery.objects.select_related("person", "run"), actor, "area_code")
    if closed:
        return rows.exclude(closed_at=None).order_by("-closed_at", "id")
    return rows.filter(closed_at=None).order_by("-fen", "id")


def count_open_recoveries(*, actor: User) -> int:
    """How many recoveries are open; for the home page."""
    return list_recoveries(actor=actor).count()


def list_local_values(*, actor: User, with_past: bool = False) -> QuerySet[LocalValue]:
    """Values entered for the actor's area and those above it, the newest year first."""
    need(actor, "benefits.view")
    own = in_scope(LocalValue.objects.all(), actor, "area_code")
    rows = own | LocalValue.objects.filter(area_code__in=ancestors_of(actor.area_code))
    if not with_past:
        rows = rows.filter(superseded_at=None)
    return rows.order_by("area_code", "name", "-year", "-id")


def need_value_setter(actor: User) -> None:
    """Who may open the page that enters a value."""
    need(actor, "benefits.set_value")


def hold_of(person_id: int) -> Hold | None:
    """The hold in force on a person the actor has already fetched."""
    return Hold.objects.filter(person_id=person_id, released_at=None).first()
