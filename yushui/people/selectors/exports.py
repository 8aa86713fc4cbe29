"""Reading requests to take lists with whole numbers out of the house."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.refusals import NotFound
from yushui.people.models import ExportRequest, ExportState
from yushui.people.permissions import visible_exports


def list_exports(*, actor: User, waiting: bool = False) -> QuerySet[ExportRequest]:
    """Requests the actor may see, newest first; with `waiting` those still to be decided."""
    rows = visible_exports(actor)
    return rows.filter(state=ExportState.ASKED) if waiting else rows


def get_export(*, actor: User, export_id: int) -> ExportRequest:
    """One request the actor may see; NotFound otherwise."""
    found = visible_exports(actor).filter(pk=export_id).first()
    if found is None:
        raise NotFound
    return found


def count_waiting(*, actor: User) -> int:
    """How many requests wait for the actor to decide; own ones are for somebody else."""
    if not may(actor, "people.approve_export"):
        return 0
    return list_exports(actor=actor, waiting=True).exclude(asked_by=actor.pk).count()
