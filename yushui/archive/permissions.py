"""Who may see boxes, fill them and take them out."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need, need_to_act
from yushui.archive.models import ArchiveExport, Box


def visible_boxes(actor: User) -> QuerySet[Box]:
    """Boxes of the actor's area."""
    need(actor, "archive.view")
    return in_scope(Box.objects.all(), actor, "area_id")


def visible_exports(actor: User) -> QuerySet[ArchiveExport]:
    """Requests the actor may see: the own ones, and for who decides or audits those of the own area."""
    need(actor, "archive.view")
    rows = ArchiveExport.objects.order_by("-asked_at", "-id")
    if may(actor, "people.approve_export") or may(actor, "audit.view"):
        return in_scope(rows, actor, "area_code")
    return rows.filter(asked_by=actor.pk)


def check_file(actor: User) -> None:
    """Opening boxes and filling them, asking to take one out."""
    need_to_act(actor, "archive.file", "整理档案")


def check_approve(actor: User) -> None:
    """Allowing someone else to take files out of the house."""
    need_to_act(actor, "people.approve_export", "审批档案导出")
