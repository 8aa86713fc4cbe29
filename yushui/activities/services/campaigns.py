"""Planning a campaign with its list, closing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.activities.models import Campaign, CampaignTarget
from yushui.activities.permissions import check_change_list, check_plan_campaign
from yushui.activities.rules.campaigns import CampaignFacts, read_campaign, words_of_rule
from yushui.activities.selectors.areas import names_of
from yushui.activities.selectors.campaigns import get_campaign
from yushui.activities.selectors.targets import Chosen, choose
from yushui.activities.types import CampaignDraft
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, sync_ids
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.places.models import Area

TARGET_FIELDS = ("campaign", "person", "area", "reason", "user_id", "user_name", "dropped_reason")


@dataclass(frozen=True)
class ListPreview:
    """Whom a draft would put on the list: how many, in which villages, the first of them, what it would cost in fen."""

    words: str
    count: int
    villages: tuple[tuple[str, int], ...]
    first: tuple[Chosen, ...]
    cash_fen: int


def read_or_refuse(actor: User, draft: CampaignDraft) -> CampaignFacts:
    """The draft as facts, in an area the actor may plan for. Raises Refused with all problems."""
    area_code = draft.area_code or actor.area_code
    check_plan_campaign(actor, area_code)
    facts, problems = read_campaign(draft)
    if facts is None:
        raise Refused(*problems)
    if not Area.objects.filter(pk=area_code).exists():
        raise NotFound
    return facts


def preview_campaign(*, actor: User, draft: CampaignDraft, at: datetime) -> ListPreview:
    """What plan_campaign would make of the draft; writes nothing."""
    facts = read_or_refuse(actor, draft)
    area_code = facts.area_code or actor.area_code
    chosen = choose(actor=actor, rule=facts.rule, area_code=area_code, on=timezone.localtime(at).date())
    by_area = Counter(person.area_code for person in chosen)
    names = names_of(set(by_area))
    return ListPreview(
        words=words_of_rule(facts.rule),
        count=len(chosen),
        villages=tuple((names.get(code, code), by_area[code]) for code in sorted(by_area)),
        first=tuple(chosen[:10]),
        cash_fen=facts.cash_fen * len(chosen),
    )


@transaction.atomic
def plan_campaign(*, actor: User, draft: CampaignDraft, at: datetime) -> Campaign:
    """Make a campaign and its list from the register as it stands on the day of planning.

    Raises Refused with all problems of the draft, and when the rule chooses nobody; NotFound outside the actor's area.
    """
    facts = read_or_refuse(actor, draft)
    area_code = facts.area_code or actor.area_code
    chosen = choose(actor=actor, rule=facts.rule, area_code=area_code, on=timezone.localtime(at).date())
    if not chosen:
        raise Refused(Problem("按这些条件没有选到人", where="走访对象", next_step="请放宽条件,或换一个区域"))
    campaign = Campaign.objects.create(
        title=facts.title, kind=facts.kind, area_id=area_code, starts_on=facts.starts_on, ends_on=facts.ends_on,
        cash_fen=facts.cash_fen, goods=facts.goods, rule=words_of_rule(facts.rule), rule_code=facts.rule.as_text(),
        created_at=at, created_by=actor.pk,
    )  # fmt: skip
    insert_rows(
        CampaignTarget,
        TARGET_FIELDS,
        ((campaign.pk, person.person_id, person.area_code, person.reason, None, "", "") for person in chosen),
    )
    sync_ids(CampaignTarget)
    audit.record(
        actor=actor, action="activities.campaign.planned", subject=campaign, area_code=area_code, at=at,
        now={"rule": campaign.rule, "people": len(chosen), "cash_fen": facts.cash_fen},
    )  # fmt: skip
    return campaign


@transaction.atomic
def close_campaign(*, actor: User, campaign_id: int, at: datetime) -> Campaign:
    """End a campaign: no visit and no change of its list after that. What is not visited stays on record as such."""
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    check_change_list(actor, campaign)
    need_area(actor, campaign.area_id)
    won = Campaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=at)
    if not won:
        raise Refused(Problem("本次行动刚刚被结束", where=campaign.title))
    audit.record(actor=actor, action="activities.campaign.closed", subject=campaign, area_code=campaign.area_id, at=at)
    campaign.refresh_from_db()
    return campaign
