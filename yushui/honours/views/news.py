"""Pages of good news of merit (喜报)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.benefits.selectors.claims import state_words as claim_words
from yushui.honours import forms
from yushui.honours.rules.news import state_words
from yushui.honours.selectors import kinds
from yushui.honours.selectors import news as selectors
from yushui.honours.selectors.rewards import reward_sheet, rewards_of
from yushui.honours.services import news as services
from yushui.honours.types import NEWS_STATES, DeliveryDraft, NewsDraft
from yushui.people.selectors import get_person
from yushui.places.selectors import areas_to_choose, path_names, villages_by_town

RECORD = ("登记喜报", "honours.record")
DELIVER = ("登记喜报送达", "honours.deliver")
Found = tuple[Problem, ...]


@require_GET
def list_news(request: HttpRequest) -> HttpResponse:
    """喜报 with who delivers them by when."""
    actor, today = actor_of(request), clock.today()
    filters = forms.news_filters(request.GET)
    page = page_of(selectors.list_news(actor=actor, filters=filters, on=today), request)
    waiting, overdue = selectors.count_waiting(actor=actor, on=today)
    claims = rewards_of(page.rows)
    marks = {pk: claim_words(claim) for pk, claim in claims.items()}
    shown = {
        "page": page,
        "lines": [
            (row, state_words(row.state, row.due_on, today), row.due_on < today, marks.get(row.pk)) for row in page.rows
        ],
        "names": path_names({row.area_id for row in page.rows}),
        "filters": filters,
        "states": {**selectors.MORE_STATES, **NEWS_STATES},
        "kinds": kinds.list_kinds(actor=actor, group="MERIT"),
        "areas": areas_to_choose(actor=actor),
        "years": range(today.year, today.year - 9, -1),
        "waiting": waiting,
        "overdue": overdue,
        "may_record": may(actor, "honours.record"),
    }
    return render(request, "honours/list_news.html", shown)


@require_GET
def show_news(request: HttpRequest, news_id: int) -> HttpResponse:
    """One 喜报 from the register to the photo."""
    return show_one(request, news_id, ())


def show_one(request: HttpRequest, news_id: int, problems: Found) -> HttpResponse:
    """One 喜报, with what is wrong with an act on it."""
    actor, today = actor_of(request), clock.today()
    news = selectors.get_news(actor=actor, news_id=news_id)
    shown = {
        "news": news,
        "place": path_names([news.area_id])[news.area_id],
        "due_words": state_words(news.state, news.due_on, today),
        "is_late": news.due_on < (news.delivered_on or today),
        "reward": reward_sheet(actor=actor, news=news),
        "pieces": selectors.pieces_of(news=news),
        "problems": problems,
        "today": today.isoformat(),
        "is_open": news.state in selectors.WAITING,
        "may_record": may(actor, "honours.record"),
        "may_deliver": may(actor, "honours.deliver"),
        "typed": {name: request.POST.get(name, "") for name in ("reason",)},
    }
    return render(request, "honours/show_news.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*RECORD)
def record_news(request: HttpRequest) -> HttpResponse:
    """The form of a new 喜报; from a person's file (`?person=`) the family is filled in."""
    actor, today = actor_of(request), clock.today()
    if request.method == "GET":
        draft = NewsDraft(received_on=today.isoformat(), year=str(today.year), client_key=queries.new_key())
        return news_form(request, from_person(request, draft), ())
    draft = forms.draft_of(NewsDraft, request.POST)
    try:
        sent = sent_with(request.POST, request.FILES)
        news = services.record_news(actor=actor, draft=draft, sent=sent, at=clock.now())
    except Refused as refused:
        return news_form(request, draft, refused.problems)
    messages.success(request, f"已登记:{news.soldier_name}{news.kind.name}喜报,{news.due_on} 前送达")
    return redirect("show-news", news.pk)


def from_person(request: HttpRequest, draft: NewsDraft) -> NewsDraft:
    """What the file of a person says already."""
    number = queries.whole_number(request.GET.get("person", ""))
    if number is None:
        return draft
    person = get_person(actor=actor_of(request), person_id=number)
    return NewsDraft(
        **{
            **vars(draft), "person_id": str(person.pk), "soldier_name": person.name, "area_code": person.area_id,
            "address": (person.living_address or person.address)[:120],
        }
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_holders(*RECORD)
def change_news(request: HttpRequest, news_id: int) -> HttpResponse:
    """The form of a 喜报 that is registered and not delivered."""
    actor = actor_of(request)
    news = selectors.get_news(actor=actor, news_id=news_id)
    if request.method == "GET":
        services.need_open(news, "修改")
        draft = NewsDraft(
            kind=news.kind_id, soldier_name=news.soldier_name, family_name=news.family_name, area_code=news.area_id,
            address=news.address, unit_name=news.unit_name, year=str(news.year), received_on=str(news.received_on),
            due_on=str(news.due_on), deliverers=news.deliverers, note=news.note,
        )  # fmt: skip
        return news_form(request, draft, (), news_id, str(news.revision))
    draft, revision = forms.draft_of(NewsDraft, request.POST), request.POST.get("revision", "")
    try:
        services.change_news(actor=actor, news_id=news_id, draft=draft, revision=revision, at=clock.now())
    except Refused as refused:
        return news_form(request, draft, refused.problems, news_id, revision)
    messages.success(request, "已保存")
    return redirect("show-news", news_id)


def news_form(
    request: HttpRequest, draft: NewsDraft, problems: Found, news_id: int | None = None, revision: str = ""
) -> HttpResponse:
    """The form with everything that is wrong."""
    actor = actor_of(request)
    shown = {
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "news_id": news_id,
        "revision": revision,
        "kinds": kinds.list_kinds(actor=actor, group="MERIT"),
        "towns": villages_by_town(actor=actor),
        "today": clock.today().isoformat(),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
    }
    return render(request, "honours/news_form.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*DELIVER)
def collect_news(request: HttpRequest, news_id: int) -> HttpResponse:
    """The town has fetched it."""
    services.collect_news(actor=actor_of(request), news_id=news_id, at=clock.now())
    messages.success(request, "已登记领取")
    return redirect("show-news", news_id)


@require_http_methods(["GET", "POST"])
@for_holders(*DELIVER)
def deliver_news(request: HttpRequest, news_id: int) -> HttpResponse:
    """The form of the delivery, with the photo."""
    actor, today = actor_of(request), clock.today()
    news = selectors.get_news(actor=actor, news_id=news_id)
    draft, found = DeliveryDraft(on=today.isoformat(), deliverers=news.deliverers), ()
    problems: Found = found
    if request.method == "POST":
        draft = forms.delivery_draft(request.POST)
        try:
            sent = sent_with(request.POST, request.FILES)
            services.deliver_news(actor=actor, news_id=news_id, draft=draft, sent=sent, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已登记送达:{news.soldier_name}")
            return redirect("show-news", news_id)
    shown = {
        "news": news, "draft": draft, "problems": problems, "bad": {p.where for p in problems},
        "today": today.isoformat(), "accept": ACCEPT, "had_files": bool(request.FILES),
        "place": path_names([news.area_id])[news.area_id],
    }  # fmt: skip
    return render(request, "honours/deliver_news.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*DELIVER)
def add_news_evidence(request: HttpRequest, news_id: int) -> HttpResponse:
    """Add photos or papers."""
    sent = sent_with(request.POST, request.FILES)
    try:
        kept = services.add_news_evidence(actor=actor_of(request), news_id=news_id, sent=sent, at=clock.now())
    except Refused as refused:
        return show_one(request, news_id, refused.problems)
    messages.success(request, f"已添加 {kept} 份" if kept else "这些材料之前已经传过")
    return redirect("show-news", news_id)


@require_POST
@for_holders(*RECORD)
def withdraw_news(request: HttpRequest, news_id: int) -> HttpResponse:
    """Take a 喜报 out of the counts."""
    try:
        services.withdraw_news(
            actor=actor_of(request), news_id=news_id, reason=request.POST.get("reason", ""), at=clock.now()
        )
    except Refused as refused:
        return show_one(request, news_id, refused.problems)
    messages.success(request, "已撤回")
    return redirect("show-news", news_id)
