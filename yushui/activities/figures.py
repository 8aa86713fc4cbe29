"""Rows of the work ledgers that figures count: activities, visits, lists of campaigns. Money is fen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Coalesce

from yushui.activities.models import (
    Activity,
    ActivityMeasure,
    ActivityPartner,
    ActivityPerson,
    CampaignTarget,
    PairContact,
    PersonPair,
    UnitPair,
    UnitVisit,
    Visit,
    VisitGoods,
)
from yushui.activities.models.standing import lasts, pairs_in_force, with_last
from yushui.activities.rules.pairs import months_before, quarter_start
from yushui.activities.types import CONTACT_WAYS, PART_NAMES, SLEEPS_AFTER, WAY_NAMES, Way
from yushui.base.days import birthday
from yushui.base.figures import PERSONS, ROWS, Column, How, Measure, Period, RowSource, within
from yushui.people.figures import statuses
from yushui.people.models import Hardship, Person
from yushui.people.types import CARED_STATES, ENTITLED_KINDS

VILLAGES = Measure(How.DISTINCT, "area_id")


def activities(area_code: str, period: Period) -> QuerySet[Any]:
    """Activities held within the period and not withdrawn."""
    rows = Activity.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def of_activities(rows: QuerySet[Any], area_code: str, period: Period) -> QuerySet[Any]:
    """Rows that belong to activities held within the period and not withdrawn."""
    held = rows.filter(activity__withdrawn_at=None, activity__on__range=(period.first, period.last))
    return within(held, "activity__area_id", area_code)


def activity_numbers(area_code: str, period: Period) -> QuerySet[Any]:
    """Further numbers of activities (单位、亩、小时 …), each in its smallest unit."""
    return of_activities(ActivityMeasure.objects.all(), area_code, period)


def activity_partners(area_code: str, period: Period) -> QuerySet[Any]:
    """Units that took part in activities."""
    return of_activities(ActivityPartner.objects.all(), area_code, period)


def activity_people(area_code: str, period: Period) -> QuerySet[Any]:
    """People who led, spoke or volunteered in activities."""
    return of_activities(ActivityPerson.objects.all(), area_code, period)


def visits(area_code: str, period: Period) -> QuerySet[Any]:
    """Visits made within the period. Withdrawn ones, and those where nobody was met, are no visits."""
    rows = Visit.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows.exclude(way=Way.ABSENT), "area_id", area_code)


def people_in_care(area_code: str, period: Period) -> QuerySet[Any]:
    """Entitled persons alive on the last day of the period, with the classes that are contacted more often, and `met`:
    whether anybody met them in the quarter of that day."""
    day = period.last
    entitled = statuses(area_code, period).filter(kind__in=ENTITLED_KINDS, state__in=CARED_STATES)
    rows = within(Person.objects.filter(pk__in=entitled.values("person_id")), "area_id", area_code)
    met = Visit.objects.filter(
        person=OuterRef("pk"), withdrawn_at=None, on__range=(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), day)
    ).exclude(way=Way.ABSENT)
    hard = Hardship.objects.filter(person=OuterRef("pk"), starts_on__lte=day).exclude(ends_on__lte=day)
    kept: QuerySet[Any] = rows.annotate(
        met=Exists(met), hard=Exists(hard), alone=Exists(hard.filter(kind="ALONE")),
        over_80=Case(When(born_on__lte=birthday(day, -80), then=True), default=False, output_field=BooleanField()),
    )  # fmt: skip
    return kept


def campaign_targets(area_code: str, period: Period) -> QuerySet[Any]:
    """Persons on the lists of campaigns that began within the period; `visited` when they were met in that campaign."""
    rows = CampaignTarget.objects.filter(dropped_reason="", campaign__starts_on__range=(period.first, period.last))
    met = Visit.objects.filter(
        campaign=OuterRef("campaign"), person=OuterRef("person"), withdrawn_at=None, on__lte=period.last
    ).exclude(way=Way.ABSENT)
    kept: QuerySet[Any] = within(rows, "area_id", area_code)
    known: QuerySet[Any] = kept.annotate(visited=Exists(met))
    return known


def unit_visits(area_code: str, period: Period) -> QuerySet[Any]:
    """Visits of campaigns to units within the period, those withdrawn left out."""
    rows = UnitVisit.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "area_id", area_code)


def goods_handed(area_code: str, period: Period) -> QuerySet[Any]:
    """Goods of the stock that visits handed over within the period; `fen` at their worth then, `place` where."""
    rows = VisitGoods.objects.filter(move__on__range=(period.first, period.last), move__reversed_by=None)
    marked = rows.annotate(
        fen=ExpressionWrapper(F("move__pieces") * F("move__worth_fen"), output_field=BigIntegerField()),
        place=Coalesce("visit__area_id", "unit_visit__area_id"),
        campaign_kind=Coalesce("visit__campaign__kind_id", "unit_visit__campaign__kind_id"),
    )
    return within(marked, "place", area_code)


def unit_pairs(area_code: str, period: Period) -> QuerySet[Any]:
    """Agreements in force at the end of the period; `sleeping` when the two did nothing together for six months by
    then, `garrison` when one of them is a garrison of ours."""
    cut = months_before(period.last, SLEEPS_AFTER)
    rows = with_last(pairs_in_force(UnitPair.objects.all(), period.last), until=period.last)
    marked = rows.annotate(
        sleeping=ExpressionWrapper(Q(last_on__lt=cut, starts_on__lt=cut), BooleanField()),
        garrison=ExpressionWrapper(
            Q(unit__kind="GARRISON", unit__isnull=False) | Q(other__kind="GARRISON", other__isnull=False),
            BooleanField(),
        ),
    )
    return within(marked, "area_id", area_code)


def person_pairs(area_code: str, period: Period) -> QuerySet[Any]:
    """Pairs of people that hold at the end of the period; `contacted` when they met in its last quarter."""
    met = PairContact.objects.filter(
        pair=OuterRef("pk"), withdrawn_at=None, on__gte=quarter_start(period.last), on__lte=period.last
    )
    rows = PersonPair.objects.filter(lasts(period.last)).annotate(contacted=Exists(met))
    return within(rows.defer("helper_phone"), "area_id", area_code)


def pair_contacts(area_code: str, period: Period) -> QuerySet[Any]:
    """Contacts of pairs of people within the period, those withdrawn left out."""
    rows = PairContact.objects.filter(withdrawn_at=None, on__range=(period.first, period.last))
    return within(rows, "pair__area_id", area_code)


YES_NO = {name: frozenset({True, False}) for name in ("sleeping", "garrison", "of_register", "contacted")}

SOURCES: dict[str, RowSource] = {
    "activities.activities": RowSource(
        "活动台账", activities, "area_id",
        {"rows": ROWS, "heads": Measure(How.SUM, "heads"), "fen": Measure(How.SUM, "amount_fen")},
        {
            "kind": "kind_id", "chapter": "kind__chapter", "direction": "kind__direction", "host_kind": "host__kind",
        },
        (
            Column("日期", "on", "day"),
            Column("活动", "title"),
            Column("类别", "kind__name"),
            Column("地区", "area_id", "area"),
            Column("人次", "heads"),
            Column("金额(元)", "amount_fen", "yuan"),
        ),
        person="",
    ),
    "activities.numbers": RowSource(
        "活动的附加数字", activity_numbers, "activity__area_id",
        {"rows": ROWS, "value": Measure(How.SUM, "value")},
        {"kind": "activity__kind_id", "chapter": "activity__kind__chapter", "key": "key"},
        (
            Column("日期", "activity__on", "day"),
            Column("活动", "activity__title"),
            Column("类别", "activity__kind__name"),
            Column("地区", "activity__area_id", "area"),
            Column("数字", "value"),
        ),
        person="",
    ),
    "activities.partners": RowSource(
        "活动参加单位", activity_partners, "activity__area_id",
        {"rows": ROWS, "names": Measure(How.DISTINCT, "name"), "times": Measure(How.DISTINCT, "activity_id")},
        {
            "kind": "activity__kind_id", "chapter": "activity__kind__chapter", "unit_kind": "unit__kind",
            "direction": "activity__kind__direction",
        },
        (
            Column("日期", "activity__on", "day"),
            Column("活动", "activity__title"),
            Column("单位", "name"),
            Column("地区", "activity__area_id", "area"),
        ),
        person="",
    ),
    "activities.people": RowSource(
        "活动参加人员", activity_people, "activity__area_id",
        {
            "rows": ROWS, "names": Measure(How.DISTINCT, "name"), "times": Measure(How.DISTINCT, "activity_id"),
            "minutes": Measure(How.SUM, "minutes"),
        },
        {"kind": "activity__kind_id", "chapter": "activity__kind__chapter", "part": "role"},
        (
            Column("日期", "activity__on", "day"),
            Column("活动", "activity__title"),
            Column("姓名或职务", "name"),
            Column("参加方式", "role", labels=PART_NAMES),
            Column("地区", "activity__area_id", "area"),
        ),
        person="",
    ),
    "activities.care": RowSource(
        "应联系的优抚对象(期末)", people_in_care, "area_id", {"persons": Measure(How.DISTINCT, "pk")},
        {"met": "met", "hard": "hard", "lone": "is_lone_elder", "over_80": "over_80"},
        (Column("姓名", "name", "name"), Column("村(社区)", "area_id", "area"), Column("出生日期", "born_on", "day")),
        person="pk",
    ),
    "activities.visits": RowSource(
        "走访慰问", visits, "area_id",
        {
            "rows": ROWS, "persons": PERSONS,
            "cash": Measure(How.SUM, "cash_fen"), "villages": Measure(How.DISTINCT, "area_id"),
        },
        {"campaign": "campaign__kind_id", "way": "way"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "area_id", "area"),
            Column("日期", "on", "day"),
            Column("方式", "way", labels=WAY_NAMES),
            Column("慰问金(元)", "cash_fen", "yuan"),
            Column("慰问品", "goods"),
            Column("走访人", "visitor_name"),
        ),
    ),
    "activities.campaign_targets": RowSource(
        "慰问名单", campaign_targets, "area_id", {"rows": ROWS, "persons": PERSONS, "villages": VILLAGES},
        {"campaign": "campaign__kind_id", "visited": "visited"},
        (
            Column("姓名", "person__name", "name"),
            Column("村(社区)", "area_id", "area"),
            Column("行动", "campaign__title"),
            Column("入选原因", "reason"),
            Column("负责人", "user_name"),
        ),
    ),
    "activities.unit_visits": RowSource(
        "走访单位", unit_visits, "area_id",
        {
            "rows": ROWS, "units": Measure(How.DISTINCT, "unit_id"), "cash": Measure(How.SUM, "cash_fen"),
            "heads": Measure(How.SUM, "heads"),
        },
        {"campaign": "campaign__kind_id", "unit_kind": "unit__kind"},
        (
            Column("单位", "unit__name"),
            Column("地区", "area_id", "area"),
            Column("日期", "on", "day"),
            Column("行动", "campaign__title"),
            Column("慰问金(元)", "cash_fen", "yuan"),
            Column("慰问品", "goods"),
            Column("走访人", "visitor_name"),
        ),
        person="",
    ),
    "activities.goods_handed": RowSource(
        "走访送出的慰问品", goods_handed, "place",
        {"rows": ROWS, "pieces": Measure(How.SUM, "move__pieces"), "fen": Measure(How.SUM, "fen")},
        {"campaign": "campaign_kind"},
        (
            Column("送给", "move__party", "name"),
            Column("地区", "place", "area"),
            Column("日期", "move__on", "day"),
            Column("品种", "move__item__name"),
            Column("件数", "move__pieces"),
            Column("价值(元)", "fen", "yuan"),
        ),
        person="",
    ),
    "activities.pairs": RowSource(
        "共建对子", unit_pairs, "area_id", {"rows": ROWS}, {"sleeping": "sleeping", "garrison": "garrison"},
        (
            Column("一方", "unit_name"),
            Column("另一方", "other_name"),
            Column("共建内容", "subject"),
            Column("地区", "area_id", "area"),
            Column("开始", "starts_on", "day"),
        ),
        person="", choices=YES_NO,
    ),
    "activities.person_pairs": RowSource(
        "结对帮扶", person_pairs, "area_id",
        {"rows": ROWS, "persons": PERSONS, "helpers": Measure(How.DISTINCT, "helper_name")},
        {"kind": "kind_id", "of_register": "kind__of_register", "contacted": "contacted"},
        (
            Column("名册对象", "person__name", "name"),
            Column("对象单位", "helped_unit"),
            Column("帮扶人", "helper_name"),
            Column("帮扶人单位", "helper_unit"),
            Column("类型", "kind__name"),
            Column("地区", "area_id", "area"),
            Column("结对日期", "starts_on", "day"),
        ),
        choices=YES_NO,
    ),
    "activities.pair_contacts": RowSource(
        "结对联系", pair_contacts, "pair__area_id",
        {"rows": ROWS, "pairs": Measure(How.DISTINCT, "pair_id")},
        {"kind": "pair__kind_id", "way": "way"},
        (
            Column("日期", "on", "day"),
            Column("方式", "way", labels=CONTACT_WAYS),
            Column("名册对象", "pair__person__name", "name"),
            Column("帮扶人", "pair__helper_name"),
            Column("地区", "pair__area_id", "area"),
        ),
        person="pair__person_id",
    ),
}  # fmt: skip
