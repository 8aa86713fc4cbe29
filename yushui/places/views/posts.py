"""Acts on posts from the page of their unit: giving one, ending one, tying it to an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Refused
from yushui.base.web import actor_of
from yushui.places import forms, services
from yushui.places.selectors import posts
from yushui.places.types import PostDraft
from yushui.places.views.units import CHANGES, show_one


@require_POST
@for_holders(*CHANGES)
def appoint_post(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Give one or several people a post of the unit."""
    draft = forms.post_draft(request.POST)
    try:
        found = services.appoint_all(actor=actor_of(request), unit_id=unit_id, draft=draft, at=clock.now())
    except Refused as refused:
        return show_one(request, unit_id, refused.problems, draft)
    messages.success(request, f"{'、'.join(post.holder_name for post in found)}任{found[0].title}")
    return redirect("show-unit", unit_id)


@require_POST
@for_holders(*CHANGES)
def end_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """End a post from a day on."""
    actor = actor_of(request)
    post = posts.get_post(actor=actor, post_id=post_id)
    on, reason = request.POST.get("on", ""), request.POST.get("reason", "")
    try:
        services.end_post(actor=actor, post_id=post_id, ends_on=on, reason=reason, at=clock.now())
    except Refused as refused:
        return show_one(request, post.unit_id, refused.problems, PostDraft(), touched=post_id)
    messages.success(request, f"{post.holder_name}不再任{post.title}")
    return redirect("show-unit", post.unit_id)


@require_POST
@for_holders(*CHANGES)
def link_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Tie a post to the account of its holder, or to none."""
    actor = actor_of(request)
    post = posts.get_post(actor=actor, post_id=post_id)
    user_id = queries.whole_number(request.POST.get("user", ""))
    try:
        services.link_post(actor=actor, post_id=post_id, user_id=user_id, at=clock.now())
    except Refused as refused:
        return show_one(request, post.unit_id, refused.problems, PostDraft())
    done = f"{post.holder_name}的账号已对上,能办本单位的任务和文件" if user_id else f"{post.holder_name}的账号已取消"
    messages.success(request, done)
    return redirect("show-unit", post.unit_id)
