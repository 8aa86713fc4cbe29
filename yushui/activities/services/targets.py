"""Changing the list of a campaign: who goes, names added by hand, names taken off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.accounts.types import Role
from yushui.activities.models import Campaign, CampaignTarget
from yushui.activities.permissions import check_change_list
from yushui.activities.selectors.areas import names_of
from yushui.activities.selectors.campaigns import get_campaign, list_goers
from yushui.activities.selectors.targets import get_target, is_seen, list_gone, on_list
from yushui.activities.selectors.visits import get_visited
from yushui.audit import services as audit
from yushui.base.area_codes import lies_in
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line


@dataclass(frozen=True)
class Assigned:
    """What an assignment did: people given to somebody, villages where nobody could be found."""

    people: int
    villages_without: tuple[str, ...] = ()


@transaction.atomic
def assign_by_village(*, actor: User, campaign_id: int, at: datetime) -> Assigned:
    """Give everybody who has nobody yet to the liaison of their village; several liaisons share a village evenly.

    Villages without a liaison are named in the answer and stay as they were.
    """
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    rows = in_scope(on_list([campaign.pk]).filter(user_id=None), actor, "area_id").order_by("area_id", "id")
    by_village: dict[str, list[int]] = {}
    for target_id, area in rows.values_list("id", "area_id"):
        by_village.setdefault(area, []).append(target_id)
    liaisons = liaisons_of(set(by_village))
    people = 0
    for village, target_ids in by_village.items():
        goers = liaisons.get(village, [])
        for turn, goer in enumerate(goers):
            people += give(target_ids[turn :: len(goers)], goer)
    without = tuple(sorted(names_of(set(by_village) - set(liaisons)).values()))
    log_assignment(actor, campaign, at, people=people, to="各村联络员")
    return Assigned(people, without)


def liaisons_of(villages: set[str]) -> dict[str, list[User]]:
    """Active liaisons by the village they work in."""
    found: dict[str, list[User]] = {}
    rows = User.objects.filter(is_active=True, area_code__in=villages, held_roles__role=Role.LIAISON)
    for user in rows.order_by("id"):
        found.setdefault(user.area_code, []).append(user)
    return found


def give(target_ids: list[int], goer: User) -> int:
    """Put a goer's name to targets; how many changed."""
    changed = 0
    for start in range(0, len(target_ids), 500):  # below SQLite's limit of variables
        rows = CampaignTarget.objects.filter(pk__in=target_ids[start : start + 500])
        changed += rows.update(user_id=goer.pk, user_name=goer.get_full_name())
    return changed


@transaction.atomic
def assign_targets(*, actor: User, campaign_id: int, target_ids: Iterable[int], user_id: int, at: datetime) -> Assigned:
    """Give chosen people to one goer by hand. Refuses people outside the goer's area, for they could not open them."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    wanted = set(target_ids)
    rows = [row for row in in_scope(on_list([campaign.pk]), actor, "area_id") if row.pk in wanted]
    goer = goer_or_refuse(actor, user_id, {row.area_id for row in rows})
    if not rows:
        raise Refused(Problem("没有勾选走访对象", next_step="请先在名单里勾选"))
    people = give([row.pk for row in rows], goer)
    log_assignment(actor, campaign, at, people=people, to=goer.get_full_name())
    return Assigned(people)


@transaction.atomic
def hand_over_targets(*, actor: User, campaign_id: int, from_user_id: int, to_user_id: int, at: datetime) -> Assigned:
    """Everybody a goer has not met yet in this campaign goes to somebody else, in one action (移交)."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    held = on_list([campaign.pk]).filter(~is_seen(), user_id=from_user_id)
    rows = list(in_scope(held, actor, "area_id"))
    goer = goer_or_refuse(actor, to_user_id, {row.area_id for row in rows})
    if not rows or from_user_id == to_user_id:
        raise Refused(Problem("没有可以移交的走访对象", next_step="请选择还有未走访对象的人,并移交给另一个人"))
    people = give([row.pk for row in rows], goer)
    log_assignment(actor, campaign, at, people=people, to=goer.get_full_name(), was=rows[0].user_name)
    return Assigned(people)


def goer_or_refuse(actor: User, user_id: int, areas: set[str]) -> User:
    """The goer, who must be able to open everybody given to them."""
    goer = next((user for user in list_goers(actor=actor) if user.pk == user_id), None)
    if goer is None:
        raise Refused(Problem("请选择走访人", where="走访人", next_step="从列表里选一位联络员或经办"))
    outside = sorted(names_of({code for code in areas if not lies_in(code, goer.area_code)}).values())
    if outside:
        raise Refused(
            Problem(
                f"{goer.get_full_name()}不管{'、'.join(outside[:5])}",
                where="走访人",
                next_step="请换一位工作区域包含这些村的人",
            )
        )
    return goer


def log_assignment(actor: User, campaign: Campaign, at: datetime, **detail: object) -> None:
    """One entry for one assignment, however many people it moved."""
    audit.record(
        actor=actor, action="activities.targets.assigned", subject=campaign, area_code=campaign.area_id, at=at, **detail
    )


@transaction.atomic
def add_target(*, actor: User, campaign_id: int, person_id: int, reason: str, at: datetime) -> CampaignTarget:
    """Put somebody on the list by hand, or back on it. The reason is kept; without one it reads 手工加入."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    person = get_visited(actor=actor, person_id=person_id)
    problems: list[Problem] = []
    why = read_line(reason, "事由", problems, longest=80) or "手工加入"
    if not lies_in(person.area_id, campaign.area_id):
        problems.append(Problem("不在本次行动的区域内", where="走访对象"))
    if person.died_on is not None:
        problems.append(Problem("已登记去世", where="走访对象"))
    if problems:
        raise Refused(*problems)
    target, is_new = CampaignTarget.objects.get_or_create(
        campaign=campaign, person=person, defaults={"area_id": person.area_id, "reason": why, "by_hand": True}
    )
    if not is_new and not target.dropped_reason:
        raise Refused(Problem("已经在名单上", where="走访对象"))
    if not is_new:
        CampaignTarget.objects.filter(pk=target.pk).update(
            dropped_reason="", reason=why, area_id=person.area_id, by_hand=True
        )
    audit.record(
        actor=actor, action="activities.target.added", subject=target, area_code=person.area_id, at=at, reason=why
    )
    target.refresh_from_db()
    return target


@transaction.atomic
def drop_target(*, actor: User, target_id: int, reason: str, at: datetime) -> CampaignTarget:
    """Take somebody off the list, with the reason; the row stays. Refuses whoever was already visited."""
    target = get_target(actor=actor, target_id=target_id)
    check_change_list(actor, target.campaign)
    problems: list[Problem] = []
    why = read_line(reason, "移出原因", problems, longest=80)
    if not why:
        problems.append(Problem("请写明移出原因", where="移出原因", next_step="例如:外出务工、已去世、重复"))
    if target.dropped_reason:
        problems.append(Problem("已经移出过"))
    if CampaignTarget.objects.filter(is_seen(), pk=target.pk).exists():
        problems.append(Problem("已经走访过,不能移出", next_step="如走访记错,请先撤回那条走访"))
    if problems:
        raise Refused(*problems)
    CampaignTarget.objects.filter(pk=target.pk).update(dropped_reason=why)
    audit.record(
        actor=actor, action="activities.target.dropped", subject=target, area_code=target.area_id, at=at, reason=why
    )
    target.refresh_from_db()
    return target


@transaction.atomic
def drop_gone(*, actor: User, campaign_id: int, at: datetime) -> int:
    """Take everybody off the list who died or moved away before anybody met them, each with that reason; how many."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    rows = list(list_gone(actor=actor, campaign=campaign))
    for row in rows:
        why = "已去世" if row.person.died_on is not None else "户籍已迁出"
        CampaignTarget.objects.filter(pk=row.pk).update(dropped_reason=why)
    if rows:
        audit.record(
            actor=actor, action="activities.targets.tidied", subject=campaign, area_code=campaign.area_id, at=at,
            people=len(rows),
        )  # fmt: skip
    return len(rows)
