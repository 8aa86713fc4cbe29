"""Items and stores of goods: adding, changing, retiring."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_line
from yushui.funds.models import GoodsBalance, GoodsItem, GoodsPlace
from yushui.funds.permissions.goods import check_move_goods
from yushui.funds.rules.goods import read_item
from yushui.funds.selectors.goods import get_item, get_store, items_in_reach
from yushui.funds.types.goods import ItemDraft
from yushui.places.models import Area


@transaction.atomic
def set_goods_item(
    *, actor: User, draft: ItemDraft, item_id: int | None = None, revision: str = "", at: datetime
) -> GoodsItem:
    """Add an item of the actor's area, or change an own one. Its worth is for moves to come; old moves keep theirs."""
    check_move_goods(actor)
    old = get_item(actor=actor, item_id=item_id) if item_id is not None else None
    others = items_in_reach(actor).exclude(pk=item_id or 0).values_list("name", flat=True)
    facts, problems = read_item(draft, frozenset(others))
    if facts is None:
        raise Refused(*problems)
    columns = {"name": facts.name, "unit": facts.unit, "worth_fen": facts.worth_fen}
    was = {"name": old.name, "unit": old.unit, "worth_fen": old.worth_fen} if old else None
    if old is not None:
        change_row(old, revision, **columns)
    item = old or insert_item(actor, columns, at)
    audit.record(
        actor=actor, action="funds.goods_item.set", subject=item, area_code=item.area_id, at=at, was=was, now=columns
    )
    return item


def insert_item(actor: User, columns: dict[str, object], at: datetime) -> GoodsItem:
    """A new item; of two with one name at once the second is told."""
    try:
        with transaction.atomic():
            return GoodsItem.objects.create(**columns, area_id=actor.area_code, created_at=at, created_by=actor.pk)
    except IntegrityError as error:
        raise Refused(Problem("已有同名的品种", where="名称", next_step="请直接用已有的")) from error


@transaction.atomic
def retire_goods_item(*, actor: User, item_id: int, retired: bool = True, at: datetime) -> GoodsItem:
    """Take an own item out of the forms, or back in; refused while some of it lies anywhere."""
    check_move_goods(actor)
    item = get_item(actor=actor, item_id=item_id)
    if retired and GoodsBalance.objects.filter(item=item, pieces__gt=0).exists():
        raise Refused(Problem("还有结存,不能停用", where=item.name, next_step="请先发完、调走或报损"))
    if item.retired != retired:
        GoodsItem.objects.filter(pk=item.pk).update(retired=retired)
        item.retired = retired
        act = "retired" if retired else "restored"
        audit.record(actor=actor, action=f"funds.goods_item.{act}", subject=item, area_code=item.area_id, at=at)
    return item


@transaction.atomic
def add_goods_place(*, actor: User, name: str, area_code: str = "", at: datetime) -> GoodsPlace:
    """Add a store (库房) in the actor's area."""
    area = area_code or actor.area_code
    check_move_goods(actor, area)
    if not Area.objects.filter(pk=area).exists():
        raise NotFound
    problems: list[Problem] = []
    words = read_line(" ".join(name.split()), "库房名称", problems, longest=80)
    if not words:
        problems.append(Problem("请写库房名称", where="库房名称", next_step="例如:县局物资库"))
    if GoodsPlace.objects.filter(sort="STORE", area_id=area, name=words).exists():
        problems.append(Problem("已有同名的库房", where="库房名称"))
    if problems:
        raise Refused(*problems)
    place = GoodsPlace.objects.create(area_id=area, name=words, sort="STORE", created_at=at, created_by=actor.pk)
    audit.record(actor=actor, action="funds.goods_place.added", subject=place, area_code=area, at=at, name=words)
    return place


@transaction.atomic
def retire_goods_place(*, actor: User, place_id: int, at: datetime) -> GoodsPlace:
    """Close a store; refused while anything lies in it."""
    place = get_store(actor=actor, place_id=place_id)
    check_move_goods(actor, place.area_id)
    if GoodsBalance.objects.filter(place=place, pieces__gt=0).exists():
        raise Refused(Problem("库里还有物资,不能停用", where=place.name, next_step="请先调走或发完"))
    GoodsPlace.objects.filter(pk=place.pk).update(retired=True)
    audit.record(actor=actor, action="funds.goods_place.retired", subject=place, area_code=place.area_id, at=at)
    return place


@transaction.atomic
def open_campaign_place(*, actor: User, area_code: str, name: str, at: datetime) -> GoodsPlace:
    """The hands of a campaign, made when it takes goods for the first time. The campaign points to it."""
    need(actor, "funds.move_goods")
    return GoodsPlace.objects.create(area_id=area_code, name=name, sort="CAMPAIGN", created_at=at, created_by=actor.pk)
