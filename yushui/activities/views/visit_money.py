"""Visits' cash beside the ledger of money; recording what a campaign cost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities.selectors.campaigns import get_campaign
from yushui.activities.selectors.visit_money import origin_of, visit_money
from yushui.activities.services.visit_money import spend_for_campaign
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.funds.selectors.money import entries_of_origin, funds_to_spend, uses_for
from yushui.funds.types.money import EntryDraft


@require_GET
def show_visit_money(request: HttpRequest) -> HttpResponse:
    """A year, campaign by campaign."""
    actor, on = actor_of(request), clock.today()
    year = queries.year_of(request.GET.get("year", "")) or on.year
    shown = {
        "money": visit_money(actor=actor, year=year, on=on),
        "year": year,
        "years": range(on.year, on.year - 6, -1),
        "may_spend": may(actor, "funds.spend"),
    }
    return render(request, "activities/show_visit_money.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("登记收支", "funds.spend")
def spend_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What a campaign cost, out of a fund."""
    actor, on = actor_of(request), clock.today()
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    fund_id = queries.whole_number(request.POST.get("fund", ""))
    draft = EntryDraft(
        on=on.isoformat(), words=f"{campaign.title}慰问金", use="VISIT_CASH", client_key=queries.new_key()
    )
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        names = ("on", "amount", "words", "use", "payee", "voucher", "client_key")
        draft = EntryDraft(**{name: request.POST.get(name, "") for name in names})
        try:
            entry = spend_for_campaign(
                actor=actor, campaign_id=campaign_id, fund_id=fund_id, draft=draft, at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已登记支出:{entry.words}")
            return redirect(f"{reverse('show-visit-money')}?year={campaign.starts_on.year}")
    shown = {
        "campaign": campaign,
        "draft": draft,
        "fund_id": fund_id,
        "funds": funds_to_spend(actor=actor, kinds=("BUDGET", "DONATED"), on=campaign.starts_on),
        "uses": uses_for(actor.area_code),
        "entries": entries_of_origin(actor=actor, origin=origin_of(campaign)),
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "activities/spend_campaign.html", shown, status=422 if problems else 200)
