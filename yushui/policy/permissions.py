"""Who may look at the law, who may load it."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import need, need_to_act


def check_view_law(actor: User) -> None:
    """Reading the standards."""
    need(actor, "policy.view")


def check_load_law(actor: User | None) -> None:
    """Loading law files; the system itself may (installation, command line)."""
    if actor is not None:
        need_to_act(actor, "policy.load", "装入政策标准")
