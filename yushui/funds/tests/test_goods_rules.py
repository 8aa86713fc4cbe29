"""What an item, a move and a count must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yushui.funds.rules.goods import MoveGround, read_goods_count, read_item, read_move
from yushui.funds.types.goods import CountDraft, CountLineDraft, ItemDraft, MoveDraft

TODAY = date(2026, 1, 20)
GROUND = MoveGround(TODAY, {1: "袋"}, {7: "镇物资库", 8: "村库"}, {(1, 7): 20})
IN = MoveDraft(way="BOUGHT", item_id="1", place_id="7", pieces="20", on="2026-01-20", client_key="0123456789")


def wrong(draft: MoveDraft) -> list[str]:
    facts, problems = read_move(draft, GROUND)
    assert (facts is None) == bool(problems)
    return [f"{problem.where}:{problem.what}" for problem in problems]


def test_item_when_right_has_its_worth_in_fen() -> None:
    facts, problems = read_item(ItemDraft(" 大米  10kg ", "袋", "62.50"), frozenset())
    assert facts is not None
    assert problems == []
    assert (facts.name, facts.unit, facts.worth_fen) == ("大米 10kg", "袋", 62_50)


def test_item_when_everything_is_wrong_says_all_at_once() -> None:
    _, problems = read_item(ItemDraft("", "", "六十"), frozenset())
    assert [p.where for p in problems] == ["单价", "名称", "单位"]


def test_item_when_named_like_two_goods_or_like_another_is_refused() -> None:
    for name in ("大米、油", "大米×2", "牛奶"):
        facts, problems = read_item(ItemDraft(name, "袋"), frozenset({"牛奶"}))
        assert (facts, [p.where for p in problems]) == (None, ["名称"])


def test_move_in_when_right_goes_from_outside_into_the_store() -> None:
    facts, _ = read_move(IN, GROUND)
    assert facts is not None
    assert (facts.from_place_id, facts.to_place_id, facts.pieces, facts.worth_fen) == (None, 7, 20, None)


def test_move_when_nothing_is_filled_names_every_field() -> None:
    assert wrong(MoveDraft()) == [
        "方式:请选择是入库还是出库", "品种:请选择品种", "库房:请选择库房", "数量:请写数量", "日期:日期不对",
        ":表单缺少编号",
    ]  # fmt: skip


def test_move_when_more_than_there_is_says_how_much_there_is() -> None:
    out = replace(IN, way="GIVEN", pieces="21", party="镇光荣院")
    assert wrong(out) == ["数量:镇物资库现有 20 袋,不够 21 袋"]
    assert wrong(replace(out, pieces="20")) == []


def test_move_when_of_tomorrow_of_nothing_or_of_a_campaign_is_refused() -> None:
    assert wrong(replace(IN, on="2026-01-21")) == ["日期:日期在今天之后"]
    assert wrong(replace(IN, pieces="0")) == ["数量:请写数量"]
    assert wrong(replace(IN, pieces="-3")) == ["数量:应为整数"]
    assert wrong(replace(IN, way="HANDED")) == ["方式:请选择是入库还是出库"]


def test_move_when_donor_receiver_or_reason_is_missing_is_refused() -> None:
    assert wrong(replace(IN, way="DONATED")) == ["捐赠人:请写捐赠人"]
    assert wrong(replace(IN, way="GIVEN")) == ["发给谁:请写发给谁"]
    assert wrong(replace(IN, way="SCRAPPED")) == ["说明:请写明报损原因"]
    assert wrong(replace(IN, way="CARRIED", to_place_id="7")) == ["调入库房:调出和调入是同一个库房"]


COUNT = CountDraft(on="2026-01-20", client_key="0123456789", lines=(CountLineDraft(1, "20", "18", "破损 2 袋"),))


def count_problems(draft: CountDraft, books: dict[int, int]) -> list[str]:
    facts, problems = read_goods_count(draft, today=TODAY, names={1: "大米", 2: "油"}, books=books)
    assert (facts is None) == bool(problems)
    return [f"{problem.where}:{problem.what}" for problem in problems]


def test_count_when_right_holds_the_difference() -> None:
    facts, _ = read_goods_count(COUNT, today=TODAY, names={1: "大米"}, books={1: 20})
    assert facts is not None
    assert [(line.difference, line.reason) for line in facts.lines] == [(-2, "破损 2 袋")]


def test_count_when_a_difference_has_no_reason_or_the_books_moved_meanwhile_is_refused() -> None:
    assert count_problems(replace(COUNT, lines=(CountLineDraft(1, "20", "18"),)), {1: 20}) == [
        "大米:与账面 20 不符,请写明原因"
    ]
    assert count_problems(COUNT, {1: 15}) == ["大米:账面现在是 15"]
    assert count_problems(replace(COUNT, lines=(CountLineDraft(2, "0", ""),)), {}) == ["实有数:还没有填实有数"]
