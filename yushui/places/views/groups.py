"""Pages of leading groups: the list, one on any day, a change after a transfer of people, the paper of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, download, page_of
from yushui.places import forms, services
from yushui.places.selectors import areas_to_choose, units
from yushui.places.types import GROUP_TITLES, TransferDraft
from yushui.places.word import Appointment, make_appointment

CHANGES = ("调整领导小组", "places.change")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY_LINES = 3


@require_GET
def list_groups(request: HttpRequest) -> HttpResponse:
    """Leading groups with who leads them, as of today or of any other day."""
    actor = actor_of(request)
    on = forms.day_of(request.GET.get("on", ""), clock.today())
    within = forms.area_of(request.GET)
    page = page_of(units.list_groups(actor=actor, on=on, within=within), request)
    shown = {
        "page": page,
        "lines": units.lines_of(actor=actor, units=page.rows, on=on),
        "on": on,
        "within": within,
        "areas": areas_to_choose(actor=actor),
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
    on = forms.day_of(request.GET.get("on", ""), today)
    sheet = units.open_group(actor=actor, unit_id=unit_id, on=on)
    inside = {member.unit_id for member in sheet.members}
    others = units.list_units(actor=actor, on=today).exclude(kind="LEADING_GROUP").exclude(pk__in=inside)
    shown = {
        "sheet": sheet,
        "is_today": on == today,
        "today": today.isoformat(),
        "others": others.filter(area=sheet.group.area)[:300],
        "problems": problems,
        "may_change": may(actor, "places.change"),
    }
    return render(request, "places/show_group.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*CHANGES)
def transfer_posts(request: HttpRequest) -> HttpResponse:
    """One change of posts: of a group (`group`), or of everything that one who leaves holds (`name`)."""
    if request.method == "GET":
        draft = TransferDraft(on=clock.today().isoformat(), client_key=forms.new_key())
        return transfer_form(request, draft, ())
    draft = forms.transfer_draft(request.POST)
    try:
        change = services.transfer_posts(actor=actor_of(request), draft=draft, at=clock.now())
    except Refused as refused:
        return transfer_form(request, draft, refused.problems)
    messages.success(request, f"已调整 {change.closed.count()} 个职务,新任 {change.opened.count()} 人")
    if draft.unit_id is not None:
        return redirect("show-group", draft.unit_id)
    return redirect("list-groups")


def transfer_form(request: HttpRequest, draft: TransferDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form with everything that is wrong, and everything typed."""
    actor, today = actor_of(request), clock.today()
    asked = request.POST if request.method == "POST" else request.GET
    group_id, name = forms.whole(asked.get("group", "")), asked.get("name", "").strip()[:40]
    group = units.open_group(actor=actor, unit_id=group_id, on=today) if group_id is not None else None
    posts = group.posts if group else units.posts_held_by(actor=actor, name=name, on=today) if name else []
    moves = {move.post_id: move for move in draft.moves}
    empty = max(EMPTY_LINES - len(draft.additions), 1)
    shown = {
        "group": group.group if group else None,
        "name": name,
        "lines": [(post, moves.get(post.pk)) for post in posts],
        "draft": draft,
        "additions": [*draft.additions, *[None] * empty],
        "titles": GROUP_TITLES,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "places/transfer_posts.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*CHANGES)
def add_member(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Make a unit a member of the group."""
    chosen, on = forms.whole(request.POST.get("unit", "")), forms.day_of(request.POST.get("on", ""), clock.today())
    if chosen is None:
        return show_one(request, unit_id, (Problem("请选择单位", where="成员单位"),))
    try:
        services.add_member(actor=actor_of(request), group_id=unit_id, unit_id=chosen, starts_on=on, at=clock.now())
    except Refused as refused:
        return show_one(request, unit_id, refused.problems)
    messages.success(request, "已加入成员单位")
    return redirect("show-group", unit_id)


@require_POST
@for_holders(*CHANGES)
def end_member(request: HttpRequest, unit_id: int, member_id: int) -> HttpResponse:
    """End a membership."""
    on = forms.day_of(request.POST.get("on", ""), clock.today())
    try:
        services.end_member(
            actor=actor_of(request), group_id=unit_id, member_id=member_id, ends_on=on,
            reason=request.POST.get("reason", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return show_one(request, unit_id, refused.problems)
    messages.success(request, "已移出成员单位")
    return redirect("show-group", unit_id)


@require_GET
def show_appointment(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The paper of a change (`change`) or of the group as it stands, to read before it is taken as Word."""
    paper = paper_of(request, unit_id)
    shown = {"paper": paper, "unit_id": unit_id, "change": request.GET.get("change", "")}
    return render(request, "places/show_appointment.html", shown)


@require_GET
def print_appointment(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The same as a Word file."""
    paper = paper_of(request, unit_id)
    return download(make_appointment(paper), f"{paper.title}.docx", DOCX)


def paper_of(request: HttpRequest, unit_id: int) -> Appointment:
    """The group as it was on the day of a change, in the words of the paper."""
    actor = actor_of(request)
    change_id = forms.whole(request.GET.get("change", ""))
    group = units.get_unit(actor=actor, unit_id=unit_id)
    change = units.get_change(actor=actor, group=group, change_id=change_id) if change_id is not None else None
    on: date = change.on if change else group.starts_on or clock.today()
    sheet = units.open_group(actor=actor, unit_id=unit_id, on=on if change else clock.today())
    people = tuple(
        (title, tuple(f"{p.holder_name}\u3000{p.office}".rstrip("\u3000") for p in posts))
        for title, posts in sheet.posts_by_title
    )
    return Appointment(
        group=group.name, issuer=group.parent.name if group.parent else group.name,
        number=change.number if change else "", reason=change.reason if change else "工作需要", on=on,
        is_first=change is None, people=people, members=tuple(m.unit.name for m in sheet.members),
        office=sheet.offices[0].name if sheet.offices else "",
    )  # fmt: skip
