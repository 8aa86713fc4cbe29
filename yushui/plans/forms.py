"""From request data to drafts. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from yushui.base.queries import area_of, whole_number
from yushui.plans.selectors import meetings
from yushui.plans.selectors.meetings import MeetingFilters
from yushui.plans.selectors.tasks import WHEN_NAMES, TaskFilters
from yushui.plans.types.duties import OWER_NAMES, DutyDraft
from yushui.plans.types.meetings import DecisionDraft, HeldDraft, MeetingDraft
from yushui.plans.types.tasks import WEIGHT_NAMES, PlanDraft, TaskDraft


def month_of(text: str, today: date) -> tuple[int, int]:
    """`2026-07` in a query as year and month; else this month."""
    parts = text.split("-")
    if len(parts) == 2:
        year, month = whole_number(parts[0]), whole_number(parts[1])
        if year is not None and month is not None and 1949 <= year <= 2200 and 1 <= month <= 12:
            return year, month
    return today.year, today.month


def owes_of(query: QueryDict) -> str:
    """Who owes, in a query; empty when it names nobody."""
    return query.get("owes", "") if query.get("owes", "") in OWER_NAMES else ""


def duty_draft(data: QueryDict) -> DutyDraft:
    """The form of a duty."""
    names = (
        "name", "owes", "rhythm", "times", "measure", "by", "reach", "persons", "starts_on", "source", "note",
    )  # fmt: skip
    return DutyDraft(**{name: data.get(name, "") for name in names}, kinds=tuple(data.getlist("kinds")))


def task_draft(data: QueryDict, *, plan_id: int | None = None) -> TaskDraft:
    """The form of a task."""
    names = (
        "title", "due_on", "note", "duty_code", "client_key", "starts_on", "kind_code", "weight", "anchor",
    )  # fmt: skip
    helpers = [whole_number(text) for text in data.getlist("helpers")]
    return TaskDraft(
        **{name: data.get(name, "") for name in names},
        owner_unit_id=unit_id(data.get("owner", "")),
        helper_unit_ids=tuple(number if number is not None else -1 for number in helpers),
        area_code=area_of(data),
        plan_id=plan_id if plan_id is not None else whole_number(data.get("plan", "")),
    )


def unit_id(text: str) -> int | None:
    """A unit chosen; what is no number becomes one that no unit has, so that the rule can say so."""
    return (whole_number(text) or -1) if text.strip() else None


def plan_draft(data: QueryDict) -> PlanDraft:
    """The form of a plan."""
    names = ("title", "year", "basis", "note", "client_key")
    return PlanDraft(
        **{name: data.get(name, "") for name in names},
        area_code=area_of(data),
        copied_id=whole_number(data.get("copied", "")),
    )


def task_filters(query: QueryDict) -> TaskFilters:
    """The search area of the lists of tasks."""
    when = query.get("when", "open")
    year = whole_number(query.get("year", ""))
    return TaskFilters(
        when=when if when in WHEN_NAMES else "open",
        whose=query.get("whose", "") if query.get("whose", "") in {"mine", "none", "wait"} else "",
        unit_id=whole_number(query.get("unit", "")),
        area_code=area_of(query),
        year=year if year is not None and 1949 <= year <= 2200 else None,
        weight=query.get("weight", "") if query.get("weight", "") in WEIGHT_NAMES else "",
        text=query.get("text", "").strip()[:40],
    )


def numbers_of(data: QueryDict, name: str) -> tuple[int, ...]:
    """Rows ticked; what is no number becomes one that no row has, so that the rule can say so."""
    return tuple(number if (number := whole_number(text)) is not None else -1 for text in data.getlist(name))


def meeting_draft(data: QueryDict) -> MeetingDraft:
    """The form of a notice."""
    names = ("kind", "title", "on", "begins_at", "place", "chair", "agenda", "others", "note", "client_key")
    return MeetingDraft(
        **{name: data.get(name, "") for name in names}, area_code=area_of(data),
        host_id=unit_id(data.get("host", "")), units=numbers_of(data, "units"), posts=numbers_of(data, "posts"),
    )  # fmt: skip


def held_draft(data: QueryDict) -> HeldDraft:
    """The form of a meeting held; attendance comes as `p_7` (presence) and `c_7` (who came)."""
    names = ("on", "chair", "heads", "others", "minutes", "client_key")
    marks = [
        (number, data.get(name, ""), data.get(f"c_{number}", ""))
        for name in data
        if name.startswith("p_") and (number := whole_number(name[2:])) is not None
    ]
    return HeldDraft(**{name: data.get(name, "") for name in names}, marks=tuple(marks))


def decision_draft(data: QueryDict) -> DecisionDraft:
    """The form of a decision."""
    return DecisionDraft(
        text=data.get("text", ""), owner_unit_id=unit_id(data.get("owner", "")),
        helper_unit_ids=numbers_of(data, "helpers"), due_on=data.get("due_on", ""),
        client_key=data.get("client_key", ""),
    )  # fmt: skip


def meeting_filters(query: QueryDict) -> MeetingFilters:
    """The search area of the list of meetings."""
    year = whole_number(query.get("year", ""))
    return MeetingFilters(
        when=query.get("when", "") if query.get("when", "") in meetings.WHEN_NAMES else "",
        kind=query.get("kind", "")[:40], year=year if year is not None and 1949 <= year <= 2200 else None,
        area_code=area_of(query), text=query.get("text", "").strip()[:40],
    )  # fmt: skip
