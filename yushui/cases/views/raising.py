"""The page on which a donation for a case (募捐) is recorded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.cases.selectors.cases import get_clear_case
from yushui.cases.services import raising as services
from yushui.funds.forms import money as forms
from yushui.funds.selectors.money import funds_to_spend
from yushui.funds.types.donations import DONOR_NAMES, DonationDraft


@require_http_methods(["GET", "POST"])
@for_holders("登记捐赠", "funds.spend")
def add_case_donation(request: HttpRequest, case_id: int) -> HttpResponse:
    """The form of a donation, for a case."""
    actor, on = actor_of(request), clock.today()
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    draft = DonationDraft(promised_on=on.isoformat(), client_key=queries.new_key())
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        draft, sent = forms.donation_draft(request.POST), sent_with(request.POST, request.FILES)
        try:
            donation = services.add_case_donation(actor=actor, case_id=case_id, draft=draft, sent=sent, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已登记{donation.donor_name}的捐赠")
            return redirect("show-case", case_id)
    shown = {
        "case": case,
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "donor_kinds": DONOR_NAMES.items(),
        "funds": funds_to_spend(actor=actor, kinds=("CARE", "DONATED"), on=on),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
        "on": on,
    }
    return render(request, "funds/add_donation.html", shown, status=422 if problems else 200)
