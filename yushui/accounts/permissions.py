"""The one door for rights and scope. Every selector and service of every package asks here."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from yushui.accounts.models import User
from yushui.accounts.types import RIGHTS, ROLE_NAMES, Role
from yushui.base.area_codes import code_range, lies_in
from yushui.base.refusals import NotFound, Problem, Refused

Row = TypeVar("Row", bound=Model)


def grants(roles: frozenset[Role], right: str) -> bool:
    """Whether roles hold a right. An unknown right is a fault in the code and raises KeyError."""
    return bool(RIGHTS[right] & roles)


def may(actor: User, right: str) -> bool:
    """Whether the actor holds a right."""
    return bool(actor.is_authenticated and actor.is_active and grants(actor.roles, right))


def need(actor: User, right: str) -> None:
    """Reading: who may not see gets NotFound, so a stranger cannot tell what exists."""
    if not may(actor, right):
        raise NotFound


def need_to_act(actor: User, right: str, what: str) -> None:
    """Acting on something the actor may see: a refusal that names who may."""
    if not may(actor, right):
        holders = "、".join(ROLE_NAMES[r] for r in sorted(RIGHTS[right]))
        raise Refused(Problem(f"您没有{what}的权限", next_step=f"请由{holders}办理"))


def in_scope(rows: QuerySet[Row], actor: User, column: str) -> QuerySet[Row]:
    """Only rows whose area code lies in the actor's area; a range on the index of `column`."""
    low, high = code_range(actor.area_code)
    return rows.filter(**{f"{column}__gte": low, f"{column}__lt": high})


def need_area(actor: User, code: str) -> None:
    """The area must lie in the actor's own."""
    if not lies_in(code, actor.area_code):
        raise NotFound
