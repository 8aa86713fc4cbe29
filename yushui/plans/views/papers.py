"""Pages of papers in force: the list with the five inclusions, one in full, adding, changing, withdrawing. They stand
here and not in places, because the form offers the duties that a paper proves."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places import forms
from yushui.places import services as places
from yushui.places.permissions import may_record_paper
from yushui.places.selectors import areas_to_choose, papers
from yushui.places.types import PaperDraft
from yushui.plans.selectors import proofs
from yushui.plans.services import proofs as services

RECORDS = ("登记文件", "places.record_paper")


@require_GET
def list_papers(request: HttpRequest) -> HttpResponse:
    """制度与文件: those in force, those that run out, what is missing of the 五个纳入, what the actor's units owe."""
    actor, on = actor_of(request), clock.today()
    filters = forms.paper_filters(request.GET)
    year = filters.year or on.year
    shown = {
        "page": page_of(papers.list_papers(actor=actor, filters=filters, on=on), request),
        "filters": filters,
        "kinds": papers.list_paper_kinds(actor=actor),
        "states": papers.PAPER_STATES,
        "years": range(on.year, on.year - 8, -1),
        "areas": areas_to_choose(actor=actor),
        "year": year,
        "inclusions": papers.inclusions(actor=actor, year=year, area_code=filters.area_code),
        "soon": papers.count_soon(actor=actor, on=on),
        "owed": proofs.owed_papers(actor=actor, on=on),
        "today": on,
        "may_record": may(actor, "places.record_paper"),
    }
    return render(request, "plans/list_papers.html", shown)


@require_GET
def show_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """One paper with its scans and what it proves."""
    return show_one(request, paper_id, ())


def show_one(request: HttpRequest, paper_id: int, problems: tuple[Problem, ...]) -> HttpResponse:
    """One paper, with what is wrong with a withdrawal."""
    actor, on = actor_of(request), clock.today()
    paper = papers.get_paper(actor=actor, paper_id=paper_id)
    shown = {
        "paper": paper,
        "expired": paper.ends_on is not None and paper.ends_on <= on,
        "proofs": proofs.proofs_of(actor=actor, paper=paper),
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        "may_change": may_record_paper(actor, paper.unit_id, on) and paper.withdrawn_at is None,
    }
    return render(request, "plans/show_paper.html", shown, status=422 if problems else 200)


@require_GET
def show_paper_file(request: HttpRequest, piece_id: int) -> HttpResponse:
    """A scan."""
    return respond(papers.get_paper_file(actor=actor_of(request), piece_id=piece_id))


@require_http_methods(["GET", "POST"])
@for_holders(*RECORDS)
def add_paper(request: HttpRequest) -> HttpResponse:
    """The form of a new paper; `kind`, `unit` and `duty` may be asked for."""
    actor = actor_of(request)
    if request.method == "GET":
        asked = {name: request.GET.get(name, "")[:40] for name in ("kind", "unit", "duty")}
        draft = proofs.new_paper(actor=actor, **asked, on=clock.today())
        return paper_form(request, replace(draft, client_key=queries.new_key()), draft.proves, (), None)
    draft, duties = forms.paper_draft(request.POST), request.POST.getlist("duty")[:40]
    sent = sent_with(request.POST, request.FILES)
    try:
        paper = services.add_paper(actor=actor, draft=draft, duties=duties, sent=sent, at=clock.now())
    except Refused as refused:
        return paper_form(request, draft, duties, refused.problems, None)
    messages.success(request, f"已登记:{paper.title}")
    return redirect("show-paper", paper.pk)


@require_http_methods(["GET", "POST"])
@for_holders(*RECORDS)
def change_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The form of a paper that is there."""
    actor = actor_of(request)
    paper = proofs.get_paper_to_change(actor=actor, paper_id=paper_id, on=clock.today())
    if paper is None:
        raise NotFound
    if request.method == "GET":
        duties, items = proofs.split_proofs(actor=actor, codes=[proof.code for proof in paper.proofs.all()])
        draft = PaperDraft(
            kind=paper.kind_id, unit_id=str(paper.unit_id), number=paper.number, title=paper.title,
            issued_on=str(paper.issued_on), starts_on=str(paper.starts_on), note=paper.note, proves=items,
            last_day=str(paper.last_day or ""), client_key=paper.client_key,
        )  # fmt: skip
        return paper_form(request, draft, duties, (), paper_id, str(paper.revision))
    draft = replace(forms.paper_draft(request.POST), client_key=paper.client_key)
    duties, revision = tuple(request.POST.getlist("duty")[:40]), request.POST.get("revision", "")
    try:
        services.change_paper(
            actor=actor, paper_id=paper_id, draft=draft, duties=duties, revision=revision,
            sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return paper_form(request, draft, duties, refused.problems, paper_id, revision)
    messages.success(request, "已保存")
    return redirect("show-paper", paper_id)


def paper_form(
    request: HttpRequest, draft: PaperDraft, duties: object, problems: tuple[Problem, ...], paper_id: int | None,
    revision: str = "",
) -> HttpResponse:  # fmt: skip
    """The form with everything that is wrong."""
    actor, today = actor_of(request), clock.today()
    ticked = tuple(str(code) for code in duties) if isinstance(duties, list | tuple) else ()
    kinds = papers.list_paper_kinds(actor=actor, kept=draft.kind if paper_id else "")
    shown = {
        "draft": asdict(draft),
        "items": " ".join(code for code in draft.proves if code not in ticked),
        "ticked": ticked,
        "duties": proofs.duties_to_tick(actor=actor, kept=ticked),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "paper_id": paper_id,
        "revision": revision,
        "kinds": kinds,
        "units": proofs.units_to_issue(actor=actor, on=today, chosen=draft.unit_id),
        "today": today.isoformat(),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
    }
    return render(request, "plans/paper_form.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*RECORDS)
def withdraw_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Take a paper out of force."""
    actor = actor_of(request)
    if not may_record_paper(actor, papers.get_paper(actor=actor, paper_id=paper_id).unit_id, clock.today()):
        raise NotFound
    try:
        places.withdraw_paper(
            actor=actor, paper_id=paper_id, reason=request.POST.get("reason", ""), at=clock.now()
        )  # fmt: skip
    except Refused as refused:
        return show_one(request, paper_id, refused.problems)
    messages.success(request, "已废止")
    return redirect("show-paper", paper_id)


@require_POST
@for_holders(*RECORDS)
def withdraw_paper_file(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Take back a scan that does not belong to the paper."""
    actor = actor_of(request)
    piece = papers.get_paper_file(actor=actor, piece_id=piece_id)
    if not may_record_paper(actor, piece.paper.unit_id, clock.today()):
        raise NotFound
    places.withdraw_paper_file(actor=actor, piece_id=piece_id, at=clock.now())
    messages.success(request, f"已撤回:{piece.title}")
    return redirect("show-paper", piece.paper_id)
