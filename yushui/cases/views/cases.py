"""Pages of cases: lists, opening one, one in full with everything that may be done with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.cases import forms
from yushui.cases.permissions import may_reveal_phone
from yushui.cases.rules.cases import caution_of_heads
from yushui.cases.selectors import cases, entry, flow, kinds, points, receptions
from yushui.cases.services import cases as opening
from yushui.cases.services import exports, papers
from yushui.cases.types.cases import MEANS_NAMES, PAUSE_NAMES, RATING_NAMES, TAB_NAMES, WAY_NAMES, CaseDraft
from yushui.places.selectors import areas_to_choose

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def list_cases(request: HttpRequest) -> HttpResponse:
    """Cases by tab: what waits, what one had to do with, what is late."""
    actor, on = actor_of(request), clock.today()
    filters = forms.case_filters(request.GET, "todo" if may(actor, "cases.act") else "open")
    rows = cases.list_cases(actor=actor, filters=filters, on=on)
    shown = {
        "page": page_of(rows, request),
        "filters": filters,
        "tabs": TAB_NAMES.items(),
        "kinds": kinds.list_filter_kinds(actor=actor),
        "areas": areas_to_choose(actor=actor),
        "years": range(on.year, on.year - 6, -1),
        "points": points.names_of_points(actor=actor, on=on),
        "on": on,
        "may_open": may(actor, "cases.open"),
        "may_set": may(actor, "cases.set_kind"),
    }
    return render(request, "cases/list_cases.html", shown)


@require_GET
def export_cases(request: HttpRequest) -> HttpResponse:
    """The list as an Excel file; what is hidden on the page is hidden in it."""
    actor, on = actor_of(request), clock.today()
    filters = forms.case_filters(request.GET, "open")
    content = exports.export_cases(actor=actor, filters=filters, on=on, at=clock.now())
    return download(content, f"办件台账_{on:%Y%m%d}.xlsx", XLSX)


@require_http_methods(["GET", "POST"])
@for_holders("登记办件", "cases.open")
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a case; the kind is chosen first, because it says what is asked."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.case_draft(request.POST)
        if "find" in request.POST:
            return draw_open(request, draft, (), request.POST.get("words", ""))
        try:
            sent = sent_with(request.POST, request.FILES)
            case = opening.open_case(actor=actor, draft=draft, sent=sent, at=clock.now())
        except Refused as refused:
            return draw_open(request, draft, refused.problems)
        messages.success(request, f"已登记,编号 {case.number}")
        if caution := caution_of_heads(case.heads):
            messages.warning(request, caution)
        if case.person_id is None and case.asker_unit_id is None and not case.asker_phone:
            messages.warning(request, "没有留电话,办好了找不到人;问到以后在“更正登记内容”里补")
        return redirect("show-case", case.pk)
    typed = forms.case_draft(request.GET)
    draft = CaseDraft(
        kind=typed.kind, person_id=typed.person_id, unit_id=typed.unit_id, client_key=queries.new_key(),
        opened_on=clock.today().isoformat(),
        point_id=entry.usual_point(actor=actor, kind_code=typed.kind, on=clock.today()),
    )  # fmt: skip
    return draw_open(request, draft, (), request.GET.get("words", ""))


def draw_open(request: HttpRequest, draft: CaseDraft, problems: tuple[Problem, ...], words: str = "") -> HttpResponse:
    """The form of a new case with everything that is wrong."""
    shown = {
        **entry.open_choices(actor=actor_of(request), draft=draft, find=words, on=clock.today()),
        "draft": draft,
        "words": words,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "accept": ACCEPT,
        "had_files": bool(problems and request.FILES),
    }
    return render(request, "cases/open_case.html", shown, status=422 if problems else 200)


@require_GET
def show_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case in full."""
    return draw_case(request, case_id)


def draw_case(request: HttpRequest, case_id: int, problems: tuple[Problem, ...] = (), form: str = "") -> HttpResponse:
    """The page of a case; `form` names the form that was refused and keeps what was typed."""
    actor, on = actor_of(request), clock.today()
    sheet = cases.case_sheet(actor=actor, case_id=case_id, on=on)
    units: object = []
    offices: object = []
    if sheet.may & {"TRANSFERRED", "ASSIGNED"}:
        units, offices = entry.transfer_choices(actor=actor, case=sheet.case, on=on)
    typed: object = request.POST if form else {}
    if not form and sheet.results and sheet.settling is not None:  # judged: the answer is ready to be looked over
        said = ";".join(sheet.results)[:900]
        form, typed = "decide", {"outcome": sheet.settling.key, "words": said, "reply": said}
    shown = {
        "sheet": sheet,
        "case": sheet.case,
        "on": on,
        "flow": flow.flow_of(sheet.case.kind, sheet.case),
        "form": form,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": typed,
        "ticked": set(request.POST.getlist("papers")) if form == "decide" else set(),
        "reasoned": {f"{name}={text}" for name, text in request.POST.items()} if form == "decide" else set(),
        "had_files": bool(problems and request.FILES),
        "accept": ACCEPT,
        "client_key": request.POST.get("client_key") or queries.new_key(),
        "pauses": PAUSE_NAMES.items(),
        "ways": WAY_NAMES.items(),
        "ratings": RATING_NAMES.items(),
        "means": MEANS_NAMES.items(),
        "leaders": receptions.leaders_for(case=sheet.case) if "RECEPTION" in sheet.may else [],
        "may_reveal": sheet.clear and may_reveal_phone(actor, sheet.case, on),
        "may_reveal_person": may(actor, "people.reveal_number"),
        "sees_people": may(actor, "people.view"),
        "funds": entry.funds_to_pay(actor=actor, kind=sheet.case.kind) if "AIDED" in sheet.may else [],
        "may_spend": may(actor, "funds.spend"),
        "units": units,
        "offices": offices,
        "causes": kinds.causes_of(sheet.case.kind_id),
        "papers": papers.PAPER_NAMES.items(),
    }
    return render(request, "cases/show_case.html", shown, status=422 if problems else 200)


def do_step(request: HttpRequest, case_id: int, form: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Do something and show the case again, with what is wrong or with what was done."""
    try:
        act()
    except Refused as refused:
        return draw_case(request, case_id, refused.problems, form)
    messages.success(request, done)
    return redirect("show-case", case_id)


@require_POST
@for_holders("更正办件", "cases.open")
def change_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Correct title, text or cause."""
    draft, revision = forms.case_draft(request.POST), request.POST.get("revision", "")
    return do_step(
        request, case_id, "change",
        lambda: opening.change_case(
            actor=actor_of(request), case_id=case_id, draft=draft, revision=revision, at=clock.now()
        ),
        "已更正,原来的内容留在办理过程里",
    )  # fmt: skip


@require_POST
@for_holders("登记复查申请", "cases.open")
def appeal_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Open the review that the asker asks for."""
    try:
        case = opening.appeal_case(
            actor=actor_of(request), case_id=case_id, words=request.POST.get("words", ""),
            client_key=request.POST.get("client_key", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return draw_case(request, case_id, refused.problems, "appeal")
    messages.success(request, f"已登记{case.kind.name},编号 {case.number}")
    return redirect("show-case", case.pk)


@require_GET
def print_case(request: HttpRequest, case_id: int, case_form: str) -> HttpResponse:
    """受理告知书, 办理单 or 答复意见书 as a Word file."""
    content, name = papers.make_paper(
        actor=actor_of(request), case_id=case_id, form=case_form, on=clock.today(), at=clock.now()
    )
    return download(content, name, WORD)


@require_GET
def show_case_file(request: HttpRequest, case_file_id: int) -> HttpResponse:
    """The bytes of a piece."""
    return respond(cases.get_case_file(actor=actor_of(request), evidence_id=case_file_id, on=clock.today()))
