"""Rows of the register that figures count. Read-only; areas are the person's registered village."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from yushui.base.figures import PERSONS, ROWS, Column, How, Measure, Period, RowSource, within
from yushui.people import types
from yushui.people.models import Hardship, PersonEvent, ResponsibleContact, Status

AREA = "person__area_id"
NOT_YET = ("APPLIED", "REFUSED")  # asked for, or turned down: never held
OVER = ("DIED", "MOVED", "CANCELLED")  # held until `ends_on`; without an end it cannot be placed and is left out
HOUSEHOLDS = Measure(How.DISTINCT, "home")
WHO = (Column("姓名", "person__name", "name"), Column("村(社区)", AREA, "area"))
KIND = Column("身份", "kind", labels=types.KIND_NAMES)


def held(area_code: str) -> QuerySet[Any]:
    """Statuses of an area as known today, without applications; `home` is the household, or the person alone."""
    rows = Status.objects.filter(superseded_at=None).exclude(state__in=NOT_YET)
    rows = rows.exclude(state__in=OVER, ends_on=None)
    kept: QuerySet[Any] = within(rows, AREA, area_code)
    known: QuerySet[Any] = kept.annotate(home=Coalesce("person__household_id", 0 - F("person_id")))
    return known


def statuses(area_code: str, period: Period) -> QuerySet[Any]:
    """Statuses that hold on the last day of the period, of persons alive on it."""
    day = period.last
    return held(area_code).filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        Q(person__died_on=None) | Q(person__died_on__gt=day),
        starts_on__lte=day,
    )


def new_statuses(area_code: str, period: Period) -> QuerySet[Any]:
    """Statuses that began within the period."""
    return held(area_code).filter(starts_on__range=(period.first, period.last))


def ended_statuses(area_code: str, period: Period) -> QuerySet[Any]:
    """Statuses that ended within the period; `ends_on` is the first day not covered."""
    return held(area_code).filter(ends_on__range=(period.first, period.last))


def events(what: str, area_code: str, period: Period) -> QuerySet[Any]:
    """Events of one sort within the period; `entitled` tells whether the person ever had one of the seventeen kinds."""
    rows = PersonEvent.objects.filter(what=what, superseded_at=None, on__range=(period.first, period.last))
    kinds = Status.objects.filter(person=OuterRef("person"), superseded_at=None, kind__in=types.ENTITLED_KINDS)
    kept: QuerySet[Any] = within(rows, AREA, area_code)
    known: QuerySet[Any] = kept.annotate(entitled=Exists(kinds.exclude(state__in=NOT_YET)))
    return known


def deaths(area_code: str, period: Period) -> QuerySet[Any]:
    """Deaths that fell within the period."""
    return events("DIED", area_code, period)


def confirmations(area_code: str, period: Period) -> QuerySet[Any]:
    """Yearly confirmations (年度确认) made within the period."""
    return events("CONFIRMED", area_code, period)


def hardships(area_code: str, period: Period) -> QuerySet[Any]:
    """Difficulties that are open on the last day of the period."""
    day = period.last
    rows = Hardship.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    kept: QuerySet[Any] = within(rows, AREA, area_code)
    return kept.filter(Q(person__died_on=None) | Q(person__died_on__gt=day))


def contacts(area_code: str, period: Period) -> QuerySet[Any]:
    """Responsible contacts (包联) that hold on the last day of the period, of persons alive on it."""
    day = period.last
    rows = ResponsibleContact.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    kept: QuerySet[Any] = within(rows, AREA, area_code)
    return kept.filter(Q(person__died_on=None) | Q(person__died_on__gt=day))


STATUS_FILTERS = {
    "kind": "kind",
    "state": "state",
    "grade": "grade",
    "cause": "cause",
    "household_kind": "household_kind",
    "relation": "relation",
    "discharge_kind": "discharge_kind",
    "medical_scheme": "person__medical_scheme",
    "lone_elder": "person__is_lone_elder",
}
STATUS_MEASURES = {"rows": ROWS, "persons": PERSONS, "households": HOUSEHOLDS}
STATUS_COLUMNS = (
    *WHO,
    KIND,
    Column("等级", "grade", labels=types.GRADE_NAMES),
    Column("状态", "state", labels=types.STATE_NAMES),
    Column("开始", "starts_on", "day"),
    Column("结束", "ends_on", "day"),
)
EVENT_MEASURES = {"rows": ROWS, "persons": PERSONS}

CHOICES = {
    "kind": frozenset(types.KIND_NAMES),
    "state": frozenset(types.STATE_NAMES),
    "grade": frozenset(types.GRADE_NAMES),
    "cause": frozenset(types.CAUSE_NAMES),
}

SOURCES: dict[str, RowSource] = {
    "people.statuses": RowSource(
        "在册身份(期末)", statuses, AREA, STATUS_MEASURES, STATUS_FILTERS, STATUS_COLUMNS, choices=CHOICES
    ),
    "people.new_statuses": RowSource(
        "本年新增身份", new_statuses, AREA, STATUS_MEASURES, STATUS_FILTERS, STATUS_COLUMNS, choices=CHOICES
    ),
    "people.ended_statuses": RowSource(
        "本年终止身份", ended_statuses, AREA, STATUS_MEASURES, STATUS_FILTERS, STATUS_COLUMNS, choices=CHOICES
    ),
    "people.deaths": RowSource(
        "本年去世", deaths, AREA, EVENT_MEASURES, {"entitled": "entitled"}, (*WHO, Column("去世日期", "on", "day"))
    ),
    "people.confirmations": RowSource(
        "年度确认", confirmations, AREA, EVENT_MEASURES, {"entitled": "entitled"},
        (*WHO, Column("确认日期", "on", "day")),
    ),
    "people.hardships": RowSource(
        "困难情形(期末)", hardships, AREA, EVENT_MEASURES, {"kind": "kind"},
        (*WHO, Column("困难", "kind", labels=types.HARDSHIP_NAMES), Column("开始", "starts_on", "day")),
    ),
    "people.contacts": RowSource(
        "包联(期末)", contacts, AREA,
        {"rows": ROWS, "persons": PERSONS, "holders": Measure(How.DISTINCT, "user_id")}, {},
        (*WHO, Column("包联人", "user_name"), Column("开始", "starts_on", "day")),
    ),
}  # fmt: skip
