"""Who may see and record honours. Those who may not see people's names see the board only."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need, need_to_act
from yushui.honours.models import Card, GoodNews, Plaque


def visible_plaques(actor: User) -> QuerySet[Plaque]:
    """Plaques of households in the actor's area."""
    need(actor, "honours.view")
    return in_scope(Plaque.objects.all(), actor, "household__area_id")


def visible_cards(actor: User) -> QuerySet[Card]:
    """Cards of people in the actor's area."""
    need(actor, "honours.view")
    return in_scope(Card.objects.all(), actor, "person__area_id")


def visible_news(actor: User) -> QuerySet[GoodNews]:
    """喜报 that go to homes in the actor's area."""
    need(actor, "honours.view")
    return in_scope(GoodNews.objects.all(), actor, "area_id")


def check_record(actor: User) -> None:
    """Plaques, cards and the register of good news."""
    need_to_act(actor, "honours.record", "登记荣誉")


def check_deliver(actor: User) -> None:
    """Taking good news to the door."""
    need_to_act(actor, "honours.deliver", "登记喜报送达")


def check_select(actor: User) -> None:
    """Calling for and deciding selections, and honours of units."""
    need_to_act(actor, "honours.select", "组织评选")


def check_nominate(actor: User) -> None:
    """Nominating someone."""
    need_to_act(actor, "honours.record", "推荐人选")
