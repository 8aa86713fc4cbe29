"""Contact with the people in care (包联): who was met when, who is due by the rhythm of the place, sums by colleague.

Any visit that met the person counts, at home, by telephone or by video; an attempt that met nobody does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Visit
from yushui.activities.types import Way
from yushui.audit.selectors import until_next_act
from yushui.base.area_codes import code_range, lies_in
from yushui.base.refusals import NotFound
from yushui.people.models import Person
from yushui.people.rules import RhythmFacts, lasting_since, next_contact
from yushui.people.selectors.contacts import (
    Colleague,
    colleagues,
    contact_now,
    people_in_care,
    rhythm_case,
    rhythms_for,
)
from yushui.places.selectors import path_names

SOON = timedelta(days=14)
STATES: dict[str, str] = {
    "due": "该联系的",
    "late": "逾期未联系",
    "soon": "两周内到期",
    "never": "从未联系",
    "none": "没有包联人",
}


@dataclass(frozen=True)
class ContactFilters:
    """What the list is narrowed to; nothing set means everybody in care in the actor's area."""

    area_code: str = ""
    user_id: int | None = None
    rhythm: str = ""
    state: str = ""  # STATES


@dataclass(frozen=True)
class ContactLine:
    """A person in the list; `state` is "late", "soon", "never", or empty when contact is in time."""

    person: Person
    place: str
    rhythm: RhythmFacts | None
    contact: str
    last_on: date | None
    next_on: date | None
    state: str


@dataclass
class ContactSum:
    """How the people of one colleague stand, or of those whom nobody looks after."""

    colleague: Colleague | None = None
    villages: set[str] = field(default_factory=set)
    heads: int = 0
    late: int = 0
    never: int = 0
    quarter: int = 0  # met in the calendar quarter of the day

    @property
    def behind(self) -> int:
        """Late, or never met at all."""
        return self.late + self.never


def met(**when: object) -> QuerySet[Visit]:
    """Visits that met the person of the outer query."""
    rows = Visit.objects.filter(person=OuterRef("pk"), withdrawn_at=None, **when)
    return rows.exclude(way=Way.ABSENT)


def quarter_begin(on: date) -> date:
    """The first day of the calendar quarter."""
    return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)


def behind_of(rhythms: Sequence[RhythmFacts], on: date) -> Q:
    """Whose next contact was due before a day; also who was never met. `code` is annotated; one question for each
    length of rhythm."""
    found = Q(pk__in=[])
    for months in sorted({rhythm.months for rhythm in rhythms}):
        codes = [rhythm.code for rhythm in rhythms if rhythm.months == months]
        found |= Q(code__in=codes) & ~Q(Exists(met(on__gte=lasting_since(on, months))))
    return found


def people_to_contact(*, actor: User, filters: ContactFilters, on: date, by_page: bool = True) -> QuerySet[Any]:
    """The people in care by village, each with the rhythm that holds for them (`code`) and their contact; for a list
    that is read page by page, or (`by_page=False`) as a whole."""
    rhythms = rhythms_for(actor.area_code)
    is_common = filters.state in ("", "due", "late", "soon") and not filters.rhythm
    rows = people_in_care(actor=actor, by_page=is_common and by_page)
    if filters.area_code:
        if not lies_in(filters.area_code, actor.area_code):
            raise NotFound
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    rows = rows.annotate(now=contact_now(), code=rhythm_case(rhythms, on))
    if filters.user_id is not None:
        rows = rows.filter(now__user_id=filters.user_id)
    if filters.rhythm:
        rows = rows.filter(code=filters.rhythm)
    rows = in_state(rows, filters.state, rhythms, on)
    shown = rows.annotate(by=F("now__user_id"), by_name=F("now__user_name"))
    return shown.only("name", "sex", "born_on", "area_id", "is_lone_elder").order_by("area_id", "id")


def in_state(rows: QuerySet[Any], state: str, rhythms: Sequence[RhythmFacts], on: date) -> QuerySet[Any]:
    """Only those who stand so; see STATES."""
    if state == "none":
        return rows.filter(now=None)
    if state == "never":
        return rows.filter(~Exists(met()))
    if state == "due":
        return rows.filter(behind_of(rhythms, on + timedelta(days=1)))
    if state == "late":
        return rows.filter(behind_of(rhythms, on), Exists(met()))
    if state == "soon":
        return rows.filter(behind_of(rhythms, on + SOON + timedelta(days=1)), ~behind_of(rhythms, on))
    return rows


def lines_of(people: Sequence[Person], *, actor: User, on: date) -> list[ContactLine]:
    """The lines for the people of one page of `people_to_contact`."""
    by_code = {rhythm.code: rhythm for rhythm in rhythms_for(actor.area_code)}
    last = last_met(person.pk for person in people)
    places = path_names({person.area_id for person in people})
    return [line_of(p, places[p.area_id], by_code.get(vars(p)["code"]), last.get(p.pk), on) for p in people]


def line_of(person: Person, place: str, rhythm: RhythmFacts | None, last_on: date | None, on: date) -> ContactLine:
    """One line."""
    due = next_contact(last_on, rhythm.months, on=on) if rhythm else None
    state = "" if due is None else state_of(last_on, due, on)
    return ContactLine(person, place, rhythm, vars(person)["by_name"] or "", last_on, due, state)


def state_of(last_on: date | None, due: date, on: date) -> str:
    """Which of STATES; empty when in time."""
    if last_on is None:
        return "never"
    return "late" if due < on else "soon" if due <= on + SOON else ""


def last_met(person_ids: Iterable[int]) -> dict[int, date]:
    """The day each was last met, for people who already went through the actor."""
    rows = Visit.objects.filter(person__in=list(person_ids), withdrawn_at=None).exclude(way=Way.ABSENT).order_by()
    return dict(rows.values_list("person").annotate(Max("on")))


def due_people(people: Sequence[Person], *, actor: User, on: date) -> dict[int, tuple[date | None, bool]]:
    """Last contact, and whether one is due by the rhythm that holds, for people who already went through the actor."""
    rhythms = rhythms_for(actor.area_code)
    months = {rhythm.code: rhythm.months for rhythm in rhythms}
    ids = [person.pk for person in people]
    codes = dict(Person.objects.filter(pk__in=ids).annotate(code=rhythm_case(rhythms, on)).values_list("pk", "code"))
    last = last_met(ids)
    found: dict[int, tuple[date | None, bool]] = {}
    for pk in ids:
        lasting = months.get(codes.get(pk, ""))
        met_on = last.get(pk)
        found[pk] = met_on, lasting is not None and next_contact(met_on, lasting, on=on) <= on
    return found


def contact_sums(*, actor: User, area_code: str, on: date) -> tuple[list[ContactSum], dict[str, ContactSum]]:
    """(by colleague, those of nobody first; by rhythm) of an area."""
    need(actor, "people.view")  # asked here, for what was counted is kept for all of the area
    name = f"contacts:{actor.area_code}:{area_code}:{on}"
    return until_next_act(name, lambda: count_contacts(actor, area_code, on))


def count_contacts(actor: User, area_code: str, on: date) -> tuple[list[ContactSum], dict[str, ContactSum]]:
    """The same, counted afresh: one pass over the people in care."""
    rhythms = rhythms_for(actor.area_code)
    rows = people_to_contact(actor=actor, filters=ContactFilters(area_code=area_code), on=on, by_page=False).order_by()
    last = Subquery(met().order_by("-on").values("on")[:1])
    grouped = rows.annotate(last_on=last).values_list("by", "area_id", "code", "last_on").annotate(n=Count("pk"))
    by_user: dict[int | None, ContactSum] = defaultdict(ContactSum)
    by_code: dict[str, ContactSum] = {rhythm.code: ContactSum() for rhythm in rhythms}
    late_before = {rhythm.code: lasting_since(on, rhythm.months) for rhythm in rhythms}
    quarter = quarter_begin(on)
    for user_id, area, code, last_on, heads in grouped:
        for one in (by_user[user_id], by_code.setdefault(code, ContactSum())):
            one.heads += heads
            one.villages.add(area)
            one.never += heads if last_on is None else 0
            one.quarter += heads if last_on is not None and last_on >= quarter else 0
            one.late += heads if last_on is not None and code in late_before and last_on < late_before[code] else 0
    return named_sums(by_user), dict(by_code)


def named_sums(by_user: Mapping[int | None, ContactSum]) -> list[ContactSum]:
    """The sums with the colleagues they are of: nobody's first, then who left, then the most behind."""
    staff = colleagues([pk for pk in by_user if pk is not None])
    for user_id, one in by_user.items():
        one.colleague = staff.get(user_id) if user_id is not None else None
    return sorted(by_user.values(), key=order_of)


def total_of(sums: Sequence[ContactSum]) -> ContactSum:
    """All of them together; those without a contact are counted in."""
    total = ContactSum()
    for one in sums:
        total.villages |= one.villages
        total.heads += one.heads
        total.late += one.late
        total.never += one.never
        total.quarter += one.quarter
    return total


def order_of(one: ContactSum) -> tuple[bool, bool, int, int]:
    """Where a colleague stands in the list."""
    held = one.colleague
    return held is not None, held is not None and not held.left, -one.behind, held.user_id if held else 0
