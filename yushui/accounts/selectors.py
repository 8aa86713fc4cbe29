"""Reading users. Only administrators list them, within their own area."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound


def need_manager(actor: User) -> None:
    """The pages about users exist for administrators only."""
    need(actor, "accounts.manage")


def list_users(*, actor: User, words: str = "", role: str = "", active: str = "") -> QuerySet[User]:
    """Users in the actor's area; `words` matches name, login name or unit; `active` is yes, no or nothing."""
    need(actor, "accounts.manage")
    users = in_scope(User.objects.prefetch_related("held_roles"), actor, "area_code").order_by("area_code", "id")
    if words:
        users = users.filter(
            Q(full_name__icontains=words) | Q(username__icontains=words) | Q(unit_name__icontains=words)
        )
    if role:
        users = users.filter(held_roles__role=role)
    if active:
        users = users.filter(is_active=active == "yes")
    return users


def get_user(*, actor: User, user_id: int) -> User:
    """One user of the actor's area."""
    need(actor, "accounts.manage")
    user = in_scope(User.objects.all(), actor, "area_code").filter(pk=user_id).first()
    if user is None:
        raise NotFound
    return user


def count_administrators(*, besides: User) -> int:
    """How many others could still manage users if this one could not."""
    rows = User.objects.filter(is_active=True, held_roles__role=Role.ADMINISTRATOR).exclude(pk=besides.pk)
    return rows.distinct().count()
