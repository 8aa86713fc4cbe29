"""Statements (零报告) as an actor may see and make them: by which form, by whom, for which period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import AreaLevel, code_range
from yushui.base.kinds import get_added_in, is_added_in, kinds_for, reachable_kinds
from yushui.cases.models import Statement, StatementKind
from yushui.cases.permissions import is_only_unit
from yushui.cases.rules.statements import last_period, period_span
from yushui.cases.types.statements import Form, StatementKindDraft
from yushui.places.models import Area, Unit, UnitKind
from yushui.places.permissions import my_unit_ids
from yushui.places.selectors import list_areas, list_units

LEVELS = {"TOWN": AreaLevel.TOWN, "VILLAGE": AreaLevel.VILLAGE}
Stater = Area | Unit


def forms_in_use(*, actor: User) -> list[Form]:
    """The forms by which something is stated in the actor's area, in the order of their kinds."""
    need(actor, "cases.view")
    pairs = kinds_for(StatementKind, actor.area_code).values_list("by", "rhythm")
    return list(dict.fromkeys(Form(by, rhythm) for by, rhythm in pairs))


def kinds_asked(*, actor: User, form: Form, year: int, number: int) -> list[StatementKind]:
    """The kinds that a period's statement must hold: those in use, and asked for before it ended."""
    need(actor, "cases.view")
    _, end = period_span(form.rhythm, year, number)
    rows = kinds_for(StatementKind, actor.area_code).filter(by=form.by, rhythm=form.rhythm)
    return list(rows.filter(Q(since=None) | Q(since__lt=end)))


def staters(*, actor: User, form: Form, on: date) -> QuerySet[Area] | QuerySet[Unit]:
    """Who states by a form: towns, villages or member units of the actor's area; people of a unit for their own."""
    if form.by != "UNIT":
        rows = list_areas(actor=actor, level=LEVELS[form.by])
        return rows.none() if is_only_unit(actor) else rows
    units = list_units(actor=actor, on=on).filter(kind=UnitKind.MEMBER)
    if is_only_unit(actor):
        units = units.filter(pk__in=my_unit_ids(actor, on))
    return units.order_by("area_id", "name")


def said(form: Form, year: int, number: int) -> QuerySet[Statement]:
    """What stands stated by a form for a period."""
    first, end = period_span(form.rhythm, year, number)
    rows = Statement.objects.filter(superseded_at=None, starts_on=first, ends_on=end, kind__by=form.by)
    return rows.filter(kind__rhythm=form.rhythm)


def owing(
    *, actor: User, form: Form, kinds: Sequence[StatementKind], year: int, number: int, on: date
) -> QuerySet[Area] | QuerySet[Unit]:
    """Those who have not stated every kind asked for in a period."""
    who = "unit" if form.by == "UNIT" else "area"
    rows = said(form, year, number).filter(kind__in=[kind.pk for kind in kinds]).values(who)
    whole = rows.annotate(stated=Count("kind")).filter(stated__gte=len(kinds)).values(who)
    found = staters(actor=actor, form=form, on=on)
    return found.exclude(pk__in=whole) if kinds else found.none()


@dataclass(frozen=True)
class StatedLine:
    """One who states, in one period: the number of each kind (None: not stated), who typed it."""

    stater: Stater
    names: tuple[str, ...]
    counts: tuple[int | None, ...]
    by: str
    words: str

    @property
    def cells(self) -> list[tuple[str, int | None]]:
        """Kind by name and its number."""
        return list(zip(self.names, self.counts, strict=True))


def kinds_shown(*, actor: User, form: Form, year: int, number: int) -> list[StatementKind]:
    """The kinds asked for, and those no longer in use of which something is stated."""
    asked = kinds_asked(actor=actor, form=form, year=year, number=number)
    low, high = code_range(actor.area_code)
    codes = said(form, year, number).filter(area__gte=low, area__lt=high).values("kind")
    more = StatementKind.objects.filter(pk__in=codes).exclude(pk__in=[kind.pk for kind in asked])
    return [*asked, *more.order_by("place", "code")]


def stated_lines(
    *, rows: Sequence[Stater], kinds: Sequence[StatementKind], form: Form, year: int, number: int
) -> list[StatedLine]:
    """A line for each of those who state, stated or not."""
    keys = [row.pk for row in rows]
    held = said(form, year, number).filter(**{"unit__in" if form.by == "UNIT" else "area__in": keys})
    found: dict[tuple[object, str], Statement] = {}
    for row in held:
        found[row.unit_id if form.by == "UNIT" else row.area_id, row.kind_id] = row
    lines = []
    for stater in rows:
        own = [found.get((stater.pk, kind.pk)) for kind in kinds]
        named = next((row for row in own if row is not None), None)
        lines.append(
            StatedLine(
                stater, tuple(kind.name for kind in kinds), tuple(row.count if row else None for row in own),
                named.stated_name if named else "", named.words if named else "",
            )
        )  # fmt: skip
    return lines


@dataclass(frozen=True)
class Owed:
    """What is still to be stated for the period that ended last."""

    form: Form
    year: int
    number: int
    count: int


def owed_now(*, actor: User, on: date) -> list[Owed]:
    """By form, how many of the actor's area have not stated the period that ended last; what is whole is left out."""
    found = []
    for form in forms_in_use(actor=actor):
        year, number = last_period(form.rhythm, on)
        kinds = kinds_asked(actor=actor, form=form, year=year, number=number)
        count = owing(actor=actor, form=form, kinds=kinds, year=year, number=number, on=on).count()
        if count:
            found.append(Owed(form, year, number, count))
    return found


@dataclass(frozen=True)
class KindLine:
    """A kind with what was stated of it this year in the actor's area."""

    kind: StatementKind
    own: bool
    times: int
    total: int


def list_statement_kinds(*, actor: User, on: date) -> list[KindLine]:
    """All kinds in reach, retired ones too, with this year's statements."""
    need(actor, "cases.view")
    first, end = date(on.year, 1, 1), date(on.year + 1, 1, 1)
    rows = Statement.objects.filter(superseded_at=None, starts_on__gte=first, starts_on__lt=end)
    sums = in_scope(rows, actor, "area_id").values_list("kind").annotate(times=Count("pk"), total=Sum("count"))
    stated = {code: (times, total) for code, times, total in sums}
    known = reachable_kinds(StatementKind, actor.area_code)
    return [KindLine(kind, is_added_in(actor.area_code, kind), *stated.get(kind.pk, (0, 0))) for kind in known]


def get_own_statement_kind(*, actor: User, code: str) -> StatementKind:
    """A kind that the actor may change; NotFound for others, the catalogue's included."""
    need(actor, "cases.set_kind")
    return get_added_in(actor.area_code, StatementKind, code)


def statement_kind_as_typed(*, actor: User, code: str) -> StatementKindDraft:
    """An own kind as its form would have it."""
    kind = get_own_statement_kind(actor=actor, code=code)
    return StatementKindDraft(kind.name, kind.measure, kind.meaning, kind.by, kind.rhythm)
