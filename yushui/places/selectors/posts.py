"""Reading posts: who holds or held which, everything that one person holds, the accounts of holders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.refusals import NotFound
from yushui.places.models import Post
from yushui.places.permissions import check_view_places
from yushui.places.rules.posts import rank_of

Dated = TypeVar("Dated", bound=Model)


def holding_on(rows: QuerySet[Dated], on: date) -> QuerySet[Dated]:
    """Rows of a span [starts_on, ends_on) that hold on a day."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def list_posts(*, actor: User, unit_ids: Iterable[int] | None = None, on: date | None = None) -> QuerySet[Post]:
    """Who holds or held which post, in units of the actor's area; with `on`, the holders of that day."""
    check_view_places(actor)
    rows = in_scope(Post.objects.select_related("unit"), actor, "unit__area_id")
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    if on:
        rows = holding_on(rows, on)
    return rows.order_by("unit_id", "starts_on", "id")


def get_post(*, actor: User, post_id: int, to_change: bool = False) -> Post:
    """One post in a unit of the actor's area, locked when it is to change; NotFound otherwise."""
    rows = list_posts(actor=actor)
    post = (rows.select_for_update(of=("self",)) if to_change else rows).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post


def posts_held_by(*, actor: User, name: str, on: date) -> list[Post]:
    """Everything that people of that name hold on a day in the actor's area; one transfer may touch many groups."""
    rows = list_posts(actor=actor, on=on).filter(holder_name=name.strip(), ends_on=None)
    return list(rows.order_by("unit__area_id", "unit_id", "id")[:100])


def may_be_several(posts: Iterable[Post]) -> bool:
    """Whether posts held under one name seem to be those of different people: what they are elsewhere differs."""
    return len({post.office for post in posts if post.office}) > 1


def in_rank(posts: Iterable[Post]) -> list[Post]:
    """Posts in the order of a leading group's paper."""
    return sorted(posts, key=lambda post: (rank_of(post.title), post.starts_on, post.pk))


def accounts_of(*, actor: User, names: Iterable[str]) -> list[User]:
    """Accounts in the actor's area that bear one of these names: whom a post may be tied to."""
    check_view_places(actor)
    rows = in_scope(User.objects.filter(is_active=True, full_name__in=set(names)), actor, "area_code")
    return list(rows.order_by("full_name", "area_code", "id")[:100])
