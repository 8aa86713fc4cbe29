"""Pages of the kinds of papers: the catalogue's, and a county's own by a form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.places.selectors import paper_kinds as selectors
from yushui.places.services import paper_kinds as services
from yushui.places.types import INCLUSION_NAMES, PaperKindDraft
from yushui.plans.selectors.proofs import duties_to_tick
from yushui.plans.services.proofs import set_paper_kind as set_kind


@require_GET
def list_paper_kinds(request: HttpRequest) -> HttpResponse:
    """文件种类 with how many papers of each are in force."""
    actor = actor_of(request)
    shown = {
        "lines": selectors.list_paper_kind_lines(actor=actor, on=clock.today()),
        "duties": {duty.pk: duty.name for duty in duties_to_tick(actor=actor)},
        "may_set": may(actor, "places.set_kind"),
    }
    return render(request, "plans/list_paper_kinds.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设置文件种类", "places.set_kind")
def set_paper_kind(request: HttpRequest, paper_kind: str = "") -> HttpResponse:
    """Add a kind, or change an own one."""
    actor = actor_of(request)
    draft = selectors.paper_kind_as_typed(actor=actor, code=paper_kind) if paper_kind else PaperKindDraft()
    problems: tuple[Problem, ...] = ()
    kept = (draft.proves,) if draft.proves else ()
    if request.method == "POST":
        draft = PaperKindDraft(**{name: request.POST.get(name, "")[:60] for name in ("name", "inclusion", "proves")})
        try:
            kind = set_kind(actor=actor, draft=draft, code=paper_kind, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已保存:{kind.name};登记文件时就能选")
            return redirect("list-paper-kinds")
    shown = {
        "code": paper_kind,
        "draft": draft,
        "inclusions": INCLUSION_NAMES,
        "duties": duties_to_tick(actor=actor, kept=kept),
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "plans/set_paper_kind.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用文件种类", "places.set_kind")
def retire_paper_kind(request: HttpRequest, paper_kind: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_paper_kind(actor=actor_of(request), code=paper_kind, retired=not back, at=clock.now())
    messages.success(request, f"{kind.name}:{'已恢复使用' if back else '已停用;登记过的文件照常有效'}")
    return redirect("list-paper-kinds")
