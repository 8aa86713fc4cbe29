"""Rows of organisation that figures count: areas, units, stations, posts and their changes, member units, papers."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from yushui.base.area_codes import AreaLevel
from yushui.base.figures import ROWS, Column, How, Measure, Period, RowSource, within
from yushui.places.models import Area, ChangedUnit, GroupMember, Paper, PaperProof, Post, StationFact, Unit, UnitKind
from yushui.places.types import FIVE_NAMES, INCLUSION_NAMES, MODEL

KINDS = dict(UnitKind.choices)
LEVELS = {AreaLevel.COUNTY: "县级", AreaLevel.TOWN: "乡镇(街道)", AreaLevel.VILLAGE: "村(社区)"}
UNITS = Measure(How.DISTINCT, "unit_id")


def standing(rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    """Those that exist on the last day of the period; without dates one has always been there."""
    day = period.last
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=day), Q(starts_on=None) | Q(starts_on__lte=day))


def areas(area_code: str, period: Period) -> QuerySet[Any]:
    """Areas; `station` when a service station stands there."""
    stations = standing(Unit.objects.filter(kind=UnitKind.STATION, area=OuterRef("pk")), period)
    rows = within(standing(Area.objects.all(), period), "code", area_code)
    known: QuerySet[Any] = rows.annotate(station=Exists(stations))
    return known


def units(area_code: str, period: Period) -> QuerySet[Any]:
    """Units that stand on the last day of the period; `liaison` when somebody holds that post."""
    held = Post.objects.filter(unit=OuterRef("pk"), title="联络员", starts_on__lte=period.last)
    rows = within(standing(Unit.objects.all(), period), "area_id", area_code)
    known: QuerySet[Any] = rows.annotate(liaison=Exists(held.exclude(ends_on__lte=period.last)))
    return known


def stations(area_code: str, period: Period) -> QuerySet[Any]:
    """Service stations; `things` is how many of the five it had by the newest answer up to the last day."""
    newest = StationFact.objects.filter(unit=OuterRef("pk"), on__lte=period.last).order_by("-on", "-id")

    def said(key: str) -> Any:
        answer = Subquery(newest.filter(key=key).values("holds")[:1])
        return Coalesce(Cast(answer, IntegerField()), Value(0))

    rows = units(area_code, period).filter(kind=UnitKind.STATION).annotate(model=said(MODEL))
    known: QuerySet[Any] = rows.annotate(things=sum((said(key) for key in FIVE_NAMES), start=Value(0)))
    return known


def posts(area_code: str, period: Period) -> QuerySet[Any]:
    """Posts held on the last day of the period."""
    day = period.last
    rows = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    return within(rows, "unit__area_id", area_code)


def changes(area_code: str, period: Period) -> QuerySet[Any]:
    """Units whose posts were changed within the period (人事调整); one change may touch several."""
    rows = ChangedUnit.objects.filter(change__on__range=(period.first, period.last))
    return within(rows, "unit__area_id", area_code)


def members(area_code: str, period: Period) -> QuerySet[Any]:
    """Member units of leading groups on the last day of the period."""
    day = period.last
    rows = GroupMember.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    return within(rows, "group__area_id", area_code)


def papers(area_code: str, period: Period) -> QuerySet[Any]:
    """Papers in force on the last day of the period. One withdrawn since is none."""
    return within(standing(Paper.objects.filter(withdrawn_at=None), period), "area_id", area_code)


def inclusions(area_code: str, period: Period) -> QuerySet[Any]:
    """Papers of the level itself that held within the period and prove one of the 五个纳入."""
    rows = Paper.objects.filter(withdrawn_at=None, area_id=area_code.ljust(12, "0"), starts_on__lte=period.last)
    held = rows.filter(Q(ends_on=None) | Q(ends_on__gt=period.first)).exclude(kind__inclusion="")
    named: QuerySet[Any] = held.annotate(inclusion=F("kind__inclusion"))
    return named


def proofs(area_code: str, period: Period) -> QuerySet[Any]:
    """Papers issued within the period, once for each duty or item that they prove."""
    rows = PaperProof.objects.filter(paper__withdrawn_at=None, paper__issued_on__range=(period.first, period.last))
    return within(rows, "paper__area_id", area_code)


UNIT_COLUMNS = (
    Column("单位", "name"),
    Column("类别", "kind", labels=KINDS),
    Column("地区", "area_id", "area"),
    Column("联系人", "contact_name"),
)
SOURCES: dict[str, RowSource] = {
    "places.areas": RowSource(
        "区划", areas, "code", {"rows": ROWS}, {"level": "level", "station": "station"},
        (
            Column("名称", "name"),
            Column("级别", "level", labels=LEVELS),
            Column("所在", "code", "area"),
            Column("服务站", "station", labels={True: "已建", False: "未建"}),
        ),
        person="",
    ),
    "places.units": RowSource(
        "单位", units, "area_id", {"rows": ROWS},
        {"kind": "kind", "level": "area__level", "liaison": "liaison"},
        (*UNIT_COLUMNS, Column("联络员", "liaison", labels={True: "有", False: "没有"})), person="",
    ),
    "places.stations": RowSource(
        "退役军人服务站", stations, "area_id", {"rows": ROWS},
        {"level": "area__level", "things": "things", "model": "model"},
        (
            *UNIT_COLUMNS,
            Column("五有中有几项", "things"),
            Column("示范型", "model", labels={1: "是", 0: "否"}),
        ),
        person="",
    ),
    "places.posts": RowSource(
        "任职", posts, "unit__area_id",
        {"rows": ROWS, "units": UNITS, "names": Measure(How.DISTINCT, "holder_name")},
        {"unit_kind": "unit__kind", "title": "title", "level": "unit__area__level"},
        (
            Column("单位", "unit__name"),
            Column("职务", "title"),
            Column("姓名", "holder_name"),
            Column("地区", "unit__area_id", "area"),
            Column("任职日期", "starts_on", "day"),
        ),
        person="",
    ),
    "places.changes": RowSource(
        "人事调整", changes, "unit__area_id",
        {"rows": ROWS, "units": UNITS, "changes": Measure(How.DISTINCT, "change_id")},
        {"unit_kind": "unit__kind", "level": "unit__area__level"},
        (
            Column("生效", "change__on", "day"),
            Column("单位", "unit__name"),
            Column("原因", "change__reason"),
            Column("文号", "change__number"),
            Column("地区", "unit__area_id", "area"),
        ),
        person="",
    ),
    "places.members": RowSource(
        "领导小组成员单位", members, "group__area_id", {"rows": ROWS, "units": UNITS},
        {"level": "group__area__level"},
        (
            Column("成员单位", "unit__name"),
            Column("领导小组", "group__name"),
            Column("加入", "starts_on", "day"),
            Column("地区", "group__area_id", "area"),
        ),
        person="",
    ),
    "places.papers": RowSource(
        "制度与文件", papers, "area_id", {"rows": ROWS, "units": UNITS},
        {"kind": "kind_id", "unit_kind": "unit__kind", "level": "area__level"},
        (
            Column("标题", "title"),
            Column("种类", "kind__name"),
            Column("发文单位", "unit__name"),
            Column("文号", "number"),
            Column("印发", "issued_on", "day"),
            Column("地区", "area_id", "area"),
        ),
        person="",
    ),
    "places.inclusions": RowSource(
        "五个纳入的依据", inclusions, "area_id",
        {"rows": ROWS, "kinds": Measure(How.DISTINCT, "inclusion")}, {"inclusion": "inclusion"},
        (
            Column("纳入", "inclusion", labels=INCLUSION_NAMES),
            Column("标题", "title"),
            Column("文号", "number"),
            Column("印发", "issued_on", "day"),
        ),
        person="",
    ),
    "places.proofs": RowSource(
        "证明职责的文件", proofs, "paper__area_id",
        {"rows": ROWS, "units": Measure(How.DISTINCT, "paper__unit_id")},
        {"code": "code", "unit_kind": "paper__unit__kind"},
        (
            Column("标题", "paper__title"),
            Column("发文单位", "paper__unit__name"),
            Column("印发", "paper__issued_on", "day"),
            Column("地区", "paper__area_id", "area"),
        ),
        person="",
    ),
}  # fmt: skip
