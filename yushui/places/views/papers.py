"""Pages of papers in force: the list with the five inclusions, one in full, adding, changing, withdrawing."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places import forms, services
from yushui.places.selectors import papers, units
from yushui.places.types import PaperDraft

CHANGES = ("登记文件", "places.change")


@require_GET
def list_papers(request: HttpRequest) -> HttpResponse:
    """制度与文件: those in force, those that run out, and what is missing of the 五个纳入 this year."""
    actor, on = actor_of(request), clock.today()
    filters = forms.paper_filters(request.GET)
    year = filters.year or on.year
    shown = {
        "page": page_of(papers.list_papers(actor=actor, filters=filters, on=on), request),
        "filters": filters,
        "kinds": papers.list_paper_kinds(actor=actor),
        "states": papers.PAPER_STATES,
        "years": range(on.year, on.year - 8, -1),
        "year": year,
        "inclusions": papers.inclusions(actor=actor, year=year),
        "today": on,
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/list_papers.html", shown)


@require_GET
def show_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """One paper with its scans and what it proves."""
    return show_one(request, paper_id, ())


def show_one(request: HttpRequest, paper_id: int, problems: tuple[Problem, ...]) -> HttpResponse:
    """One paper, with what is wrong with a withdrawal."""
    actor = actor_of(request)
    paper = papers.get_paper(actor=actor, paper_id=paper_id)
    shown = {
        "paper": paper,
        "last_day": paper.ends_on - timedelta(days=1) if paper.ends_on else None,
        "problems": problems,
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/show_paper.html", shown, status=422 if problems else 200)


@require_GET
def show_paper_file(request: HttpRequest, piece_id: int) -> HttpResponse:
    """A scan."""
    return respond(papers.get_paper_file(actor=actor_of(request), piece_id=piece_id))


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def add_paper(request: HttpRequest) -> HttpResponse:
    """The form of a new paper."""
    if request.method == "GET":
        draft = PaperDraft(kind=request.GET.get("kind", ""), client_key=forms.new_key())
        return paper_form(request, draft, (), None)
    draft = forms.paper_draft(request.POST)
    try:
        paper = services.add_paper(
            actor=actor_of(request), draft=draft, sent=sent_with(request.POST, request.FILES), at=clock.now()
        )
    except Refused as refused:
        return paper_form(request, draft, refused.problems, None)
    messages.success(request, f"已登记:{paper.title}")
    return redirect("show-paper", paper.pk)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def change_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The form of a paper that is there."""
    paper = papers.get_paper(actor=actor_of(request), paper_id=paper_id)
    if request.method == "GET":
        last = str(paper.ends_on - timedelta(days=1)) if paper.ends_on else ""
        draft = PaperDraft(
            kind=paper.kind_id, unit_id=str(paper.unit_id), number=paper.number, title=paper.title,
            issued_on=str(paper.issued_on), starts_on=str(paper.starts_on), last_day=last, note=paper.note,
            proves=tuple(proof.code for proof in paper.proofs.all()), client_key=paper.client_key,
        )  # fmt: skip
        return paper_form(request, draft, (), paper_id, str(paper.revision))
    draft, revision = forms.paper_draft(request.POST), request.POST.get("revision", "")
    try:
        services.change_paper(
            actor=actor_of(request), paper_id=paper_id, draft=replace(draft, client_key=paper.client_key),
            revision=revision, sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return paper_form(request, draft, refused.problems, paper_id, revision)
    messages.success(request, "已保存")
    return redirect("show-paper", paper_id)


def paper_form(
    request: HttpRequest, draft: PaperDraft, problems: tuple[Problem, ...], paper_id: int | None, revision: str = ""
) -> HttpResponse:
    """The form with everything that is wrong."""
    actor, today = actor_of(request), clock.today()
    shown = {
        "draft": asdict(draft),
        "proves": " ".join(draft.proves),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "paper_id": paper_id,
        "revision": revision,
        "kinds": papers.list_paper_kinds(actor=actor),
        "units": units.list_units(actor=actor, on=today)[:500],
        "today": today.isoformat(),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
    }
    return render(request, "places/paper_form.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("废止文件", "places.change")
def withdraw_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Take a paper out of force."""
    try:
        services.withdraw_paper(
            actor=actor_of(request), paper_id=paper_id, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return show_one(request, paper_id, refused.problems)
    messages.success(request, "已废止")
    return redirect("show-paper", paper_id)
