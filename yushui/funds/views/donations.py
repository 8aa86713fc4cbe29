"""Pages of donations: the list, one in full, the form, the letter of thanks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.funds.forms import money as forms
from yushui.funds.selectors import donations as selectors
from yushui.funds.selectors import money
from yushui.funds.services import donations as services
from yushui.funds.services import papers
from yushui.funds.types.donations import DONOR_NAMES, STATE_NAMES, DonationDraft

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SPEND = ("登记捐赠", "funds.spend")
Problems = tuple[Problem, ...]


@require_GET
def list_donations(request: HttpRequest) -> HttpResponse:
    """Donations, the newest promise first."""
    actor, on = actor_of(request), clock.today()
    filters = forms.donation_filters(request.GET)
    shown = {
        "page": page_of(selectors.list_donations(actor=actor, filters=filters), request),
        "filters": filters,
        "years": range(on.year, on.year - 6, -1),
        "donor_kinds": DONOR_NAMES.items(),
        "states": STATE_NAMES.items(),
        "may_spend": may(actor, "funds.spend"),
    }
    return render(request, "funds/list_donations.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders(*SPEND)
def add_donation(request: HttpRequest) -> HttpResponse:
    """The form of a donation."""
    if request.method == "GET":
        fund = queries.whole_number(request.GET.get("fund", ""))
        draft = DonationDraft(fund_id=fund, promised_on=clock.today().isoformat(), client_key=queries.new_key())
        return donation_form(request, draft, ())
    draft = forms.donation_draft(request.POST)
    try:
        donation = services.add_donation(
            actor=actor_of(request), draft=draft, sent=sent_with(request.POST, request.FILES), at=clock.now()
        )
    except Refused as refused:
        return donation_form(request, draft, refused.problems)
    messages.success(request, f"已登记{donation.donor_name}的捐赠")
    return redirect("show-donation", donation.pk)


def donation_form(request: HttpRequest, draft: DonationDraft, problems: Problems) -> HttpResponse:
    """The form with everything that is wrong."""
    on = clock.today()
    shown = {
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "donor_kinds": DONOR_NAMES.items(),
        "funds": money.funds_to_spend(actor=actor_of(request), kinds=("CARE", "DONATED"), on=on),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
        "on": on,
    }
    return render(request, "funds/add_donation.html", shown, status=422 if problems else 200)


@require_GET
def show_donation(request: HttpRequest, donation_id: int) -> HttpResponse:
    """One donation with its receipts."""
    return draw_donation(request, donation_id)


def draw_donation(request: HttpRequest, donation_id: int, problems: Problems = (), form: str = "") -> HttpResponse:
    """The page of a donation; `form` names the form that was refused."""
    actor, on = actor_of(request), clock.today()
    sheet = selectors.donation_sheet(actor=actor, donation_id=donation_id)
    shown = {
        "sheet": sheet,
        "donation": sheet.donation,
        "state": selectors.state_words(sheet.donation, sheet.received_fen),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "form": form,
        "typed": request.POST if form else {},
        "client_key": request.POST.get("client_key") or queries.new_key(),
        "may_spend": may(actor, "funds.spend"),
        "on": on,
    }
    return render(request, "funds/show_donation.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*SPEND)
def receive_donation(request: HttpRequest, donation_id: int) -> HttpResponse:
    """Money of the promise that came."""
    try:
        services.receive_donation(
            actor=actor_of(request), donation_id=donation_id, draft=forms.entry_draft(request.POST),
            sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return draw_donation(request, donation_id, refused.problems, "receive")
    messages.success(request, "已登记到账")
    return redirect("show-donation", donation_id)


@require_POST
@for_holders(*SPEND)
def end_donation(request: HttpRequest, donation_id: int) -> HttpResponse:
    """The rest will not come."""
    try:
        services.end_donation(
            actor=actor_of(request), donation_id=donation_id, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return draw_donation(request, donation_id, refused.problems, "end")
    messages.success(request, "已终止,已到账的保留")
    return redirect("show-donation", donation_id)


@require_POST
@for_holders(*SPEND)
def thank_donor(request: HttpRequest, donation_id: int) -> HttpResponse:
    """The letter was handed over."""
    services.thank_donor(actor=actor_of(request), donation_id=donation_id, at=clock.now())
    messages.success(request, "已记下感谢信送出")
    return redirect("show-donation", donation_id)


@require_GET
def print_letter(request: HttpRequest, donation_id: int) -> HttpResponse:
    """The letter of thanks as a Word file."""
    actor = actor_of(request)
    content = papers.print_letter(actor=actor, donation_id=donation_id, on=clock.today(), at=clock.now())
    return download(content, f"感谢信_{donation_id}.docx", DOCX)
