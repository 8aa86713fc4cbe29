"""Who may see figures, and of which area."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need, need_area


def check_view_figures(actor: User, area_code: str) -> None:
    """Figures of an area inside the actor's own; NotFound otherwise."""
    need(actor, "indicators.view")
    need_area(actor, area_code)


def may_see_names(actor: User) -> bool:
    """Whether the rows page shows full names and leads to the person's file; otherwise names are masked."""
    return may(actor, "people.view")
