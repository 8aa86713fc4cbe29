"""Who may use the pages for the phone: those who go to people."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import need

RIGHT = "activities.visit"


def check_use_phone(actor: User) -> None:
    """NotFound for whom the pages are not made."""
    need(actor, RIGHT)
