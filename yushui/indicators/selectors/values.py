"""Values by area and year. All indicators on one source are answered by one grouped query, at any level of areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from yushui.accounts.models import User
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import CUTS, code_range, level_of
from yushui.base.days import birthday
from yushui.base.figures import How, Measure, Period, RowSource
from yushui.indicators.permissions import check_view_figures
from yushui.indicators.rules import CHAPTERS, share
from yushui.indicators.selectors.catalogue import SOURCES, concerns, indicators
from yushui.indicators.types import Condition, Indicator, Kind, Part, Question, Value
from yushui.places.selectors import area_names

WHOLE, PART, COUNTED = "whole", "part", "rows"


def condition_of(source: RowSource, tests: Iterable[Condition]) -> Q:
    """The tests as one condition on the rows of a source."""
    asked = Q()
    for test in tests:
        column = source.filters[test.name]
        one = Q(**{f"{column}__in": test.values})
        asked &= ~one if test.negated else one
    return asked


def persons_of(question: Question, area_code: str, period: Period) -> QuerySet[Any]:
    """The persons in the rows of another source, for a ratio met by it."""
    source = SOURCES[question.source]
    rows = source.rows(area_code, period).filter(condition_of(source, question.tests))
    return rows.order_by().values(source.person)


def asked_rows(indicator: Indicator, part: Part, area_code: str, period: Period) -> Q:
    """The condition on the rows of the indicator's source for one of its parts."""
    assert indicator.whole is not None
    source = SOURCES[indicator.whole.source]
    whole = condition_of(source, indicator.whole.tests)
    if indicator.kind is not Kind.RATIO or part is Part.WHOLE:
        return whole
    if indicator.met_by is not None:
        done = Q(**{f"{source.person}__in": persons_of(indicator.met_by, area_code, period)})
    else:
        done = condition_of(source, indicator.part)
    return whole & done if part is Part.PART else whole & ~done


def aggregate_of(measure: Measure, condition: Q) -> Aggregate:
    """The measure over the rows that meet a condition."""
    if measure.how is How.SUM:
        return Sum(measure.of, filter=condition, default=0)
    return Count(measure.of, filter=condition, distinct=measure.how is How.DISTINCT)


def aggregates_of(indicator: Indicator, area_code: str, period: Period) -> dict[str, Aggregate]:
    """What one indicator asks of its source: number and rows, of a ratio also the part."""
    assert indicator.whole is not None
    measure = SOURCES[indicator.whole.source].measures[indicator.whole.measure]
    whole = asked_rows(indicator, Part.WHOLE, area_code, period)
    asked = {
        f"{indicator.id}__{WHOLE}": aggregate_of(measure, whole),
        f"{indicator.id}__{COUNTED}": Count("pk", filter=whole),
    }
    if indicator.kind is Kind.RATIO:
        done = asked_rows(indicator, Part.PART, area_code, period)
        asked[f"{indicator.id}__{PART}"] = aggregate_of(measure, done)
    return asked


def value_of(indicator: Indicator, answers: Mapping[str, Any], area_code: str, period: Period) -> Value:
    """One indicator's answer out of a grouped row."""
    whole = int(answers.get(f"{indicator.id}__{WHOLE}") or 0)
    part = int(answers.get(f"{indicator.id}__{PART}") or 0) if indicator.kind is Kind.RATIO else whole
    number = share(part, whole) if indicator.kind is Kind.RATIO else whole
    count = int(answers.get(f"{indicator.id}__{COUNTED}") or 0)
    return Value(indicator.id, area_code, period.year, period.on, number, part, whole, count)


def by_source(asked: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    """Indicators with rows, grouped by their source; tables of the law have none."""
    groups: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in asked:
        if indicator.whole is not None:
            groups[indicator.whole.source].append(indicator)
    return groups


def values_of(
    *, actor: User, area_code: str, year: int, on: date, ids: Iterable[str] | None = None
) -> dict[str, Value]:
    """Values of an area for a year, as known on a day; one query for each source."""
    check_view_figures(actor, area_code)
    period = Period(year, on)
    found: dict[str, Value] = {}
    known = indicators()
    wanted = known if ids is None else {name: known[name] for name in ids}
    for name, group in by_source(wanted.values()).items():
        asked: dict[str, Aggregate] = {}
        for indicator in group:
            asked |= aggregates_of(indicator, area_code, period)
        answers = SOURCES[name].rows(area_code, period).aggregate(**asked)
        found |= {indicator.id: value_of(indicator, answers, area_code, period) for indicator in group}
    return {name: found[name] for name in wanted if name in found}


def kept_values(*, actor: User, area_code: str, year: int, on: date) -> dict[str, Value]:
    """All values of an area, counted again once anybody has done anything."""
    check_view_figures(actor, area_code)
    return until_next_act(
        f"figures:{area_code}:{year}:{on}", lambda: values_of(actor=actor, area_code=area_code, year=year, on=on)
    )


def same_day_before(year: int, on: date) -> date:
    """To which day the year before is counted: while the year runs, to the same day."""
    return birthday(on, -1) if on.year == year else on


def next_cut(area_code: str) -> int | None:
    """How many digits name the areas one level below; None below villages there is nothing."""
    level = int(level_of(area_code))
    return CUTS[level] if level < len(CUTS) else None


def values_below(*, actor: User, indicator: Indicator, area_code: str, year: int, on: date) -> list[Value]:
    """Values of the areas one level below that have rows, by code, in one grouped query. Rows that lie on the area
    itself (县本级) come under its own code."""
    check_view_figures(actor, area_code)
    cut = next_cut(area_code)
    if cut is None or indicator.whole is None:
        return []
    period = Period(year, on)
    source = SOURCES[indicator.whole.source]
    rows = source.rows(area_code, period).filter(asked_rows(indicator, Part.WHOLE, area_code, period))

    def cut_at(digits: int, rows: QuerySet[Any]) -> dict[str, Value]:
        grouped = rows.order_by().annotate(area_part=Substr(F(source.area), 1, digits)).values("area_part")
        answers = grouped.annotate(**aggregates_of(indicator, area_code, period)).order_by("area_part")
        codes = [(row, row["area_part"].ljust(12, "0")) for row in answers]
        return {code: value_of(indicator, row, code, period) for row, code in codes}

    found = cut_at(cut, rows)
    alone = {code[:cut] for code in found} - {code[:cut] for code in (*area_names(found), area_code)}
    deeper = next((digits for digits in CUTS if digits > cut), None)
    if alone and deeper:  # the level is left out there: districts of 北京, towns of 东莞
        ranges = [code_range(prefix) for prefix in sorted(alone)]
        inside = reduce(or_, (Q(**{f"{source.area}__gte": low, f"{source.area}__lt": high}) for low, high in ranges))
        found = {code: value for code, value in found.items() if code[:cut] not in alone}
        found |= cut_at(deeper, rows.filter(inside))
    return [value for _, value in sorted(found.items())]


@dataclass(frozen=True)
class Figure:
    """A line of the figures page: the indicator, this year, the year before."""

    indicator: Indicator
    now: Value | None
    before: Value | None

    @property
    def change(self) -> int | None:
        """The difference to the year before; None when one of them is missing."""
        if self.now is None or self.before is None or self.now.number is None or self.before.number is None:
            return None
        return self.now.number - self.before.number

    @property
    def is_short(self) -> bool:
        """Whether the figure stays below its target."""
        target = self.indicator.target
        return target is not None and self.now is not None and self.now.number is not None and self.now.number < target


def list_figures(*, actor: User, area_code: str, year: int, on: date) -> list[tuple[str, list[Figure]]]:
    """All figures of an area and year beside the same span of the year before, by chapter."""
    now = kept_values(actor=actor, area_code=area_code, year=year, on=on)
    before = kept_values(actor=actor, area_code=area_code, year=year - 1, on=same_day_before(year, on))
    chapters: dict[str, list[Figure]] = {chapter: [] for chapter in CHAPTERS}
    for name, indicator in indicators().items():
        if not concerns(indicator, area_code):
            continue
        chapters[indicator.chapter].append(Figure(indicator, now.get(name), before.get(name)))
    return [(chapter, figures) for chapter, figures in chapters.items() if figures]
