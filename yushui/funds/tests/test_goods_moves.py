"""Goods come in, go out, come back, are counted; nobody takes more than there is."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.db.models import Sum

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.funds.models import GoodsBalance, GoodsMove
from yushui.funds.services.goods import add_goods_place, open_campaign_place, retire_goods_item, set_goods_item
from yushui.funds.services.goods_counts import count_goods
from yushui.funds.services.goods_moves import carry_goods, hand_over_goods, move_goods, reverse_move
from yushui.funds.tests.factories import (
    AT,
    TODAY,
    bring_in,
    lies,
    make_item,
    make_keeper,
    make_store,
    typed,
)
from yushui.funds.types.goods import CountDraft, CountLineDraft, ItemDraft, Way
from yushui.people.tests.factories import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, make_person

pytestmark = pytest.mark.django_db


def words(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.what for problem in caught.value.problems]


def test_move_when_in_and_out_leaves_what_is_left_and_keeps_its_worth() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    move_goods(actor=keeper, draft=typed(rice, store, 50, worth="58.5", party="清溪粮油店"), at=AT)
    move_goods(actor=keeper, draft=typed(rice, store, 8, way="SCRAPPED", note="受潮"), at=AT)
    assert lies(rice, store) == 42
    assert [(m.way, m.pieces, m.worth_fen) for m in GoodsMove.objects.order_by("id")] == [
        ("BOUGHT", 50, 58_50), ("SCRAPPED", 8, 60_00),
    ]  # fmt: skip


def test_move_when_the_same_form_comes_five_times_is_one() -> None:
    keeper = make_keeper()
    draft = typed(make_item(keeper), make_store(keeper), 30)
    assert len({move_goods(actor=keeper, draft=draft, at=AT).pk for _ in range(5)}) == 1
    assert GoodsBalance.objects.get().pieces == 30


def test_move_when_given_to_a_unit_or_person_of_ours_is_tied_to_them() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 10)
    person = make_person(name="陈大山")
    move = move_goods(actor=keeper, draft=typed(rice, store, 1, way="GIVEN", party="陈大山"), at=AT)
    assert (move.person_id, move.unit_id, lies(rice, store)) == (person.pk, None, 9)


def test_move_when_two_people_have_that_name_asks_which() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 10)
    make_person(name="陈大山")
    other = make_person(name="陈大山", area=OTHER_VILLAGE)
    draft = typed(rice, store, 1, way="GIVEN", party="陈大山")
    with pytest.raises(Refused) as caught:
        move_goods(actor=keeper, draft=draft, at=AT)
    assert words(caught) == ["有几位同名的人"]
    assert move_goods(actor=keeper, draft=replace(draft, person_id=str(other.pk)), at=AT).person_id == other.pk


def test_move_when_store_and_item_are_of_another_town_cannot_be_chosen() -> None:
    keeper, far = make_keeper(), make_keeper(OTHER_TOWN, username="far")
    rice, store = make_item(far), make_store(far)
    with pytest.raises(Refused) as caught:
        move_goods(actor=keeper, draft=typed(rice, store, 5), at=AT)
    assert words(caught) == ["请选择品种", "请选择库房"]
    with pytest.raises(NotFound):
        add_goods_place(actor=keeper, name="别镇的库", area_code=OTHER_TOWN, at=AT)


def test_move_when_a_liaison_tries_is_refused_with_who_may() -> None:
    keeper = make_keeper()
    draft = typed(make_item(keeper), make_store(keeper), 5)
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    with pytest.raises(Refused) as caught:
        move_goods(actor=liaison, draft=draft, at=AT)
    assert words(caught) == ["您没有管理慰问物资的权限"]


def test_reverse_when_once_brings_back_what_was_and_not_twice() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    move = bring_in(keeper, rice, store, 500)
    reverse_move(actor=keeper, move_id=move.pk, reason="多写了一个零", at=AT)
    assert (lies(rice, store), GoodsMove.objects.count()) == (0, 2)
    with pytest.raises(Refused) as caught:
        reverse_move(actor=keeper, move_id=move.pk, reason="再来一次", at=AT)
    assert words(caught) == ["这一笔已经冲回过"]


def test_reverse_when_the_goods_have_gone_on_is_refused() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    move = bring_in(keeper, rice, store, 10)
    move_goods(actor=keeper, draft=typed(rice, store, 4, way="GIVEN", party="镇光荣院"), at=AT)
    with pytest.raises(Refused) as caught:
        reverse_move(actor=keeper, move_id=move.pk, reason="登记错", at=AT)
    assert words(caught) == ["镇物资库的大米只剩 6 袋,不够 10 袋"]
    assert lies(rice, store) == 6


def test_moves_when_somebody_edits_the_table_stay() -> None:
    keeper = make_keeper()
    move = bring_in(keeper, make_item(keeper), make_store(keeper), 10)
    for act in (lambda: GoodsMove.objects.filter(pk=move.pk).update(pieces=1), move.delete):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            act()


def test_balance_when_set_below_nothing_is_refused_by_the_database() -> None:
    keeper = make_keeper()
    bring_in(keeper, make_item(keeper), make_store(keeper), 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoodsBalance.objects.update(pieces=-1)


def test_hands_of_a_campaign_when_goods_go_through_them_end_as_they_should() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 20)
    hands = open_campaign_place(actor=keeper, area_code=TOWN, name="2026年春节慰问", at=AT)
    carry = {"actor": keeper, "item_id": rice.pk, "store": store, "hands": hands, "on": TODAY, "at": AT}
    carry_goods(way=Way.TAKEN, pieces=12, **carry)
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    person = make_person()
    hand_over_goods(actor=liaison, hands=hands, given=[(rice.pk, 2)], person=person, on=TODAY, at=AT)
    with pytest.raises(Refused) as caught:
        hand_over_goods(actor=liaison, hands=hands, given=[(rice.pk, 11)], person=person, on=TODAY, at=AT)
    assert words(caught) == ["“2026年春节慰问”领出的大米只剩 10 袋,不够 11 袋"]
    carry_goods(way=Way.BACK, pieces=10, **carry)
    assert (lies(rice, hands), lies(rice, store)) == (0, 18)


def test_count_when_two_bags_are_missing_brings_the_books_to_what_is_there() -> None:
    keeper = make_keeper()
    rice, oil, store = make_item(keeper), make_item(keeper, "食用油", "桶"), make_store(keeper)
    bring_in(keeper, rice, store, 20)
    bring_in(keeper, oil, store, 5)
    lines = (CountLineDraft(rice.pk, "20", "18", "鼠咬 2 袋"), CountLineDraft(oil.pk, "5", "5"))
    draft = CountDraft(str(store.pk), "2026-01-20", "", lines, "0123456789")
    count = count_goods(actor=keeper, draft=draft, at=AT)
    assert count_goods(actor=keeper, draft=draft, at=AT) == count
    assert (lies(rice, store), lies(oil, store)) == (18, 5)
    assert [(m.item_id, m.pieces, m.note) for m in count.moves.all()] == [(rice.pk, 2, "鼠咬 2 袋")]


def test_item_when_two_change_it_the_second_is_told() -> None:
    keeper = make_keeper()
    rice = make_item(keeper)
    set_goods_item(actor=keeper, draft=ItemDraft("大米", "袋", "65"), item_id=rice.pk, revision="1", at=AT)
    with pytest.raises(Refused) as caught:
        set_goods_item(actor=keeper, draft=ItemDraft("大米", "袋", "70"), item_id=rice.pk, revision="1", at=AT)
    assert words(caught) == ["这条记录刚被别人改过,您的修改没有保存"]


def test_item_when_some_of_it_lies_there_cannot_be_retired() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    move = bring_in(keeper, rice, store, 1)
    with pytest.raises(Refused):
        retire_goods_item(actor=keeper, item_id=rice.pk, at=AT)
    reverse_move(actor=keeper, move_id=move.pk, reason="登记错", at=AT)
    assert retire_goods_item(actor=keeper, item_id=rice.pk, at=AT).retired


@pytest.mark.django_db(transaction=True)
def test_move_when_four_take_at_once_nobody_takes_more_than_there_is() -> None:
    keeper = make_keeper()
    rice, store = make_item(keeper), make_store(keeper)
    bring_in(keeper, rice, store, 10)
    drafts = [typed(rice, store, 4, way="GIVEN", party="镇光荣院") for _ in range(4)]
    gate, refused = threading.Barrier(4), []

    def take(draft: object) -> None:
        try:
            gate.wait()
            move_goods(actor=keeper, draft=draft, at=AT)  # type: ignore[arg-type]
        except Refused as error:
            refused.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=take, args=(draft,)) for draft in drafts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    close_old_connections()
    given = GoodsMove.objects.filter(way="GIVEN").aggregate(n=Sum("pieces"))["n"]
    assert (len(refused), given, lies(rice, store)) == (2, 8, 2)
