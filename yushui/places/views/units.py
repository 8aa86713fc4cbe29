"""Pages of units: the list, one in full, adding, changing, ending."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places import forms, services
from yushui.places.selectors import areas_to_choose, posts, stations, units
from yushui.places.selectors.areas import area_names
from yushui.places.types import LACK_NAMES, TITLES, USUAL_TITLES, PostDraft, UnitDraft

CHANGES = ("维护单位和职务", "places.change")


@require_GET
def list_units(request: HttpRequest) -> HttpResponse:
    """Units of the actor's area with who holds their posts today."""
    actor, on = actor_of(request), clock.today()
    filters = forms.unit_filters(request.GET)
    page = page_of(units.find_units(actor=actor, filters=filters, on=on), request)
    shown = {
        "page": page,
        "lines": units.lines_of(actor=actor, units=page.rows, on=on),
        "filters": filters,
        "kinds": units.UNIT_KIND_NAMES,
        "lacks": LACK_NAMES,
        "areas": areas_to_choose(actor=actor),
        "mine": units.my_units(actor=actor, on=on),
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/list_units.html", shown)


@require_GET
def show_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: what it is, its posts now and before, its duties, the five things of a station."""
    return show_one(request, unit_id, (), PostDraft())


def show_one(
    request: HttpRequest, unit_id: int, problems: tuple[Problem, ...], draft: PostDraft, touched: int = 0
) -> HttpResponse:
    """One unit, with what is wrong with a form on its page; `touched` is the post whose form it was."""
    actor, on = actor_of(request), clock.today()
    unit = units.get_unit(actor=actor, unit_id=unit_id)
    every = list(posts.list_posts(actor=actor, unit_ids=[unit.pk]))
    held = posts.in_rank(p for p in every if p.ends_on is None or p.ends_on > on)
    may_change = may(actor, "places.change")
    accounts = posts.accounts_of(actor=actor, names=[post.holder_name for post in held]) if may_change else []
    known = {user.pk: user for user in accounts}
    shown = {
        "unit": unit,
        "posts": [
            (post, known.get(post.user_id or 0), [u for u in accounts if u.full_name == post.holder_name])
            for post in held
        ],
        "touched": touched,
        "past": [p for p in every if p.ends_on is not None and p.ends_on <= on],
        "duties": unit.duties.order_by("place"),
        "has_usual": services.units.usual_duties_for(unit.name) is not None,
        "five": stations.five_of(unit=unit) if unit.kind == "STATION" else (),
        "children": units.list_units(actor=actor, on=on).filter(parent=unit)[:200],
        "groups": unit.memberships.filter(ends_on=None).select_related("group"),
        "is_mine": unit.pk in {one.pk for one in units.my_units(actor=actor, on=on)},
        "titles": TITLES.get(unit.kind, USUAL_TITLES),
        "problems": problems,
        "draft": draft,
        "today": on.isoformat(),
        "may_change": may_change and unit.ends_on is None,
    }
    return render(request, "places/show_unit.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def add_unit(request: HttpRequest) -> HttpResponse:
    """The form of a new unit."""
    if request.method == "GET":
        draft = UnitDraft(
            kind=request.GET.get("kind", ""), area_code=queries.area_of(request.GET) or actor_of(request).area_code,
            parent_id=request.GET.get("parent", ""),
        )  # fmt: skip
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
        "parents": units.parents_to_choose(actor=actor, on=clock.today(), chosen=draft.parent_id),
        "today": clock.today().isoformat(),
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
def take_usual_duties(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Add the duties that are usual for a unit of that name."""
    try:
        services.take_usual_duties(actor=actor_of(request), unit_id=unit_id, at=clock.now())
    except Refused as refused:
        return show_one(request, unit_id, refused.problems, PostDraft())
    messages.success(request, "已套用常用职责;请按本县的职责分工文件核对")
    return redirect("show-unit", unit_id)
