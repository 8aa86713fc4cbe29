"""The point plan, coverage by town, boundary files, kinds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.sites import forms
from yushui.sites.rules.plan import HIGH, MOST_BYTES, WIDE
from yushui.sites.selectors import plan
from yushui.sites.selectors.coverage import coverage
from yushui.sites.services import boundaries
from yushui.sites.types import GROUP_MARKS, GROUP_NAMES

Found = tuple[Problem, ...]
SPARE = 3  # lines for numbers of a new kind


@require_GET
def show_site_plan(request: HttpRequest) -> HttpResponse:
    """Where sites stand on the approved boundary, when there is one."""
    actor = actor_of(request)
    groups = forms.groups_of(request.GET)
    shown = {
        "plan": plan.plan_of(actor=actor, groups=groups, on=clock.today()),
        "groups": [(code, name, code in groups, GROUP_MARKS[code]) for code, name in GROUP_NAMES.items()],
        "size": (WIDE, HIGH),
        "may_set": may(actor, "sites.set_kind"),
    }
    return render(request, "sites/show_site_plan.html", shown)


@require_GET
def show_site_coverage(request: HttpRequest) -> HttpResponse:
    """How many sites of each group every town has, or of each kind of one group."""
    actor, group = actor_of(request), request.GET.get("group", "")
    group = group if group in GROUP_NAMES else ""
    found = coverage(actor=actor, on=clock.today(), group=group)
    shown = {"coverage": found, "groups": GROUP_NAMES, "group": group}
    return render(request, "sites/show_site_coverage.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("上传边界文件", "sites.set_kind")
def set_boundary(request: HttpRequest) -> HttpResponse:
    """Hand in an approved boundary file."""
    actor, found = actor_of(request), ()
    problems: Found = found
    if request.method == "POST":
        sent = request.FILES.get("boundary")
        try:
            kept = boundaries.set_boundary(
                actor=actor, content=sent.read(MOST_BYTES + 1) if sent else b"", name=(sent and sent.name) or "",
                approver=request.POST.get("approver", ""), number=request.POST.get("number", ""),
                approved_on=request.POST.get("approved_on", ""), at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已启用边界文件,共 {kept.shapes} 个区域")
            return redirect("show-site-plan")
    shown = {
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": {name: request.POST.get(name, "") for name in ("approver", "number", "approved_on")},
        "rows": plan.list_boundaries(actor=actor),
        "today": clock.today().isoformat(),
    }
    return render(request, "sites/set_boundary.html", shown, status=422 if problems else 200)
