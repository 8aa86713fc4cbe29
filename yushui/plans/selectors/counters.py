"""The counters of duties: one query for each sort of fact, whatever the number of those who owe and of facts.

Rows are added up by the database: by the first digits of the area code, by unit or by post, and by month; persons by
village. Nothing is kept but for a few minutes in the cache, and that only until somebody does something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Activity, ActivityPartner, ActivityPerson
from yushui.audit.selectors import until_next_act
from yushui.base.figures import within
from yushui.plans.models import DutyKind
from yushui.plans.rules.duties import parts_of, period_of, periods_of, stand
from yushui.plans.selectors.contacts import contacts_by_area
from yushui.plans.selectors.duties import duties_for, kinds_of
from yushui.plans.selectors.owers import DIGITS, Ower, list_owers
from yushui.plans.selectors.papers import papers_by_ower
from yushui.plans.types.duties import Part, Standing

# (who owes, kind of activity, month) → times and sum of the activities' number
Facts = dict[tuple[str, str], dict[int, tuple[int, int]]]


@dataclass(frozen=True)
class Cell:
    """A duty of one who owes it."""

    parts: tuple[Part, ...]
    standing: Standing


@dataclass(frozen=True)
class Grid:
    """All duties of one sort of owers in a year: duties, owers, and a cell for each pair."""

    duties: tuple[DutyKind, ...]
    owers: tuple[Ower, ...]
    cells: Mapping[tuple[str, str], Cell]  # (duty code, key)

    def of_duty(self, code: str) -> list[tuple[Ower, Cell]]:
        """Those who owe a duty, with how they stand."""
        return [(ower, self.cells[code, ower.key]) for ower in self.owers]

    def of_ower(self, key: str) -> list[tuple[DutyKind, Cell]]:
        """The duties of one who owes."""
        return [(duty, self.cells[duty.pk, key]) for duty in self.duties]


def get_grid(*, actor: User, owes: str, year: int, on: date) -> Grid:
    """How everybody in the actor's area stands with the duties of one sort, in a year as seen on a day."""
    need(actor, "plans.view")
    return kept_grid(actor.area_code, owes, year, on)


def kept_grid(area_code: str, owes: str, year: int, on: date) -> Grid:
    """The grid of an area, counted again once anybody has done anything; who asks has checked the right to it."""
    return until_next_act(f"duties:{area_code}:{owes}:{year}:{on}", lambda: count_grid(area_code, owes, year, on))


def count_grid(area_code: str, owes: str, year: int, on: date) -> Grid:
    """Count afresh. Owers are those of the last day of the year, or of `on` while it runs."""
    duties = duties_for(area_code, owes)
    owers = list_owers(area_code=area_code, owes=owes, on=min(on, date(year, 12, 31)))
    done: dict[str, dict[str, dict[int, int]]] = {}
    needs: dict[str, dict[str, dict[int, int]]] = {}
    for reach in ("OWN", "BELOW"):
        acting = [duty for duty in duties if duty.by in {"ACTIVITY", "AMOUNT"} and duty.reach == reach]
        facts = activity_facts(area_code, owes, owers, acting, year, on, below=reach == "BELOW") if acting else {}
        for duty in acting:
            done[duty.pk] = sums_of(duty, facts)
    for duty in duties:
        if duty.by == "CONTACT":
            needs[duty.pk], done[duty.pk] = contact_sums(area_code, owes, duty, year, on)
        elif duty.by == "PAPER":
            done[duty.pk] = papers_by_ower(area_code=area_code, duty=duty, year=year, on=on)
    cells = {}
    for duty in duties:
        for ower in owers:
            need_of = needs[duty.pk].get(ower.key, {}) if duty.by == "CONTACT" else duty.times
            parts = parts_of(
                duty.rhythm, year, needs=need_of, done=done[duty.pk].get(ower.key, {}), starts_on=duty.starts_on
            )
            cells[duty.pk, ower.key] = Cell(tuple(parts), stand(parts, on))
    return Grid(tuple(duties), tuple(owers), cells)


def activities_of_year(area_code: str, kinds: Iterable[str], year: int, on: date) -> QuerySet[Activity]:
    """Activities of some kinds that count for a year, as far as it has gone."""
    rows = Activity.objects.filter(
        kind__in=sorted(set(kinds)), on__range=(date(year, 1, 1), min(on, date(year, 12, 31))), withdrawn_at=None
    )
    kept: QuerySet[Activity] = within(rows, "area_id", area_code)
    return kept


def activity_facts(
    area_code: str, owes: str, owers: Sequence[Ower], duties: Sequence[DutyKind], year: int, on: date, *, below: bool
) -> Facts:
    """Times and amounts by who owes, kind and month."""
    rows = activities_of_year(area_code, (kind for duty in duties for kind in kinds_of(duty)), year, on)
    if owes in DIGITS:
        if not below:
            rows = rows.filter(area_id__in=[ower.key for ower in owers]) if len(owers) < 900 else rows
        named = rows.annotate(who=Substr("area_id", 1, DIGITS[owes]), month=month_in(year, "on"))
        found = named.values("who", "kind_id", "month")
        return gather(found.annotate(n=Count("pk"), amount=Sum("heads")))
    keys = [ower.number for ower in owers]
    if owes == "LEADER":
        led = ActivityPerson.objects.filter(post__in=keys, activity__in=rows)
        return gather(by_activity(led, F("post_id"), year))
    hosted = rows.filter(host__in=keys).annotate(who=F("host_id"), month=month_in(year, "on"))
    facts = gather(hosted.values("who", "kind_id", "month").annotate(n=Count("pk"), amount=Sum("heads")))
    joined = ActivityPartner.objects.filter(unit__in=keys, activity__in=rows).exclude(unit=F("activity__host"))
    return gather(by_activity(joined, F("unit_id"), year), facts)


def month_in(year: int, path: str) -> Case:
    """The month of a day of a year. Comparisons run inside the database; SQLite would call back into Python for the
    month of each row."""
    ends = [date(year, month + 1, 1) for month in range(1, 12)]
    cases = [When(**{f"{path}__lt": end}, then=Value(month)) for month, end in enumerate(ends, start=1)]
    return Case(*cases, default=Value(12), output_field=IntegerField())


def by_activity(rows: QuerySet[Any], who: F, year: int) -> QuerySet[Any]:
    """Rows that hang on activities, added up by whom they name, kind and month; one activity counts once."""
    named = rows.annotate(who=who, kind_id=F("activity__kind_id"), month=month_in(year, "activity__on"))
    sums = {"n": Count("activity", distinct=True), "amount": Sum("activity__heads")}
    return cast("QuerySet[Any]", named.values("who", "kind_id", "month").annotate(**sums))


def key_of(digits: Any) -> str:
    """From the first digits of a code to the key of the area, or a number as text."""
    return digits.ljust(12, "0") if isinstance(digits, str) else str(digits)


def gather(rows: Iterable[Mapping[str, Any]], into: Facts | None = None) -> Facts:
    """Rows of a grouped query as a table, added to `into`."""
    facts: Facts = into if into is not None else {}
    for row in rows:
        months = facts.setdefault((key_of(row["who"]), row["kind_id"]), {})
        month = row["month"]
        times, amount = months.get(month, (0, 0))
        months[month] = (times + row["n"], amount + (row["amount"] or 0))
    return facts


def sums_of(duty: DutyKind, facts: Facts) -> dict[str, dict[int, int]]:
    """What was done of a duty: key of who owes → place of the period → times, or amount."""
    kinds = set(kinds_of(duty))
    sums: dict[str, dict[int, int]] = {}
    for (key, kind), months in facts.items():
        if kind not in kinds:
            continue
        mine = sums.setdefault(key, {})
        for month, (times, amount) in months.items():
            place = period_of(duty.rhythm, month)
            mine[place] = mine.get(place, 0) + (amount if duty.by == "AMOUNT" else times)
    return sums


def contact_sums(
    area_code: str, owes: str, duty: DutyKind, year: int, on: date
) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]]:
    """How many persons are to be contacted in each period, and how many were; periods to come have no list yet."""
    needs: dict[str, dict[int, int]] = {}
    done: dict[str, dict[int, int]] = {}
    for place, (first, last) in enumerate(periods_of(duty.rhythm, year)):
        if first > on:
            continue
        counts = contacts_by_area(
            area_code=area_code,
            persons=duty.persons,
            first=first,
            last=min(last, on),
            times=duty.times,
            digits=DIGITS[owes],
        )
        for digits, (listed, met) in counts.items():
            key = key_of(digits)
            needs.setdefault(key, {})[place] = listed
            done.setdefault(key, {})[place] = met
    return needs, done
