"""Verbs of posts: giving one, ending one, tying it to an account, and changing many after a transfer of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_day, read_line
from yushui.places.models import ChangedUnit, Post, PostChange, Unit
from yushui.places.permissions import check_change_places
from yushui.places.rules.posts import PostFacts, read_posts, read_transfer
from yushui.places.selectors.posts import accounts_of, get_post
from yushui.places.selectors.units import get_unit
from yushui.places.types import PostDraft, PostMove, TransferDraft


def appoint(*, actor: User, unit_id: int, draft: PostDraft, at: datetime, user_id: int | None = None) -> Post:
    """Give someone a post (职务) in a unit from a day on; see appoint_all."""
    return appoint_all(actor=actor, unit_id=unit_id, draft=draft, at=at, user_id=user_id)[0]


@transaction.atomic
def appoint_all(*, actor: User, unit_id: int, draft: PostDraft, at: datetime, user_id: int | None = None) -> list[Post]:
    """Give one or several people a post (职务) in a unit from a day on. One person holds the same post of a unit once
    at a time. With `user_id` the post is tied to that account."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    found = read_posts(draft, problems)
    problems += [problem for facts in found for problem in problems_of_post(unit, facts)]
    if problems:
        raise Refused(*problems)
    posts = [open_post(unit, facts, user_id=user_id) for facts in found]
    for post in posts:
        audit.record(
            actor=actor, action="places.post.appointed", subject=unit, area_code=unit.area_id, at=at,
            title=post.title, holder=post.holder_name, starts_on=post.starts_on,
        )  # fmt: skip
    return posts


def problems_of_post(unit: Unit, facts: PostFacts) -> list[Problem]:
    """Held already in those days, or the unit does not stand then."""
    problems = []
    held = Post.objects.filter(unit=unit, title=facts.title, holder_name=facts.holder_name)
    if held.filter(ends_on=None).exists() or held.filter(ends_on__gt=facts.starts_on).exists():
        step = "同名的另一个人,请在姓名后注明,如“张伟(城关)”"
        what = f"{facts.holder_name}在 {facts.starts_on} 已任{facts.title}"
        problems.append(Problem(what, where=f"{unit.name} {facts.title}", next_step=step))
    if unit.ends_on and facts.starts_on >= unit.ends_on:
        problems.append(Problem(f"{unit.name}已于 {unit.ends_on} 撤销", where="任职日期"))
    if unit.starts_on and facts.starts_on < unit.starts_on:
        problems.append(Problem(f"{unit.name} {unit.starts_on} 才成立", where="任职日期"))
    return problems


def open_post(unit: Unit, facts: PostFacts, *, change: PostChange | None = None, user_id: int | None = None) -> Post:
    """The row of a post."""
    return Post.objects.create(
        unit=unit, title=facts.title, holder_name=facts.holder_name, office=facts.office, starts_on=facts.starts_on,
        opened_by=change, user_id=user_id,
    )  # fmt: skip


@transaction.atomic
def end_post(*, actor: User, post_id: int, ends_on: str, reason: str, at: datetime) -> Post:
    """End a post; `ends_on` as typed is the first day it is no longer held."""
    post = get_post(actor=actor, post_id=post_id, to_change=True)
    check_change_places(actor, post.unit.area_id)
    problems: list[Problem] = []
    day = read_day(ends_on, "卸任日期", problems)
    why = read_line(reason, "原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明卸任的原因", where="原因", next_step="例如:工作调动"))
    problems += problems_of_leaving(post, day) if day else []
    if problems or day is None:
        raise Refused(*problems)
    Post.objects.filter(pk=post.pk).update(ends_on=day, reason=why)
    audit.record(
        actor=actor, action="places.post.ended", subject=post.unit, area_code=post.unit.area_id, at=at,
        title=post.title, holder=post.holder_name, ends_on=day, reason=why,
    )  # fmt: skip
    post.ends_on, post.reason = day, why
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
def link_post(*, actor: User, post_id: int, user_id: int | None, at: datetime) -> Post:
    """Tie a post to the account of its holder, or (None) to none. The account bears the holder's name and works in the
    actor's area: with it come the unit's own tasks and papers."""
    post = get_post(actor=actor, post_id=post_id, to_change=True)
    check_change_places(actor, post.unit.area_id)
    if user_id is not None and user_id not in {user.pk for user in accounts_of(actor=actor, names=[post.holder_name])}:
        raise Refused(Problem("没有这个同名的账号", where=post.holder_name, next_step="请系统管理员核对账号的姓名"))
    was = post.user_id
    Post.objects.filter(pk=post.pk).update(user_id=user_id)
    post.user_id = user_id
    audit.record(
        actor=actor, action="places.post.linked", subject=post.unit, area_code=post.unit.area_id, at=at,
        title=post.title, holder=post.holder_name, was=was, now=user_id,
    )  # fmt: skip
    return post


@transaction.atomic
def transfer_posts(*, actor: User, draft: TransferDraft, at: datetime) -> PostChange:
    """One change after a transfer of people (人事调整): holders leave, successors step in, others come new, in one or
    several units, on one day, for one reason. All or nothing; the same form sent twice is one change.

    `draft.moves` name posts in the actor's area; `draft.additions` go to `draft.unit_id`.
    """
    known = PostChange.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, problems = read_transfer(draft, today=timezone.localtime(at).date())
    posts = posts_of(actor, draft.moves)
    unit = get_unit(actor=actor, unit_id=draft.unit_id) if draft.unit_id is not None else None
    for each in [*(post.unit for post in posts.values()), *([unit] if unit else [])]:
        check_change_places(actor, each.area_id)
    if draft.additions and unit is None:
        problems.append(Problem("没有选择新增人员所在的单位"))
    if facts is not None:
        problems += problems_of_transfer(draft.moves, posts, unit, facts.added, facts.on)
    if problems or facts is None:
        raise Refused(*problems)
    with once():
        change = PostChange.objects.create(
            on=facts.on, reason=facts.reason, number=facts.number, client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    write_change(change, draft.moves, posts, unit, facts.added)
    audit.record(
        actor=actor, action="places.posts.transferred", subject=change, area_code=actor.area_code, at=at,
        on=facts.on, reason=facts.reason, number=facts.number,
        was=[f"{p.unit.name} {p.title} {p.holder_name}" for p in posts.values()],
        now=[f"{p.unit.name} {p.title} {p.holder_name}" for p in change.opened.select_related("unit").order_by("id")],
    )  # fmt: skip
    return change


def posts_of(actor: User, moves: Sequence[PostMove]) -> dict[int, Post]:
    """The posts named, locked, by id, if they lie in the actor's area; NotFound when one does not."""
    return {
        post_id: get_post(actor=actor, post_id=post_id, to_change=True)
        for post_id in sorted({move.post_id for move in moves})
    }


def problems_of_transfer(
    moves: Sequence[PostMove], posts: dict[int, Post], unit: Unit | None, added: Sequence[PostFacts], on: date
) -> list[Problem]:
    """Everything that stands against the change on that day."""
    problems = [problem for post in posts.values() for problem in problems_of_leaving(post, on)]
    coming: list[tuple[Unit, PostFacts]] = []
    for move in moves:
        post, name = posts[move.post_id], move.to_name.strip()
        if name and name == post.holder_name:
            problems.append(Problem("接任人就是离任人", where=f"{post.unit.name} {post.title}"))
        elif name:
            coming.append((post.unit, PostFacts(post.title, name, "", on)))
    coming += [(unit, facts) for facts in added if unit is not None]
    for place, facts in coming:
        problems += problems_of_post(place, facts)
    twice = Counter((place.pk, place.name, facts.title, facts.holder_name) for place, facts in coming)
    problems += [
        Problem(f"{name}写了两次", where=f"{place} {title}") for (_, place, title, name), n in twice.items() if n > 1
    ]
    return problems


def write_change(
    change: PostChange, moves: Sequence[PostMove], posts: dict[int, Post], unit: Unit | None, added: Sequence[PostFacts]
) -> None:
    """Close the posts, open those of the successors and of the new ones, and note which units the change touched."""
    Post.objects.filter(pk__in=posts).update(ends_on=change.on, reason=change.reason, closed_by=change)
    for move in moves:
        if name := move.to_name.strip():
            post = posts[move.post_id]
            open_post(post.unit, PostFacts(post.title, name, move.to_office.strip(), change.on), change=change)
    for facts in added if unit is not None else ():
        open_post(unit, facts, change=change)  # type: ignore[arg-type]
    touched = {post.unit_id for post in posts.values()} | ({unit.pk} if unit is not None and added else set())
    ChangedUnit.objects.bulk_create(ChangedUnit(change=change, unit_id=pk) for pk in sorted(touched))
