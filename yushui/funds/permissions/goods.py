"""Who may move goods."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need_area, need_to_act


def check_move_goods(actor: User, *area_codes: str) -> None:
    """Moving goods of stores in one's own area."""
    need_to_act(actor, "funds.move_goods", "管理慰问物资")
    for code in area_codes:
        need_area(actor, code)


def check_hand_over_goods(actor: User) -> None:
    """Handing over what a campaign took: whoever makes visits. The campaign itself was looked up by the caller."""
    need_to_act(actor, "activities.visit", "送出慰问物资")


def sees_receivers(actor: User) -> bool:
    """Whether names of people who were given something are shown in full."""
    return may(actor, "people.view")
