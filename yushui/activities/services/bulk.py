"""Taking over what a county kept before this system: many visits at once, checked like single ones.

Activities: services/activities_bulk.py.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import Campaign, Visit, VisitGoods
from yushui.activities.rules.goods import line_of
from yushui.activities.selectors.campaign_goods import drawn_from
from yushui.activities.types import WAY_NAMES, Way
from yushui.audit import services as audit
from yushui.base.area_codes import lies_in
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.classified import holds_personal_number, looks_classified
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.funds.services.goods_moves import hand_over_many
from yushui.people.models import Person

MOST_PROBLEMS = 50
VISIT_FIELDS = (
    "id", "person", "campaign", "area", "on", "way", "cash_fen", "goods", "note", "photo", "visitor_name", "client_key",
    "recorded_at", "recorded_by", "withdrawn_at", "withdrawn_reason",
)  # fmt: skip


@dataclass(frozen=True)
class PastVisit:
    """A visit from an old ledger; cash in fen, goods parted by 、. The area is the village on that day."""

    person_id: int
    area_code: str
    on: date
    way: Way = Way.HOME
    campaign_id: int | None = None
    cash_fen: int = 0
    goods: str = ""
    note: str = ""
    visitor_name: str = ""


@transaction.atomic
def record_visits(*, actor: User, visits: Iterable[PastVisit], at: datetime) -> int:
    """Take over many visits; how many. All or nothing: Refused names the rows at fault, NotFound a foreign area."""
    need_to_act(actor, "activities.visit", "登记走访")
    rows = list(visits)
    today = timezone.localtime(at).date()
    starts = dict(
        Campaign.objects.filter(pk__in={v.campaign_id for v in rows if v.campaign_id}).values_list("pk", "starts_on")
    )
    refuse_faults([problems_of_past_visit(visit, starts, today) for visit in rows])
    need_areas(actor, {visit.area_code for visit in rows})
    rows.sort(key=lambda visit: visit.on)  # indexes by day grow at their end
    first, name = next_id(Visit), actor.get_full_name()
    insert_rows(
        Visit,
        VISIT_FIELDS,
        (
            (
                first + n, v.person_id, v.campaign_id, v.area_code, v.on, str(v.way), v.cash_fen, line_of([v.goods]),
                v.note, None, v.visitor_name or name, str(uuid.uuid4()), at, actor.pk, None, "",
            )
            for n, v in enumerate(rows)
        ),
    )  # fmt: skip
    sync_ids(Visit)
    hand_over_past(actor, rows, first, at)
    audit.record(
        actor=actor, action="activities.visits.taken_over", subject="activities.visit", area_code=actor.area_code,
        at=at, rows=len(rows), cash_fen=sum(v.cash_fen for v in rows),
    )  # fmt: skip
    return len(rows)


def hand_over_past(actor: User, rows: Sequence[PastVisit], first: int, at: datetime) -> None:
    """The goods of visits whose campaign took them from the stock; the visits have the ids from `first` on."""
    ids = {visit.campaign_id for visit in rows if visit.campaign_id and visit.goods}
    for campaign in Campaign.objects.filter(pk__in=ids, hands__isnull=False).select_related("hands"):
        assert campaign.hands is not None
        mine = [(first + n, visit) for n, visit in enumerate(rows) if visit.campaign_id == campaign.pk and visit.goods]
        drawn = {line: drawn_from(campaign, line) for line in {visit.goods for _, visit in mine}}
        names = dict(Person.objects.filter(targets_of_campaign(campaign)).values_list("pk", "name"))
        given = [
            (visit_id, item, pieces, visit.person_id, names.get(visit.person_id, ""), visit.on)
            for visit_id, visit in mine
            for item, pieces in drawn[visit.goods]
        ]
        moves = hand_over_many(actor=actor, hands=campaign.hands, given=[row[1:] for row in given], at=at)
        pairs = zip(given, moves, strict=True)
        insert_rows(VisitGoods, ("visit", "unit_visit", "move"), ((row[0], None, move) for row, move in pairs))
        if moves:
            sync_ids(VisitGoods)


def targets_of_campaign(campaign: Campaign) -> Q:
    """Persons on the list of a campaign."""
    return Q(campaigntarget__campaign=campaign)


def problems_of_past_visit(visit: PastVisit, starts: dict[int, date], today: date) -> str:
    """What is wrong with one visit, in words; empty when nothing is."""
    faults = []
    if visit.way not in WAY_NAMES:
        faults.append("走访方式不对")
    if visit.on > today:
        faults.append("日期在今天之后")
    if visit.campaign_id is not None and visit.campaign_id not in starts:
        faults.append("没有这次行动")
    if visit.campaign_id in starts and visit.on < starts[visit.campaign_id]:
        faults.append("早于行动第一天")
    if visit.cash_fen < 0 or (visit.way == Way.ABSENT and (visit.cash_fen or visit.goods)):
        faults.append("没见到的不应有慰问金和慰问品" if visit.cash_fen >= 0 else "慰问金是负数")
    return "、".join([*faults, *faults_of_texts([(visit.goods, 120), (visit.note, 500), (visit.visitor_name, 40)])])


def faults_of_texts(texts: list[tuple[str, int]]) -> list[str]:
    """Texts that are too long, or hold what must not be kept."""
    faults = ["文字过长" for text, longest in texts if len(text) > longest]
    faults += ["内容像是部队番号、代号或兵力装备" for text, _ in texts if looks_classified(text)]
    faults += ["内容里有身份证号或银行卡号" for text, _ in texts if holds_personal_number(text)]
    return faults


def refuse_faults(faults: Sequence[str]) -> None:
    """Refuse with the first faulty rows, when there are any."""
    bad = [(number, text) for number, text in enumerate(faults, start=1) if text]
    if bad:
        shown = [Problem(text, where=f"第 {number} 行") for number, text in bad[:MOST_PROBLEMS]]
        rest = [Problem(f"另有 {len(bad) - MOST_PROBLEMS} 行有问题")] if len(bad) > MOST_PROBLEMS else []
        raise Refused(*shown, *rest)


def need_areas(actor: User, codes: set[str]) -> None:
    """Every area must lie in the actor's own."""
    if not all(lies_in(code, actor.area_code) for code in codes):
        raise NotFound
