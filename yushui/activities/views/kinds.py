"""Pages of the kinds of activities: the catalogue, and a county's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import kinds as selectors
from yushui.activities.services import kinds as services
from yushui.activities.types import CHAPTER_NAMES, DIRECTION_NAMES, KindDraft, MeasureDraft
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of

SPARE = 3  # empty lines for further numbers


@require_GET
def list_kinds(request: HttpRequest) -> HttpResponse:
    """All kinds, the own ones first."""
    rows = selectors.list_kind_rows(actor=actor_of(request))
    own = [row for row in rows if row.own]
    by_chapter = [
        (name, [row for row in rows if not row.own and not row.kind.retired and row.kind.chapter == code])
        for code, name in CHAPTER_NAMES.items()
    ]
    return render(request, "activities/list_kinds.html", {"own": own, "chapters": by_chapter})


@require_http_methods(["GET", "POST"])
@for_holders("设置活动类别", "activities.set_kind")
def set_kind(request: HttpRequest, kind_code: str = "") -> HttpResponse:
    """Add a kind, or change an own one."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.kind_draft(request.POST)
        try:
            kind = services.set_kind(actor=actor, draft=draft, code=kind_code, at=clock.now())
        except Refused as refused:
            return show_kind(request, kind_code, draft, refused.problems)
        messages.success(request, f"已保存:{kind.name};登记、台账、指标里都能用了")
        return redirect("list-kinds")
    draft = selectors.kind_as_typed(actor=actor, code=kind_code) if kind_code else KindDraft(direction="LOCAL")
    return show_kind(request, kind_code, draft, ())


def show_kind(request: HttpRequest, code: str, draft: KindDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of a kind with everything that is wrong."""
    actor = actor_of(request)
    kind = selectors.get_own_kind(actor=actor, code=code) if code else None
    shown = {
        "kind": kind,
        "is_used": kind is not None and selectors.has_records(kind),
        "draft": draft,
        "lines": [*draft.measures, *[MeasureDraft()] * max(SPARE - len(draft.measures), 1)],
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "chapters": CHAPTER_NAMES.items(),
        "directions": DIRECTION_NAMES.items(),
    }
    return render(request, "activities/set_kind.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("停用活动类别", "activities.set_kind")
def retire_kind(request: HttpRequest, kind_code: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_kind(actor=actor_of(request), code=kind_code, retired=not back, at=clock.now())
    done = "已恢复使用" if back else "已停用;原有记录不受影响"
    messages.success(request, f"{kind.name}:{done}")
    return redirect("list-kinds")
