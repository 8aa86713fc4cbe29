"""Pages of selections, honours of units, the board."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.area_codes import lies_in
from yushui.base.evidence import ACCEPT, PAPERS, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.honours import forms
from yushui.honours.selectors import kinds
from yushui.honours.selectors import news as news_selectors
from yushui.honours.selectors import selections as selectors
from yushui.honours.services import selections as services
from yushui.honours.types import STAGES, WAYS, NomineeDraft, SelectionDraft, UnitHonourDraft
from yushui.places.selectors import areas_to_choose, list_units

SELECT = ("组织评选", "honours.select")
WORD = PAPERS[".docx"][0]
Found = tuple[Problem, ...]


@require_GET
def list_selections(request: HttpRequest) -> HttpResponse:
    """Selections with their stage."""
    actor, today = actor_of(request), clock.today()
    year, stage = queries.year_of(request.GET.get("year", "")), request.GET.get("stage", "")
    stage = stage if stage in STAGES else ""
    shown = {
        "page": page_of(selectors.list_selections(actor=actor, year=year, stage=stage), request),
        "year": year,
        "years": range(today.year, today.year - 9, -1),
        "stage": stage,
        "stages": STAGES,
        "may_select": may(actor, "honours.select"),
    }
    return render(request, "honours/list_selections.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders(*SELECT)
def call_selection(request: HttpRequest) -> HttpResponse:
    """The form of a call."""
    actor, today = actor_of(request), clock.today()
    draft, found = SelectionDraft(called_on=today.isoformat(), client_key=queries.new_key()), ()
    problems: Found = found
    if request.method == "POST":
        draft = forms.draft_of(SelectionDraft, request.POST)
        try:
            selection = services.call_selection(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已发布:{selection.title}")
            return redirect("show-selection", selection.pk)
    shown = {
        "draft": draft, "problems": problems, "bad": {p.where for p in problems}, "ways": WAYS,
        "kinds": kinds.list_kinds(actor=actor, group="SELECTION"),
    }  # fmt: skip
    return render(request, "honours/call_selection.html", shown, status=422 if problems else 200)


@require_GET
def show_selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """One selection with its nominees and the next step."""
    return selection_page(request, selection_id, ())


def selection_page(request: HttpRequest, selection_id: int, problems: Found) -> HttpResponse:
    """One selection, with what is wrong with the form that was sent; what was typed stays."""
    actor, today = actor_of(request), clock.today()
    selection = selectors.get_selection(actor=actor, selection_id=selection_id)
    nominees = selectors.list_nominees(actor=actor, selection=selection)
    typed = request.POST
    own = lies_in(selection.area_id, actor.area_code)
    draft = forms.draft_of(NomineeDraft, typed) if typed else NomineeDraft(client_key=queries.new_key())
    shown = {
        "selection": selection,
        "lines": [
            (row, typed.get(f"r_{row.pk}", shown_result(row.result, selection.way)), is_ticked(row, typed))
            for row in nominees
        ],
        "last_day": selection.ends_on - timedelta(days=1),
        "public_until": selection.public_ends_on - timedelta(days=1) if selection.public_ends_on else None,
        "may_nominate": may(actor, "honours.record") and selection.stage == "CALL" and today < selection.ends_on,
        "may_judge": may(actor, "honours.select") and own and selection.stage in {"CALL", "JUDGED"}
        and today >= selection.ends_on,
        "may_act": may(actor, "honours.select") and own,
        "may_print": selection.stage in {"PUBLIC", "DECIDED"},
        "is_over": selection.public_ends_on is not None and today >= selection.public_ends_on,
        "draft": draft if draft.client_key else NomineeDraft(client_key=queries.new_key()),
        "areas": [(actor.area_code, "本级"), *areas_to_choose(actor=actor)],
        "pieces": news_selectors.pieces_of(selection=selection),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": {name: typed.get(name, "") for name in ("on", "number", "reason")},
        "revision": typed.get("revision", selection.revision),
        "today": today.isoformat(),
        "accept": ACCEPT,
    }  # fmt: skip
    return render(request, "honours/show_selection.html", shown, status=422 if problems else 200)


def shown_result(result: int | None, way: str) -> str:
    """A score or a number of votes as it can be typed again."""
    if result is None:
        return ""
    return f"{result // 100}.{result % 100:02d}" if way == "SCORE" else str(result)


def is_ticked(row: object, typed: object) -> bool:
    """Whether a nominee is proposed: as sent, else as stored."""
    pk = str(getattr(row, "pk", ""))
    return pk in typed.getlist("chosen") if typed else bool(getattr(row, "chosen", False))  # type: ignore[attr-defined]


@require_POST
@for_holders("推荐人选", "honours.record")
def nominate(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Nominate someone."""
    draft = forms.draft_of(NomineeDraft, request.POST)
    try:
        services.nominate(actor=actor_of(request), selection_id=selection_id, draft=draft, at=clock.now())
    except Refused as refused:
        return selection_page(request, selection_id, refused.problems)
    messages.success(request, f"已推荐:{draft.name.strip()}")
    return redirect("show-selection", selection_id)


@require_POST
@for_holders(*SELECT)
def judge_selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Scores or votes, and who is proposed."""
    typed = {
        pk: request.POST.get(name, "")
        for name in request.POST
        if name.startswith("r_") and (pk := queries.whole_number(name[2:])) is not None
    }
    chosen = [pk for text in request.POST.getlist("chosen") if (pk := queries.whole_number(text)) is not None]
    try:
        services.judge(
            actor=actor_of(request), selection_id=selection_id, results=typed, chosen=chosen,
            revision=request.POST.get("revision", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return selection_page(request, selection_id, refused.problems)
    messages.success(request, "已登记评议结果")
    return redirect("show-selection", selection_id)


@require_POST
@for_holders(*SELECT)
def show_public(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Show the proposed to the public."""
    try:
        row = services.show_public(
            actor=actor_of(request), selection_id=selection_id, on=request.POST.get("on", ""), at=clock.now()
        )
    except Refused as refused:
        return selection_page(request, selection_id, refused.problems)
    until = row.public_ends_on - timedelta(days=1) if row.public_ends_on else ""
    messages.success(request, f"公示到 {until}")
    return redirect("show-selection", selection_id)


@require_POST
@for_holders(*SELECT)
def drop_nominee(request: HttpRequest, nominee_id: int) -> HttpResponse:
    """Take a nominee off."""
    actor = actor_of(request)
    nominee = selectors.get_nominee(actor=actor, nominee_id=nominee_id)
    try:
        services.drop_nominee(actor=actor, nominee_id=nominee_id, reason=request.POST.get("reason", ""), at=clock.now())
    except Refused as refused:
        return selection_page(request, nominee.selection_id, refused.problems)
    messages.success(request, f"已取消资格:{nominee.name}")
    return redirect("show-selection", nominee.selection_id)


@require_POST
@for_holders(*SELECT)
def decide_selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Publish the list."""
    try:
        services.decide(
            actor=actor_of(request), selection_id=selection_id, on=request.POST.get("on", ""),
            number=request.POST.get("number", ""), sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return selection_page(request, selection_id, refused.problems)
    messages.success(request, "已公布名单")
    return redirect("show-selection", selection_id)


@require_POST
@for_holders(*SELECT)
def close_selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """Stop a selection."""
    try:
        services.close_selection(
            actor=actor_of(request), selection_id=selection_id, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return selection_page(request, selection_id, refused.problems)
    messages.success(request, "已终止")
    return redirect("show-selection", selection_id)


@require_GET
def print_selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """The notice or the decision as a Word file."""
    name, content = services.print_selection(actor=actor_of(request), selection_id=selection_id, at=clock.now())
    return download(content, name, WORD)


@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    """The board of honours (光荣榜) of a year."""
    actor, today = actor_of(request), clock.today()
    year = queries.year_of(request.GET.get("year", "")) or today.year
    shown = {
        "board": selectors.open_board(actor=actor, year=year),
        "year": year,
        "years": range(today.year, today.year - 9, -1),
        "may_select": may(actor, "honours.select"),
        "may_open": may(actor, "honours.view"),
    }
    return render(request, "honours/show_board.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("登记单位荣誉", "honours.select")
def record_unit_honour(request: HttpRequest) -> HttpResponse:
    """The form of an honour of a unit."""
    actor, today = actor_of(request), clock.today()
    draft, found = UnitHonourDraft(on=today.isoformat(), client_key=queries.new_key()), ()
    problems: Found = found
    if request.method == "POST":
        draft = forms.draft_of(UnitHonourDraft, request.POST)
        try:
            sent = sent_with(request.POST, request.FILES)
            honour = services.record_unit_honour(actor=actor, draft=draft, sent=sent, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已登记:{honour.title}")
            return redirect("show-unit-honour", honour.pk)
    shown = {
        "draft": draft, "problems": problems, "bad": {p.where for p in problems}, "today": today.isoformat(),
        "kinds": kinds.list_kinds(actor=actor, group="UNIT"), "accept": ACCEPT, "had_files": bool(request.FILES),
        "units": list_units(actor=actor, on=today).exclude(kind="GARRISON")[:600],
    }  # fmt: skip
    return render(request, "honours/record_unit_honour.html", shown, status=422 if problems else 200)


@require_GET
def show_unit_honour(request: HttpRequest, honour_id: int) -> HttpResponse:
    """One honour of a unit."""
    return honour_page(request, honour_id, ())


def honour_page(request: HttpRequest, honour_id: int, problems: Found) -> HttpResponse:
    """One honour, with what is wrong with a withdrawal."""
    actor = actor_of(request)
    honour = selectors.get_unit_honour(actor=actor, honour_id=honour_id)
    shown = {
        "honour": honour,
        "pieces": news_selectors.pieces_of(honour=honour) if may(actor, "honours.view") else [],
        "may_select": may(actor, "honours.select"),
        "problems": problems,
    }
    return render(request, "honours/show_unit_honour.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("撤回单位荣誉", "honours.select")
def withdraw_unit_honour(request: HttpRequest, honour_id: int) -> HttpResponse:
    """Take an honour off the books."""
    try:
        services.withdraw_unit_honour(
            actor=actor_of(request), honour_id=honour_id, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return honour_page(request, honour_id, refused.problems)
    messages.success(request, "已撤回")
    return redirect("show-board")
