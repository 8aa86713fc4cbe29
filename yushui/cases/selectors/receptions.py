"""Receptions by leaders: who may be appointed, and what waits for the one appointed."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.accounts.types import Role
from yushui.base.area_codes import ancestors_of
from yushui.cases.models import Case, Reception

HOSTS = (Role.LEADER, Role.APPROVER)


def leaders_for(*, case: Case) -> list[User]:
    """Leaders with an account whose area holds the place of a case, those of the county first."""
    codes = [*ancestors_of(case.area_id), case.area_id]
    rows = User.objects.filter(is_active=True, area_code__in=codes, held_roles__role__in=HOSTS).distinct()
    return list(rows.order_by("area_code", "full_name"))


def receptions_waiting(*, actor: User) -> tuple[int, date | None, int | None]:
    """How many receptions the actor is appointed to and has not held, the day of the next, and its case."""
    if not may(actor, "cases.act"):
        return 0, None, None
    rows = Reception.objects.filter(host_user=actor.pk, held_on=None, dropped_reason="").order_by("planned_on", "id")
    found = list(rows.values_list("planned_on", "case")[:100])
    return (len(found), *found[0]) if found else (0, None, None)
