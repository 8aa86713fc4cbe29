"""Verbs of posts: giving one, ending one, and changing many at once after a transfer of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.places.models import Post, PostChange, Unit
from yushui.places.permissions import check_change_places
from yushui.places.rules.units import PostFacts, read_post, read_transfer
from yushui.places.selectors.units import get_unit
from yushui.places.types import PostDraft, PostMove, TransferDraft


@transaction.atomic
def appoint(*, actor: User, unit_id: int, draft: PostDraft, at: datetime, user_id: int | None = None) -> Post:
    """Give someone a post (职务) in a unit from a day on. One person holds the same post of a unit once at a time."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    facts = read_post(draft, problems)
    if facts is not None:
        problems += problems_of_post(unit, facts)
    if facts is None or problems:
        raise Refused(*problems)
    post = open_post(unit, facts, user_id=user_id)
    audit.record(
        actor=actor, action="places.post.appointed", subject=unit, area_code=unit.area_id, at=at,
        title=post.title, holder=post.holder_name, starts_on=post.starts_on,
    )  # fmt: skip
    return post


def problems_of_post(unit: Unit, facts: PostFacts) -> list[Problem]:
    """Held already in those days, or the unit does not stand then."""
    problems = []
    held = Post.objects.filter(unit=unit, title=facts.title, holder_name=facts.holder_name)
    if held.filter(ends_on=None).exists() or held.filter(ends_on__gt=facts.starts_on).exists():
        problems.append(Problem(f"{facts.holder_name}在 {facts.starts_on} 已任{facts.title}", where="姓名"))
    if unit.ends_on and facts.starts_on >= unit.ends_on:
        problems.append(Problem(f"{unit.name}已于 {unit.ends_on} 撤销", where="任职日期"))
    return problems


def open_post(unit: Unit, facts: PostFacts, *, change: PostChange | None = None, user_id: int | None = None) -> Post:
    """The row of a post."""
    return Post.objects.create(
        unit=unit, title=facts.title, holder_name=facts.holder_name, office=facts.office, starts_on=facts.starts_on,
        opened_by=change, user_id=user_id,
    )  # fmt: skip


@transaction.atomic
def end_post(*, actor: User, post_id: int, ends_on: date, reason: str, at: datetime) -> Post:
    """End a post; `ends_on` is the first day it is no longer held."""
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound
    unit = get_unit(actor=actor, unit_id=post.unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    why = read_line(reason, "原因", problems, longest=120)
    problems += problems_of_leaving(post, ends_on)
    if problems:
        raise Refused(*problems)
    post.ends_on, post.reason = ends_on, why
    post.save(update_fields=["ends_on", "reason"])
    audit.record(
        actor=actor, action="places.post.ended", subject=unit, area_code=unit.area_id, at=at,
        title=post.title, holder=post.holder_name, ends_on=ends_on, reason=why,
    )  # fmt: skip
    return post


def problems_of_leaving(post: Post, on: date) -> list[Problem]:
    """Left already, or leaving before having come."""
    if post.ends_on:
        return [Problem(f"{post.holder_name}已于 {post.ends_on} 卸任{post.title}", where=post.holder_name)]
    if on <= post.starts_on:
        step = f"{post.holder_name} {post.starts_on} 才任{post.title}"
        return [Problem("卸任日期应晚于任职日期", where=post.holder_name, next_step=step)]
    return []


@transaction.atomic
def transfer_posts(*, actor: User, draft: TransferDraft, at: datetime) -> PostChange:
    """One change after a transfer of people (人事调整): holders leave, successors step in, others come new, in one or
    several units, on one day, for one reason. All or nothing; the same form sent twice is one change.

    `draft.moves` name posts in the actor's area; `draft.additions` go to `draft.unit_id`.
    """
    known = PostChange.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    on, reason, number, added, problems = read_transfer(draft)
    posts = posts_of(actor, draft.moves)
    unit = get_unit(actor=actor, unit_id=draft.unit_id) if draft.unit_id is not None and added else None
    for each in {post.unit_id: post.unit for post in posts.values()} | ({unit.pk: unit} if unit else {}):
        check_change_places(actor, get_unit(actor=actor, unit_id=each).area_id)
    if on is not None:
        problems += problems_of_transfer(draft.moves, posts, unit, added, on)
    if problems or on is None:
        raise Refused(*problems)
    try:
        with transaction.atomic():
            change = PostChange.objects.create(
                on=on, reason=reason, number=number, client_key=draft.client_key.strip(), recorded_at=at,
                recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("这张表单已经用过", next_step="请重新打开这一页再填")) from error
    write_moves(change, draft.moves, posts)
    for facts in added if unit else ():
        open_post(unit, facts, change=change)  # type: ignore[arg-type]
    audit.record(
        actor=actor, action="places.posts.transferred", subject=change, area_code=actor.area_code, at=at,
        on=on, reason=reason, number=number,
        was=[f"{p.unit.name} {p.title} {p.holder_name}" for p in posts.values()],
        now=[m.to_name for m in draft.moves if m.to_name.strip()] + [f"{f.title} {f.holder_name}" for f in added],
    )  # fmt: skip
    return change


def posts_of(actor: User, moves: Sequence[PostMove]) -> dict[int, Post]:
    """The posts named, by id, if they lie in the actor's area; NotFound when one does not."""
    ids = {move.post_id for move in moves}
    found = {p.pk: p for p in Post.objects.select_for_update().filter(pk__in=ids)}
    if ids - set(found):
        raise NotFound
    units = {pk: get_unit(actor=actor, unit_id=pk) for pk in {p.unit_id for p in found.values()}}
    for post in found.values():
        post.unit = units[post.unit_id]
    return found


def problems_of_transfer(
    moves: Sequence[PostMove], posts: dict[int, Post], unit: Unit | None, added: Sequence[PostFacts], on: date
) -> list[Problem]:
    """Everything that stands against the change on that day."""
    problems = [problem for post in posts.values() for problem in problems_of_leaving(post, on)]
    for move in moves:
        post, name = posts[move.post_id], move.to_name.strip()
        if name and name == post.holder_name:
            problems.append(Problem("接任人就是离任人", where=f"{post.unit.name} {post.title}"))
        elif name:
            problems += problems_of_post(post.unit, PostFacts(post.title, name, "", on))
    if added and unit is None:
        problems.append(Problem("没有选择新增人员所在的领导小组"))
    elif unit is not None:
        problems += [problem for facts in added for problem in problems_of_post(unit, facts)]
    seen = [(facts.title, facts.holder_name) for facts in added]
    problems += [Problem(f"{name}写了两次", where=title) for title, name in set(seen) if seen.count((title, name)) > 1]
    return problems


def write_moves(change: PostChange, moves: Sequence[PostMove], posts: dict[int, Post]) -> None:
    """Close the posts and open those of the successors."""
    Post.objects.filter(pk__in=posts).update(ends_on=change.on, reason=change.reason, closed_by=change)
    for move in moves:
        if name := move.to_name.strip():
            post = posts[move.post_id]
            open_post(post.unit, PostFacts(post.title, name, move.to_office.strip(), change.on), change=change)
