"""Pages of the care fund: projects, applications, their review and use."""

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
from yushui.base.texts import typed_yuan
from yushui.base.web import actor_of, page_of
from yushui.funds.forms import money as forms
from yushui.funds.selectors import care as selectors
from yushui.funds.selectors import money
from yushui.funds.services import care as services
from yushui.funds.types.care import APPLICATION_NAMES, CAUSE_NAMES, ApplicationDraft, ProjectDraft
from yushui.people.selectors import get_person
from yushui.places.selectors.areas import areas_to_choose

Problems = tuple[Problem, ...]


@require_GET
def list_applications(request: HttpRequest) -> HttpResponse:
    """Applications, the newest first."""
    actor, on = actor_of(request), clock.today()
    filters = forms.application_filters(request.GET)
    shown = {
        "page": page_of(selectors.list_applications(actor=actor, filters=filters), request),
        "filters": filters,
        "states": APPLICATION_NAMES.items(),
        "causes": CAUSE_NAMES.items(),
        "projects": selectors.list_projects(actor=actor),
        "areas": areas_to_choose(actor=actor),
        "years": range(on.year, on.year - 6, -1),
        "waiting": selectors.count_waiting(actor=actor),
        "may_ask": may(actor, "funds.ask_care"),
        "may_decide": may(actor, "funds.approve"),
        "named": may(actor, "people.view"),
    }
    return render(request, "funds/list_applications.html", shown)


@require_GET
def list_projects(request: HttpRequest) -> HttpResponse:
    """Projects of care funds: planned, applied for, given."""
    actor = actor_of(request)
    shown = {
        "page": page_of(selectors.list_projects(actor=actor), request),
        "funds": money.funds_to_spend(actor=actor, kinds=("CARE",), on=clock.today()),
        "on": clock.today(),
        "may_open": may(actor, "funds.open"),
    }
    return render(request, "funds/list_projects.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设立关爱基金项目", "funds.open")
def add_project(request: HttpRequest, fund_id: int) -> HttpResponse:
    """The form of a project."""
    actor = actor_of(request)
    draft = ProjectDraft(starts_on=clock.today().isoformat(), client_key=queries.new_key())
    problems: Problems = ()
    if request.method == "POST":
        draft = forms.project_draft(request.POST)
        try:
            project = services.add_project(actor=actor, fund_id=fund_id, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已设立项目:{project.name}")
            return redirect("list-projects")
    shown = {
        "fund": money.get_fund(actor=actor, fund_id=fund_id),
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "funds/add_project.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("登记关爱基金申请", "funds.ask_care")
def ask_care(request: HttpRequest) -> HttpResponse:
    """Find the person, then the form."""
    actor, on = actor_of(request), clock.today()
    person_id = queries.whole_number((request.POST if request.method == "POST" else request.GET).get("person", ""))
    if person_id is None:
        name = request.GET.get("name", "")[:40]
        found = selectors.find_people(actor=actor, name=name, on=on)
        return render(request, "funds/find_applicant.html", {"name": name, "found": found})
    if request.method == "GET":
        projects = selectors.projects_to_choose(actor=actor, on=on)
        only = projects[0].pk if len(projects) == 1 else None
        draft = ApplicationDraft(project_id=only, on=on.isoformat(), client_key=queries.new_key())
        return application_form(request, person_id, draft, ())
    draft = forms.application_draft(request.POST)
    try:
        row = services.ask_care(
            actor=actor, person_id=person_id, draft=draft, sent=sent_with(request.POST, request.FILES), at=clock.now()
        )
    except Refused as refused:
        return application_form(request, person_id, draft, refused.problems)
    messages.success(request, "已提交,等另一位同事审核")
    return redirect("show-application", row.pk)


def application_form(request: HttpRequest, person_id: int, draft: ApplicationDraft, problems: Problems) -> HttpResponse:
    """The form with everything that is wrong."""
    actor, on = actor_of(request), clock.today()
    shown = {
        "person": get_person(actor=actor, person_id=person_id),
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "projects": selectors.projects_to_choose(actor=actor, on=on),
        "causes": CAUSE_NAMES.items(),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
        "links": request.POST.get("link", ""),
        "on": on,
    }
    return render(request, "funds/ask_care.html", shown, status=422 if problems else 200)


@require_GET
def show_application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application in full."""
    return draw_application(request, application_id)


def draw_application(
    request: HttpRequest, application_id: int, problems: Problems = (), form: str = ""
) -> HttpResponse:
    """The page of an application; `form` names the form that was refused."""
    actor, on = actor_of(request), clock.today()
    sheet = selectors.application_sheet(actor=actor, application_id=application_id)
    row = sheet.application
    can_see_fund = sheet.may_pay
    shown = {
        "sheet": sheet,
        "row": row,
        "state": selectors.state_words(row),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "form": form,
        "typed": request.POST if form else {},
        "asked": typed_yuan(row.asked_fen),
        "free": money.fund_sheet(actor=actor, fund_id=row.project.fund_id, on=on).free if can_see_fund else None,
        "on": on,
    }
    return render(request, "funds/show_application.html", shown, status=422 if problems else 200)


def take_step(
    request: HttpRequest, application_id: int, form: str, act: Callable[[], object], done: str
) -> HttpResponse:
    """Take a step and show the application again, with what is wrong or what was done."""
    try:
        act()
    except Refused as refused:
        return draw_application(request, application_id, refused.problems, form)
    messages.success(request, done)
    return redirect("show-application", application_id)


@require_POST
@for_holders("审核关爱基金申请", "funds.approve")
def decide_care(request: HttpRequest, application_id: int) -> HttpResponse:
    """Grant or refuse."""
    actor, sent = actor_of(request), request.POST
    return take_step(
        request, application_id, "decide",
        lambda: services.decide_care(
            actor=actor, application_id=application_id, verdict=sent.get("verdict", ""), amount=sent.get("amount", ""),
            words=sent.get("words", ""), at=clock.now(),
        ),
        "已审核",
    )  # fmt: skip


@require_POST
@for_holders("发放关爱基金", "funds.spend")
def pay_care(request: HttpRequest, application_id: int) -> HttpResponse:
    """Pay out what was granted."""
    actor, sent = actor_of(request), request.POST
    return take_step(
        request, application_id, "pay",
        lambda: services.pay_care(
            actor=actor, application_id=application_id, on=sent.get("on", ""), voucher=sent.get("voucher", ""),
            at=clock.now(),
        ),
        "已登记发放",
    )  # fmt: skip


@require_POST
@for_holders("撤回关爱基金申请", "funds.ask_care")
def withdraw_care(request: HttpRequest, application_id: int) -> HttpResponse:
    """The applicant does not want it any more."""
    actor, reason = actor_of(request), request.POST.get("reason", "")
    return take_step(
        request, application_id, "withdraw",
        lambda: services.withdraw_care(actor=actor, application_id=application_id, reason=reason, at=clock.now()),
        "已撤回",
    )  # fmt: skip


@require_GET
def show_care_file(request: HttpRequest, care_file_id: int) -> HttpResponse:
    """A paper of an application."""
    return respond(selectors.get_application_file(actor=actor_of(request), care_file_id=care_file_id))
