"""Pages of goods: what there is, how it moved, in and out, counting, items and stores."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import typed_yuan
from yushui.base.web import actor_of, page_of
from yushui.funds.forms import goods as forms
from yushui.funds.permissions.goods import sees_receivers
from yushui.funds.rules.goods import PARTY_WORDS
from yushui.funds.selectors import goods as selectors
from yushui.funds.services import goods as services
from yushui.funds.services import goods_counts, goods_moves
from yushui.funds.types.goods import FORM_WAYS, IN_WAYS, WAY_NAMES, CountDraft, ItemDraft, MoveDraft
from yushui.places.selectors.units import list_units

HOLDERS = ("管理慰问物资", "funds.move_goods")


@require_GET
def list_goods(request: HttpRequest) -> HttpResponse:
    """慰问物资: what lies where, by item and store."""
    actor = actor_of(request)
    shown = {"stock": selectors.stock_of(actor=actor), "may_move": may(actor, "funds.move_goods")}
    return render(request, "funds/list_goods.html", shown)


@require_GET
def list_goods_moves(request: HttpRequest) -> HttpResponse:
    """物资流水, newest first."""
    actor, today = actor_of(request), clock.today()
    filters = forms.move_filters(request.GET)
    shown = {
        "page": page_of(selectors.list_moves(actor=actor, filters=filters), request),
        "filters": filters,
        "items": selectors.items_in_reach(actor),
        "places": selectors.list_stores(actor=actor),
        "ways": WAY_NAMES.items(),
        "years": range(today.year, today.year - 8, -1),
        "full": sees_receivers(actor),
        "may_move": may(actor, "funds.move_goods"),
        "lasting": ("REVERSED", "COUNTED", "HANDED"),
    }
    return render(request, "funds/list_goods_moves.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders(*HOLDERS)
def move_goods(request: HttpRequest) -> HttpResponse:
    """In, out, to another store, written off."""
    if request.method == "GET":
        way = request.GET.get("way", "")
        item = queries.whole_number(request.GET.get("item", ""))
        draft = MoveDraft(
            way=way if way in FORM_WAYS else "BOUGHT", item_id=str(item or ""), on=clock.today().isoformat(),
            client_key=queries.new_key(),
        )  # fmt: skip
        return show_move_form(request, draft, ())
    draft = forms.move_draft(request.POST)
    try:
        move = goods_moves.move_goods(actor=actor_of(request), draft=draft, at=clock.now())
    except Refused as refused:
        return show_move_form(request, draft, refused.problems)
    messages.success(request, f"已登记:{move.item.name} {WAY_NAMES[move.way]} {move.pieces:,} {move.item.unit}")
    return redirect("list-goods")


def show_move_form(request: HttpRequest, draft: MoveDraft, problems: tuple[Problem, ...]) -> HttpResponse:
    """The form of a move with everything that is wrong; of people of one name, which one."""
    actor = actor_of(request)
    stores = list(selectors.list_stores(actor=actor))
    if len(stores) == 1 and not draft.place_id:
        draft = replace(draft, place_id=str(stores[0].pk))
    asks_who = draft.way == "GIVEN" and bool(problems)
    shown = {
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "ways": [(code, WAY_NAMES[code]) for code in FORM_WAYS],
        "goes_in": draft.way in IN_WAYS,
        "party": PARTY_WORDS.get(draft.way, ""),
        "items": selectors.list_items(actor=actor),
        "places": stores,
        "units": list_units(actor=actor, on=clock.today())[:300] if draft.way == "GIVEN" else (),
        "namesakes": selectors.namesakes(actor=actor, name=draft.party) if asks_who else (),
        "today": clock.today().isoformat(),
    }
    return render(request, "funds/move_goods.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*HOLDERS)
def reverse_goods_move(request: HttpRequest, goods_move_id: int) -> HttpResponse:
    """Answer a mistaken move by one that goes back."""
    actor, reason = actor_of(request), request.POST.get("reason", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            goods_moves.reverse_move(actor=actor, move_id=goods_move_id, reason=reason, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已冲回;原来的一笔和冲回都留在流水里")
            return redirect("list-goods-moves")
    move = selectors.get_move(actor=actor, move_id=goods_move_id)
    shown = {"move": move, "problems": problems, "reason": reason}
    return render(request, "funds/reverse_goods_move.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*HOLDERS)
def count_goods(request: HttpRequest, goods_place_id: int) -> HttpResponse:
    """盘点: what lies in a store against what the books say."""
    actor = actor_of(request)
    if request.method == "GET":
        return show_count_form(
            request, goods_place_id, CountDraft(on=clock.today().isoformat(), client_key=queries.new_key()), ()
        )
    draft = replace(forms.count_draft(request.POST), place_id=str(goods_place_id))
    try:
        count = goods_counts.count_goods(actor=actor, draft=draft, at=clock.now())
    except Refused as refused:
        return show_count_form(request, goods_place_id, draft, refused.problems)
    messages.success(request, "盘点已登记,差异已入账")
    return redirect("show-goods-count", count.pk)


def show_count_form(
    request: HttpRequest, place_id: int, draft: CountDraft, problems: tuple[Problem, ...]
) -> HttpResponse:
    """A line for each item that lies there or may lie there, with what was typed."""
    actor = actor_of(request)
    place = selectors.get_store(actor=actor, place_id=place_id)
    books = selectors.left_in([place.pk])
    typed = {line.item_id: line for line in draft.lines}
    lines = [
        (item, books.get((item.pk, place.pk), 0), typed.get(item.pk))
        for item in selectors.items_in_reach(actor)
        if books.get((item.pk, place.pk)) or not item.retired
    ]
    shown = {
        "place": place,
        "lines": lines,
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "today": clock.today().isoformat(),
    }
    return render(request, "funds/count_goods.html", shown, status=422 if problems else 200)


@require_GET
def show_goods_count(request: HttpRequest, goods_count_id: int) -> HttpResponse:
    """One count, to read or print."""
    count = selectors.get_count(actor=actor_of(request), count_id=goods_count_id)
    return render(request, "funds/show_goods_count.html", {"count": count, "lines": list(count.lines.all())})


@require_http_methods(["GET", "POST"])
@for_holders(*HOLDERS)
def set_goods_item(request: HttpRequest, goods_item_id: int | None = None) -> HttpResponse:
    """Add an item, or change an own one."""
    actor = actor_of(request)
    item = selectors.get_item(actor=actor, item_id=goods_item_id) if goods_item_id is not None else None
    problems: tuple[Problem, ...] = ()
    revision = request.POST.get("revision", str(item.revision) if item else "")
    if request.method == "POST":
        draft = forms.item_draft(request.POST)
        try:
            saved = services.set_goods_item(
                actor=actor, draft=draft, item_id=goods_item_id, revision=revision, at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已保存:{saved.name}")
            return redirect("list-goods")
    elif item is not None:
        draft = ItemDraft(item.name, item.unit, typed_yuan(item.worth_fen) if item.worth_fen else "")
    else:
        draft = ItemDraft()
    shown = {
        "item": item, "draft": draft, "revision": revision, "problems": problems, "bad": {p.where for p in problems},
    }  # fmt: skip
    return render(request, "funds/set_goods_item.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*HOLDERS)
def retire_goods_item(request: HttpRequest, goods_item_id: int) -> HttpResponse:
    """Take an item out of the forms, or back in."""
    back = request.POST.get("back") == "1"
    item = services.retire_goods_item(actor=actor_of(request), item_id=goods_item_id, retired=not back, at=clock.now())
    messages.success(request, f"{item.name}:{'已恢复使用' if back else '已停用'}")
    return redirect("list-goods")


@require_http_methods(["GET", "POST"])
@for_holders(*HOLDERS)
def add_goods_place(request: HttpRequest) -> HttpResponse:
    """Add a store of the actor's own area."""
    name = request.POST.get("name", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            place = services.add_goods_place(actor=actor_of(request), name=name, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已添加库房:{place.name}")
            return redirect(reverse("list-goods"))
    shown = {"name": name, "problems": problems, "bad": {p.where for p in problems}}
    return render(request, "funds/add_goods_place.html", shown, status=422 if problems else 200)
