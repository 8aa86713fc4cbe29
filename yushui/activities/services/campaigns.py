"""Planning a campaign with its list, closing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.activities.models import Campaign, CampaignTarget, CampaignUnit
from yushui.activities.permissions import check_change_list, check_plan_campaign
from yushui.activities.rules.campaigns import CampaignFacts, CampaignGround, read_campaign, words_of_rule
from yushui.activities.selectors.areas import list_areas_below, names_of
from yushui.activities.selectors.campaign_goods import Need, needs_of
from yushui.activities.selectors.campaign_kinds import list_campaign_kinds
from yushui.activities.selectors.campaigns import get_campaign
from yushui.activities.selectors.choosing import Carried, Chosen, carry_on, choose, choose_units
from yushui.activities.types import CampaignDraft
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, sync_ids
from yushui.base.once import USED
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.places.models import Area, Unit
from yushui.places.selectors.units import UNIT_KIND_NAMES

TARGET_FIELDS = ("campaign", "person", "area", "reason", "user_id", "user_name", "dropped_reason", "by_hand")


@dataclass(frozen=True)
class ListPreview:
    """Whom a draft would put on the list: how many, in which villages, the first of them, what it would cost in fen,
    which goods it needs, and how it stands to the campaign it carries on."""

    words: str
    count: int
    villages: tuple[tuple[str, int], ...]
    first: tuple[Chosen, ...]
    cash_fen: int
    units: tuple[Unit, ...] = ()
    needs: tuple[Need, ...] = ()
    carried: Carried | None = None


@dataclass(frozen=True)
class Made:
    """What the register gives for a draft."""

    facts: CampaignFacts
    people: tuple[Chosen, ...]
    units: tuple[Unit, ...]
    like: Campaign | None
    carried: Carried | None


def make_list(actor: User, draft: CampaignDraft, on: date) -> Made:
    """The draft as facts, in an area the actor may plan for, and whom its rule chooses today. Raises Refused with all
    problems, NotFound outside the actor's area."""
    area_code = draft.area_code or actor.area_code
    check_plan_campaign(actor, area_code)
    kinds = {kind.pk: (kind.name, kind.custom) for kind in list_campaign_kinds(actor=actor)}
    areas = frozenset(code for code, _ in list_areas_below(actor=actor))
    facts, problems = read_campaign(draft, CampaignGround(on, kinds, areas, frozenset(UNIT_KIND_NAMES)))
    if facts is None:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    like = get_campaign(actor=actor, campaign_id=draft.like_id) if draft.like_id is not None else None
    span = (facts.starts_on, facts.ends_on)
    people = choose(actor=actor, rule=facts.rule, area_code=area_code, on=on, span=span)
    units = choose_units(actor=actor, rule=facts.rule, area_code=area_code, on=on)
    carried = carry_on(actor=actor, like=like, chosen=people, area_code=area_code) if like else None
    if carried:
        people = [*people, *(person for person in carried.by_hand if person.person_id in draft.by_hand)]
        people.sort(key=lambda person: (person.area_code, person.name, person.person_id))
    return Made(facts, tuple(people), tuple(units), like, carried)


def words_of(facts: CampaignFacts) -> str:
    """The rule in words."""
    return words_of_rule(facts.rule, names_of(set(facts.rule.areas)), UNIT_KIND_NAMES)


def preview_campaign(*, actor: User, draft: CampaignDraft, at: datetime) -> ListPreview:
    """What plan_campaign would make of the draft; writes nothing."""
    made = make_list(actor, draft, timezone.localtime(at).date())
    by_area = Counter(person.area_code for person in made.people)
    names = names_of(set(by_area))
    heads = len(made.people) + len(made.units)
    return ListPreview(
        words=words_of(made.facts),
        count=len(made.people),
        villages=tuple((names.get(code, code), by_area[code]) for code in sorted(by_area)),
        first=made.people[:10],
        cash_fen=made.facts.cash_fen * len(made.people),
        units=made.units,
        needs=tuple(needs_of(actor=actor, goods=made.facts.goods, heads=heads)),
        carried=made.carried,
    )


@transaction.atomic
def plan_campaign(*, actor: User, draft: CampaignDraft, at: datetime) -> Campaign:
    """Make a campaign and its list from the register as it stands on the day of planning. The same form twice is one.

    Raises Refused with all problems of the draft, and when the rule chooses nobody; NotFound outside the actor's area.
    """
    known = planned_before(actor, draft.client_key)
    if known is not None:
        return known
    made = make_list(actor, draft, timezone.localtime(at).date())
    if not made.people and not made.units:
        raise Refused(Problem("按这些条件没有选到人", where="走访对象", next_step="请放宽条件,或换一个区域"))
    try:
        with transaction.atomic():
            campaign = write_campaign(actor, made, draft.area_code or actor.area_code, at)
    except IntegrityError:
        known = planned_before(actor, draft.client_key)
        if known is None:
            raise
        return known
    write_list(campaign, made.people, made.units)
    audit.record(
        actor=actor, action="activities.campaign.planned", subject=campaign, area_code=campaign.area_id, at=at,
        now={
            "rule": campaign.rule, "people": len(made.people), "units": len(made.units), "cash_fen": campaign.cash_fen,
        },
    )  # fmt: skip
    return campaign


def planned_before(actor: User, key: str) -> Campaign | None:
    """The campaign that a client key already made."""
    known = Campaign.objects.filter(client_key=key.strip()).first() if key.strip() else None
    if known is not None and known.created_by != actor.pk:
        raise Refused(USED)
    return known


def write_campaign(actor: User, made: Made, area_code: str, at: datetime) -> Campaign:
    """The row of a campaign."""
    facts = made.facts
    return Campaign.objects.create(
        title=facts.title, kind_id=facts.kind, area_id=area_code, starts_on=facts.starts_on, ends_on=facts.ends_on,
        cash_fen=facts.cash_fen, goods=facts.goods, rule=words_of(facts), rule_code=facts.rule.as_text(),
        like=made.like, client_key=facts.client_key or None, created_at=at, created_by=actor.pk,
    )  # fmt: skip


def write_list(campaign: Campaign, people: Sequence[Chosen], units: Sequence[Unit]) -> None:
    """The people and units of a campaign."""
    insert_rows(
        CampaignTarget,
        TARGET_FIELDS,
        ((campaign.pk, p.person_id, p.area_code, p.reason, None, "", "", p.by_hand) for p in people),
    )
    if people:
        sync_ids(CampaignTarget)
    CampaignUnit.objects.bulk_create(CampaignUnit(campaign=campaign, unit=unit, area_id=unit.area_id) for unit in units)


@transaction.atomic
def close_campaign(*, actor: User, campaign_id: int, at: datetime) -> Campaign:
    """End a campaign: no visit and no change of its list after that. What is not visited stays on record as such; goods
    that are left may still be given back."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    need_area(actor, campaign.area_id)
    won = Campaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=at)
    if not won:
        raise Refused(Problem("本次行动刚刚被结束", where=campaign.title))
    audit.record(actor=actor, action="activities.campaign.closed", subject=campaign, area_code=campaign.area_id, at=at)
    campaign.refresh_from_db()
    return campaign
