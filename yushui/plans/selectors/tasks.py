"""Tasks as an actor may see them."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.refusals import NotFound
from yushui.plans.models import Task


def get_task(*, actor: User, task_id: int) -> Task:
    """One task of the actor's area, or one set by the actor's office; NotFound otherwise."""
    need(actor, "plans.view")
    rows = Task.objects.select_related("plan", "parent", "area", "owner__area", "duty", "kind")
    found = in_scope(rows, actor, "area_id").filter(pk=task_id).first()
    if found is None:
        raise NotFound
    return found


def tasks_of_source(*, actor: User, source: str) -> list[Task]:
    """The tasks that came from one row, e.g. `plans.decision:7`, in the order they were added."""
    need(actor, "plans.view")
    rows = Task.objects.select_related("owner", "area").filter(source=source)
    return list(in_scope(rows, actor, "area_id").order_by("id")) if source else []
