"""The goods of a campaign: taken from a store, handed over, left, given back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yushui.accounts.web import for_holders
from yushui.activities import forms
from yushui.activities.selectors.campaign_goods import goods_sheet
from yushui.activities.services import campaign_goods as services
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of

HOLDERS = ("管理慰问物资", "funds.move_goods")


@require_GET
def show_campaign_goods(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What a campaign needs, took, handed over, has left."""
    return show_sheet(request, campaign_id, ())


def show_sheet(request: HttpRequest, campaign_id: int, problems: tuple[Problem, ...]) -> HttpResponse:
    """The page, with what is wrong and what was typed."""
    asked = request.POST.get("store") or request.GET.get("store", "")
    sheet = goods_sheet(actor=actor_of(request), campaign_id=campaign_id, store_id=queries.whole_number(asked))
    typed = forms.pieces_typed(request.POST)
    is_return = request.POST.get("back") == "1"
    shown = {
        "sheet": sheet,
        "seen": services.in_hand_now(sheet.campaign.hands),
        "take": [(line, typed.get(line.item.pk, "") if problems and not is_return else "") for line in sheet.lines],
        "back": [
            (row, typed.get(row.item.pk, "") if problems and is_return else row.left) for row in sheet.held if row.left
        ],
        "keep_typed": bool(problems) and not is_return,
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "activities/show_campaign_goods.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*HOLDERS)
def take_goods(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Goods leave a store for the campaign."""
    return carry(request, campaign_id, services.take_goods, "已领出")


@require_POST
@for_holders(*HOLDERS)
def return_goods(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """What is left goes back to a store."""
    return carry(request, campaign_id, services.return_goods, "已退回库房")


def carry(request: HttpRequest, campaign_id: int, act: services.Carry, done: str) -> HttpResponse:
    """Do it, and show the page again."""
    try:
        act(
            actor=actor_of(request), campaign_id=campaign_id, at=clock.now(),
            store_id=queries.whole_number(request.POST.get("store", "")) or 0, pieces=forms.pieces_typed(request.POST),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except Refused as refused:
        return show_sheet(request, campaign_id, refused.problems)
    messages.success(request, done)
    return redirect("show-campaign-goods", campaign_id)
