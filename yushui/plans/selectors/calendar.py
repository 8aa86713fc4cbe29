"""The calendar: what is planned and what was done, counted by day; titles only where a day has few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.activities.models import Activity
from yushui.base.workdays import is_workday
from yushui.plans.models import Meeting, Task
from yushui.plans.rules.calendar import Day, Season, seasons_between, weeks_of
from yushui.plans.selectors.meetings import visible_meetings
from yushui.plans.selectors.tasks import state_words, visible_tasks

AROUND = timedelta(days=7)
MOST_MEETINGS = 300
FEW = 2  # titles of one sort that fit into a day of the grid


@dataclass(frozen=True)
class Line:
    """One entry of a day: where it leads by name and number, or to the day's list when it counts many."""

    sort: str  # TASK, MEETING, ACTIVITY
    words: str
    url_name: str = ""
    number: int = 0
    tone: str = ""

    @property
    def look(self) -> str:
        """The classes of its bar."""
        return f"entry {self.sort.lower()} {self.tone}".rstrip()


@dataclass
class Box:
    """A day of the grid with its entries."""

    day: Day
    is_today: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def look(self) -> str:
        """The classes of its cell: of another month, off, today."""
        base = "off" if self.day.is_off else ""
        return f"{base if self.day.is_inside else 'outside'}{' now' if self.is_today else ''}"


@dataclass(frozen=True)
class Month:
    """A month ready to be drawn."""

    year: int
    month: int
    weeks: list[list[Box]]
    seasons: list[Season]
    undated: int


def get_month(*, actor: User, year: int, month: int, on: date) -> Month:
    """A month with festivals, seasons, tasks, meetings and activities of the actor's area."""
    need(actor, "plans.view")
    weeks = [[Box(day, day.on == on) for day in week] for week in weeks_of(year, month, is_workday)]
    boxes = {box.day.on: box for week in weeks for box in week}
    first, last = min(boxes), max(boxes)
    for sort in (
        meeting_lines(actor, first, last, on),
        task_lines(actor, first, last, on),
        activity_lines(actor, first, last),
    ):
        for day, lines in sort.items():
            boxes[day].lines.extend(lines)
    inside = [day for day, box in boxes.items() if box.day.is_inside]
    return Month(year, month, weeks, seasons_between(min(inside), max(inside)), undated(actor, year))


def undated(actor: User, year: int) -> int:
    """Open tasks of plans of a year without a due day: they stand in no box."""
    return visible_tasks(actor).filter(plan__year=year, due_on=None, closed_on=None).count()


def task_lines(actor: User, first: date, last: date, on: date) -> Mapping[date, list[Line]]:
    """Tasks by due day: those of the actor's own area by title where they are few, those below as a count."""
    rows = visible_tasks(actor).filter(due_on__range=(first, last)).exclude(state="DROPPED").order_by()
    own = rows.filter(area_id=actor.area_code)
    counts = dict(own.values_list("due_on").annotate(n=Count("pk")))
    below = dict(rows.exclude(area_id=actor.area_code).values_list("due_on").annotate(n=Count("pk")))
    few = titles_of(own.only("title", "due_on", "state", "closed_on"), "due_on", counts)
    found: dict[date, list[Line]] = {}
    for day in sorted({*counts, *below}):
        lines = [Line("TASK", task.title, "show-task", task.pk, task_tone(task, on)) for task in few.get(day, [])]
        if counts.get(day, 0) > FEW:
            lines.append(Line("TASK", f"任务 {counts[day]} 项"))
        if day in below:
            lines.append(Line("TASK", f"下级任务 {below[day]} 项"))
        found[day] = lines
    return found


def task_tone(task: Task, on: date) -> str:
    """The mark of a task in the grid: late, done, or nothing."""
    if task.state == "DONE":
        return "done"
    return "bad" if state_words(task, on)[1] == "bad" else ""


def meeting_lines(actor: User, first: date, last: date, on: date) -> Mapping[date, list[Line]]:
    """Meetings by day, noticed or held; those of the widest area first, and a count where a day has many."""
    rows = visible_meetings(actor).filter(on__range=(first, last)).exclude(state="CANCELLED")
    lines: dict[date, list[Line]] = {}
    for meeting in rows.only("title", "on", "state", "begins_at", "area_id").order_by("area_id", "id")[:MOST_MEETINGS]:
        tone = "done" if meeting.state == "HELD" else "bad" if meeting.on < on else ""
        begins = f"{meeting.begins_at.hour}:{meeting.begins_at:%M} " if meeting.begins_at else ""
        line = Line("MEETING", f"{begins}{meeting.title}", "show-meeting", meeting.pk, tone)
        lines.setdefault(meeting.on, []).append(line)
    return {
        day: found if len(found) <= FEW else [*found[:1], Line("MEETING", f"会议 {len(found)} 场")]
        for day, found in lines.items()
    }


def activity_lines(actor: User, first: date, last: date) -> Mapping[date, list[Line]]:
    """Activities by day; their titles only on days with few."""
    if not may(actor, "activities.view"):
        return {}
    rows = in_scope(Activity.objects.filter(on__range=(first, last), withdrawn_at=None), actor, "area_id")
    rows = rows.exclude(pk__in=met_between(actor, first, last))
    counts = dict(rows.order_by().values_list("on").annotate(n=Count("pk")))
    few = titles_of(rows.only("title", "on"), "on", counts)
    return {
        day: [
            *(Line("ACTIVITY", row.title, "show-activity", row.pk) for row in few.get(day, [])),
            *([Line("ACTIVITY", f"活动 {number:,} 项")] if number > FEW else []),
        ]
        for day, number in counts.items()
    }


def met_between(actor: User, first: date, last: date) -> list[int]:
    """The activities that are meetings of these days: their line is the meeting's. A meeting keeps its activity when
    the activity is moved to another day, so a few days around are looked at too."""
    rows = visible_meetings(actor).filter(on__range=(first - AROUND, last + AROUND), state="HELD")
    return [pk for pk in rows.values_list("activity_id", flat=True)[:MOST_MEETINGS] if pk is not None]


def titles_of(rows: QuerySet[Any], column: str, counts: Mapping[date, int]) -> dict[date, list[Any]]:
    """The rows of the days that have few."""
    days = [day for day, number in counts.items() if number <= FEW]
    found: dict[date, list[Any]] = {}
    for row in rows.filter(**{f"{column}__in": days}).order_by("id") if days else ():
        found.setdefault(getattr(row, column), []).append(row)
    return found


@dataclass(frozen=True)
class DayList:
    """Everything on one day, as far as one page holds."""

    day: Day
    tasks: list[Task]
    meetings: list[Meeting]
    activities: QuerySet[Activity]
    seasons: list[Season]


def get_day(*, actor: User, day: date) -> DayList:
    """One day: tasks due, activities held."""
    need(actor, "plans.view")
    inside = next(each for week in weeks_of(day.year, day.month, is_workday) for each in week if each.on == day)
    tasks = visible_tasks(actor).filter(due_on=day).exclude(state="DROPPED").select_related("owner", "area")
    meetings = visible_meetings(actor).filter(on=day).exclude(state="CANCELLED").select_related("area")
    held = in_scope(Activity.objects.filter(on=day, withdrawn_at=None), actor, "area_id")
    return DayList(
        day=inside,
        tasks=list(tasks.order_by("id")[:200]),
        meetings=list(meetings.order_by("begins_at", "id")[:100]),
        activities=held.select_related("kind", "area").order_by("-on", "-id"),
        seasons=seasons_between(day, day),
    )


def days_with_lines(month: Month) -> Iterable[Box]:
    """The days of the month that have something to say: for the list on a phone."""
    for week in month.weeks:
        for box in week:
            if box.day.is_inside and (box.lines or box.day.festivals or box.day.marks or box.is_today):
                yield box
