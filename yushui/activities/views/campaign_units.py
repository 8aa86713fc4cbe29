"""Units of a campaign: on the list, who goes, a visit, taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.rules.goods import items_of
from yushui.activities.selectors import campaign_units as selectors
from yushui.activities.selectors.campaign_goods import offered_by
from yushui.activities.selectors.campaigns import get_campaign, list_goers
from yushui.activities.services import campaign_units as services
from yushui.activities.types import VisitDraft
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of


@require_http_methods(["GET", "POST"])
@for_holders("加入走访名单", "activities.plan_campaign")
def add_campaign_unit(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Choose a unit and put it on the list."""
    actor = actor_of(request)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        unit_id = queries.whole_number(request.POST.get("unit", "")) or 0
        try:
            row = services.add_campaign_unit(actor=actor, campaign_id=campaign_id, unit_id=unit_id, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已把{row.unit.name}加入名单")
            return redirect("show-campaign", campaign_id)
    campaign = get_campaign(actor=actor, campaign_id=campaign_id)
    shown = {
        "campaign": campaign,
        "units": selectors.units_to_add(actor=actor, campaign=campaign),
        "problems": problems,
    }
    return render(request, "activities/add_campaign_unit.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("调整走访名单", "activities.plan_campaign")
def change_campaign_unit(request: HttpRequest, campaign_unit_id: int) -> HttpResponse:
    """Who goes to a unit; or off the list with it."""
    actor, data = actor_of(request), request.POST
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            row = services.change_campaign_unit(
                actor=actor, row_id=campaign_unit_id, user_id=queries.whole_number(data.get("user", "")),
                drop_reason=data.get("reason", "") if "drop" in data else None, at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"{row.unit.name}:{'已移出名单' if row.dropped_reason else row.user_name + '去'}")
            return redirect("show-campaign", row.campaign_id)
    row = selectors.get_campaign_unit(actor=actor, row_id=campaign_unit_id)
    shown = {"row": row, "staff": list_goers(actor=actor), "problems": problems, "reason": data.get("reason", "")}
    return render(request, "activities/change_campaign_unit.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("登记走访", "activities.visit")
def record_unit_visit(request: HttpRequest, campaign_unit_id: int) -> HttpResponse:
    """Record a visit to a unit, on the phone too."""
    actor = actor_of(request)
    row = selectors.get_campaign_unit(actor=actor, row_id=campaign_unit_id)
    problems: tuple[Problem, ...] = ()
    heads = request.POST.get("heads", "")
    if request.method == "POST":
        draft = forms.visit_draft(request.POST)
        try:
            services.record_unit_visit(actor=actor, row_id=row.pk, draft=draft, heads=heads, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已记下:{row.unit.name}")
            return redirect("show-campaign", row.campaign_id)
    else:
        draft = VisitDraft(on=clock.today().isoformat(), client_key=queries.new_key())
    offered, chosen = offered_by(row.campaign), items_of("、".join(draft.goods))
    shown = {
        "row": row,
        "draft": draft,
        "heads": heads,
        "goods": [(item, item in chosen) for item in offered],
        "more_goods": "、".join(item for item in chosen if item not in offered),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "today": clock.today().isoformat(),
    }
    return render(request, "activities/record_unit_visit.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("撤回走访", "activities.visit")
def withdraw_unit_visit(request: HttpRequest, unit_visit_id: int) -> HttpResponse:
    """One visit to a unit in full; withdraw it with a reason."""
    actor, reason = actor_of(request), request.POST.get("reason", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            services.withdraw_unit_visit(actor=actor, visit_id=unit_visit_id, reason=reason, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已撤回;这条走访保留,不再计数")
            return redirect("withdraw-unit-visit", unit_visit_id)
    visit = selectors.get_unit_visit(actor=actor, visit_id=unit_visit_id)
    shown = {"visit": visit, "problems": problems, "reason": reason, "may_plan": may(actor, "activities.plan_campaign")}
    return render(request, "activities/withdraw_unit_visit.html", shown, status=422 if problems else 200)
