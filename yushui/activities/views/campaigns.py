"""Pages of campaigns: plan, list, follow, assign, print, close."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors import areas, sheets, targets
from yushui.activities.selectors import campaigns as selectors
from yushui.activities.selectors.campaign_kinds import campaign_kinds_in_reach
from yushui.activities.services import campaigns as services
from yushui.activities.services import targets as target_services
from yushui.activities.types import KIND_GROUPS, CampaignDraft
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.people.types import ENTITLED_KINDS, HARDSHIP_NAMES, KIND_NAMES, MERIT_NAMES
from yushui.places.selectors.units import UNIT_KIND_NAMES

MORE_KINDS = ("CONSCRIPT", "ACTIVE_SERVICE", "RETIRED_CADRE", "VETERAN")


@require_GET
def list_campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns in reach, newest first, each with how far it has come."""
    actor = actor_of(request)
    year, kind = queries.year_of(request.GET.get("year", "")), request.GET.get("kind", "")
    page = page_of(
        selectors.list_campaigns(actor=actor, year=year, kind=kind, is_open=request.GET.get("open") == "1"), request
    )
    standing = selectors.standing_of(actor=actor, campaign_ids=[row.pk for row in page.rows])
    shown = {
        "page": page,
        "rows": [(row, standing[row.pk]) for row in page.rows],
        "kinds": [(row.pk, row.name) for row in campaign_kinds_in_reach(actor)],
        "year": year,
        "kind": kind,
        "is_open": request.GET.get("open") == "1",
        "years": range(clock.today().year + 1, clock.today().year - 7, -1),
        "may_plan": may(actor, "activities.plan_campaign"),
    }
    return render(request, "activities/list_campaigns.html", shown)


@require_http_methods(["GET", "POST"])
def plan_campaign(request: HttpRequest) -> HttpResponse:
    """Plan a campaign: look first whom the rule chooses, then make the list."""
    actor = actor_of(request)
    like_id = queries.whole_number(request.GET.get("like", ""))
    sheet = sheets.plan_sheet(actor=actor, kind=request.GET.get("kind", ""), like_id=like_id, on=clock.today())
    if request.method == "GET":
        return show_plan(request, sheet, replace(sheet.draft, client_key=queries.new_key()), (), None)
    draft = forms.campaign_draft(request.POST, like_id)
    try:
        if "look" in request.POST:
            preview = services.preview_campaign(actor=actor, draft=draft, at=clock.now())
            return show_plan(request, sheet, draft, (), preview)
        campaign = services.plan_campaign(actor=actor, draft=draft, at=clock.now())
    except Refused as refused:
        return show_plan(request, sheet, draft, refused.problems, None)
    messages.success(request, f"已建立“{campaign.title}”;下一步把名单分派给走访人")
    return redirect("show-campaign", campaign.pk)


def show_plan(
    request: HttpRequest,
    sheet: sheets.PlanSheet,
    draft: CampaignDraft,
    problems: tuple[Problem, ...],
    preview: services.ListPreview | None,
) -> HttpResponse:
    """The form of a campaign, with what is wrong or whom it would choose."""
    grouped = [(group, [(k, KIND_NAMES[k]) for k in kinds]) for group, kinds in KIND_GROUPS.items()]
    named = {k for kinds in KIND_GROUPS.values() for k in kinds}
    rest = [(k, KIND_NAMES[k]) for k in (*ENTITLED_KINDS, *MORE_KINDS) if k not in named]
    shown = {
        "draft": draft,
        "areas": sheet.areas,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "preview": preview,
        "kinds": [(kind.pk, kind.name, bool(kind.follows)) for kind in sheet.kinds],
        "like": sheet.like,
        "below": sheet.below,
        "merits": MERIT_NAMES.items(),
        "unit_kinds": UNIT_KIND_NAMES.items(),
        "today": clock.today().isoformat(),
        "groups": [*grouped, ("其他", rest)],
        "hardships": HARDSHIP_NAMES.items(),
    }
    fragment = "activities/_preview.html" if request.headers.get("HX-Request") else "activities/plan_campaign.html"
    return render(request, fragment, shown, status=422 if problems and fragment.endswith("plan_campaign.html") else 200)


@require_GET
def show_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """How far a campaign has come: coverage by village, cash, goods, who goes."""
    sheet = sheets.campaign_sheet(actor=actor_of(request), campaign_id=campaign_id)
    return render(request, "activities/show_campaign.html", {"sheet": sheet})


@require_http_methods(["GET", "POST"])
@for_holders("分派走访", "activities.plan_campaign")
def assign_targets(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The list of a campaign; give people to goers, by village in one click or by hand."""
    actor = actor_of(request)
    if request.method == "POST":
        return do_assign(request, campaign_id)
    sheet = sheets.list_sheet(
        actor=actor, campaign_id=campaign_id, area_code=queries.area_of(request.GET),
        only_unassigned=request.GET.get("nobody") == "1",
    )  # fmt: skip
    page = page_of(sheet.rows, request, per_page=100)
    return render(request, "activities/assign_targets.html", {"sheet": sheet, "page": page})


def do_assign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Assign and go back to where the button was."""
    actor, data = actor_of(request), request.POST
    if data.get("how") == "village":
        done = target_services.assign_by_village(actor=actor, campaign_id=campaign_id, at=clock.now())
    else:
        chosen = [number for text in data.getlist("targets") if (number := queries.whole_number(text)) is not None]
        done = target_services.assign_targets(
            actor=actor, campaign_id=campaign_id, target_ids=chosen,
            user_id=queries.whole_number(data.get("user", "")) or 0, at=clock.now(),
        )  # fmt: skip
    messages.success(request, f"已分派 {done.people} 人")
    if done.villages_without:
        names = "、".join(done.villages_without[:8]) + ("等" if len(done.villages_without) > 8 else "")
        messages.warning(request, f"{len(done.villages_without)} 个村没有联络员,请手工分派:{names}")
    if data.get("how") == "village":
        return redirect("show-campaign", campaign_id)
    return redirect(f"{reverse('assign-targets', args=[campaign_id])}?area={queries.area_of(data)}")


@require_POST
def hand_over_targets(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Everybody one goer has left goes to another."""
    done = target_services.hand_over_targets(
        actor=actor_of(request), campaign_id=campaign_id, at=clock.now(),
        from_user_id=queries.whole_number(request.POST.get("from_user", "")) or 0,
        to_user_id=queries.whole_number(request.POST.get("to_user", "")) or 0,
    )  # fmt: skip
    messages.success(request, f"已移交 {done.people} 人")
    return redirect("show-campaign", campaign_id)


@require_http_methods(["GET", "POST"])
@for_holders("加入走访名单", "activities.plan_campaign")
def add_target(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Find somebody by name and put them on the list."""
    actor = actor_of(request)
    if request.method == "POST":
        person_id = queries.whole_number(request.POST.get("person", ""))
        if person_id is None:
            raise Refused(Problem("没有选人", next_step="请先按姓名查找,再点要加入的人"))
        target = target_services.add_target(
            actor=actor,
            campaign_id=campaign_id,
            person_id=person_id,
            reason=request.POST.get("reason", ""),
            at=clock.now(),
        )  # fmt: skip
        messages.success(request, f"已把{target.person.name}加入名单")
        return redirect("show-campaign", campaign_id)
    found = sheets.add_sheet(actor=actor, campaign_id=campaign_id, name=request.GET.get("name", "")[:40])
    return render(request, "activities/add_target.html", {"sheet": found, "name": request.GET.get("name", "")})


@require_http_methods(["GET", "POST"])
@for_holders("调整走访名单", "activities.plan_campaign")
def drop_target(request: HttpRequest, target_id: int) -> HttpResponse:
    """Take somebody off the list, with a reason."""
    actor = actor_of(request)
    problems: tuple[Problem, ...] = ()
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            dropped = target_services.drop_target(actor=actor, target_id=target_id, reason=reason, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已把{dropped.person.name}移出名单")
            return redirect("show-campaign", dropped.campaign_id)
    target = targets.get_target(actor=actor, target_id=target_id)
    shown = {"target": target, "problems": problems, "reason": reason}
    return render(request, "activities/drop_target.html", shown, status=422 if problems else 200)


@require_POST
@for_holders("调整走访名单", "activities.plan_campaign")
def drop_gone_targets(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take those off the list who died or moved away."""
    count = target_services.drop_gone(actor=actor_of(request), campaign_id=campaign_id, at=clock.now())
    messages.success(request, f"已移出 {count} 人,原因写在名单上")
    return redirect("show-campaign", campaign_id)


@require_POST
def close_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """End a campaign."""
    campaign = services.close_campaign(actor=actor_of(request), campaign_id=campaign_id, at=clock.now())
    messages.success(request, f"“{campaign.title}”已结束")
    return redirect("show-campaign", campaign_id)


@require_GET
def list_not_visited(request: HttpRequest) -> HttpResponse:
    """Who is left, of one campaign or of all that run."""
    actor = actor_of(request)
    sheet = sheets.not_visited_sheet(
        actor=actor, campaign_id=queries.whole_number(request.GET.get("campaign", "")),
        area_code=queries.area_of(request.GET), user_id=queries.whole_number(request.GET.get("user", "")),
    )  # fmt: skip
    page = page_of(sheet.rows, request, per_page=50)
    shown = {"sheet": sheet, "page": page, "villages": areas.list_areas_below(actor=actor)}
    return render(request, "activities/list_not_visited.html", shown)


@require_GET
def print_sheets(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The lists to sign, one page per village."""
    campaign, found = sheets.village_sheets(
        actor=actor_of(request), campaign_id=campaign_id, area_code=queries.area_of(request.GET)
    )
    return render(request, "activities/print_sheets.html", {"campaign": campaign, "sheets": found})
