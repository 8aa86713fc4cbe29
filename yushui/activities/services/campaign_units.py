"""Units on the list of a campaign: adding, dropping, who goes; visits to them and withdrawing one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import CampaignUnit, UnitVisit, VisitGoods
from yushui.activities.permissions import check_change_list, check_record_visit
from yushui.activities.rules.goods import line_of
from yushui.activities.rules.visits import UnitVisitFacts, VisitGround, read_unit_visit
from yushui.activities.selectors.campaign_goods import drawn_from
from yushui.activities.selectors.campaign_units import get_campaign_unit, get_unit_visit, units_to_add
from yushui.activities.selectors.campaigns import get_campaign, list_goers
from yushui.activities.types import VisitDraft
from yushui.audit import services as audit
from yushui.base.once import USED
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.funds.models import GoodsMove
from yushui.funds.services.goods_moves import hand_over_goods, shortages, take_back_handed


@transaction.atomic
def add_campaign_unit(*, actor: User, campaign_id: int, unit_id: int, at: datetime) -> CampaignUnit:
    """Put a unit on the list by hand, or back on it."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    unit = next((one for one in units_to_add(actor=actor, campaign=campaign) if one.pk == unit_id), None)
    if unit is None:
        raise Refused(Problem("请选择还不在名单上的单位", where="单位"))
    row, is_new = CampaignUnit.objects.get_or_create(
        campaign=campaign, unit=unit, defaults={"area_id": unit.area_id, "by_hand": True}
    )
    if not is_new:
        CampaignUnit.objects.filter(pk=row.pk).update(dropped_reason="", by_hand=True)
    audit.record(
        actor=actor, action="activities.campaign_unit.added", subject=row, area_code=campaign.area_id, at=at,
        unit=unit.name,
    )  # fmt: skip
    return row


@transaction.atomic
def change_campaign_unit(
    *, actor: User, row_id: int, user_id: int | None = None, drop_reason: str | None = None, at: datetime
) -> CampaignUnit:
    """Say who goes to a unit, or take it off the list with the reason (`drop_reason`)."""
    row = get_campaign_unit(actor=actor, row_id=row_id)
    check_change_list(actor, row.campaign)
    if drop_reason is None:
        goer = next((user for user in list_goers(actor=actor) if user.pk == user_id), None)
        if goer is None:
            raise Refused(Problem("请选择走访人", where="走访人"))
        changes = {"user_id": goer.pk, "user_name": goer.get_full_name()}
    else:
        problems: list[Problem] = []
        why = read_line(drop_reason, "移出原因", problems, longest=80)
        if not why:
            problems.append(Problem("请写明移出原因", where="移出原因"))
        if UnitVisit.objects.filter(campaign=row.campaign, unit=row.unit, withdrawn_at=None).exists():
            problems.append(Problem("已经走访过,不能移出", next_step="如走访记错,请先撤回那条走访"))
        if problems:
            raise Refused(*problems)
        changes = {"dropped_reason": why}
    CampaignUnit.objects.filter(pk=row.pk).update(**changes)
    audit.record(
        actor=actor, action="activities.campaign_unit.changed", subject=row, area_code=row.area_id, at=at, now=changes
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def record_unit_visit(*, actor: User, row_id: int, draft: VisitDraft, heads: str = "", at: datetime) -> UnitVisit:
    """Record a visit to a unit on the list. The same form sent twice is one visit; goods leave the campaign's hands."""
    row = get_campaign_unit(actor=actor, row_id=row_id)
    known = UnitVisit.objects.filter(client_key=draft.client_key.strip()).first() if draft.client_key.strip() else None
    if known is not None:
        if (known.unit_id, known.campaign_id, known.recorded_by) != (row.unit_id, row.campaign_id, actor.pk):
            raise Refused(USED)
        return known
    check_record_visit(actor, row.campaign)
    ground = VisitGround(today=timezone.localtime(at).date(), starts_on=row.campaign.starts_on)
    facts, problems = read_unit_visit(draft, heads, ground)
    hands = row.campaign.hands
    if hands is not None:
        problems += shortages(hands, drawn_from(row.campaign, line_of(draft.goods)))
    if row.dropped_reason:
        problems.append(Problem("这个单位已移出名单", next_step="请先加回名单"))
    if facts is None or problems:
        raise Refused(*problems)
    return store_unit_visit(actor, row, facts, at)


def store_unit_visit(actor: User, row: CampaignUnit, facts: UnitVisitFacts, at: datetime) -> UnitVisit:
    """Write the visit, its goods and its entry in the log. Of two that race, the second finds the first."""
    seen = facts.visit
    try:
        with transaction.atomic():
            visit = UnitVisit.objects.create(
                unit=row.unit, campaign=row.campaign, area_id=row.area_id, on=seen.on, heads=facts.heads,
                cash_fen=seen.cash_fen, goods=seen.goods, note=seen.note,
                visitor_name=seen.visitor_name or actor.get_full_name(), client_key=seen.client_key, recorded_at=at,
                recorded_by=actor.pk,
            )  # fmt: skip
    except IntegrityError:
        return UnitVisit.objects.get(client_key=seen.client_key, recorded_by=actor.pk)
    given = drawn_from(row.campaign, visit.goods)
    if row.campaign.hands is not None and given:
        moves = hand_over_goods(actor=actor, hands=row.campaign.hands, given=given, unit=row.unit, on=visit.on, at=at)
        VisitGoods.objects.bulk_create(VisitGoods(unit_visit=visit, move=move) for move in moves)
    audit.record(
        actor=actor, action="activities.unit_visit.recorded", subject=visit, area_code=visit.area_id, at=at,
        campaign=visit.campaign_id, now={"on": visit.on, "cash_fen": visit.cash_fen},
    )  # fmt: skip
    return visit


@transaction.atomic
def withdraw_unit_visit(*, actor: User, visit_id: int, reason: str, at: datetime) -> UnitVisit:
    """Take a visit to a unit out of all counts, with the reason; its goods go back into the campaign's hands."""
    visit = get_unit_visit(actor=actor, visit_id=visit_id)
    need_to_act(actor, "activities.visit", "撤回走访")
    if visit.recorded_by != actor.pk:
        need_to_act(actor, "activities.plan_campaign", "撤回他人登记的走访")
    problems: list[Problem] = []
    why = read_line(reason, "撤回原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤回原因", where="撤回原因", next_step="例如:金额填错,已重新登记"))
    if visit.withdrawn_at is not None:
        problems.append(Problem("这条走访已经撤回过"))
    if problems:
        raise Refused(*problems)
    if not UnitVisit.objects.filter(pk=visit.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=why):
        raise Refused(Problem("这条走访刚刚被撤回"))
    moves = GoodsMove.objects.filter(visitgoods__unit_visit=visit).select_related("person", "unit")
    take_back_handed(actor=actor, moves=moves, reason=why, at=at)
    audit.record(
        actor=actor, action="activities.unit_visit.withdrawn", subject=visit, area_code=visit.area_id, at=at, reason=why
    )
    visit.refresh_from_db()
    return visit
