"""Pages of activities: the list, the entry in half a minute, corrections. One in full is shown by the workbench, which
also knows what it serves."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import activities as selectors
from yushui.activities.selectors import areas, doubts, entry, kinds, units
from yushui.activities.services import activities as services
from yushui.activities.types import CHAPTER_NAMES, ActivityDraft
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def list_activities(request: HttpRequest) -> HttpResponse:
    """活动台账, newest first; or sums by kind."""
    actor = actor_of(request)
    filters = forms.activity_filters(request.GET, clock.today())
    by_kind = request.GET.get("by") == "kind"
    shown: dict[str, object] = {
        "filters": filters,
        "kinds": kinds.list_filter_kinds(actor=actor),
        "chapters": CHAPTER_NAMES,
        "areas": areas.list_areas_below(actor=actor),
        "units": units.list_filter_hosts(actor=actor),
        "years": range(clock.today().year, clock.today().year - 8, -1),
        "months": [(month, f"{month} 月") for month in range(1, 13)],
        "may_record": may(actor, "activities.record"),
        "by_kind": by_kind,
        "query": query_without(request.GET, "by", "page"),
    }
    if by_kind:
        shown["sums"] = selectors.sums_by_kind(actor=actor, filters=filters)
    else:
        shown["page"] = page_of(selectors.list_activities(actor=actor, filters=filters), request)
    return render(request, "activities/list_activities.html", shown)


def query_without(query: QueryDict, *names: str) -> str:
    """The query of a page without some of its parts."""
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


@require_GET
def export_activities(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as an Excel file."""
    filters = forms.activity_filters(request.GET, clock.today())
    content = services.export_activities(actor=actor_of(request), filters=filters, at=clock.now())
    return download(content, f"活动台账_{clock.today():%Y%m%d}.xlsx", XLSX)


@require_GET
def check_activities(request: HttpRequest) -> HttpResponse:
    """What may be recorded twice, and what lacks its number, its host or its evidence; each can be mended from here."""
    actor = actor_of(request)
    year = queries.year_of(request.GET.get("year", "")) or clock.today().year
    tab = request.GET.get("tab", "")
    tab = tab if tab in doubts.TABS else "doubles"
    counts = doubts.count_tabs(actor=actor, year=year)
    shown: dict[str, object] = {
        "year": year,
        "years": range(clock.today().year, clock.today().year - 8, -1),
        "tab": tab,
        "back": urlencode({"tab": tab, "year": year}),
        "most": doubts.MOST_COUNTED,
    }
    groups = doubts.list_doubles(actor=actor, year=year)
    rows = [row for group in groups for row in group.rows]
    if tab != "doubles":
        page = page_of(doubts.list_tab(actor=actor, tab=tab, year=year), request)
        shown["page"], rows = page, page.rows
    shown["doubles"] = groups
    shown["tabs"] = [(code, words, counts.get(code, len(groups))) for code, words in doubts.TABS.items()]
    shown["mendable"] = doubts.mendable(actor=actor, rows=rows)
    return render(request, "activities/check_activities.html", shown)


def back_of(request: HttpRequest) -> str:
    """Where a form came from: part of the address of the check page, or nothing."""
    return (request.POST.get("back", "") or request.GET.get("back", ""))[:60]


def after_mending(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Back to the check page where the mending began, else to the activity."""
    back = QueryDict(back_of(request))
    if back.get("tab") not in doubts.TABS:
        return redirect("show-activity", activity_id)
    asked = {name: back.get(name, "") for name in ("tab", "year") if back.get(name)}
    return redirect(f"{reverse('check-activities')}?{urlencode(asked)}")


@require_http_methods(["GET", "POST"])
@for_holders("登记活动", "activities.record")
def record_activity(request: HttpRequest) -> HttpResponse:
    """Choose a kind, correct what is prefilled, save, and choose the next."""
    if request.method == "POST":
        return save_new(request)
    actor = actor_of(request)
    kind, copy_id = request.GET.get("kind", ""), queries.whole_number(request.GET.get("copy", ""))
    if not kind and copy_id is None:
        return choose_kind(request)
    sheet = entry.activity_sheet(actor=actor, kind=kind, copy_id=copy_id, on=clock.today())
    return show_form(request, replace(sheet, draft=replace(sheet.draft, client_key=queries.new_key())), ())


def choose_kind(request: HttpRequest) -> HttpResponse:
    """The choice of a kind, with what was saved a moment ago. A search that finds one kind opens its form."""
    actor = actor_of(request)
    sheet = entry.kinds_sheet(actor=actor, text=request.GET.get("find", "")[:40])
    if len(sheet.found) == 1 or (sheet.found and sheet.found[0].name == sheet.text):
        return redirect(f"{reverse('record-activity')}?kind={sheet.found[0].pk}")
    saved_id = queries.whole_number(request.GET.get("saved", ""))
    saved = selectors.get_activity(actor=actor, activity_id=saved_id) if saved_id is not None else None
    doubles = selectors.doubles_of(saved) if saved else []
    return render(request, "activities/choose_kind.html", {"sheet": sheet, "saved": saved, "doubles": doubles})


def save_new(request: HttpRequest) -> HttpResponse:
    """The form sent: saved, or shown again with everything that is wrong."""
    actor, draft = actor_of(request), forms.activity_draft(request.POST)
    try:
        sent = sent_with(request.POST, request.FILES)
        activity = services.record_activity(actor=actor, draft=draft, sent=sent, at=clock.now())
    except Refused as refused:
        sheet = entry.activity_sheet(actor=actor, kind=draft.kind, on=clock.today(), typed=draft)
        return show_form(request, sheet, refused.problems)
    if "back" in request.POST:
        messages.success(request, f"已登记:{activity.title}")
        return redirect("list-activities")
    return redirect(f"{reverse('record-activity')}?saved={activity.pk}")


def show_form(request: HttpRequest, sheet: entry.ActivitySheet, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of an activity with everything that is wrong."""
    shown = form_words(request, sheet, problems)
    return render(request, "activities/record_activity.html", shown, status=422 if problems else 200)


def form_words(
    request: HttpRequest, sheet: entry.ActivitySheet, problems: tuple[Problem, ...], **more: object
) -> dict[str, object]:
    """What the template of the form needs."""
    return {
        "sheet": sheet,
        "draft": sheet.draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "today": clock.today().isoformat(),
        "had_files": "evidence" in request.FILES,
        "links": "\n".join(request.POST.getlist("link")),
        "accept": ACCEPT,
        **more,
    }


@require_http_methods(["GET", "POST"])
@for_holders("修改活动", "activities.record")
def change_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Correct an activity. Who comes second is shown both versions and decides."""
    actor = actor_of(request)
    if request.method == "GET":
        sheet = entry.change_sheet(actor=actor, activity_id=activity_id)
        return show_change(request, sheet, sheet.draft, ())
    draft = forms.activity_draft(request.POST)
    try:
        activity = services.change_activity(
            actor=actor, activity_id=activity_id, draft=draft, revision=request.POST.get("revision", ""), at=clock.now()
        )
    except Refused as refused:
        stands = entry.change_sheet(actor=actor, activity_id=activity_id)
        return show_change(request, replace(stands, draft=draft), stands.draft, refused.problems)
    messages.success(request, f"已修改:{activity.title}")
    return after_mending(request, activity_id)


def show_change(
    request: HttpRequest, sheet: entry.ActivitySheet, stands: ActivityDraft, problems: tuple[Problem, ...]
) -> HttpResponse:
    """The form of a correction. When the row has changed since the form was drawn, what differs stands side by side,
    and sending again decides for what is in the form."""
    assert sheet.activity is not None
    is_late = request.method == "POST" and request.POST.get("revision", "") != str(sheet.activity.revision)
    differs = entry.compared(sheet.draft, stands, sheet.extras, dict(sheet.areas)) if is_late else []
    shown = form_words(request, sheet, problems, differs=differs, is_late=is_late, back=back_of(request))
    return render(request, "activities/change_activity.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders("撤回活动", "activities.record")
def withdraw_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Withdraw an activity with a reason."""
    actor, reason = actor_of(request), request.POST.get("reason", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            services.withdraw_activity(actor=actor, activity_id=activity_id, reason=reason, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已撤回;这条活动保留在台账里,不再计数")
            return after_mending(request, activity_id)
    activity = selectors.get_activity(actor=actor, activity_id=activity_id)
    shown = {"activity": activity, "problems": problems, "reason": reason, "back": back_of(request)}
    return render(request, "activities/withdraw_activity.html", shown, status=422 if problems else 200)
