"""Kinds of sites: the catalogue's, and those that a county adds."""

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
from yushui.sites import forms
from yushui.sites.selectors import kinds
from yushui.sites.services import kinds as kind_services
from yushui.sites.types import GROUP_NAMES, KindDraft, NumberDraft

Found = tuple[Problem, ...]
SPARE = 3  # lines for numbers of a new kind


@require_http_methods(["GET", "POST"])
@for_holders("设置阵地类别", "sites.set_kind")
def list_site_kinds(request: HttpRequest) -> HttpResponse:
    """All kinds with the form of a new one."""
    actor = actor_of(request)
    draft, found = KindDraft(group="OFFER"), ()
    problems: Found = found
    if request.method == "POST":
        draft = forms.kind_draft(request.POST)
        try:
            kind = kind_services.set_kind(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已添加:{kind.name},登记页马上能选")
            return redirect("list-site-kinds")
    rows = list(kinds.kinds_in_reach(actor))
    numbers = kinds.numbers_by_kind(kind.pk for kind in rows)
    own = {kind.pk for kind in rows if kind.area_code and lies_in(kind.area_code, actor.area_code)}
    shown = {
        "groups": [
            (name, [(k, k.pk in own, numbers.get(k.pk, [])) for k in rows if k.group == code])
            for code, name in GROUP_NAMES.items()
        ],
        "group_names": GROUP_NAMES,
        "draft": draft,
        "lines": [*draft.numbers, *[NumberDraft()] * max(SPARE - len(draft.numbers), 1)],
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "sites/list_site_kinds.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用阵地类别", "sites.set_kind")
def retire_site_kind(request: HttpRequest, site_kind_code: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = kind_services.retire_kind(actor=actor_of(request), code=site_kind_code, retired=not back, at=clock.now())
    messages.success(request, f"{kind.name}:{'已恢复使用' if back else '已停用,原有记录不受影响'}")
    return redirect("list-site-kinds")
