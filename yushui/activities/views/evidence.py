"""Evidence of activities: add, withdraw, look at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.activities.selectors.activities import get_activity
from yushui.activities.selectors.evidence import get_piece
from yushui.activities.services import evidence as services
from yushui.activities.views.activities import after_mending, back_of
from yushui.base import clock
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of


@require_http_methods(["GET", "POST"])
@for_holders("添加佐证", "activities.record")
def add_activity_evidence(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Add files and links to an activity."""
    actor, problems = actor_of(request), ()
    found: tuple[Problem, ...] = problems
    if request.method == "POST":
        sent = sent_with(request.POST, request.FILES)
        try:
            kept = services.add_activity_evidence(actor=actor, activity_id=activity_id, sent=sent, at=clock.now())
        except Refused as refused:
            found = refused.problems
        else:
            messages.success(request, f"已添加 {kept} 份佐证材料" if kept else "这些材料之前已经传过")
            return after_mending(request, activity_id)
    shown = {
        "activity": get_activity(actor=actor, activity_id=activity_id),
        "back": back_of(request),
        "problems": found,
        "accept": ACCEPT,
        "had_files": "evidence" in request.FILES,
        "links": "\n".join(request.POST.getlist("link")),
    }
    return render(request, "activities/add_activity_evidence.html", shown, status=422 if found else 200)


@require_POST
@for_holders("去掉佐证", "activities.record")
def withdraw_activity_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Take a piece out of sight."""
    piece = services.withdraw_activity_evidence(actor=actor_of(request), evidence_id=evidence_id, at=clock.now())
    messages.success(request, f"已去掉:{piece.title}")
    return redirect("show-activity", piece.activity_id)


@require_GET
def show_activity_file(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """The bytes of a piece: a photo to look at, a paper to save."""
    return respond(get_piece(actor=actor_of(request), evidence_id=evidence_id))
