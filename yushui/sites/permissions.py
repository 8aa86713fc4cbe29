"""Who may see, record and check sites. Nothing of a garrison is a site."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need, need_area, need_to_act
from yushui.sites.models import Site


def visible_sites(actor: User) -> QuerySet[Site]:
    """Sites in the actor's area."""
    need(actor, "sites.view")
    return in_scope(Site.objects.all(), actor, "area_id")


def standing_sites(actor: User, on: date) -> QuerySet[Site]:
    """Those that stand on a day: not closed by then."""
    return visible_sites(actor).filter(Q(ends_on=None) | Q(ends_on__gt=on))


def check_record(actor: User, area_code: str) -> None:
    """Adding and changing sites in an area of one's own."""
    need_to_act(actor, "sites.record", "登记阵地和门店")
    need_area(actor, area_code)


def check_check(actor: User) -> None:
    """Upkeep checks, mending, monthly numbers."""
    need_to_act(actor, "sites.check", "登记检查")
