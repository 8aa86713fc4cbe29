"""Lists that leave the house: only for a stated purpose, with a trace; numbers masked unless the right is held."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.cipher import mask_id, mask_tail
from yushui.base.refusals import Problem, Refused
from yushui.people import rules, types
from yushui.people.permissions import check_reveal_number
from yushui.people.selectors import PersonRow, list_people, rows_of

MOST_ROWS = 20_000
HEADS = (
    "序号", "姓名", "性别", "出生日期", "年龄", "身份证号", "联系电话", "乡镇(街道)、村(社区)", "户籍类别", "身份",
    "状态", "去世日期",
)  # fmt: skip
WIDTHS = (6, 10, 6, 12, 6, 22, 16, 24, 10, 34, 12, 12)


@transaction.atomic
def export_people(*, actor: User, filters: types.PeopleFilters, purpose: str, in_full: bool, at: datetime) -> bytes:
    """The people of a list as a workbook (.xlsx). `in_full` shows whole numbers and needs people.reveal_number.

    The log keeps who took how many rows, by which filter, what for; not the rows.
    """
    people = list(list_people(actor=actor, filters=filters)[: MOST_ROWS + 1])
    if in_full:
        check_reveal_number(actor)
    problems = []
    if len(purpose.strip()) < 2:
        problems.append(Problem("请写明导出的用途", where="用途", next_step="例如“八一走访名单”"))
    if not people:
        problems.append(Problem("没有符合条件的人,没有导出"))
    if len(people) > MOST_ROWS:
        problems.append(Problem(f"超过 {MOST_ROWS} 人", next_step="请按乡镇或身份分次导出"))
    if problems:
        raise Refused(*problems)
    audit.record(
        actor=actor, action="people.list.exported", subject="people.person", area_code=actor.area_code, at=at,
        rows=len(people), in_full=in_full, purpose=purpose.strip()[:200], filters=said(filters),
    )  # fmt: skip
    return workbook(rows_of(people, on=filters.on), in_full=in_full, purpose=purpose.strip(), by=actor, on=filters.on)


def said(filters: types.PeopleFilters) -> dict[str, object]:
    """The filter in the log: what narrowed it, but no words typed and no blind index."""
    hidden = {"on", "text", "found_by"}
    values = {name: value for name, value in vars(filters).items() if value and name not in hidden}
    return {**values, "by_text": bool(filters.text or filters.found_by)}


def workbook(lines: list[PersonRow], *, in_full: bool, purpose: str, by: User, on: date) -> bytes:
    """The sheet: heads, rows, and below them who took it when and what for."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("人员名单")
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#EEF3EF"})
    cell = book.add_format({"border": 1})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    sheet.write_row(0, 0, HEADS, head)
    for number, line in enumerate(lines, start=1):
        sheet.write_row(number, 0, cells_of(number, line, in_full=in_full), cell)
    sheet.write_string(len(lines) + 2, 0, f"{by.get_full_name()} {on} 导出,用途:{purpose}。含个人信息,用后销毁。")
    book.close()
    return out.getvalue()


def cells_of(number: int, line: PersonRow, *, in_full: bool) -> tuple[object, ...]:
    """One person as a row of the sheet."""
    person = line.person
    return (
        number,
        person.name,
        types.SEX_NAMES.get(person.sex, ""),
        str(person.born_on),
        line.age,
        person.id_number if in_full else mask_id(person.id_number),
        person.phone if in_full else mask_tail(person.phone),
        line.place,
        types.HOUSEHOLD_NAMES.get(person.household_kind, ""),
        "、".join(rules.kind_words(s.kind, s.grade, s.cause) for s in line.statuses),
        "、".join(dict.fromkeys(types.STATE_NAMES[s.state] for s in line.statuses)),
        str(person.died_on or ""),
    )
