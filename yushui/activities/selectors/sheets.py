"""What one page needs, gathered in one call: the phone page of a visit, the page of a campaign, its printed lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need
from yushui.activities.models import Campaign, CampaignKind, CampaignTarget, Visit
from yushui.activities.permissions import sees_people
from yushui.activities.rules.festivals import next_days, title_for
from yushui.activities.rules.goods import items_of
from yushui.activities.selectors import campaigns, visits
from yushui.activities.selectors.areas import list_areas_below, list_choices
from yushui.activities.selectors.campaign_goods import held_by, offered_by
from yushui.activities.selectors.campaign_kinds import list_campaign_kinds
from yushui.activities.selectors.campaign_units import UnitLine, list_unit_lines
from yushui.activities.selectors.choosing import HELD_STATES
from yushui.activities.selectors.targets import (
    find_people,
    list_dropped,
    list_gone,
    list_not_visited,
    list_targets,
    on_list,
)
from yushui.activities.types import (
    CampaignDraft,
    ListRule,
    VillageCoverage,
)
from yushui.base.area_codes import lies_in
from yushui.base.days import age_on
from yushui.base.texts import typed_yuan
from yushui.funds.selectors.goods import InHand
from yushui.people.models import Person
from yushui.people.types import GRADE_NAMES, HARDSHIP_NAMES, KIND_NAMES


@dataclass(frozen=True)
class VisitSheet:
    """The phone page of one visit: whom, where they stand in the round, what is prefilled, what was done already."""

    person: Person
    campaign: Campaign | None
    words: str  # status, age, hardships
    last_on: date | None
    place: visits.Place | None
    done: tuple[Visit, ...]  # living visits of this campaign to this person, newest first
    goods: tuple[str, ...]  # to offer
    planned: tuple[str, ...]  # those of them that everybody is to get
    cash_fen: int

    @property
    def is_paid(self) -> bool:
        """Whether cash or goods of this campaign were handed over already, so that neither is prefilled again."""
        return any(visit.cash_fen or visit.goods for visit in self.done)


def visit_sheet(*, actor: User, person_id: int, campaign_id: int | None, on: date) -> VisitSheet:
    """The page of a visit to be recorded. NotFound when person or campaign are out of the actor's reach."""
    person = visits.get_visited(actor=actor, person_id=person_id)
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id) if campaign_id is not None else None
    done = visits.visits_of_person(person_id=person.pk, campaign=campaign) if campaign else Visit.objects.none()
    paid = any(visit.cash_fen for visit in done)
    return VisitSheet(
        person=person,
        campaign=campaign,
        words=" · ".join(words_of_person(person, on)),
        last_on=visits.last_made_on(person_id=person.pk),
        place=visits.place_in_round(actor=actor, campaign=campaign, person=person, on=on) if campaign else None,
        done=tuple(done),
        goods=offered_by(campaign),
        planned=items_of(campaign.goods) if campaign else (),
        cash_fen=campaign.cash_fen if campaign and not paid else 0,
    )


def words_of_person(person: Person, on: date) -> list[str]:
    """A person in a few words: what they are, how old, what is hard for them."""
    rows = person.statuses.filter(superseded_at=None, state__in=HELD_STATES, starts_on__lte=on)
    words = []
    for kind, grade in rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)).order_by("id").values_list("kind", "grade"):
        words.append(f"{GRADE_NAMES.get(grade, '') if grade else ''}{KIND_NAMES.get(kind, kind)}")
    words = list(dict.fromkeys(words))[:2]
    words.append(f"{age_on(person.born_on, on)} 岁")
    hard = person.hardships.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    words += [HARDSHIP_NAMES.get(kind, kind) for kind in dict.fromkeys(hard.values_list("kind", flat=True))]
    return words


@dataclass(frozen=True)
class CampaignSheet:
    """The page of a campaign in the actor's area."""

    campaign: Campaign
    standing: campaigns.Standing
    villages: tuple[VillageCoverage, ...]
    given: campaigns.Given
    goers: tuple[tuple[int, str, int], ...]
    staff: tuple[User, ...]
    dropped: tuple[CampaignTarget, ...]
    gone: tuple[CampaignTarget, ...]
    units: tuple[UnitLine, ...]
    held: tuple[InHand, ...]
    unassigned: int
    may_change: bool
    may_close: bool
    may_visit: bool
    sees_people: bool
    sees_goods: bool
    may_plan: bool

    @property
    def visits(self) -> int:
        """Living visits, attempts that met nobody included."""
        return sum(self.given.ways.values())

    @property
    def in_hand(self) -> int:
        """Pieces of goods to give back."""
        return sum(row.left for row in self.held)

    @property
    def unit_cash_fen(self) -> int:
        """Cash that units were given."""
        return sum(line.cash_fen for line in self.units)


def campaign_sheet(*, actor: User, campaign_id: int) -> CampaignSheet:
    """The page of one campaign. NotFound when the actor may not see it."""
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
    villages = campaigns.coverage_by_village(actor=actor, campaign=campaign)
    is_open = campaign.closed_at is None
    may_change = is_open and may(actor, "activities.plan_campaign")
    standing = campaigns.Standing(
        listed=sum(v.listed for v in villages), seen=sum(v.seen for v in villages),
        cash_fen=sum(v.cash_fen for v in villages),
    )  # fmt: skip
    full = sees_people(actor)
    return CampaignSheet(
        campaign=campaign,
        standing=standing,
        villages=tuple(villages),
        given=campaigns.given_in(actor=actor, campaign=campaign),
        goers=tuple(campaigns.assigned_to(actor=actor, campaign=campaign)),
        staff=tuple(campaigns.list_goers(actor=actor)) if may_change else (),
        dropped=tuple(list_dropped(actor=actor, campaign=campaign)[:100]) if full else (),
        gone=tuple(list_gone(actor=actor, campaign=campaign)[:100]) if full and is_open else (),
        units=tuple(list_unit_lines(actor=actor, campaign=campaign)),
        held=tuple(held_by(campaign)),
        unassigned=sum(v.unassigned for v in villages),
        may_change=may_change,
        may_close=may_change and lies_in(campaign.area_id, actor.area_code),
        may_visit=is_open and may(actor, "activities.visit"),
        sees_people=full,
        sees_goods=may(actor, "funds.view"),
        may_plan=may(actor, "activities.plan_campaign"),
    )


@dataclass(frozen=True)
class VillageSheet:
    """One printed page: the people of a village with room to sign, and the sum to be handed over in fen."""

    code: str
    name: str
    rows: tuple[CampaignTarget, ...]
    cash_fen: int

    @property
    def count(self) -> int:
        """People on this page."""
        return len(self.rows)


def village_sheets(*, actor: User, campaign_id: int, area_code: str = "") -> tuple[Campaign, list[VillageSheet]]:
    """The lists of a campaign to print and sign (慰问金发放签领表), one per village of the actor's area."""
    need(actor, "people.view")
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
    by_village: dict[str, list[CampaignTarget]] = {}
    for row in list_targets(actor=actor, campaign=campaign, area_code=area_code):
        by_village.setdefault(row.area_id, []).append(row)
    return campaign, [
        VillageSheet(code, rows[0].area.name, tuple(rows), campaign.cash_fen * len(rows))
        for code, rows in by_village.items()
    ]


@dataclass(frozen=True)
class PlanSheet:
    """The form of a campaign: what it begins with, and the areas that may be chosen."""

    draft: CampaignDraft
    areas: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, str], ...]
    kinds: tuple[CampaignKind, ...]
    like: Campaign | None


def plan_sheet(*, actor: User, kind: str, like_id: int | None, on: date) -> PlanSheet:
    """The form of a new campaign: the usual days of its kind; rule, cash and goods of an earlier one when asked."""
    need(actor, "activities.plan_campaign")
    like = campaigns.get_campaign(actor=actor, campaign_id=like_id) if like_id is not None else None
    kinds = list_campaign_kinds(actor=actor)
    wanted = kind or (like.kind_id if like else "")
    chosen = next((one for one in kinds if one.pk == wanted), kinds[0] if kinds else None)
    first, last = next_days(chosen.custom, on) if chosen else (on, on)
    rule = ListRule.from_text(like.rule_code if like else (chosen.rule if chosen else ""))
    areas = list_areas_below(actor=actor)
    draft = CampaignDraft(
        title=title_for(chosen.follows, chosen.name, first) if chosen else "", kind=chosen.pk if chosen else "",
        area_code=actor.area_code, first_day=first.isoformat(), last_day=last.isoformat(),
        cash=typed_yuan(like.cash_fen) if like else "", goods=like.goods if like else "",
        kinds=rule.kinds, hardships=rule.hardships, every=rule.every, merits=rule.merits, birthday=rule.birthday,
        least_age="" if rule.least_age is None else str(rule.least_age),
        not_since=rule.not_since.isoformat() if rule.not_since else "",
        areas=tuple(code for code in rule.areas if code in dict(areas)), unit_kinds=rule.unit_kinds,
        like_id=like.pk if like else None,
    )  # fmt: skip
    return PlanSheet(draft, tuple(list_choices(actor=actor)), tuple(areas), tuple(kinds), like)


@dataclass(frozen=True)
class ListSheet:
    """The list of a campaign with what is needed to assign it."""

    campaign: Campaign
    rows: QuerySet[CampaignTarget]
    villages: tuple[VillageCoverage, ...]
    staff: tuple[User, ...]
    area_code: str
    only_unassigned: bool
    may_change: bool


def list_sheet(*, actor: User, campaign_id: int, area_code: str, only_unassigned: bool) -> ListSheet:
    """The list of a campaign, whole or one village of it, for those who may see people."""
    need(actor, "people.view")
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
    rows = list_targets(actor=actor, campaign=campaign, area_code=area_code)
    may_change = campaign.closed_at is None and may(actor, "activities.plan_campaign")
    return ListSheet(
        campaign=campaign,
        rows=rows.filter(user_id=None) if only_unassigned else rows,
        villages=tuple(campaigns.coverage_by_village(actor=actor, campaign=campaign)),
        staff=tuple(campaigns.list_goers(actor=actor)) if may_change else (),
        area_code=area_code,
        only_unassigned=only_unassigned,
        may_change=may_change,
    )


@dataclass(frozen=True)
class AddSheet:
    """People found by name, each with whether they are on the list already."""

    campaign: Campaign
    found: tuple[tuple[Person, bool], ...]


def add_sheet(*, actor: User, campaign_id: int, name: str) -> AddSheet:
    """Whom to put on the list by hand."""
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
    found = find_people(actor=actor, name=name)
    listed = set(on_list([campaign.pk]).filter(person__in=found).values_list("person_id", flat=True))
    return AddSheet(campaign, tuple((person, person.pk in listed) for person in found))


@dataclass(frozen=True)
class NotVisitedSheet:
    """Who is left, of one campaign or of all that run."""

    rows: QuerySet[CampaignTarget]
    campaigns: tuple[Campaign, ...]
    campaign_id: int | None
    area_code: str
    user_id: int | None
    may_visit: bool
    may_change: bool


def not_visited_sheet(*, actor: User, campaign_id: int | None, area_code: str, user_id: int | None) -> NotVisitedSheet:
    """The list of those not visited, for those who may see people."""
    need(actor, "people.view")
    running = list(campaigns.list_campaigns(actor=actor, is_open=True)[:60])
    if campaign_id is not None:
        asked = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
        running = [asked, *(row for row in running if row.pk != asked.pk)]
    ids = [campaign_id] if campaign_id is not None else [row.pk for row in running]
    return NotVisitedSheet(
        rows=list_not_visited(actor=actor, campaign_ids=ids, area_code=area_code, user_id=user_id),
        campaigns=tuple(running),
        campaign_id=campaign_id,
        area_code=area_code,
        user_id=user_id,
        may_visit=may(actor, "activities.visit"),
        may_change=may(actor, "activities.plan_campaign"),
    )
