"""The page of the kinds of pairs of people: the catalogue's, and a county's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import pair_kinds as selectors
from yushui.activities.services import pair_kinds as services
from yushui.activities.types import PairKindDraft
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of


@require_GET
def list_pair_kinds(request: HttpRequest) -> HttpResponse:
    """结对类型 with how many pairs each has."""
    rows = selectors.list_pair_kind_rows(actor=actor_of(request))
    return render(request, "activities/list_pair_kinds.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_holders("设置结对类型", "activities.set_kind")
def set_pair_kind(request: HttpRequest, pair_kind_code: str = "") -> HttpResponse:
    """Add a kind, or change an own one."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.pair_kind_draft(request.POST)
        try:
            kind = services.set_pair_kind(actor=actor, draft=draft, code=pair_kind_code, at=clock.now())
        except Refused as refused:
            return show_kind(request, pair_kind_code, draft, refused.problems)
        messages.success(request, f"已保存:{kind.name};登记结对时就能选")
        return redirect("list-pair-kinds")
    draft = PairKindDraft()
    if pair_kind_code:
        kind = selectors.get_own_pair_kind(actor=actor, code=pair_kind_code)
        draft = PairKindDraft(kind.name, kind.helper_word, kind.helped_word, kind.of_register)
    return show_kind(request, pair_kind_code, draft, ())


def show_kind(request: HttpRequest, code: str, draft: PairKindDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of a kind with everything that is wrong."""
    if code:
        selectors.get_own_pair_kind(actor=actor_of(request), code=code)
    shown = {"code": code, "draft": draft, "problems": problems, "bad": {problem.where for problem in problems}}
    return render(request, "activities/set_pair_kind.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用结对类型", "activities.set_kind")
def retire_pair_kind(request: HttpRequest, pair_kind_code: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_pair_kind(actor=actor_of(request), code=pair_kind_code, retired=not back, at=clock.now())
    messages.success(request, f"{kind.name}:{'已恢复使用' if back else '已停用;原有结对不受影响'}")
    return redirect("list-pair-kinds")
