"""Pages of the kinds of campaigns: the catalogue, and a county's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import campaign_kinds as selectors
from yushui.activities.services import campaign_kinds as services
from yushui.activities.types import FOLLOW_NAMES, CampaignKindDraft
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of


@require_GET
def list_campaign_kinds(request: HttpRequest) -> HttpResponse:
    """All kinds, the own ones first."""
    rows = selectors.list_campaign_kind_rows(actor=actor_of(request))
    shown = {"own": [row for row in rows if row.own], "rest": [row for row in rows if not row.own]}
    return render(request, "activities/list_campaign_kinds.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设置走访行动种类", "activities.set_kind")
def set_campaign_kind(request: HttpRequest, campaign_kind_code: str = "") -> HttpResponse:
    """Add a kind, or change an own one."""
    actor, code = actor_of(request), campaign_kind_code
    kind = selectors.get_own_campaign_kind(actor=actor, code=code) if code else None
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        draft = forms.campaign_kind_draft(request.POST)
        try:
            saved = services.set_campaign_kind(actor=actor, draft=draft, code=code, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已保存:{saved.name};安排走访时就能选")
            return redirect("list-campaign-kinds")
    else:
        draft = selectors.campaign_kind_as_typed(kind) if kind else CampaignKindDraft()
    shown = {
        "kind": kind, "draft": draft, "problems": problems, "bad": {problem.where for problem in problems},
        "follows": FOLLOW_NAMES.items(),
    }  # fmt: skip
    return render(request, "activities/set_campaign_kind.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用走访行动种类", "activities.set_kind")
def retire_campaign_kind(request: HttpRequest, campaign_kind_code: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_campaign_kind(
        actor=actor_of(request), code=campaign_kind_code, retired=not back, at=clock.now()
    )
    done = "已恢复使用" if back else "已停用;原有行动不受影响"
    messages.success(request, f"{kind.name}:{done}")
    return redirect("list-campaign-kinds")
