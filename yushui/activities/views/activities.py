"""Pages of activities: the list, the entry in half a minute, one in full."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import activities as selectors
from yushui.activities.selectors import areas, sheets
from yushui.activities.services import activities as services
from yushui.activities.types import CHAPTER_NAMES
from yushui.base import clock, files
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import actor_of, page_of


@require_GET
def list_activities(request: HttpRequest) -> HttpResponse:
    """活动台账, newest first."""
    actor = actor_of(request)
    filters = forms.activity_filters(request.GET)
    page = page_of(selectors.list_activities(actor=actor, filters=filters), request)
    shown = {
        "page": page,
        "filters": filters,
        "kinds": selectors.list_kinds(),
        "chapters": CHAPTER_NAMES.items(),
        "areas": areas.list_areas_below(actor=actor),
        "years": range(clock.today().year, clock.today().year - 8, -1),
        "may_record": may(actor, "activities.record"),
    }
    return render(request, "activities/list_activities.html", shown)


@require_http_methods(["GET", "POST"])
def record_activity(request: HttpRequest) -> HttpResponse:
    """Choose a kind, correct what is prefilled, save."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    kind, copy_id = asked.get("kind", ""), forms.whole_number(request.GET.get("copy", ""))
    if not kind and copy_id is None:
        return render(request, "activities/choose_kind.html", {"sheet": sheets.kinds_sheet(actor=actor)})
    sheet = sheets.activity_sheet(actor=actor, kind=kind, copy_id=copy_id, on=clock.today())
    if request.method == "GET":
        return show_form(request, replace(sheet, draft=replace(sheet.draft, client_key=forms.new_key())), ())
    draft = forms.activity_draft(request.POST)
    try:
        activity = services.record_activity(
            actor=actor, draft=draft, photo=forms.photo_of(request.FILES), at=clock.now()
        )
    except Refused as refused:
        return show_form(request, replace(sheet, draft=draft), refused.problems)
    messages.success(request, f"已登记:{activity.title}")
    return redirect("list-activities")


def show_form(request: HttpRequest, sheet: sheets.ActivitySheet, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of an activity with everything that is wrong."""
    shown = {
        "sheet": sheet,
        "draft": sheet.draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "today": clock.today().isoformat(),
        "had_photo": "photo" in request.FILES,
    }
    return render(request, "activities/record_activity.html", shown, status=422 if problems else 200)


@require_GET
def show_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """One activity in full."""
    return show_one(request, activity_id, (), "")


@require_http_methods(["GET", "POST"])
@for_holders("撤回活动", "activities.record")
def withdraw_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Withdraw an activity with a reason."""
    if request.method == "GET":
        return redirect("show-activity", activity_id)
    reason = request.POST.get("reason", "")
    try:
        services.withdraw_activity(actor=actor_of(request), activity_id=activity_id, reason=reason, at=clock.now())
    except Refused as refused:
        return show_one(request, activity_id, refused.problems, reason)
    messages.success(request, "已撤回;这条活动保留在台账里,不再计数")
    return redirect("show-activity", activity_id)


def show_one(request: HttpRequest, activity_id: int, problems: tuple[Problem, ...], reason: str) -> HttpResponse:
    """One activity, with what is wrong with a withdrawal."""
    activity = selectors.get_activity(actor=actor_of(request), activity_id=activity_id)
    may_record = may(actor_of(request), "activities.record")
    shown = {"activity": activity, "problems": problems, "reason": reason, "may_record": may_record}
    return render(request, "activities/show_activity.html", shown, status=422 if problems else 200)


@require_GET
def show_activity_photo(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The photo of an activity."""
    activity = selectors.get_activity(actor=actor_of(request), activity_id=activity_id)
    if activity.photo is None:
        raise NotFound
    return HttpResponse(files.read(activity.photo), content_type="image/jpeg")
