"""Pages of tasks: the list, one in full with its steps, the supervision list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
from yushui.places.permissions import my_unit_ids
from yushui.places.selectors.areas import areas_to_choose
from yushui.plans import forms
from yushui.plans.selectors import entry, tasks
from yushui.plans.services import exports, splits, steps
from yushui.plans.services import tasks as services
from yushui.plans.types.tasks import SCORE_NAMES, WEIGHT_NAMES, TaskDraft

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def list_tasks(request: HttpRequest) -> HttpResponse:
    """Tasks, the most pressing first."""
    actor, on = actor_of(request), clock.today()
    filters = forms.task_filters(request.GET)
    shown = {
        **list_words(request, on),
        "page": page_of(tasks.list_tasks(actor=actor, filters=filters, on=on), request),
        "filters": filters,
        "whens": tasks.WHEN_NAMES.items(),
        "has_units": bool(my_unit_ids(actor, on)),
    }
    return render(request, "plans/list_tasks.html", shown)


def list_words(request: HttpRequest, on: date) -> dict[str, object]:
    """What both lists need around their rows."""
    actor = actor_of(request)
    return {
        "on": on,
        "years": range(on.year + 1, on.year - 4, -1),
        "areas": areas_to_choose(actor=actor),
        "weights": WEIGHT_NAMES.items(),
        "may_change": may(actor, "plans.change"),
        "query_string": request.GET.urlencode(),
    }


@require_GET
def list_supervision(request: HttpRequest) -> HttpResponse:
    """督查台账: every open task with its last report, the most overdue first; to print as it is."""
    actor, on = actor_of(request), clock.today()
    filters = forms.task_filters(request.GET)
    per_page = 200 if request.GET.get("print") == "1" else 25
    rows = tasks.list_supervision(actor=actor, filters=filters, on=on)
    shown = {**list_words(request, on), "filters": filters, "page": page_of(rows, request, per_page)}
    return render(request, "plans/list_supervision.html", shown)


@require_GET
def export_supervision(request: HttpRequest) -> HttpResponse:
    """督查台账 as an Excel file."""
    on = clock.today()
    filters = forms.task_filters(request.GET)
    content = exports.export_supervision(actor=actor_of(request), filters=filters, on=on, at=clock.now())
    return download(content, f"双拥督查台账_{on:%Y%m%d}.xlsx", XLSX)


@require_GET
def show_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """One task in full."""
    return draw_task(request, task_id)


def draw_task(request: HttpRequest, task_id: int, problems: tuple[Problem, ...] = (), form: str = "") -> HttpResponse:
    """The page of a task; `form` names the form that was refused and keeps what was typed."""
    actor, on = actor_of(request), clock.today()
    sheet = tasks.task_sheet(actor=actor, task_id=task_id, on=on)
    may_split = "SPLIT" in sheet.open_to
    shown = {
        "sheet": sheet,
        "task": sheet.task,
        "on": on,
        "state": tasks.state_words(sheet.task, on),
        "form": form,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": request.POST if form else {},
        "chosen": set(request.POST.getlist("units")) if form == "split" else set(),
        "accept": ACCEPT,
        "scores": SCORE_NAMES.items(),
        "client_key": request.POST.get("client_key") or queries.new_key(),
        "units": tasks.units_to_choose(actor=actor, within=sheet.task.desk_code, on=on) if may_split else [],
    }
    return render(request, "plans/show_task.html", shown, status=422 if problems else 200)


def take_step(request: HttpRequest, task_id: int, form: str, act: Callable[[], object], done: str) -> HttpResponse:
    """Take a step and show the task again, with what is wrong or with what was done."""
    try:
        act()
    except Refused as refused:
        return draw_task(request, task_id, refused.problems, form)
    messages.success(request, done)
    return redirect("show-task", task_id)


@require_POST
@for_holders("报进展", "plans.progress")
def progress_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Report on a task, with files; or report it done."""
    is_done = request.POST.get("done") == "1"
    return take_step(
        request, task_id, "progress",
        lambda: steps.progress_task(
            actor=actor_of(request), task_id=task_id, words=request.POST.get("words", ""), is_done=is_done,
            sent=sent_with(request.POST, request.FILES), client_key=request.POST.get("client_key", ""), at=clock.now(),
        ),
        "已报办结,等待评价" if is_done else "已记下进展",
    )  # fmt: skip


@require_POST
@for_holders("评价办结", "plans.change")
def close_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Judge a task: done with a score, back to do more, or dropped."""
    verdict = request.POST.get("verdict", "")
    said = {"ACCEPTED": "已办结", "SENT_BACK": "已退回再办", "DROPPED": "已取消"}.get(verdict, "")
    return take_step(
        request, task_id, "close",
        lambda: steps.close_task(
            actor=actor_of(request), task_id=task_id, verdict=verdict, score=request.POST.get("score", ""),
            words=request.POST.get("words", ""), revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        said,
    )  # fmt: skip


@require_POST
@for_holders("调整时限", "plans.change")
def move_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give a task another due day, with the reason."""
    return take_step(
        request, task_id, "move",
        lambda: steps.move_task(
            actor=actor_of(request), task_id=task_id, due_on=request.POST.get("due_on", ""),
            reason=request.POST.get("reason", ""), revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "时限已调整,原来的时限留在办理过程里",
    )  # fmt: skip


@require_POST
@for_holders("分解任务", "plans.change")
def split_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Split a task among units."""
    units = [forms.unit_id(text) or -1 for text in request.POST.getlist("units")]
    return take_step(
        request, task_id, "split",
        lambda: splits.split_task(
            actor=actor_of(request), task_id=task_id, unit_ids=units, due_on=request.POST.get("due_on", ""),
            at=clock.now(),
        ),
        "已分解;各单位都办结后,这项任务自动办结",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_holders("下达任务", "plans.change")
def add_task(request: HttpRequest) -> HttpResponse:
    """Set a task, in a plan or by itself."""
    actor = actor_of(request)
    if request.method == "POST":
        draft = forms.task_draft(request.POST)
        try:
            task = services.add_task(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            return draw_form(request, draft, refused.problems)
        messages.success(request, f"已下达:{task.title}")
        if "more" in request.POST:
            return redirect(f"{request.path}?plan={task.plan_id or ''}")
        return redirect("show-task", task.pk)
    plan_id = queries.whole_number(request.GET.get("plan", ""))
    duty = request.GET.get("duty", "")[:40]
    return draw_form(request, TaskDraft(client_key=queries.new_key(), plan_id=plan_id, duty_code=duty), ())


@require_http_methods(["GET", "POST"])
@for_holders("修改任务", "plans.change")
def change_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Correct a task; who comes second is told and keeps what was typed."""
    actor = actor_of(request)
    task = tasks.get_task(actor=actor, task_id=task_id)
    if request.method == "POST":
        draft = forms.task_draft(request.POST)
        try:
            revision = request.POST.get("revision", "")
            steps.change_task(actor=actor, task_id=task_id, draft=draft, revision=revision, at=clock.now())
        except Refused as refused:
            return draw_form(request, draft, refused.problems, task_id)
        messages.success(request, "已修改")
        return redirect("show-task", task_id)
    return draw_form(request, entry.task_as_typed(task), (), task_id)


def draw_form(
    request: HttpRequest, draft: TaskDraft, problems: tuple[Problem, ...], task_id: int | None = None
) -> HttpResponse:
    """The form of a task with everything that is wrong."""
    actor, on = actor_of(request), clock.today()
    shown = {
        **entry.form_choices(actor=actor, draft=draft, on=on),
        "task": tasks.get_task(actor=actor, task_id=task_id) if task_id is not None else None,
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "plans/add_task.html", shown, status=422 if problems else 200)


@require_GET
def show_task_file(request: HttpRequest, task_file_id: int) -> HttpResponse:
    """The bytes of a piece: a photo to look at, a paper to save."""
    return respond(tasks.get_task_file(actor=actor_of(request), evidence_id=task_file_id))
