"""The rules of the register by example."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.base.days import Span
from yushui.people import rules, types
from yushui.people.models import Status


@pytest.mark.parametrize(
    "name,key",
    [
        ("张三丰", "zsf"), ("单大山", "sds"), ("曾国安", "zga"), ("欧阳锋", "oyf"), ("买买提·艾力", "mmtal"), ("", ""),
        ("Li Ming", "liming"), ("解放", "xf"), ("㐂田", "t"),
    ],
)  # fmt: skip
def test_name_key(name: str, key: str) -> None:
    assert rules.name_key(name) == key


@pytest.mark.parametrize(
    "text,key",
    [
        ("990101195005010013", ("number", "990101195005010013")),
        ("99010119500501001x", ("number", "99010119500501001X")),
        ("990101500501001", ("number", rules.eighteen("990101500501001"))), ("0013", ("tail", "0013")),
        ("001x", ("tail", "001X")), ("138 0013 8000", ("phone", "13800138000")),
        ("0514-8765432", ("phone", "05148765432")),
        ("CDS", ("initials", "cds")), (" 陈大山 ", ("name", "陈大山")), ("陈\x00大", ("name", "陈大")),
        ("陈x", ("name", "陈x")),
    ],
)  # fmt: skip
def test_search_key(text: str, key: tuple[str, str]) -> None:
    assert rules.search_key(text) == key


def test_eighteen_completes_an_old_number() -> None:
    whole = rules.eighteen("990101500501001")
    assert (len(whole), whole[:17], rules.problem_of_number(whole)) == (18, "99010119500501001", None)


@pytest.mark.parametrize(
    "number,right",
    [("6222021234567890128", True), ("6222021234567890129", False), ("4111111111111111", True), ("79927398713", True)],
)
def test_passes_luhn(number: str, right: bool) -> None:
    assert rules.passes_luhn(number) is right


def test_passbook_numbers_are_not_judged_by_the_card_rule() -> None:
    wrong = rules.problems_of_account(
        bank="云川农商行",
        number="3210110012010000001",
        holder_name="陈大山",
        name="陈大山",
        holder_reason="",
        is_checked=False,
    )
    assert wrong == ()


def test_overlap_ends_where_the_next_begins() -> None:
    held = [("WAR_VETERAN", "RECEIVING", date(2010, 1, 1), date(2020, 1, 1))]
    assert rules.problem_of_overlap("WAR_VETERAN", Span(date(2020, 1, 1)), held) is None
    assert rules.problem_of_overlap("MARTYR_CHILD", Span(date(2015, 1, 1)), held) is None
    assert rules.problem_of_overlap("WAR_VETERAN", Span(date(2019, 12, 31)), held) is not None


@pytest.mark.parametrize(
    "state,ends_on,held",
    [
        ("RECEIVING", None, True), ("DIED", date(2020, 1, 1), True), ("REFUSED", None, False),
        ("CANCELLED", None, False), ("CANCELLED", date(2020, 1, 1), True),
    ],
)  # fmt: skip
def test_ever_held(state: str, ends_on: date | None, held: bool) -> None:
    assert rules.ever_held(state, ends_on) is held


def test_tables_speak_of_columns_and_kinds_that_exist() -> None:
    columns = {field.name for field in Status._meta.concrete_fields}
    for kind, names in (*types.REQUIRED_COLUMNS.items(), *types.COLUMNS_OF_KIND.items()):
        assert kind in types.KIND_NAMES
        assert set(names) <= columns & set(types.STATUS_COLUMN_NAMES)
        assert set(types.REQUIRED_COLUMNS.get(kind, ())) <= set(types.COLUMNS_OF_KIND.get(kind, ()))


def test_kind_words() -> None:
    assert rules.kind_words("DISABLED_SOLDIER", 6, "DUTY") == "残疾军人 六级因公"
    assert rules.kind_words("SURVIVOR_MARTYR") == "烈士遗属"
    assert rules.kind_words("LOCAL_五老") == "五老"
