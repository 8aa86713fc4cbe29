"""Recording a visit, and withdrawing one. A visit is never changed or deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.activities.models import Campaign, Visit, VisitGoods
from yushui.activities.permissions import check_record_visit, check_withdraw_visit
from yushui.activities.rules.goods import line_of
from yushui.activities.rules.visits import VisitFacts, VisitGround, read_visit
from yushui.activities.selectors.campaign_goods import drawn_from
from yushui.activities.selectors.campaigns import get_campaign
from yushui.activities.selectors.visits import get_visit, get_visited, paid_on
from yushui.activities.services.photos import keep, tidied
from yushui.activities.types import Photo, VisitDraft, Way
from yushui.audit import services as audit
from yushui.base.once import USED
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.funds.models import GoodsMove
from yushui.funds.services.goods_moves import hand_over_goods, shortages, take_back_handed
from yushui.people.models import Person


@transaction.atomic
def record_visit(
    *, actor: User, person_id: int, campaign_id: int | None, draft: VisitDraft, photo: Photo | None = None, at: datetime
) -> Visit:
    """Record one visit. The same draft sent twice (same client_key) gives the same visit. Goods that its campaign took
    from the stock leave the campaign's hands; more than there is is refused.

    Raises NotFound when person or campaign are outside the actor's area; Refused with all problems of the draft.
    """
    person = get_visited(actor=actor, person_id=person_id)
    campaign = get_campaign(actor=actor, campaign_id=campaign_id) if campaign_id is not None else None
    if (known := sent_before(draft.client_key, actor, person, campaign)) is not None:
        return known
    check_record_visit(actor, campaign)
    ground = VisitGround(
        today=timezone.localtime(at).date(),
        starts_on=campaign.starts_on if campaign else None,
        died_on=person.died_on,
        paid_on=paid_on(person_id=person.pk, campaign=campaign),
    )
    facts, problems = read_visit(draft, ground)
    if campaign is not None and campaign.hands is not None and draft.way != Way.ABSENT:
        problems += shortages(campaign.hands, drawn_from(campaign, line_of(draft.goods)))
    picture = tidied(photo, problems)
    if facts is None or problems:
        raise Refused(*problems)
    return store_visit(actor, person, campaign, facts, picture, at)


def sent_before(key: str, actor: User, person: Person, campaign: Campaign | None) -> Visit | None:
    """The visit a client key already made; a key used for anything else is refused."""
    known = Visit.objects.filter(client_key=key.strip()).first() if key.strip() else None
    if known is None:
        return None
    if (known.person_id, known.campaign_id, known.recorded_by) != (person.pk, campaign and campaign.pk, actor.pk):
        raise Refused(USED)
    return known


def store_visit(
    actor: User, person: Person, campaign: Campaign | None, facts: VisitFacts, picture: bytes | None, at: datetime
) -> Visit:
    """Write the visit and its entry in the log. Of two that race with one key, the second finds the first."""
    stored = keep(picture, name="走访照片.jpg", at=at)
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                person=person, campaign=campaign, area_id=person.area_id, on=facts.on, way=facts.way,
                cash_fen=facts.cash_fen, goods=facts.goods, note=facts.note, photo=stored,
                visitor_name=facts.visitor_name or actor.get_full_name(), client_key=facts.client_key,
                recorded_at=at, recorded_by=actor.pk,
            )  # fmt: skip
    except IntegrityError:
        known = sent_before(facts.client_key, actor, person, campaign)
        if known is None:
            raise
        return known
    hand_over(actor, visit, campaign, at)
    audit.record(
        actor=actor, action="activities.visit.recorded", subject=visit, area_code=visit.area_id, at=at,
        campaign=visit.campaign_id, now={"on": visit.on, "way": visit.way, "cash_fen": visit.cash_fen},
    )  # fmt: skip
    return visit


def hand_over(actor: User, visit: Visit, campaign: Campaign | None, at: datetime) -> None:
    """The goods of a visit that come from the stock."""
    given = drawn_from(campaign, visit.goods)
    if campaign is None or campaign.hands is None or not given:
        return
    moves = hand_over_goods(actor=actor, hands=campaign.hands, given=given, person=visit.person, on=visit.on, at=at)
    VisitGoods.objects.bulk_create(VisitGoods(visit=visit, move=move) for move in moves)


@transaction.atomic
def withdraw_visit(*, actor: User, visit_id: int, reason: str, at: datetime) -> Visit:
    """Take a visit out of all counts, with the reason; the row stays, goods go back into the campaign's hands.

    Refuses a second time and without a reason.
    """
    visit = get_visit(actor=actor, visit_id=visit_id)
    check_withdraw_visit(actor, visit)
    problems: list[Problem] = []
    why = read_line(reason, "撤回原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明撤回原因", where="撤回原因", next_step="例如:金额填错,已重新登记"))
    if visit.withdrawn_at is not None:
        problems.append(Problem("这条走访已经撤回过"))
    if problems:
        raise Refused(*problems)
    won = Visit.objects.filter(pk=visit.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=why)
    if not won:
        raise Refused(Problem("这条走访刚刚被撤回"))
    moves = GoodsMove.objects.filter(visitgoods__visit=visit).select_related("person", "unit")
    take_back_handed(actor=actor, moves=moves, reason=why, at=at)
    audit.record(
        actor=actor, action="activities.visit.withdrawn", subject=visit, area_code=visit.area_id, at=at,
        was={"way": visit.way, "cash_fen": visit.cash_fen}, reason=why,
    )  # fmt: skip
    visit.refresh_from_db()
    return visit
