"""Pages of units: the list, one in full, adding, changing, ending; service stations and their five things."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places import forms, services
from yushui.places.selectors import areas_to_choose, units
from yushui.places.selectors.areas import area_names
from yushui.places.types import FIVE_NAMES, PostDraft, UnitDraft

CHANGES = ("维护单位", "places.change")


@require_GET
def list_units(request: HttpRequest) -> HttpResponse:
    """Units of the actor's area with who holds their posts today."""
    actor, on = actor_of(request), clock.today()
    kind = request.GET.get("kind", "")
    kind = kind if kind in units.UNIT_KIND_NAMES else ""
    within = forms.area_of(request.GET)
    page = page_of(units.list_units(actor=actor, kind=kind, within=within, on=on), request)
    shown = {
        "page": page,
        "lines": units.lines_of(actor=actor, units=page.rows, on=on),
        "kind": kind,
        "kinds": units.UNIT_KIND_NAMES,
        "within": within,
        "areas": areas_to_choose(actor=actor),
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/list_units.html", shown)


@require_GET
def show_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: what it is, its posts now and before, its duties, the five things of a station."""
    return show_one(request, unit_id, (), PostDraft())


def show_one(request: HttpRequest, unit_id: int, problems: tuple[Problem, ...], draft: PostDraft) -> HttpResponse:
    """One unit, with what is wrong with a form on its page."""
    actor, on = actor_of(request), clock.today()
    unit = units.get_unit(actor=actor, unit_id=unit_id)
    posts = list(units.list_posts(actor=actor, unit_ids=[unit.pk]))
    shown = {
        "unit": unit,
        "posts": units.in_rank(p for p in posts if p.ends_on is None or p.ends_on > on),
        "past": [p for p in posts if p.ends_on is not None and p.ends_on <= on],
        "duties": unit.duties.order_by("place"),
        "five": units.five_of(unit=unit) if unit.kind == "STATION" else (),
        "children": units.list_units(actor=actor, on=on).filter(parent=unit),
        "groups": unit.memberships.filter(ends_on=None).select_related("group"),
        "problems": problems,
        "draft": draft,
        "today": on.isoformat(),
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/show_unit.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def add_unit(request: HttpRequest) -> HttpResponse:
    """The form of a new unit."""
    if request.method == "GET":
        draft = UnitDraft(kind=request.GET.get("kind", ""), area_code=actor_of(request).area_code)
        return unit_form(request, draft, (), None)
    draft = forms.unit_draft(request.POST)
    try:
        unit = services.add_unit(actor=actor_of(request), draft=draft, at=clock.now())
    except Refused as refused:
        return unit_form(request, draft, refused.problems, None)
    messages.success(request, f"已登记:{unit.name}")
    return redirect("show-group" if unit.kind == "LEADING_GROUP" else "show-unit", unit.pk)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def change_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The form of a unit that is there."""
    unit = units.get_unit(actor=actor_of(request), unit_id=unit_id)
    if request.method == "GET":
        draft = UnitDraft(
            name=unit.name, kind=unit.kind, area_code=unit.area_id, parent_id=str(unit.parent_id or ""),
            phone=unit.phone, address=unit.address, contact_name=unit.contact_name,
            starts_on=str(unit.starts_on or ""), duties="\n".join(d.text for d in unit.duties.order_by("place")),
        )  # fmt: skip
        return unit_form(request, draft, (), unit_id, str(unit.revision))
    draft, revision = forms.unit_draft(request.POST), request.POST.get("revision", "")
    try:
        services.change_unit(actor=actor_of(request), unit_id=unit_id, draft=draft, revision=revision, at=clock.now())
    except Refused as refused:
        return unit_form(request, draft, refused.problems, unit_id, revision)
    messages.success(request, "已保存")
    return redirect("show-unit", unit_id)


def unit_form(
    request: HttpRequest, draft: UnitDraft, problems: tuple[Problem, ...], unit_id: int | None, revision: str = ""
) -> HttpResponse:
    """The form with everything that is wrong."""
    actor = actor_of(request)
    shown = {
        "draft": asdict(draft),
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "unit_id": unit_id,
        "revision": revision,
        "kinds": units.UNIT_KIND_NAMES,
        "areas": [
            (actor.area_code, area_names([actor.area_code]).get(actor.area_code, "")), *areas_to_choose(actor=actor),
        ],
        "parents": units.list_units(actor=actor, on=clock.today()).exclude(kind="LEADING_GROUP")[:400],
    }  # fmt: skip
    return render(request, "places/unit_form.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def end_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """End a unit with a day and a reason."""
    actor = actor_of(request)
    unit = units.get_unit(actor=actor, unit_id=unit_id)
    typed = {"on": request.POST.get("on", clock.today().isoformat()), "reason": request.POST.get("reason", "")}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            services.end_unit(
                actor=actor, unit_id=unit_id, last_day=typed["on"], reason=typed["reason"], at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已撤销:{unit.name};它的记录都还在")
            return redirect("list-units")
    shown = {"unit": unit, "problems": problems, **typed}
    return render(request, "places/end_unit.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*CHANGES)
def appoint_post(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Give someone a post of the unit."""
    draft = forms.post_draft(request.POST)
    try:
        services.appoint(actor=actor_of(request), unit_id=unit_id, draft=draft, at=clock.now())
    except Refused as refused:
        return show_one(request, unit_id, refused.problems, draft)
    messages.success(request, f"{draft.holder_name.strip()}任{draft.title.strip()}")
    return redirect("show-unit", unit_id)


@require_POST
@for_holders(*CHANGES)
def end_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """End a post from a day on."""
    actor, today = actor_of(request), clock.today()
    post = units.get_post(actor=actor, post_id=post_id)
    on = forms.day_of(request.POST.get("on", ""), today)
    try:
        services.end_post(
            actor=actor, post_id=post_id, ends_on=on, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return show_one(request, post.unit_id, refused.problems, PostDraft())
    messages.success(request, f"{post.holder_name}不再任{post.title}")
    return redirect("show-unit", post.unit_id)


@require_GET
def list_stations(request: HttpRequest) -> HttpResponse:
    """Service stations town by town: coverage and the five things."""
    towns = units.stations_by_town(actor=actor_of(request), on=clock.today())
    shown = {
        "towns": towns,
        "five": FIVE_NAMES.values(),
        "villages": sum(town.villages for town in towns),
        "stations": sum(town.stations for town in towns),
    }
    return render(request, "places/list_stations.html", shown)


@require_POST
@for_holders("登记服务站五有", "places.change")
def state_station(request: HttpRequest, unit_id: int) -> HttpResponse:
    """State which of the five things a station has."""
    actor, today = actor_of(request), clock.today()
    on = forms.day_of(request.POST.get("on", ""), today)
    holds = {key: request.POST.get(key) == "1" for key in FIVE_NAMES}
    try:
        services.state_station(
            actor=actor, unit_id=unit_id, holds=holds, on=on, note=request.POST.get("note", ""), at=clock.now()
        )
    except Refused as refused:
        return show_one(request, unit_id, refused.problems, PostDraft())
    messages.success(request, "“五有”已登记")
    return redirect("show-unit", unit_id)
