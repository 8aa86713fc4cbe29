"""What a campaign cost, written into the ledger of money under the campaign's own key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.activities.selectors.campaigns import get_campaign
from yushui.activities.selectors.visit_money import origin_of
from yushui.base.refusals import Problem, Refused
from yushui.funds.models import Entry
from yushui.funds.permissions.money import check_spend
from yushui.funds.services import record_spending
from yushui.funds.types.money import EntryDraft


@transaction.atomic
def spend_for_campaign(*, actor: User, campaign_id: int, fund_id: int | None, draft: EntryDraft, at: datetime) -> Entry:
    """Spend out of a fund for a campaign that the actor may see; the ledger judges the rest."""
    check_spend(actor)
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    if fund_id is None:
        raise Refused(Problem("没有选从哪个资金支出", where="资金", next_step="请选一个;没有就先设立资金"))
    whole = replace(draft, origin=origin_of(campaign), origin_words=campaign.title)
    return record_spending(actor=actor, fund_id=fund_id, draft=whole, at=at)
