# ruff: noqa: E501  tables
"""A file through the services: what is found, what is written, what a blank leaves alone, what is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base import files as store
from yushui.base.refusals import Refused
from yushui.people.models import BankAccount, Person, PersonEvent, Status
from yushui.people.tests.factories import OTHER_TOWN, TOWN, VILLAGE, make_account, make_person, make_status
from yushui.rosters.models import ImportState, KeptRow, PlannedRow, RosterImport, RowChange
from yushui.rosters.selectors import bad_cells_of
from yushui.rosters.services.undoing import undo_import
from yushui.rosters.tests import messy
from yushui.rosters.tests.conftest import AT, commit, hand_in

Check = Callable[[Path], RosterImport]
FORMS = [*messy.all_forms(), "village_list"]


def register() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the register, sealed columns opened."""
    tables: tuple[type[models.Model], ...] = (Person, Status, BankAccount, PersonEvent)
    return {
        model._meta.label: [
            tuple(getattr(row, field.attname) for field in model._meta.concrete_fields)
            for row in model._default_manager.order_by("pk")
        ]
        for model in tables
    }


def bad(roster: RosterImport) -> dict[str, str]:
    """Cell → problem."""
    return {cell.cell: cell.problem for cell in bad_cells_of(roster.pk)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["xlsx", "xls", "gbk.csv", "utf-8-sig.csv"])
def test_messy_roster_of_every_form_names_exactly_its_faults(check: Check, files: Path, form: str, kind: str) -> None:
    roster = messy.mess(messy.make(form, 14))
    if kind == "xlsx":
        path = messy.write_xlsx(roster, files / "名册.xlsx")
    elif kind == "xls":
        path = messy.write_xls(roster, files / "名册.xls")
    else:
        path = messy.write_csv(roster, files / "名册.csv", kind.removesuffix(".csv"))
    found = check(path)
    assert (found.state, found.form, found.rows) == (ImportState.CHECKED, form, 14)
    assert set(bad(found)) == set(roster.faults)
    assert (found.new, found.good, found.bad_rows) == (14 - 6, 14 - 6, 6)
    assert found.summary["ignored_columns"] == ["网格员"]


@pytest.mark.parametrize("form", FORMS)
def test_preview_promises_what_the_writing_does(officer: User, files: Path, form: str) -> None:
    roster = hand_in(officer, messy.write_xlsx(messy.mess(messy.make(form, 14)), files / "a.xlsx"))
    done = commit(officer, roster)
    assert done.state == ImportState.COMMITTED
    assert Person.objects.count() == roster.new
    again = hand_in(officer, messy.write_xlsx(messy.mess(messy.make(form, 14)), files / "a.xlsx"))
    assert (again.new, again.changed, again.same) == (0, 0, roster.new)


def test_new_person_carries_what_the_row_said(officer: User, files: Path) -> None:
    roster = messy.make("disabled", 1)
    commit(officer, hand_in(officer, messy.write_xlsx(roster, files / "a.xlsx")))
    person, status, account = Person.objects.get(), Status.objects.get(), BankAccount.objects.get()
    number = str(roster.rows[0][1])
    assert (person.id_number, person.area_id, person.phone) == (number, "990101001002", "13900000001")
    assert (status.kind, status.grade, status.cause, status.state) == ("DISABLED_SOLDIER", 2, "ILLNESS", "RECEIVING")
    assert status.starts_on == status.approved_on == date(2012, 3, 16)
    assert (account.number, account.holder_name) == ("6229000000000000001", person.name)
    kept = KeptRow.objects.get()
    assert "医疗保险号" in kept.cells
    assert kept.person_id == person.pk


def test_kept_cells_and_changes_lie_sealed_in_the_database(officer: User, files: Path) -> None:
    commit(officer, hand_in(officer, messy.write_xlsx(messy.make("disabled", 1), files / "a.xlsx")))
    commit(officer, hand_in(officer, changed_file(files)))
    raw = str(list(KeptRow.objects.extra(select={"raw": "cells"}).values_list("raw"))) + str(  # noqa: S610
        list(RowChange.objects.values_list("was", "now"))
    )
    assert "Y0000000001" not in raw
    assert "13900000001" not in raw


def changed_file(files: Path) -> Path:
    """The same one row with another phone, address and account."""
    roster = messy.make("disabled", 1)
    for head, value in (
        ("联系方式(手机)", "13800138000"),
        ("户口簿住址", "石桥镇新街1号"),
        ("银行账户", "6229999999999999999"),
    ):
        roster.rows[0][roster.heads.index(head)] = value
    return messy.write_xlsx(roster, files / "b.xlsx")


def test_changes_are_shown_field_by_field_with_numbers_masked(officer: User, files: Path) -> None:
    commit(officer, hand_in(officer, messy.write_xlsx(messy.make("disabled", 1), files / "a.xlsx")))
    found = hand_in(officer, changed_file(files))
    assert (found.new, found.changed, found.same) == (0, 1, 0)
    row = PlannedRow.objects.get(roster=found)
    assert row.changes == (
        '[["户籍地址", "石桥镇2组2号", "石桥镇新街1号"], ["联系电话", "原号码", "****8000"], ["银行账号", "****0001", "****9999"]]'
    )


def test_blank_never_erases(officer: User, files: Path) -> None:
    full = messy.make("war_veteran", 3)
    commit(officer, hand_in(officer, messy.write_xlsx(full, files / "a.xlsx")))
    before = register()
    bare = messy.make("war_veteran", 3)
    keep = {bare.place("身份证号"), bare.place("姓名")}
    bare.rows = [[cell if at in keep else "" for at, cell in enumerate(row)] for row in bare.rows]
    found = hand_in(officer, messy.write_xlsx(bare, files / "b.xlsx"))
    assert (found.new, found.changed, found.same, bad(found)) == (0, 0, 3, {})
    assert register() == before


def test_person_of_the_kind_who_is_not_in_the_file_is_listed_and_left_alone(officer: User, files: Path) -> None:
    absent = make_person(name="周不在", area="990101001001")
    status = make_status(absent, kind="WAR_VETERAN", campaign="其他")
    make_status(make_person(name="别镇人", area="990101002001"), kind="WAR_VETERAN", campaign="其他")
    found = hand_in(officer, messy.write_xlsx(messy.make("war_veteran", 4), files / "a.xlsx"))
    commit(officer, found)
    assert list(PlannedRow.objects.filter(roster=found, outcome="MISSING").values_list("name", flat=True)) == ["周不在"]
    status.refresh_from_db()
    assert (status.state, status.superseded_at) == ("RECEIVING", None)


def test_number_in_the_register_under_another_name_is_bad(officer: User, files: Path) -> None:
    roster = messy.make("war_veteran", 2)
    born = date.fromisoformat(str(roster.rows[0][roster.place("出生日期")]))
    make_person(name="郑不同", born_on=born, id_number=str(roster.rows[0][1]), sex="M")
    found = hand_in(officer, messy.write_xlsx(roster, files / "a.xlsx"))
    assert bad(found) == {"C2": "登记册中此身份证号的姓名是“郑不同”;请核对姓名或号码"}


def test_number_registered_in_another_town_shows_nothing_of_the_person(officer: User, files: Path) -> None:
    clerk = make_user(Role.TOWN_CLERK, area=TOWN, username="clerk")
    roster = messy.make("war_veteran", 1)
    born = date.fromisoformat(str(roster.rows[0][roster.place("出生日期")]))
    make_person(name="郑不同", born_on=born, id_number=str(roster.rows[0][1]), area="990101002001")
    found = hand_in(clerk, messy.write_xlsx(roster, files / "a.xlsx"), area=TOWN)
    assert bad(found) == {"B2": "此身份证号已在其他地区登记;请先办理关系转移,再导入"}


def test_town_clerk_imports_only_into_the_own_town(officer: User, files: Path) -> None:
    clerk = make_user(Role.TOWN_CLERK, area=TOWN, username="clerk")
    path = messy.write_xlsx(messy.make("war_veteran", 1), files / "a.xlsx")
    with pytest.raises(Refused, match="本人工作区域"):
        hand_in(clerk, path, area=OTHER_TOWN)
    roster = messy.make("war_veteran", 1)
    roster.rows[0][roster.place("户口薄行政区划代码")] = "990101002001"
    found = hand_in(clerk, messy.write_xlsx(roster, files / "b.xlsx"), area=TOWN)
    assert list(bad(found)) == ["I2"]


@pytest.mark.parametrize(
    ("form", "head", "value", "words"),
    [
        ("disabled", "伤残等级", "十一级", "一级至十级"),
        ("disabled", "伤残性质", "因为生病", "可选值"),
        ("disabled", "批准日期", "", "缺批准日期"),
        ("disabled", "批准日期", "2030-01-01", "晚于今天"),
        ("disabled", "户口薄行政区划代码", "990101001999", "不在登记"),
        ("disabled", "户口薄行政区划代码", "110101001001", "不属于本次导入"),
        ("disabled", "银行账户", "6.229E+18", "科学计数"),
        ("disabled", "银行账户", "62A9", "只能有数字"),
        ("disabled", "联系方式(手机)", "1390000", ""),
        ("disabled", "联系方式(手机)", "139000000011", "11 位"),
        ("disabled", "户口簿住址", "很长" * 120, "最多 200 字"),
        ("disabled", "姓名", "#REF!", "公式出错"),
        ("disabled", "优抚对象状态", "去世", "去世日期"),
        ("disabled", "是否孤老", "也许", "是”或“否"),
        ("survivor", "与牺牲病故军人关系", "战友", "可选值"),
        ("survivor", "优抚对象类别", "三等", "身份类别"),
        ("rural_veteran_60", "服义务兵（结束时间）", "1900-01-01", "早于"),
        ("rural_veteran_60", "服义务兵（开始时间）", "", "缺服义务兵"),
        ("demobilized", "属于时期", "", "缺属于时期"),
    ],
)  # fmt: skip
def test_each_rule_speaks_to_its_cell(check: Check, files: Path, form: str, head: str, value: str, words: str) -> None:
    roster = messy.make(form, 1)
    column = roster.heads.index(head)
    roster.rows[0][column] = value
    found = check(messy.write_xlsx(roster, files / "a.xlsx"))
    problems = bad(found)
    if not words:
        assert problems == {}
        return
    assert list(problems) == [roster.cell(0, column)]
    assert words in problems[roster.cell(0, column)]


def test_grade_seven_and_worse_has_no_illness(check: Check, files: Path) -> None:
    roster = messy.make("disabled", 1)
    roster.rows[0][roster.heads.index("伤残等级")] = "八级"
    found = check(messy.write_xlsx(roster, files / "a.xlsx"))
    assert list(bad(found).values()) == ["八级没有因病评残(因病只评一级至六级);请核对等级和性质"]


def test_missing_column_is_named_once_at_the_head(check: Check, files: Path) -> None:
    roster = messy.make("disabled", 3)
    place = roster.heads.index("伤残性质")
    roster.heads.pop(place)
    for row in roster.rows:
        row.pop(place)
    found = check(messy.write_xlsx(roster, files / "a.xlsx"))
    assert bad(found) == {"A1": "缺少“伤残性质”列,3 行因此不能导入;请补上这一列(可下载模板对照)"}
    assert (found.rows, found.good) == (3, 0)


def test_two_statuses_of_one_new_person_in_one_plain_list(officer: User, files: Path) -> None:
    roster = messy.make("village_list", 2)
    roster.rows[1] = list(roster.rows[0])
    kind = roster.heads.index("身份类别")
    roster.rows[0][kind], roster.rows[1][kind] = "参战退役军人", "退役军人"
    commit(officer, hand_in(officer, messy.write_xlsx(roster, files / "a.xlsx")))
    person = Person.objects.get()
    held = sorted(Status.objects.filter(person=person).values_list("kind", "state"))
    assert held == [("VETERAN", "APPLIED"), ("WAR_VETERAN", "APPLIED")]


def test_annotated_workbook_is_the_officers_own_with_bad_cells_filled_and_commented(check: Check, files: Path) -> None:
    roster = messy.mess(messy.make("disabled", 14))
    path = messy.write_xlsx(roster, files / "a.xlsx")
    found = check(path)
    marked = files / "marked.xlsx"
    assert found.annotated is not None
    marked.write_bytes(store.read(found.annotated))
    own, back = openpyxl.load_workbook(path), openpyxl.load_workbook(marked)
    assert back.sheetnames == own.sheetnames
    sheet = back.worksheets[0]
    assert [[c.value for c in row] for row in sheet.rows] == [[c.value for c in row] for row in own.worksheets[0].rows]
    commented = {c.coordinate for row in sheet.rows for c in row if c.comment}
    filled = {c.coordinate for row in sheet.rows for c in row if c.fill.fgColor.rgb == "FFFFC7CE"}
    assert commented == filled == set(roster.faults)
    problem = bad(found)["B8"]
    assert sheet["B8"].comment.text.endswith(problem)
    assert sheet["A3"].font.bold == own.worksheets[0]["A3"].font.bold
    assert sheet.merged_cells.ranges == own.worksheets[0].merged_cells.ranges


def test_comments_of_the_officer_stay(check: Check, files: Path) -> None:
    path = messy.write_xlsx(messy.mess(messy.make("disabled", 14)), files / "a.xlsx", extra_sheets=False)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["E7"].comment = openpyxl.comments.Comment("待核", "王某")
    book.worksheets[0]["B8"].comment = openpyxl.comments.Comment("旧批注", "王某")
    book.save(path)
    found = check(path)
    assert found.annotated is not None
    (files / "m.xlsx").write_bytes(store.read(found.annotated))
    sheet = openpyxl.load_workbook(files / "m.xlsx").worksheets[0]
    assert sheet["E7"].comment.text == "待核"
    assert sheet["B8"].comment.text == bad(found)["B8"]


def test_old_excel_comes_back_as_new_excel_marked(check: Check, files: Path) -> None:
    roster = messy.mess(messy.make("survivor", 14))
    found = check(messy.write_xls(roster, files / "a.xls"))
    assert found.annotated is not None
    (files / "m.xlsx").write_bytes(store.read(found.annotated))
    sheet = openpyxl.load_workbook(files / "m.xlsx").worksheets[0]
    assert {c.coordinate for row in sheet.rows for c in row if c.comment} == set(roster.faults)
    assert sheet["C4"].value == roster.rows[0][2]


def test_merged_village_counts_for_every_row_below(officer: User, files: Path) -> None:
    roster = messy.make("village_list", 3)
    village = roster.heads.index("村")
    for row in roster.rows:
        row[village] = ""
    path = messy.write_xlsx(roster, files / "a.xlsx", extra_sheets=False)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, village + 1).value = "北洲村"
    sheet.merge_cells(start_row=2, end_row=4, start_column=village + 1, end_column=village + 1)
    book.save(path)
    commit(officer, hand_in(officer, path))
    assert list(Person.objects.values_list("area_id", flat=True)) == [VILLAGE] * 3


def test_undo_is_refused_with_every_reason(officer: User, files: Path) -> None:
    done = commit(officer, hand_in(officer, messy.write_xlsx(messy.make("war_veteran", 2), files / "a.xlsx")))
    first, second = Person.objects.order_by("pk")
    PersonEvent.objects.create(person=first, what="CONFIRMED", on=date(2026, 11, 3), recorded_at=AT)
    Person.objects.filter(pk=second.pk).update(note="改过")
    BankAccount.objects.filter(person=second).update(superseded_at=AT)
    make_account(second, number="6229000000001111")
    with pytest.raises(Refused) as refused:
        undo_import(actor=officer, import_id=done.pk, reason="传错了", at=AT)
    told = [problem.what for problem in refused.value.problems]
    assert f"{first.name}导入后已有后续记录(事项)" in told
    assert f"{second.name}的银行账户在导入之后又改过" in told
    assert Person.objects.count() == 2


def test_undo_needs_a_reason(officer: User, files: Path) -> None:
    done = commit(officer, hand_in(officer, messy.write_xlsx(messy.make("war_veteran", 1), files / "a.xlsx")))
    with pytest.raises(Refused, match="撤销原因"):
        undo_import(actor=officer, import_id=done.pk, reason=" ", at=AT)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_import_undone_leaves_the_register_as_it_was(officer: User, files: Path, data: st.DataObject) -> None:
    clear()
    form = data.draw(st.sampled_from(FORMS))
    count = data.draw(st.integers(3, 8))
    known = data.draw(st.integers(0, count))
    if known:
        commit(officer, hand_in(officer, messy.write_xlsx(messy.make(form, known), files / "a.xlsx")))
    before = register()
    roster = messy.make(form, count)
    for row in roster.rows:
        for column in data.draw(st.lists(st.integers(0, len(roster.heads) - 1), max_size=6)):
            row[column] = data.draw(
                st.sampled_from(["", row[column], "城镇", "否", "是", "2001-5-1", "6229888877776666555", "新街"])
            )
    found = hand_in(officer, messy.write_xlsx(roster, files / "b.xlsx"))
    if not found.new and not found.changed:
        return
    done = commit(officer, found)
    assert done.state == ImportState.COMMITTED
    assert register() != before
    undo_import(actor=officer, import_id=done.pk, reason="试", at=AT)
    assert register() == before


def clear() -> None:
    """An empty register for the next example."""
    for model in (KeptRow, PlannedRow, RowChange, RosterImport, BankAccount, Status, PersonEvent, Person):
        model._default_manager.all().delete()


def test_register_that_moved_since_the_check_is_shown_again(officer: User, files: Path) -> None:
    roster = messy.make("war_veteran", 2)
    found = hand_in(officer, messy.write_xlsx(roster, files / "a.xlsx"))
    born = date.fromisoformat(str(roster.rows[0][roster.place("出生日期")]))
    make_person(name=str(roster.rows[0][2]), born_on=born, id_number=str(roster.rows[0][1]))
    done = commit(officer, found)
    assert (done.state, done.new, done.changed) == (ImportState.CHECKED, 1, 1)
    assert "有变化" in done.message
    assert Status.objects.count() == 0
