"""Rows of plans, meetings and duties that figures count."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, Q, QuerySet, Value, When

from yushui.base.figures import ROWS, Column, How, Measure, Period, RowSource, within
from yushui.places.models import Area, Unit, UnitKind
from yushui.plans.models import Decision, Invitee, Meeting, Task
from yushui.plans.selectors.counters import Grid, kept_grid
from yushui.plans.types.duties import STATE_NAMES as STANDINGS
from yushui.plans.types.meetings import CAME, PRESENCE_NAMES
from yushui.plans.types.tasks import STATE_NAMES, WEIGHT_NAMES


def holds(condition: Q) -> Any:
    """A condition as a column that is true or false."""
    return ExpressionWrapper(condition, output_field=BooleanField())


def tasks(area_code: str, period: Period) -> QuerySet[Any]:
    """Tasks of the year, those cancelled left out: due in it, or without a day in one of its plans. How each stood on
    the last day of the period: done, late (open after its day), in time."""
    year = Q(due_on__range=(period.first, date(period.year, 12, 31))) | Q(due_on=None, plan__year=period.year)
    done = Q(state="DONE", closed_on__lte=period.last)
    rows = Task.objects.filter(year, added_at__date__lte=period.last).exclude(state="DROPPED").annotate(
        done=holds(done), late=holds(~done & Q(due_on__isnull=False, due_on__lt=period.last)),
        in_time=holds(done & (Q(due_on=None) | Q(closed_on__lte=F("due_on")))), owned=holds(Q(owner__isnull=False)),
        planned=holds(Q(plan__isnull=False)), part=holds(Q(parent__isnull=False)),
        decided=holds(Q(source__startswith="plans.decision:")), judged=holds(Q(score__isnull=False)),
    )  # fmt: skip
    return within(rows, "area_id", area_code)


def meetings(area_code: str, period: Period) -> QuerySet[Any]:
    """Meetings held within the period whose activity still counts."""
    rows = Meeting.objects.filter(state="HELD", on__range=(period.first, period.last), activity__withdrawn_at=None)
    return within(rows.annotate(minuted=holds(~Q(minutes=""))), "area_id", area_code)


def invitees(area_code: str, period: Period) -> QuerySet[Any]:
    """Those asked to meetings that were held within the period."""
    days = (period.first, period.last)
    rows = Invitee.objects.filter(is_extra=False, meeting__state="HELD", meeting__on__range=days)
    return within(rows.annotate(came_there=holds(Q(presence__in=CAME))), "meeting__area_id", area_code)


def decisions(area_code: str, period: Period) -> QuerySet[Any]:
    """Decisions of meetings held within the period; done when their task was on its last day."""
    rows = Decision.objects.filter(withdrawn_at=None, meeting__on__range=(period.first, period.last)).annotate(
        tasked=holds(Q(task__isnull=False)), done=holds(Q(task__state="DONE", task__closed_on__lte=period.last)),
        late=holds(Q(task__due_on__lt=period.last) & (Q(task__closed_on=None) | Q(task__closed_on__gt=period.last))),
        owned=holds(Q(owner__isnull=False) | Q(task__owner__isnull=False)),
    )  # fmt: skip
    return within(rows, "meeting__area_id", area_code)


def standing(grid: Grid) -> dict[str, list[str]]:
    """State → keys of those who owe: MISSED when one duty is, else DUE, else DONE."""
    found: dict[str, list[str]] = {}
    for ower in grid.owers:
        states = {cell.standing.state for _, cell in grid.of_ower(ower.key)}
        state = next((code for code in ("MISSED", "DUE", "DONE") if code in states), "NOTHING")
        found.setdefault(state, []).append(ower.key)
    return found


def marked(rows: QuerySet[Any], grid: Grid) -> QuerySet[Any]:
    """Rows with how they stand with their duties."""
    cases = [When(pk__in=keys, then=Value(state)) for state, keys in standing(grid).items()]
    known: QuerySet[Any] = rows.annotate(standing=Case(*cases, default=Value("NOTHING"), output_field=CharField()))
    return known


def towns(area_code: str, period: Period) -> QuerySet[Any]:
    """Towns with how they stand with all their duties of the year, on the last day of the period."""
    grid = kept_grid(area_code, "TOWN", period.year, period.last)
    return marked(Area.objects.filter(pk__in=[ower.key for ower in grid.owers]), grid)


def units(area_code: str, period: Period) -> QuerySet[Any]:
    """Member units and garrisons with how they stand with all their duties of the year."""
    found: QuerySet[Any] = Unit.objects.none()
    rows: list[int] = []
    cases = []
    for owes in ("MEMBER", "GARRISON"):
        grid = kept_grid(area_code, owes, period.year, period.last)
        rows += [ower.number for ower in grid.owers]
        cases += [When(pk__in=[int(key) for key in keys], then=Value(state)) for state, keys in standing(grid).items()]
    if rows:
        found = Unit.objects.filter(pk__in=rows)
    known: QuerySet[Any] = found.annotate(standing=Case(*cases, default=Value("NOTHING"), output_field=CharField()))
    return known


STATES = {"standing": frozenset(STANDINGS)}
SOURCES: dict[str, RowSource] = {
    "plans.tasks": RowSource(
        "计划任务", tasks, "area_id", {"rows": ROWS, "score": Measure(How.SUM, "score")},
        {
            "done": "done", "late": "late", "in_time": "in_time", "owned": "owned", "planned": "planned",
            "part": "part", "decided": "decided", "judged": "judged", "weight": "weight",
        },
        (
            Column("任务", "title"),
            Column("责任单位", "owner__name"),
            Column("地区", "area_id", "area"),
            Column("类型", "weight", labels=WEIGHT_NAMES),
            Column("时限", "due_on", "day"),
            Column("情况", "state", labels=STATE_NAMES),
            Column("办结", "closed_on", "day"),
            Column("评分", "score"),
        ),
        person="",
    ),
    "plans.meetings": RowSource(
        "会议", meetings, "area_id", {"rows": ROWS}, {"kind": "kind_id", "minuted": "minuted"},
        (
            Column("日期", "on", "day"),
            Column("会议", "title"),
            Column("类型", "kind__name"),
            Column("地区", "area_id", "area"),
            Column("主持", "chair"),
        ),
        person="",
    ),
    "plans.invitees": RowSource(
        "会议签到", invitees, "meeting__area_id", {"rows": ROWS}, {"came": "came_there", "kind": "meeting__kind_id"},
        (
            Column("日期", "meeting__on", "day"),
            Column("会议", "meeting__title"),
            Column("单位或人员", "name"),
            Column("情况", "presence", labels=PRESENCE_NAMES),
            Column("地区", "meeting__area_id", "area"),
        ),
        person="",
    ),
    "plans.decisions": RowSource(
        "会议决定", decisions, "meeting__area_id", {"rows": ROWS},
        {"tasked": "tasked", "done": "done", "late": "late", "owned": "owned", "kind": "meeting__kind_id"},
        (
            Column("日期", "meeting__on", "day"),
            Column("会议", "meeting__title"),
            Column("决定", "text"),
            Column("责任单位", "task__owner__name"),
            Column("时限", "task__due_on", "day"),
            Column("地区", "meeting__area_id", "area"),
        ),
        person="",
    ),
    "plans.towns": RowSource(
        "乡镇职责", towns, "code", {"rows": ROWS}, {"standing": "standing"},
        (Column("乡镇(街道)", "name"), Column("职责情况", "standing", labels=STANDINGS)),
        person="", choices=STATES,
    ),
    "plans.units": RowSource(
        "单位职责", units, "area_id", {"rows": ROWS}, {"standing": "standing", "kind": "kind"},
        (
            Column("单位", "name"),
            Column("类别", "kind", labels=dict(UnitKind.choices)),
            Column("职责情况", "standing", labels=STANDINGS),
            Column("地区", "area_id", "area"),
        ),
        person="", choices=STATES,
    ),
}  # fmt: skip
