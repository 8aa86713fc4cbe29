"""Who sees, proposes and confirms merges. Both entries must lie in the actor's area."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need, need_to_act
from yushui.merging.models import Merge


def visible_merges(actor: User) -> QuerySet[Merge]:
    """Merges whose both entries lay in the actor's area."""
    need(actor, "merging.view")
    return in_scope(in_scope(Merge.objects.all(), actor, "kept_code"), actor, "dropped_code")


def check_propose(actor: User) -> None:
    """Asking that two entries become one."""
    need_to_act(actor, "merging.propose", "提出并档")


def check_decide(actor: User) -> None:
    """Confirming what another asked for, and taking a merge back."""
    need_to_act(actor, "merging.decide", "确认并档")
