"""One activity in full: its rows, and which figures, duties, tasks and agreements it serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may
from yushui.activities.models import Activity, ActivityEvidence, ActivityPerson
from yushui.activities.selectors import activities
from yushui.activities.selectors.activities import Number
from yushui.activities.selectors.evidence import list_pieces
from yushui.activities.selectors.pairs import pairs_of_activity
from yushui.base.area_codes import ancestors_of
from yushui.base.figures import Period
from yushui.indicators.selectors.catalogue import SOURCES, indicators
from yushui.indicators.types import Condition, Indicator
from yushui.plans.models import Task
from yushui.plans.selectors.duties import duties_served_by
from yushui.plans.selectors.meetings import visible_meetings
from yushui.workbench.addresses import address_of

SOURCE = "activities.activities"


@dataclass(frozen=True)
class Serves:
    """What an activity serves (a duty, a task, an agreement): its title, what it is, where it leads (or empty)."""

    title: str
    sort: str
    url: str = ""


@dataclass(frozen=True)
class ActivityPage:
    """All that is known of one activity."""

    activity: Activity
    numbers: tuple[Number, ...]
    partners: tuple[str, ...]
    people: tuple[ActivityPerson, ...]
    pieces: tuple[ActivityEvidence, ...]
    doubles: tuple[Activity, ...]
    figures: tuple[Indicator, ...]
    serves: tuple[Serves, ...]
    may_record: bool
    may_change: bool
    may_see_figures: bool

    @property
    def photos(self) -> tuple[ActivityEvidence, ...]:
        """Pieces that can be drawn."""
        return tuple(piece for piece in self.pieces if piece.is_photo)

    @property
    def papers(self) -> tuple[ActivityEvidence, ...]:
        """Files to save, and links."""
        return tuple(piece for piece in self.pieces if not piece.is_photo)

    @property
    def last_day(self) -> date | None:
        """The last day of an activity of several."""
        ends = self.activity.ends_on
        return date.fromordinal(ends.toordinal() - 1) if ends else None


def get_activity_page(*, actor: User, activity_id: int, on: date) -> ActivityPage:
    """One activity in the actor's area; NotFound otherwise."""
    found = activities.get_activity(actor=actor, activity_id=activity_id)
    living = found.withdrawn_at is None
    mine = found.recorded_by == actor.pk or may(actor, "activities.plan_campaign")
    return ActivityPage(
        activity=found,
        numbers=tuple(activities.numbers_of(found)),
        partners=tuple(partner.name for partner in activities.partners_of(found)),
        people=tuple(activities.people_of(found)),
        pieces=tuple(list_pieces(found)),
        doubles=tuple(activities.doubles_of(found)) if living else (),
        figures=figures_with(found, on),
        serves=tuple(served_by(actor, found)) if living else (),
        may_record=may(actor, "activities.record"),
        may_change=living and mine and may(actor, "activities.record"),
        may_see_figures=may(actor, "indicators.view"),
    )


def meetings_of(actor: User, activity: Activity) -> list[Serves]:
    """The meeting that an activity is the record of: its minutes and decisions stand there."""
    if not may(actor, "plans.view"):
        return []
    rows = visible_meetings(actor).filter(activity=activity)
    return [Serves(meeting.title, "会议", address_of("show-meeting", meeting.pk)) for meeting in rows]


def duties_of(actor: User, activity: Activity) -> list[Serves]:
    """The duties that an activity of this kind fulfils."""
    if not may(actor, "plans.view"):
        return []
    return [Serves(duty.name, "职责", address_of("show-duty", duty.pk)) for duty in duties_served_by(activity)]


def tasks_of(actor: User, activity: Activity) -> list[Serves]:
    """Items of the year's plan that ask for this kind, in the activity's area or one above it."""
    if not may(actor, "plans.view"):
        return []
    year = activity.on.year
    near = Q(area_id__in=[activity.area_id, *ancestors_of(activity.area_id)])
    due = Q(due_on__year=year) | Q(due_on=None, plan__year=year)
    rows = in_scope(Task.objects.filter(near, due, kind=activity.kind_id).exclude(state="DROPPED"), actor, "area_id")
    found = rows.order_by("due_on", "id")[:10]
    return [Serves(task.title, "计划任务", address_of("show-task", task.pk)) for task in found]


def served_by(actor: User, activity: Activity) -> list[Serves]:
    """Everything that an activity serves, besides figures."""
    return [each for find in (meetings_of, duties_of, tasks_of, pairs_of) for each in find(actor, activity)]


def pairs_of(actor: User, activity: Activity) -> list[Serves]:
    """The agreements between units that it counts for."""
    pairs = pairs_of_activity(actor=actor, activity=activity)
    return [Serves(str(pair), "共建对子", address_of("show-pair", pair.pk)) for pair in pairs]


def figures_with(activity: Activity, on: date) -> tuple[Indicator, ...]:
    """The indicators whose rows of the activity's year hold it, in the order of the catalogue."""
    source = SOURCES[SOURCE]
    period = Period(activity.on.year, max(on, activity.on))
    columns = dict(source.filters)
    row = source.rows(activity.area_id, period).filter(pk=activity.pk).values(*set(columns.values())).first()
    if row is None:
        return ()
    held = {name: row[path] for name, path in columns.items()}
    counted = (each for each in indicators().values() if each.whole is not None and each.whole.source == SOURCE)
    return tuple(each for each in counted if each.whole is not None and passes(held, each.whole.tests))


def passes(held: dict[str, Any], tests: Iterable[Condition]) -> bool:
    """Whether a row with these values passes all tests, as the query of the figure would say."""
    return all((held[test.name] in test.values) != test.negated for test in tests)
