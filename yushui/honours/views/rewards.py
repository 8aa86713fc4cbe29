"""Pages of the reward of a 喜报 and of a county's own rates."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of
from yushui.honours import forms
from yushui.honours.selectors import rewards as selectors
from yushui.honours.selectors.news import get_news
from yushui.honours.services import rewards as services
from yushui.honours.types import RateDraft, RewardDraft
from yushui.honours.views.news import show_one
from yushui.places.selectors import area_names

CLAIM = ("申领奖励金", "benefits.claim")


@require_http_methods(["GET", "POST"])
@for_holders(*CLAIM)
def claim_reward(request: HttpRequest, news_id: int) -> HttpResponse:
    """The form: who gets it; the amount comes from the law or the county's rate. `find` looks for somebody by name."""
    actor = actor_of(request)
    news = get_news(actor=actor, news_id=news_id)
    draft = forms.draft_of(RewardDraft, request.POST)
    problems: tuple[Problem, ...] = ()
    finds = "find" in request.POST
    if request.method == "POST" and not finds:
        try:
            claim = services.claim_reward(actor=actor, news_id=news_id, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已申领:{claim.person.name},等县局经办列入批次")
            return redirect("show-news", news_id)
    text = request.POST.get("text", "")[:20]
    people = selectors.payees_for(actor=actor, news=news, text=text)
    shown = {
        "news": news,
        "sheet": selectors.reward_sheet(actor=actor, news=news),
        "people": people,
        "places": area_names(person.area_id for person in people),
        "chosen": draft.person_id or (str(people[0].pk) if len(people) == 1 else ""),
        "draft": draft,
        "text": text,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "honours/claim_reward.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*CLAIM)
def withdraw_reward(request: HttpRequest, news_id: int) -> HttpResponse:
    """Take back what was asked for by mistake."""
    reason = request.POST.get("reason", "")
    try:
        services.withdraw_reward(actor=actor_of(request), news_id=news_id, reason=reason, at=clock.now())
    except Refused as refused:
        return show_one(request, news_id, refused.problems)
    messages.success(request, "已撤销申领")
    return redirect("show-news", news_id)


@require_http_methods(["GET", "POST"])
@for_holders("录入奖励标准", "honours.set_kind")
def set_reward_rate(request: HttpRequest, honour_kind_code: str) -> HttpResponse:
    """What the county gives for a grade: all it has entered, and the form of a new one."""
    actor = actor_of(request)
    kind = selectors.get_grade(actor=actor, code=honour_kind_code)
    draft = RateDraft(starts_on=f"{clock.today().year}-01-01")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        draft = forms.draft_of(RateDraft, request.POST)
        try:
            services.set_reward_rate(actor=actor, kind_code=honour_kind_code, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已录入{kind.name}的奖励标准")
            return redirect("set-reward-rate", honour_kind_code)
    shown = {
        "kind": kind,
        "rates": selectors.list_rates(actor=actor, kind=kind.pk),
        "in_law": selectors.law_gives(kind.pk, actor.area_code),
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "honours/set_reward_rate.html", shown, status=422 if problems else 200)
