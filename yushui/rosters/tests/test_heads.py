# ruff: noqa: E501  a table
"""Heads are known by their words: every official head, the usual misspellings, two rows, titles above."""

from __future__ import annotations

import pytest

from yushui.rosters.rules.forms import load_catalogue
from yushui.rosters.rules.heads import find_head, tidy
from yushui.rosters.tests.messy import FORMS

CATALOGUE = load_catalogue(FORMS)


@pytest.mark.parametrize("form", CATALOGUE.forms, ids=lambda form: form.key)
def test_official_heads_are_all_known(form: object) -> None:
    head = find_head([(1, [column.head for column in form.columns])], CATALOGUE, "")
    assert head is not None
    assert (head.form.key, head.unknown) == (form.key, ())


@pytest.mark.parametrize(
    ("form", "columns"),
    [("disabled", 64), ("survivor", 66), ("demobilized", 57), ("ill_veteran", 60), ("war_veteran", 59),
     ("nuclear_veteran", 65), ("rural_veteran_60", 62), ("martyr_child", 60)],
)  # fmt: skip
def test_forms_have_as_many_columns_as_the_official_workbooks(form: str, columns: int) -> None:
    assert {f.key: len(f.columns) for f in CATALOGUE.forms}[form] == columns


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("身份证号码", "person.id_number"), ("身份证", "person.id_number"), ("身份征号", "person.id_number"),
        ("*公民身份号码", "person.id_number"), ("身 份 证 号", "person.id_number"), ("身份证号\n(18位)", "person.id_number"),
        ("★身份证件号码", "person.id_number"), ("户口薄住址", "person.address"), ("户口簿地址", "person.address"),
        ("出生年月", "person.born_on"), ("出身日期", "person.born_on"), ("性 别*", "person.sex"),
        ("开户行", "account.bank"), ("银行帐号", "account.number"), ("账号", "account.number"), ("卡号", "account.number"),
        ("一卡通帐号", "account.number"), ("户名", "account.holder_name"), ("联系电话", "person.phone"),
        ("手机号码", "person.phone"), ("手机号", "person.phone"), ("户藉类别", "person.household_kind"),
        ("行政区划代码", "person.area"), ("村(社区)", "person.area"), ("村 名", "person.area"),
    ],
)  # fmt: skip
def test_misspelt_head_means_its_column(written: str, field: str) -> None:
    beside = "姓名" if field != "person.name" else "身份证号"
    head = find_head([(1, [beside, written])], CATALOGUE, "")
    assert head is not None
    assert head.fields[1] == field


def test_two_row_head_is_read_as_one() -> None:
    rows = [
        (1, ["60岁士兵名册", None, None, None, None, None]),
        (2, ["姓名", "身份证号", "服义务兵", None, "银行信息", None]),
        (3, [None, None, "开始时间", "结束时间", "开户银行", "账号"]),
        (4, ["陈大山", "990101195005011234", "1968", "1972", "农商行", "6229"]),
    ]
    head = find_head(rows, CATALOGUE, "")
    assert head is not None
    assert (head.form.key, head.first_row, head.last_row) == ("rural_veteran_60", 2, 3)
    assert head.fields == {
        0: "person.name", 1: "person.id_number", 2: "status.service_starts_on", 3: "status.service_ends_on",
        4: "account.bank", 5: "account.number",
    }  # fmt: skip


def test_columns_may_stand_in_any_order_and_unknown_ones_are_kept() -> None:
    head = find_head([(5, ["网格员", "电话", "身份类别", "姓名", "身份证", "村"])], CATALOGUE, "")
    assert head is not None
    assert head.form.key == "village_list"
    assert head.unknown == ("网格员",)
    assert head.kept == {0: "网格员"}


def test_unit_designations_are_never_read() -> None:
    form = next(form for form in CATALOGUE.forms if form.key == "rural_veteran_60")
    head = find_head([(1, [column.head for column in form.columns])], CATALOGUE, "")
    assert head is not None
    assert head.secret == ("服役部队名称（番号）", "服役部队代号")
    assert not set(head.secret) & {*head.kept.values()}


def test_rows_without_identity_are_no_head() -> None:
    assert find_head([(1, ["序号", "物品", "数量"]), (2, [1, "米", 2])], CATALOGUE, "") is None


def test_tidy_puts_the_usual_misspellings_right() -> None:
    assert tidy("* 户口薄行政区划代码:", CATALOGUE.misspellings) == "户口簿行政区划代码"
