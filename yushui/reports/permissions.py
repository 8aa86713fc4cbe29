"""Who may read and write reports, and of which area."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import need, need_area, need_to_act


def check_view_reports(actor: User, area_code: str) -> None:
    """Reports of an area inside the actor's own; NotFound otherwise."""
    need(actor, "reports.view")
    need_area(actor, area_code)


def check_write_report(actor: User, area_code: str) -> None:
    """Writing, adding to and filing a report of an area; a refusal names who may."""
    check_view_reports(actor, area_code)
    need_to_act(actor, "reports.write", "起草和定稿汇报")
