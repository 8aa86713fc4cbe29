"""Who may see, keep, spend and approve money."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need, need_area, need_to_act
from yushui.base.refusals import Problem, Refused
from yushui.funds.models import Application, CareProject, Donation, Entry, Fund


def visible_funds(actor: User) -> QuerySet[Fund]:
    """Funds of the actor's area."""
    need(actor, "funds.view_money")
    return in_scope(Fund.objects.all(), actor, "area_id")


def visible_entries(actor: User) -> QuerySet[Entry]:
    """Entries of funds of the actor's area."""
    need(actor, "funds.view_money")
    return in_scope(Entry.objects.all(), actor, "area_id")


def visible_donations(actor: User) -> QuerySet[Donation]:
    """Donations to funds of the actor's area."""
    need(actor, "funds.view_money")
    return in_scope(Donation.objects.all(), actor, "area_id")


def visible_projects(actor: User) -> QuerySet[CareProject]:
    """Projects of care funds of the actor's area."""
    need(actor, "funds.view_money")
    return in_scope(CareProject.objects.all(), actor, "area_id")


def visible_applications(actor: User) -> QuerySet[Application]:
    """Applications of people of the actor's area."""
    need(actor, "funds.view_money")
    return in_scope(Application.objects.all(), actor, "area_id")


def check_open_fund(actor: User, area_code: str) -> None:
    """Opening funds and projects for an area of one's own."""
    need_to_act(actor, "funds.open", "设立资金")
    need_area(actor, area_code)


def check_spend(actor: User) -> None:
    """Recording money in and out."""
    need_to_act(actor, "funds.spend", "登记收支")


def check_another(actor: User, maker_id: int | None, what: str) -> None:
    """Who decides is another person than who asked."""
    if maker_id == actor.pk:
        raise Refused(Problem(f"不能{what}自己经办的事项", next_step="请由另一位同事办理"))
