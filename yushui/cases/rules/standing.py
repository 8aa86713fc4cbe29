"""How a case stands: reckoned from the rows of what happened to it, never kept ahead of them.

A term is written down when a step is reached (days, and how they count), so a kind whose deadline is changed later
moves no case that is under way. Days in a pause do not count; an extension adds days; an act taken back is as if it
had not been, but its row stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from yushui.cases.types.cases import Act, State

OneDay = timedelta(days=1)
IsWorkday = Callable[[date], bool]


@dataclass(frozen=True)
class Happened:
    """A row of what happened: the act, its day, where the case went, with which term."""

    id: int
    act: str
    on: date
    by: int | None = None
    to_step: int | None = None
    to_code: str = ""
    to_role: str = ""
    to_unit: int | None = None
    to_user: int | None = None
    to_user_name: str = ""
    term_days: int | None = None
    term_count: str = ""
    result: str = ""
    rating: int | None = None
    undoes: int | None = None


@dataclass(frozen=True)
class Standing:
    """How a case stands. `since` is the day its step was first reached in this round; no `due_on` while paused, or
    when the step has no term."""

    state: State = State.OPEN
    step: int | None = None
    since: date | None = None
    holder_code: str = ""
    holder_role: str = ""
    holder_unit: int | None = None
    holder_user: int | None = None
    holder_name: str = ""
    due_on: date | None = None
    closed_on: date | None = None
    result: str = ""
    replied_on: date | None = None
    rating: int | None = None
    asks_extension: bool = False


def living(rows: Iterable[Happened]) -> list[Happened]:
    """The rows that count: without those taken back, without the taking back, and without notes that the asker's entry
    in the register was merged (nobody in the case did anything)."""
    kept = list(rows)
    undone = {row.undoes for row in kept if row.undoes is not None}
    return [row for row in kept if row.id not in undone and row.act not in (Act.TAKEN_BACK, Act.MERGED)]


def stand(rows: Sequence[Happened], is_workday: IsWorkday) -> Standing:
    """How a case stands after these rows, in the order they were written."""
    seen = living(rows)
    found = Standing()
    for row in seen:
        found = after(found, row)
    if found.state is not State.OPEN:
        return found
    return replace(found, due_on=due_day(seen, found.step, is_workday))


def after(was: Standing, row: Happened) -> Standing:
    """One row further, deadlines aside."""
    if row.act in {Act.OPENED, Act.DECIDED, Act.REOPENED}:
        if row.to_step is None:
            return replace(was, state=State.CLOSED, step=None, since=None, holder_unit=None, holder_user=None,
                           holder_name="", closed_on=row.on, result=row.result, asks_extension=False)  # fmt: skip
        return replace(
            was, state=State.OPEN, step=row.to_step, since=row.on, holder_code=row.to_code, holder_role=row.to_role,
            holder_unit=row.to_unit, holder_user=row.to_user, holder_name=row.to_user_name, closed_on=None, result="",
            asks_extension=False,
            replied_on=None if row.act == Act.REOPENED else was.replied_on,
            rating=None if row.act == Act.REOPENED else was.rating,
        )  # fmt: skip
    if row.act in {Act.ASKED, Act.EXTENDED}:
        return replace(was, asks_extension=row.act == Act.ASKED)
    if row.act == Act.PAUSED:
        return replace(was, state=State.PAUSED)
    if row.act == Act.RESUMED:
        return replace(was, state=State.OPEN)
    if row.act in {Act.TAKEN, Act.HANDED_OVER}:
        return replace(was, holder_user=row.to_user, holder_name=row.to_user_name)
    if row.act in {Act.TRANSFERRED, Act.ASSIGNED}:
        return replace(
            was, holder_code=row.to_code, holder_role=row.to_role or was.holder_role, holder_unit=row.to_unit,
            holder_user=None, holder_name="",
        )  # fmt: skip
    if row.act == Act.REPLIED:
        return replace(was, replied_on=row.on)
    if row.act == Act.RATED:
        return replace(was, rating=row.rating)
    return was


def due_day(rows: Sequence[Happened], step: int | None, is_workday: IsWorkday) -> date | None:
    """The last day of the running step. Sent back to a step it had before, a case keeps that step's clock; reopened,
    it begins anew."""
    begun = max((n for n, row in enumerate(rows) if row.act in {Act.OPENED, Act.REOPENED}), default=0)
    round_ = rows[begun:]
    arrival = next((row for row in round_ if row.to_step == step and row.act in MOVES), None)
    if arrival is None or arrival.term_days is None:
        return None
    later = round_[round_.index(arrival) :]
    extra = sum(row.term_days or 0 for row in later if row.act == Act.EXTENDED and row.to_step in {None, step})
    return count_days(arrival.on, arrival.term_days + extra, arrival.term_count, pauses_in(later), is_workday)


MOVES = (Act.OPENED, Act.DECIDED, Act.REOPENED)


def pauses_in(rows: Sequence[Happened]) -> list[tuple[date, date]]:
    """Half-open spans in which the clock stood still."""
    spans: list[tuple[date, date]] = []
    began: date | None = None
    for row in rows:
        if row.act == Act.PAUSED:
            began = row.on
        elif row.act in {Act.RESUMED, Act.DECIDED} and began is not None:
            if row.on > began:
                spans.append((began, row.on))
            began = None
    return spans


def count_days(begin: date, days: int, count: str, pauses: Sequence[tuple[date, date]], is_workday: IsWorkday) -> date:
    """The last day of a term: the day it begins does not count, nor does any day of a pause; of working days (count
    WORKDAY) only those on which offices work."""
    day, left = begin, days
    while left > 0:
        day += OneDay
        if any(first <= day < end for first, end in pauses):
            continue
        if count != "WORKDAY" or is_workday(day):
            left -= 1
    return day
