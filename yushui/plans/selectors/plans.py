"""Year plans as an actor may see them."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.refusals import NotFound
from yushui.plans.models import Plan


def get_plan(*, actor: User, plan_id: int) -> Plan:
    """One plan of the actor's area; NotFound otherwise."""
    need(actor, "plans.view")
    found = in_scope(Plan.objects.select_related("area"), actor, "area_id").filter(pk=plan_id).first()
    if found is None:
        raise NotFound
    return found
