"""Pages of kinds of honours: the catalogue's, and a county's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.area_codes import lies_in
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.honours import forms
from yushui.honours.selectors import kinds as selectors
from yushui.honours.services import kinds as services
from yushui.honours.types import GROUP_NAMES, KindDraft


@require_http_methods(["GET", "POST"])
@for_holders("设置荣誉类别", "honours.set_kind")
def list_honour_kinds(request: HttpRequest) -> HttpResponse:
    """All kinds with the form of a new one."""
    actor = actor_of(request)
    draft, found = KindDraft(group=request.GET.get("group", "MERIT")), ()
    problems: tuple[Problem, ...] = found
    if request.method == "POST":
        draft = forms.draft_of(KindDraft, request.POST)
        try:
            kind = services.set_kind(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已添加:{kind.name},登记页马上能选")
            return redirect("list-honour-kinds")
    rows = selectors.list_all_kinds(actor=actor)
    shown = {
        "groups": [
            (name, [(k, bool(k.area_code) and lies_in(k.area_code, actor.area_code)) for k in rows if k.group == code])
            for code, name in GROUP_NAMES.items()
        ],
        "group_names": GROUP_NAMES,
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "honours/list_honour_kinds.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用荣誉类别", "honours.set_kind")
def retire_honour_kind(request: HttpRequest, honour_kind_code: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_kind(actor=actor_of(request), code=honour_kind_code, retired=not back, at=clock.now())
    messages.success(request, f"{kind.name}:{'已恢复使用' if back else '已停用,原有记录不受影响'}")
    return redirect("list-honour-kinds")
