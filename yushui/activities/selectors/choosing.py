"""Whom a rule chooses from the register, and which units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.selectors.areas import narrowed
from yushui.activities.types import ListRule, Way
from yushui.base.area_codes import code_range, lies_in
from yushui.base.days import age_on, birthday
from yushui.people.models import Hardship, Status
from yushui.people.types import ENTITLED_KINDS, HARDSHIP_NAMES, KIND_NAMES, MERIT_NAMES
from yushui.places.models import Unit
from yushui.places.selectors.units import list_units

HELD_STATES = ("RECEIVING", "RECOGNISED", "SUSPENDED", "STOPPED")


@dataclass(frozen=True)
class Chosen:
    """A person the rule chooses, where, and why."""

    person_id: int
    name: str
    area_code: str
    reason: str
    by_hand: bool = False


@dataclass
class Held:
    """A living person with what they hold on a day: kinds of status and merits."""

    name: str
    area_code: str
    born_on: date
    kinds: tuple[str, ...] = ()
    merits: tuple[str, ...] = ()


def held_statuses(on: date) -> QuerySet[Status]:
    """Statuses that hold on a day as known now."""
    return Status.objects.filter(superseded_at=None, state__in=HELD_STATES, starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gt=on)
    )


def choose(
    *, actor: User, rule: ListRule, area_code: str, on: date, span: tuple[date, date] | None = None
) -> list[Chosen]:
    """The living people of an area whom the rule chooses on a day, by village and name. `span` is the campaign's.

    Age, hardship and birthday are looked for among entitled people (优抚对象) and the kinds the rule names, not among
    all veterans of the register. Raises NotFound when the area is not in the actor's own.
    """
    need(actor, "activities.plan_campaign")
    low, high = code_range(narrowed(actor, area_code))
    if not rule.asks_people:
        return []
    hardships = people_hardships(on, rule.hardships, low, high)
    visited = visited_since(rule.not_since, low, high)
    chosen = []
    for person_id, row in people_asked(rule, on, low, high).items():
        if person_id in visited or not lies_in_any(row.area_code, rule.areas):
            continue
        reasons = reasons_of(rule, row, hardships.get(person_id, ()), on, span)
        if reasons is not None:
            chosen.append(Chosen(person_id, row.name, row.area_code, "、".join(reasons)[:80]))
    return sorted(chosen, key=lambda one: (one.area_code, one.name, one.person_id))


def lies_in_any(area: str, areas: tuple[str, ...]) -> bool:
    """Whether an area lies in one of some; none means everywhere."""
    return not areas or any(lies_in(area, outer) for outer in areas)


def people_asked(rule: ListRule, on: date, low: str, high: str) -> dict[int, Held]:
    """The living people of a range of areas worth looking at: of a kind or with a merit that the rule names; of any
    entitled kind when something else may be enough. One query, whatever the rule."""
    kinds = {*rule.kinds}
    if rule.hardships or rule.least_age is not None or not (rule.kinds or rule.merits):
        kinds |= set(ENTITLED_KINDS)
    asked = Q(kind__in=kinds)
    if rule.merits:
        asked |= Q(merit__in=rule.merits)
    rows = held_statuses(on).filter(
        asked, person__area_id__gte=low, person__area_id__lt=high, person__died_on=None
    )  # fmt: skip
    if rule.least_age is not None and (rule.every or not (rule.kinds or rule.hardships or rule.merits)):
        latest = date(max(on.year - rule.least_age + 1, 1), 1, 1)  # the day itself is judged in reasons_of
        rows = rows.filter(person__born_on__lt=latest)
    columns = ("person_id", "kind", "merit", "person__name", "person__area_id", "person__born_on")
    found: dict[int, Held] = {}
    for person_id, kind, merit, name, area, born_on in rows.values_list(*columns):
        row = found.setdefault(person_id, Held(name, area, born_on))
        row.kinds = (*row.kinds, kind)
        if merit:
            row.merits = (*row.merits, merit)
    return found


def people_hardships(on: date, kinds: tuple[str, ...], low: str, high: str) -> dict[int, tuple[str, ...]]:
    """Open hardships of the named kinds, by person, within a range of areas."""
    found: dict[int, tuple[str, ...]] = {}
    if kinds:
        rows = Hardship.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=on), kind__in=kinds, starts_on__lte=on,
            person__area_id__gte=low, person__area_id__lt=high,
        )  # fmt: skip
        for person_id, kind in rows.values_list("person_id", "kind"):
            found[person_id] = (*found.get(person_id, ()), kind)
    return found


def visited_since(day: date | None, low: str, high: str) -> set[int]:
    """People of a range of areas whom somebody met on or after a day; nobody when no day is asked for."""
    if day is None:
        return set()
    met = Visit.objects.filter(withdrawn_at=None, on__gte=day, area_id__gte=low, area_id__lt=high)
    return set(met.exclude(way=Way.ABSENT).values_list("person_id", flat=True).distinct())


def reasons_of(
    rule: ListRule, held: Held, hardships: Iterable[str], on: date, span: tuple[date, date] | None
) -> list[str] | None:
    """Why the rule chooses someone, in words; None when it does not."""
    born_on = held.born_on
    is_old = rule.least_age is not None and birthday(born_on, rule.least_age) <= on
    met = {
        "kinds": [KIND_NAMES[k] for k in dict.fromkeys(held.kinds) if k in rule.kinds],
        "age": [f"{age_on(born_on, on)}周岁"] if is_old else [],
        "hardships": [HARDSHIP_NAMES[h] for h in dict.fromkeys(hardships) if h in rule.hardships],
        "merits": [MERIT_NAMES[m] for m in dict.fromkeys(held.merits) if m in rule.merits],
    }
    asked = {
        "kinds": bool(rule.kinds), "age": rule.least_age is not None, "hardships": bool(rule.hardships),
        "merits": bool(rule.merits),
    }  # fmt: skip
    wanted = [name for name, is_asked in asked.items() if is_asked]
    judge = all if rule.every else any
    if wanted and not judge(met[name] for name in wanted):
        return None
    words = [word for found in met.values() for word in found]
    if rule.birthday:
        day = birthday_in(born_on, span or (on, on + timedelta(days=1)))
        if day is None:
            return None
        words.insert(0, f"{day.month}月{day.day}日生日")
    if rule.not_since is not None:
        words.append(f"{rule.not_since:%Y-%m-%d} 以来没走访")
    return words or [KIND_NAMES[held.kinds[0]]]


def birthday_in(born_on: date, span: tuple[date, date]) -> date | None:
    """The birthday that falls within the days [first, end), if one does."""
    first, end = span
    for year in range(first.year, end.year + 1):
        day = birthday(born_on, year - born_on.year)
        if first <= day < end:
            return day
    return None


def choose_units(*, actor: User, rule: ListRule, area_code: str, on: date) -> list[Unit]:
    """Units of the kinds that the rule names, in an area, that stand on a day."""
    need(actor, "activities.plan_campaign")
    if not rule.unit_kinds:
        return []
    rows = list_units(actor=actor, within=narrowed(actor, area_code), on=on).filter(kind__in=rule.unit_kinds)
    return [unit for unit in rows if lies_in_any(unit.area_id, rule.areas)]


@dataclass(frozen=True)
class Carried:
    """How this year's list stands to the list it carries on: still on it, new, no longer, and the hand-added people
    who may come along."""

    title: str
    kept: int
    new: int
    gone: int
    by_hand: tuple[Chosen, ...]


def carry_on(*, actor: User, like: Campaign, chosen: Iterable[Chosen], area_code: str) -> Carried:
    """The difference to the campaign before. Hand-added people are proposed while they live, in the area, and are not
    chosen anyway."""
    low, high = code_range(narrowed(actor, area_code))
    now = {person.person_id for person in chosen}
    rows = CampaignTarget.objects.filter(campaign=like, dropped_reason="", area_id__gte=low, area_id__lt=high)
    before = set(rows.values_list("person_id", flat=True))
    living = rows.filter(by_hand=True, person__died_on=None, person__area_id__gte=low, person__area_id__lt=high)
    columns = living.order_by("person__area_id", "id").values_list(
        "person_id", "person__name", "person__area_id", "reason"
    )
    hand = tuple(Chosen(pk, name, area, why, by_hand=True) for pk, name, area, why in columns if pk not in now)
    proposed = {person.person_id for person in hand}
    return Carried(like.title, len(before & now), len(now - before), len(before - now - proposed), hand)
