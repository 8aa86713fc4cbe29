"""Pages of leading groups: the list, one on any day, a change after a transfer of people, the paper of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.places import forms, services
from yushui.places.selectors import areas_to_choose, groups, posts, units
from yushui.places.types import GROUP_TITLES, TransferDraft
from yushui.places.word import make_appointment

CHANGES = ("调整领导小组", "places.change")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY_LINES = 3


@require_GET
def list_groups(request: HttpRequest) -> HttpResponse:
    """Leading groups with who leads them, as of today or of any other day."""
    actor, today = actor_of(request), clock.today()
    on = queries.day_of(request.GET.get("on", ""), today)
    within = queries.area_of(request.GET)
    page = page_of(groups.list_groups(actor=actor, on=on, within=within), request)
    shown = {
        "page": page,
        "lines": units.lines_of(actor=actor, units=page.rows, on=on),
        "on": on,
        "today": today,
        "within": within,
        "areas": areas_to_choose(actor=actor),
        "changes": groups.changes_in(actor=actor, on=today),
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/list_groups.html", shown)


@require_GET
def show_group(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Who was in a group on a day, its member units, every change of it."""
    return show_one(request, unit_id, ())


def show_one(request: HttpRequest, unit_id: int, problems: tuple[Problem, ...]) -> HttpResponse:
    """A group on a day, with what is wrong with a form on its page."""
    actor, today = actor_of(request), clock.today()
    on = queries.day_of(request.GET.get("on", ""), today)
    sheet = groups.open_group(actor=actor, unit_id=unit_id, on=on)
    inside = {member.unit_id for member in sheet.members}
    others = units.list_units(actor=actor, on=today).exclude(kind="LEADING_GROUP").exclude(pk__in=inside)
    shown = {
        "sheet": sheet,
        "is_today": on == today,
        "today": today.isoformat(),
        "others": others.filter(area=sheet.group.area)[:300],
        "typed": request.POST if request.method == "POST" else {},
        "chosen": request.POST.getlist("unit"),
        "problems": problems,
        "may_change": may(actor, "places.change") and sheet.group.ends_on is None,
    }
    return render(request, "places/show_group.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def transfer_posts(request: HttpRequest) -> HttpResponse:
    """One change of posts: of a unit (`group`), or of everything that one who leaves holds (`name`)."""
    if request.method == "GET":
        name = request.GET.get("name", "").strip()[:40]
        unit_id = queries.whole_number(request.GET.get("group", ""))
        draft = TransferDraft(on=clock.today().isoformat(), client_key=queries.new_key(), name=name, unit_id=unit_id)
        return transfer_form(request, draft, ())
    draft = forms.transfer_draft(request.POST)
    try:
        change = services.transfer_posts(actor=actor_of(request), draft=draft, at=clock.now())
    except Refused as refused:
        return transfer_form(request, draft, refused.problems)
    messages.success(request, f"已调整:{change.closed.count()} 个职务离任,{change.opened.count()} 人新任")
    return redirect("show-change", change.pk)


def transfer_form(request: HttpRequest, draft: TransferDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form with everything that is wrong, and everything typed."""
    actor, today = actor_of(request), clock.today()
    unit = units.get_unit(actor=actor, unit_id=draft.unit_id) if draft.unit_id is not None else None
    if unit is not None:
        held = posts.in_rank(posts.list_posts(actor=actor, unit_ids=[unit.pk], on=today).filter(ends_on=None))
    else:
        held = posts.posts_held_by(actor=actor, name=draft.name, on=today) if draft.name else []
    moves = {move.post_id: move for move in draft.moves}
    unsure = unit is None and posts.may_be_several(held)
    all_leave = unit is None and not unsure and request.method == "GET"
    shown = {
        "group": unit,
        "name": draft.name,
        "lines": [(post, moves.get(post.pk), post.pk in moves or all_leave) for post in held],
        "unsure": unsure,
        "draft": draft,
        "additions": [*draft.additions, *[None] * max(EMPTY_LINES - len(draft.additions), 1)],
        "titles": GROUP_TITLES,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "places/transfer_posts.html", shown, status=422 if problems else 200)


@require_GET
def show_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change with all units that it touched, and the paper for each group."""
    sheet = groups.open_change(actor=actor_of(request), change_id=change_id)
    return render(request, "places/show_change.html", {"sheet": sheet})


@require_POST
@for_holders(*CHANGES)
def add_members(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Make units members of the group."""
    chosen = [pk for text in request.POST.getlist("unit")[:300] if (pk := queries.whole_number(text)) is not None]
    on = request.POST.get("on", "")
    try:
        found = services.add_members(
            actor=actor_of(request), group_id=unit_id, unit_ids=chosen, starts_on=on, at=clock.now()
        )
    except Refused as refused:
        return show_one(request, unit_id, refused.problems)
    messages.success(request, f"已加入 {len(found)} 个成员单位")
    return redirect("show-group", unit_id)


@require_POST
@for_holders(*CHANGES)
def end_member(request: HttpRequest, unit_id: int, member_id: int) -> HttpResponse:
    """End a membership."""
    try:
        services.end_member(
            actor=actor_of(request), group_id=unit_id, member_id=member_id, ends_on=request.POST.get("on", ""),
            reason=request.POST.get("reason", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return show_one(request, unit_id, refused.problems)
    messages.success(request, "已移出成员单位")
    return redirect("show-group", unit_id)


@require_GET
def show_appointment(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The paper of a change (`change`), or of the last one, to read before it is taken as Word."""
    change = queries.whole_number(request.GET.get("change", ""))
    paper = groups.appointment_of(actor=actor_of(request), unit_id=unit_id, change_id=change, on=clock.today())
    return render(request, "places/show_appointment.html", {"paper": paper, "unit_id": unit_id, "change": change})


@require_GET
def print_appointment(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The same as a Word file."""
    change = queries.whole_number(request.GET.get("change", ""))
    paper = groups.appointment_of(actor=actor_of(request), unit_id=unit_id, change_id=change, on=clock.today())
    return download(make_appointment(paper), f"{paper.title}.docx", DOCX)
