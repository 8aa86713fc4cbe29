"""Pages of meetings: the list, the notice, attendance and minutes, decisions and their tasks."""

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
from yushui.base.evidence import ACCEPT, sent_with
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places.selectors.areas import areas_to_choose
from yushui.plans import forms
from yushui.plans.selectors import meeting_forms, meetings
from yushui.plans.selectors.tasks import units_to_choose
from yushui.plans.services import decisions
from yushui.plans.services import meetings as services
from yushui.plans.types.meetings import PRESENCE_NAMES, MeetingDraft

CHANGES = ("安排和登记会议", "plans.change")


@require_GET
def list_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings, the latest first, with what came of their decisions."""
    actor, on = actor_of(request), clock.today()
    filters = forms.meeting_filters(request.GET)
    shown = {
        "page": page_of(meetings.list_meetings(actor=actor, filters=filters, on=on), request),
        "filters": filters,
        "on": on,
        "whens": meetings.WHEN_NAMES.items(),
        "kinds": meetings.meeting_kinds(actor=actor),
        "years": range(on.year + 1, on.year - 5, -1),
        "areas": areas_to_choose(actor=actor),
        "may_change": may(actor, "plans.change"),
    }
    return render(request, "plans/list_meetings.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def plan_meeting(request: HttpRequest) -> HttpResponse:
    """Give notice of a meeting: first its kind, then a form filled from the last one of that kind."""
    actor, on = actor_of(request), clock.today()
    if request.method == "POST":
        draft = forms.meeting_draft(request.POST)
        try:
            meeting = services.plan_meeting(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            return draw_form(request, draft, refused.problems)
        messages.success(request, f"已安排:{meeting.title}")
        return redirect("show-meeting", meeting.pk)
    kinds = meetings.meeting_kinds(actor=actor)
    kind = next((kind for kind in kinds if kind.pk == request.GET.get("kind", "")), None)
    if kind is None:
        return render(request, "plans/choose_meeting_kind.html", {"kinds": kinds})
    draft = meeting_forms.usual_meeting(actor=actor, kind=kind, on=on, client_key=queries.new_key())
    return draw_form(request, draft, ())


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def change_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change a notice; who comes second is told and keeps what was typed."""
    actor = actor_of(request)
    meeting = meetings.get_meeting(actor=actor, meeting_id=meeting_id)
    if request.method == "POST":
        draft = forms.meeting_draft(request.POST)
        try:
            revision = request.POST.get("revision", "")
            services.change_meeting(
                actor=actor, meeting_id=meeting_id, draft=draft, revision=revision, at=clock.now()
            )  # fmt: skip
        except Refused as refused:
            return draw_form(request, draft, refused.problems, meeting_id)
        messages.success(request, "已修改会议安排")
        return redirect("show-meeting", meeting_id)
    return draw_form(request, meeting_forms.meeting_as_typed(meeting), (), meeting_id)


def draw_form(
    request: HttpRequest, draft: MeetingDraft, problems: tuple[Problem, ...], meeting_id: int | None = None
) -> HttpResponse:
    """The form of a notice with everything that is wrong."""
    actor = actor_of(request)
    shown = {
        "choices": meeting_forms.meeting_choices(actor=actor, draft=draft, on=clock.today()),
        "meeting": None if meeting_id is None else meetings.get_meeting(actor=actor, meeting_id=meeting_id),
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "plans/plan_meeting.html", shown, status=422 if problems else 200)


@require_GET
def show_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting in full."""
    return draw_meeting(request, meeting_id)


def draw_meeting(
    request: HttpRequest, meeting_id: int, problems: tuple[Problem, ...] = (), form: str = ""
) -> HttpResponse:
    """The page of a meeting; `form` names the form that was refused and keeps what was typed."""
    actor, on = actor_of(request), clock.today()
    sheet = meetings.meeting_sheet(actor=actor, meeting_id=meeting_id, on=on)
    decides = sheet.may_change and sheet.meeting.state == "HELD"
    shown = {
        "sheet": sheet,
        "meeting": sheet.meeting,
        "on": on,
        "units": units_to_choose(actor=actor, on=on) if decides else [],
        "form": form,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "typed": forms.decision_draft(request.POST) if form == "decision" else None,
        "said": request.POST if form else {},
        "accept": ACCEPT,
        "client_key": (request.POST.get("client_key") if problems else "") or queries.new_key(),
    }
    return render(request, "plans/show_meeting.html", shown, status=422 if problems else 200)


def act(request: HttpRequest, meeting_id: int, form: str, do: Callable[[], object], done: str) -> HttpResponse:
    """Do something with a meeting and show it again, with what is wrong or with what was done."""
    try:
        do()
    except Refused as refused:
        return draw_meeting(request, meeting_id, refused.problems, form)
    messages.success(request, done)
    return redirect("show-meeting", meeting_id)


@require_POST
@for_holders(*CHANGES)
def cancel_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting that was not held."""
    return act(
        request, meeting_id, "cancel",
        lambda: services.cancel_meeting(
            actor=actor_of(request), meeting_id=meeting_id, reason=request.POST.get("reason", ""),
            revision=request.POST.get("revision", ""), at=clock.now(),
        ),
        "会议已取消",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def hold_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Note that a meeting was held: day, who came, minutes."""
    actor, on = actor_of(request), clock.today()
    if request.method == "POST":
        try:
            services.hold_meeting(
                actor=actor, meeting_id=meeting_id, draft=forms.held_draft(request.POST),
                sent=sent_with(request.POST, request.FILES), revision=request.POST.get("revision", ""), at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            return draw_held(request, meeting_id, on, refused.problems)
        messages.success(request, "已登记召开,活动台账里也有了;下面可以记决定")
        return redirect("show-meeting", meeting_id)
    return draw_held(request, meeting_id, on, ())


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def write_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Correct attendance and minutes of a meeting held."""
    actor, on = actor_of(request), clock.today()
    if request.method == "POST":
        try:
            services.write_minutes(
                actor=actor, meeting_id=meeting_id, draft=forms.held_draft(request.POST),
                revision=request.POST.get("revision", ""), at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            return draw_held(request, meeting_id, on, refused.problems)
        messages.success(request, "签到和纪要已保存")
        return redirect("show-meeting", meeting_id)
    return draw_held(request, meeting_id, on, ())


def draw_held(request: HttpRequest, meeting_id: int, on: date, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of attendance and minutes: everybody asked is taken as present until told otherwise."""
    sheet = meetings.meeting_sheet(actor=actor_of(request), meeting_id=meeting_id, on=on)
    if sheet.meeting.state == "CANCELLED" and not problems:
        raise NotFound
    draft = forms.held_draft(request.POST) if problems else None
    typed = {number: (presence, came) for number, presence, came in draft.marks} if draft else {}
    shown = {
        "sheet": sheet,
        "meeting": sheet.meeting,
        "draft": draft,
        "guests": [
            (guest, *typed.get(guest.pk, (guest.presence or "PRESENT", guest.came)))
            for guest in sheet.invitees
            if not guest.is_extra
        ],
        "extras": "、".join(guest.name for guest in sheet.invitees if guest.is_extra),
        "presences": PRESENCE_NAMES.items(),
        "day": min(sheet.meeting.on, on) if sheet.meeting.state == "HELD" else max(sheet.meeting.on, on),
        "on": on,
        "accept": ACCEPT,
        "client_key": draft.client_key if draft else queries.new_key(),
        "revision": request.POST.get("revision") if problems else sheet.meeting.revision,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "plans/hold_meeting.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*CHANGES)
def add_decision(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Note a decision, and make it a task at once unless `only` was pressed."""
    with_task = "only" not in request.POST
    return act(
        request, meeting_id, "decision",
        lambda: decisions.add_decision(
            actor=actor_of(request), meeting_id=meeting_id, draft=forms.decision_draft(request.POST),
            with_task=with_task, at=clock.now(),
        ),
        "已记下决定,并下达为任务" if with_task else "已记下决定",
    )  # fmt: skip


@require_POST
@for_holders(*CHANGES)
def set_decision_tasks(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Make decisions that are no tasks yet into tasks: all, or one (`decision`)."""
    one = queries.whole_number(request.POST.get("decision", ""))
    return act(
        request, meeting_id, "",
        lambda: decisions.set_decision_tasks(
            actor=actor_of(request), meeting_id=meeting_id, decision_id=one, at=clock.now()
        ),
        "已转为任务",
    )  # fmt: skip


@require_POST
@for_holders(*CHANGES)
def withdraw_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take back a decision that was noted wrongly."""
    decision = meetings.get_decision(actor=actor_of(request), decision_id=decision_id)
    return act(
        request, decision.meeting_id, "withdraw",
        lambda: decisions.withdraw_decision(
            actor=actor_of(request), decision_id=decision_id, reason=request.POST.get("reason", ""), at=clock.now()
        ),
        "已撤回这项决定",
    )  # fmt: skip


@require_POST
@for_holders(*CHANGES)
def add_meeting_evidence(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Keep further files and links of a meeting."""
    return act(
        request, meeting_id, "evidence",
        lambda: services.add_meeting_evidence(
            actor=actor_of(request), meeting_id=meeting_id, sent=sent_with(request.POST, request.FILES), at=clock.now()
        ),
        "已保存材料",
    )  # fmt: skip
