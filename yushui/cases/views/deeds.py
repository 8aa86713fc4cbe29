"""The money and the papers of 实事 projects."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.cases.selectors.deeds import get_deed_file
from yushui.cases.selectors.needs import get_deed
from yushui.cases.services.deeds import spend_for_deed
from yushui.funds.forms.money import entry_draft
from yushui.funds.selectors.money import funds_to_spend, uses_for
from yushui.funds.types.money import EntryDraft


@require_http_methods(["GET", "POST"])
@for_holders("登记收支", "funds.spend")
def spend_deed(request: HttpRequest, deed_id: int) -> HttpResponse:
    """What a project cost, out of a fund."""
    actor, on = actor_of(request), clock.today()
    project = get_deed(actor=actor, deed_id=deed_id)
    fund_id = queries.whole_number(request.POST.get("fund", ""))
    draft = EntryDraft(on=on.isoformat(), words=project.title, client_key=queries.new_key())
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        draft, sent = entry_draft(request.POST), sent_with(request.POST, request.FILES)
        try:
            spend_for_deed(actor=actor, deed_id=deed_id, fund_id=fund_id, draft=draft, sent=sent, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已登记支出")
            return redirect("show-deed", deed_id)
    shown = {
        "project": project,
        "draft": draft,
        "fund_id": fund_id,
        "funds": funds_to_spend(actor=actor, kinds=("BUDGET", "DONATED"), on=on),
        "uses": uses_for(actor.area_code),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
    }
    return render(request, "cases/spend_deed.html", shown, status=422 if problems else 200)


@require_GET
def show_deed_file(request: HttpRequest, deed_file_id: int) -> HttpResponse:
    """The bytes of a paper."""
    return respond(get_deed_file(actor=actor_of(request), evidence_id=deed_file_id))
