"""Whom a rule chooses from the register, and the people on the list of a campaign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.activities.models import Campaign, CampaignTarget, Visit
from yushui.activities.selectors.areas import narrowed
from yushui.activities.types import ListRule, Way
from yushui.base.area_codes import code_range
from yushui.base.days import age_on, birthday
from yushui.base.refusals import NotFound
from yushui.people.models import Hardship, Person, Status
from yushui.people.types import ENTITLED_KINDS, HARDSHIP_NAMES, KIND_NAMES

SEALED = ("person__id_number", "person__phone")  # no list shows them, so no list opens their seals
HELD_STATES = ("RECEIVING", "RECOGNISED", "SUSPENDED", "STOPPED")


@dataclass(frozen=True)
class Chosen:
    """A person the rule chooses, where, and why."""

    person_id: int
    name: str
    area_code: str
    reason: str


def held_statuses(on: date) -> QuerySet[Status]:
    """Statuses that hold on a day as known now."""
    return Status.objects.filter(superseded_at=None, state__in=HELD_STATES, starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gt=on)
    )


def choose(*, actor: User, rule: ListRule, area_code: str, on: date) -> list[Chosen]:
    """The living people of an area whom the rule chooses on a day, by village and name.

    Age and hardship are looked for among entitled people (优抚对象) and the kinds the rule names, not among all
    veterans of the register. Raises NotFound when the area is not in the actor's own.
    """
    need(actor, "activities.plan_campaign")
    low, high = code_range(narrowed(actor, area_code))
    people = Person.objects.filter(area_id__gte=low, area_id__lt=high, died_on=None)
    kinds = people_kinds(on, {*ENTITLED_KINDS, *rule.kinds}, low, high)
    hardships = people_hardships(on, rule.hardships, low, high)
    chosen = []
    for person_id, name, area, born_on in people.values_list("id", "name", "area_id", "born_on").order_by(
        "area_id", "name", "id"
    ):
        held = kinds.get(person_id)
        if held is None:
            continue
        reasons = reasons_of(rule, held, hardships.get(person_id, ()), born_on, on)
        if reasons:
            chosen.append(Chosen(person_id, name, area, "、".join(reasons)[:80]))
    return chosen


def people_kinds(on: date, kinds: set[str], low: str, high: str) -> dict[int, tuple[str, ...]]:
    """Kinds of status held on a day, by person, within a range of areas."""
    found: dict[int, tuple[str, ...]] = {}
    rows = held_statuses(on).filter(kind__in=kinds, person__area_id__gte=low, person__area_id__lt=high)
    for person_id, kind in rows.values_list("person_id", "kind"):
        found[person_id] = (*found.get(person_id, ()), kind)
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


def reasons_of(rule: ListRule, held: Iterable[str], hardships: Iterable[str], born_on: date, on: date) -> list[str]:
    """Why the rule chooses someone, in words; empty when it does not."""
    by_kind = [KIND_NAMES[k] for k in dict.fromkeys(held) if k in rule.kinds]
    by_hardship = [HARDSHIP_NAMES[h] for h in dict.fromkeys(hardships) if h in rule.hardships]
    is_old = rule.least_age is not None and birthday(born_on, rule.least_age) <= on
    by_age = [f"{age_on(born_on, on)}周岁"] if is_old else []
    met = {"kinds": bool(by_kind), "hardships": bool(by_hardship), "age": bool(by_age)}
    asked = {"kinds": bool(rule.kinds), "hardships": bool(rule.hardships), "age": rule.least_age is not None}
    wanted = [name for name, is_asked in asked.items() if is_asked]
    enough = all(met[name] for name in wanted) if rule.every else any(met[name] for name in wanted)
    return [*by_kind, *by_age, *by_hardship] if enough else []


def made_visits() -> QuerySet[Visit]:
    """Visits that count as made: not withdrawn, somebody was met."""
    return Visit.objects.filter(withdrawn_at=None).exclude(way=Way.ABSENT)


def on_list(campaign_ids: Iterable[int]) -> QuerySet[CampaignTarget]:
    """People on the lists of campaigns, those dropped left out."""
    return CampaignTarget.objects.filter(campaign_id__in=campaign_ids, dropped_reason="")


def is_seen() -> Exists:
    """Whether a visit of its campaign was made to a target, as an expression on CampaignTarget."""
    return Exists(made_visits().filter(campaign_id=OuterRef("campaign_id"), person_id=OuterRef("person_id")))


def is_tried() -> Exists:
    """Whether somebody went to a target in its campaign and met nobody, as an expression on CampaignTarget."""
    attempts = Visit.objects.filter(withdrawn_at=None, way=Way.ABSENT)
    return Exists(attempts.filter(campaign_id=OuterRef("campaign_id"), person_id=OuterRef("person_id")))


def with_seen(targets: QuerySet[CampaignTarget]) -> QuerySet[CampaignTarget]:
    """Each target with `seen`."""
    return targets.annotate(seen=is_seen())


def list_targets(*, actor: User, campaign: Campaign, area_code: str = "") -> QuerySet[CampaignTarget]:
    """The list of a campaign in the actor's area, with `seen`, by village and place on the list."""
    low, high = code_range(narrowed(actor, area_code))
    rows = with_seen(on_list([campaign.pk])).filter(area_id__gte=low, area_id__lt=high)
    return rows.select_related("person", "area").defer(*SEALED).order_by("area_id", "id")


def list_dropped(*, actor: User, campaign: Campaign) -> QuerySet[CampaignTarget]:
    """Those taken off the list, with the reason."""
    rows = in_scope(CampaignTarget.objects.filter(campaign=campaign).exclude(dropped_reason=""), actor, "area_id")
    return rows.select_related("person", "area").defer(*SEALED).order_by("area_id", "id")


def get_target(*, actor: User, target_id: int) -> CampaignTarget:
    """A target in the actor's area; NotFound otherwise."""
    rows = in_scope(CampaignTarget.objects.select_related("campaign", "person"), actor, "area_id")
    found = rows.filter(pk=target_id).first()
    if found is None:
        raise NotFound
    return found


def list_not_visited(
    *, actor: User, campaign_ids: Iterable[int], area_code: str = "", user_id: int | None = None
) -> QuerySet[CampaignTarget]:
    """Who is left on the lists of campaigns (未走访名单), by village; `tried` tells of attempts that met nobody."""
    need(actor, "activities.view")
    low, high = code_range(narrowed(actor, area_code))
    rows = on_list(campaign_ids).filter(~is_seen(), area_id__gte=low, area_id__lt=high)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    rows = rows.annotate(tried=is_tried()).select_related("person", "area", "campaign").defer(*SEALED)
    return rows.order_by("campaign_id", "area_id", "id")


def find_people(*, actor: User, name: str) -> list[Person]:
    """People in the actor's area by the beginning of their name, to put on a list by hand; at most twenty."""
    need(actor, "activities.plan_campaign")
    if not name.strip():
        return []
    rows = in_scope(Person.objects.filter(died_on=None, name__startswith=name.strip()), actor, "area_id")
    return list(rows.select_related("area").defer("id_number", "phone").order_by("area_id", "id")[:20])
