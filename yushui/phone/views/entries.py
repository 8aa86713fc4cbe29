"""The four forms, and the door for entries that waited on the phone. Both go through services.take_entry."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yushui.accounts.web import for_holders
from yushui.activities.selectors.sheets import VisitSheet, visit_sheet
from yushui.activities.types import WAY_NAMES, VisitDraft
from yushui.base import clock, queries
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import typed_yuan
from yushui.base.web import actor_of
from yushui.people.types import CONFIRM_WAYS
from yushui.phone import selectors, services
from yushui.phone.forms import draft_of, read_entry
from yushui.phone.permissions import RIGHT
from yushui.phone.services import PhoneEntry
from yushui.phone.types import CASE_KINDS
from yushui.phone.views.pages import drawn


@require_http_methods(["GET", "POST"])
@for_holders("用手机页面", RIGHT)
def phone_visit(request: HttpRequest) -> HttpResponse:
    """Record a visit: ?person= and ?campaign= say whose; without them the form asks."""
    return form_page(request, "visit")


@require_http_methods(["GET", "POST"])
@for_holders("用手机页面", RIGHT)
def phone_activity(request: HttpRequest) -> HttpResponse:
    """Record an activity: kind, day, heads, a sentence, photos."""
    return form_page(request, "activity")


@require_http_methods(["GET", "POST"])
@for_holders("用手机页面", RIGHT)
def phone_confirm(request: HttpRequest) -> HttpResponse:
    """The yearly confirmation that somebody lives (年度确认)."""
    return form_page(request, "confirm")


@require_http_methods(["GET", "POST"])
@for_holders("用手机页面", RIGHT)
def phone_case(request: HttpRequest) -> HttpResponse:
    """Report a hardship or what somebody asks for."""
    return form_page(request, "case")


def form_page(request: HttpRequest, kind: str) -> HttpResponse:
    """A form as it begins, sent without script, or shown again with everything that is wrong."""
    if request.method == "GET":
        return show_form(request, kind, None, ())
    entry = read_entry(request, kind)
    try:
        taken = services.take_entry(actor=actor_of(request), entry=entry, at=clock.now())
    except Refused as refused:
        return show_form(request, kind, entry, refused.problems)
    messages.success(request, taken.words)
    return redirect(where_next(request, entry))


def where_next(request: HttpRequest, entry: PhoneEntry) -> str:
    """After a visit of a round the next household of it, else the first page."""
    if entry.kind != "visit" or entry.campaign_id is None or entry.person_id is None:
        return reverse("phone-home")
    sheet = sheet_of(request, entry.person_id, entry.campaign_id)
    coming = sheet.place.next_person_id if sheet and sheet.place else None
    if coming is None:
        return reverse("phone-home")
    return f"{reverse('phone-visit')}?person={coming}&campaign={entry.campaign_id}"


def sheet_of(request: HttpRequest, person_id: int | None, campaign_id: int | None) -> VisitSheet | None:
    """The person and campaign that a visit form is about, when it says so."""
    if person_id is None:
        return None
    return visit_sheet(actor=actor_of(request), person_id=person_id, campaign_id=campaign_id, on=clock.today())


def show_form(request: HttpRequest, kind: str, entry: PhoneEntry | None, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form as it begins, or as it was typed."""
    actor, today = actor_of(request), clock.today()
    person_id = entry.person_id if entry else queries.whole_number(request.GET.get("person", ""))
    campaign_id = entry.campaign_id if entry else queries.whole_number(request.GET.get("campaign", ""))
    sheet = sheet_of(request, person_id, campaign_id) if kind in {"visit", "confirm", "case"} else None
    shown: dict[str, object] = {
        "choices": selectors.choices_for(actor=actor, kind=kind, on=today),
        "sheet": sheet,
        "person_id": person_id,
        "campaign_id": campaign_id,
        "draft": entry.draft if entry else begin(request, kind, sheet),
        "client_key": entry.client_key if entry else queries.new_key(),
        "ways": (WAY_NAMES if kind == "visit" else CONFIRM_WAYS).items(),
        "case_kinds": CASE_KINDS.items(),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "had_photo": bool(request.FILES),
    }
    return drawn(request, f"phone_{kind}", shown, status=422 if problems else 200)


def begin(request: HttpRequest, kind: str, sheet: VisitSheet | None) -> object:
    """A draft of today; a visit of a campaign with its cash and goods."""
    day = clock.today().isoformat()
    if kind == "visit" and sheet is not None:
        cash = typed_yuan(sheet.cash_fen) if sheet.cash_fen else ""
        return VisitDraft(on=day, cash=cash, goods=() if sheet.is_paid else sheet.planned)
    query = request.GET.copy()
    query["on"] = day
    return draft_of(kind, query)


@require_http_methods(["GET", "POST"])
@for_holders("用手机页面", RIGHT)
def send_entries(request: HttpRequest) -> HttpResponse:
    """GET: who is signed in and the token for sending. POST: one entry; each is answered on its own.

    200 taken · 422 refused, with the problems · 409 written by another user · 400 not readable.
    """
    actor = actor_of(request)
    if request.method == "GET":
        answer = JsonResponse({"user": str(actor.pk), "name": actor.get_full_name(), "token": get_token(request)})
        answer["Cache-Control"] = "no-store"
        return answer
    try:
        entry = read_entry(request)
        taken = services.take_entry(actor=actor, entry=entry, at=clock.now())
    except services.WrongUser as refused:
        return problems_answer(refused.problems, status=409)
    except Refused as refused:
        return problems_answer(refused.problems, status=422)
    except NotFound:
        gone = Problem("找不到这个人或这次行动", next_step="可能已迁出或不再由您负责,请核对后删除,或请乡镇登记")
        return problems_answer((gone,), status=422)
    except BadRequest:
        return problems_answer((Problem("送来的内容读不懂", next_step="请重新打开这一页再填"),), status=400)
    return JsonResponse({"words": taken.words, "again": taken.again, "next": where_next(request, entry)})


def problems_answer(problems: tuple[Problem, ...], *, status: int) -> JsonResponse:
    """Problems for the script to show."""
    found = [{"where": p.where, "what": p.what, "next_step": p.next_step} for p in problems]
    return JsonResponse({"problems": found}, status=status, json_dumps_params={"ensure_ascii": False})
