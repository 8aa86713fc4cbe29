"""Who may do what with activities, campaigns and visits, beyond the table of rights."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need_area, need_to_act
from yushui.activities.models import Activity, Campaign, Visit
from yushui.base.refusals import Problem, Refused


def check_record_activity(actor: User, area_code: str) -> None:
    """Recording an activity in an area of one's own."""
    need_to_act(actor, "activities.record", "登记活动")
    need_area(actor, area_code)


def check_change_activity(actor: User, activity: Activity) -> None:
    """Who recorded an activity may correct it, and whoever plans campaigns in its area; a withdrawn one stays."""
    need_to_act(actor, "activities.record", "修改活动")
    if activity.recorded_by != actor.pk:
        need_to_act(actor, "activities.plan_campaign", "修改他人登记的活动")
    if activity.withdrawn_at is not None:
        raise Refused(Problem("这条活动已经撤回", next_step="可以照抄一份重新登记"))


def check_plan_campaign(actor: User, area_code: str) -> None:
    """Planning a campaign for an area of one's own."""
    need_to_act(actor, "activities.plan_campaign", "安排走访行动")
    need_area(actor, area_code)


def check_change_list(actor: User, campaign: Campaign) -> None:
    """Changing the list of an open campaign; the rows touched must lie in the actor's own area besides."""
    need_to_act(actor, "activities.plan_campaign", "调整走访名单")
    check_open(campaign)


def check_record_visit(actor: User, campaign: Campaign | None) -> None:
    """Recording a visit; a campaign that is closed takes no more."""
    need_to_act(actor, "activities.visit", "登记走访")
    if campaign is not None:
        check_open(campaign)


def check_open(campaign: Campaign) -> None:
    """A closed campaign stays as it is."""
    if campaign.closed_at is not None:
        raise Refused(Problem("本次行动已结束", where=campaign.title, next_step="可以登记为不属于任何行动的走访"))


def check_withdraw_visit(actor: User, visit: Visit) -> None:
    """Who recorded a visit may withdraw it, and whoever plans campaigns in its area."""
    if visit.recorded_by != actor.pk:
        need_to_act(actor, "activities.plan_campaign", "撤回他人登记的走访")


def check_pair(actor: User, area_code: str) -> None:
    """Keeping agreements between units and pairs of people in an area of one's own."""
    need_to_act(actor, "activities.pair", "登记共建与结对")
    need_area(actor, area_code)


def sees_people(actor: User) -> bool:
    """Whether names and notes are shown in full; others see masked names and no notes."""
    return may(actor, "people.view")
