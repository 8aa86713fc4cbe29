"""Counting a store (盘点): what was found, and the moves that bring the books to it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.once import USED
from yushui.base.refusals import Refused
from yushui.funds.models import GoodsBalance, GoodsCount, GoodsCountLine, GoodsItem, GoodsPlace
from yushui.funds.permissions.goods import check_move_goods
from yushui.funds.rules.goods import CountFacts, MoveFacts, read_goods_count
from yushui.funds.selectors.goods import get_store, items_in_reach
from yushui.funds.services.goods_moves import post
from yushui.funds.types.goods import CountDraft, Way


@transaction.atomic
def count_goods(*, actor: User, draft: CountDraft, at: datetime) -> GoodsCount:
    """Keep a count and bring the books to what was found, each difference with its reason. The same form is one count.

    Raises NotFound when the store is not the actor's; Refused with all problems.
    """
    text = draft.place_id
    store = get_store(actor=actor, place_id=int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0)
    check_move_goods(actor, store.area_id)
    known = counted_before(actor, draft.client_key)
    if known is not None:
        return known
    books = dict(GoodsBalance.objects.select_for_update().filter(place=store).values_list("item_id", "pieces"))
    names = dict(items_in_reach(actor).values_list("pk", "name"))
    facts, problems = read_goods_count(draft, today=timezone.localtime(at).date(), names=names, books=books)
    if facts is None:
        raise Refused(*problems)
    try:
        with transaction.atomic():
            count = GoodsCount.objects.create(
                place=store, on=facts.on, note=facts.note, client_key=facts.client_key, recorded_at=at,
                recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError:
        known = counted_before(actor, facts.client_key)
        if known is None:
            raise
        return known
    write_lines(actor, count, store, facts, at)
    audit.record(
        actor=actor, action="funds.goods.counted", subject=count, area_code=store.area_id, at=at,
        now={"items": len(facts.lines), "differences": sum(1 for line in facts.lines if line.difference)},
    )  # fmt: skip
    return count


def counted_before(actor: User, key: str) -> GoodsCount | None:
    """The count that a client key already made; somebody else's key is refused."""
    known = GoodsCount.objects.filter(client_key=key.strip()).first() if key.strip() else None
    if known is not None and known.recorded_by != actor.pk:
        raise Refused(USED)
    return known


def write_lines(actor: User, count: GoodsCount, store: GoodsPlace, facts: CountFacts, at: datetime) -> None:
    """The lines, and a move for each difference."""
    worths = dict(GoodsItem.objects.values_list("pk", "worth_fen"))
    for line in facts.lines:
        GoodsCountLine.objects.create(
            count=count, item_id=line.item_id, expected=line.expected, found=line.found, reason=line.reason
        )
        if line.difference:
            source, target = (None, store.pk) if line.difference > 0 else (store.pk, None)
            move = MoveFacts(
                Way.COUNTED, line.item_id, source, target, abs(line.difference), None, facts.on, "", line.reason, ""
            )
            post(actor, move, worths[line.item_id], store.area_id, count_id=count.pk, at=at)
