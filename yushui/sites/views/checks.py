"""Upkeep: what is due for a check, several checked at once, what waits to be mended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places.selectors import areas_to_choose
from yushui.sites import forms
from yushui.sites.selectors import checks as selectors
from yushui.sites.services import checks as services
from yushui.sites.types import GROUP_NAMES


@require_GET
def list_site_checks(request: HttpRequest) -> HttpResponse:
    """What is due, what comes due, what is not mended."""
    return checks_page(request, ())


def checks_page(request: HttpRequest, problems: tuple[Problem, ...]) -> HttpResponse:
    """The page, with what is wrong with the form that was sent."""
    actor, on = actor_of(request), clock.today()
    filters = forms.check_filters(request.GET)
    shown: dict[str, object] = {
        "filters": filters,
        "tabs": selectors.counts_of_tabs(actor=actor, filters=filters, on=on),
        "groups": GROUP_NAMES,
        "areas": areas_to_choose(actor=actor),
        "today": on.isoformat(),
        "may_check": may(actor, "sites.check"),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "ticked": request.POST.getlist("site"),
        "day": request.POST.get("on", on.isoformat()),
        "checker": request.POST.get("checker", actor.get_full_name()),
        "fresh_key": request.POST.get("client_key") or queries.new_key(),
    }
    if filters.tab == "faults":
        faults = page_of(selectors.list_faults(actor=actor, filters=filters, on=on), request)
        shown |= {"page": faults, "faults": selectors.fault_lines(faults.rows, on)}
    else:
        sites = page_of(selectors.list_due(actor=actor, filters=filters, on=on), request)
        shown |= {"page": sites, "lines": selectors.due_lines(sites.rows, on)}
    return render(request, "sites/list_site_checks.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("登记检查", "sites.check")
def check_sites(request: HttpRequest) -> HttpResponse:
    """Several sites were looked at on one round and all were good."""
    ids = [pk for text in request.POST.getlist("site") if (pk := queries.whole_number(text)) is not None]
    try:
        kept = services.check_sites(
            actor=actor_of(request), site_ids=ids, on=request.POST.get("on", ""),
            checker=request.POST.get("checker", ""), client_key=request.POST.get("client_key", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return checks_page(request, refused.problems)
    messages.success(request, f"已登记 {kept} 处完好")
    return redirect(request.get_full_path().replace("/check-sites/", "/"))
