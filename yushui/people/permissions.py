"""Who may see and change people. Scope is the area code of the person."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need, need_area, need_to_act
from yushui.people.models import ExportRequest, Person


def visible_people(actor: User) -> QuerySet[Person]:
    """The people the actor may see: with people.view, in the own area; NotFound for who has no such right."""
    need(actor, "people.view")
    return in_scope(Person.objects.all(), actor, "area_id")


def check_see_area(actor: User, area_code: str) -> None:
    """Reading the register of a whole area."""
    need(actor, "people.view")
    need_area(actor, area_code)


def check_change_people(actor: User) -> None:
    """Entering and changing what the register says."""
    need_to_act(actor, "people.change", "修改人员信息")


def check_confirm_person(actor: User) -> None:
    """The yearly confirmation that an entitled person lives and still qualifies."""
    need_to_act(actor, "people.confirm", "办理年度确认")


def check_reveal_number(actor: User) -> None:
    """Seeing a full identity number, account or telephone number."""
    need_to_act(actor, "people.reveal_number", "查看完整号码")


def visible_exports(actor: User) -> QuerySet[ExportRequest]:
    """Requests the actor may see: the own ones, and for who decides or audits those of the own area."""
    need(actor, "people.view")
    rows = ExportRequest.objects.order_by("-asked_at", "-id")
    if may(actor, "people.approve_export") or may(actor, "audit.view"):
        return in_scope(rows, actor, "area_code")
    return rows.filter(asked_by=actor.pk)


def check_approve_export(actor: User) -> None:
    """Allowing someone else to take whole numbers out of the house."""
    need_to_act(actor, "people.approve_export", "审批导出")
