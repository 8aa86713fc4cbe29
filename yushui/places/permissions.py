"""Who may see and change areas and units."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import need, need_area, need_to_act


def check_view_places(actor: User) -> None:
    """Every signed-in member of staff may read the list of areas and units."""
    need(actor, "places.view")


def check_change_places(actor: User, area_code: str) -> None:
    """Areas and units are kept by the county's desk officer or the administrator, inside their own area."""
    check_view_places(actor)
    need_area(actor, area_code)
    need_to_act(actor, "places.change", "维护区划和单位")
