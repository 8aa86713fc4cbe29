"""Lists that leave the house: for a purpose, with a trace. Whole numbers leave only when somebody else allowed it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import xlsxwriter
from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.cipher import mask_id, mask_tail
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.texts import read_line
from yushui.people import rules, types
from yushui.people.models import ExportRequest, ExportState, Person
from yushui.people.permissions import check_approve_export, check_reveal_number
from yushui.people.selectors import PersonRow, list_people, rows_of
from yushui.people.selectors.exports import get_export

MOST_ROWS = 20_000
LONGEST_PURPOSE = 200
KEPT = timedelta(days=7)  # how long an approval may be used
HEADS = (
    "序号", "姓名", "性别", "出生日期", "年龄", "身份证号", "联系电话", "乡镇(街道)、村(社区)", "户籍类别", "身份",
    "状态", "去世日期",
)  # fmt: skip
WIDTHS = (6, 10, 6, 12, 6, 22, 16, 24, 10, 34, 12, 12)


@transaction.atomic
def export_people(*, actor: User, filters: types.PeopleFilters, purpose: str, at: datetime) -> bytes:
    """The people of a list as a workbook (.xlsx), numbers masked.

    The log keeps who took how many rows, by which filter, what for; not the rows.
    """
    people = people_to_export(actor, filters, purpose)
    audit.record(
        actor=actor, action="people.list.exported", subject="people.person", area_code=actor.area_code, at=at,
        rows=len(people), in_full=False, purpose=purpose.strip()[:LONGEST_PURPOSE], filters=said(filters),
    )  # fmt: skip
    return workbook(rows_of(people, on=filters.on), in_full=False, purpose=purpose.strip(), by=actor, on=filters.on)


@transaction.atomic
def ask_export(*, actor: User, filters: types.PeopleFilters, query: str, purpose: str, at: datetime) -> ExportRequest:
    """Ask to take a list with whole numbers out of the house; somebody else decides. `query` is the list's address."""
    check_reveal_number(actor)
    people = people_to_export(actor, filters, purpose)
    request = ExportRequest.objects.create(
        query=query, purpose=purpose.strip()[:LONGEST_PURPOSE], rows=len(people), area_code=actor.area_code,
        asked_at=at, asked_by=actor.pk, asked_name=actor.get_full_name(),
    )  # fmt: skip
    audit.record(
        actor=actor, action="people.export.asked", subject=request, area_code=actor.area_code, at=at,
        rows=len(people), purpose=request.purpose, filters=said(filters),
    )  # fmt: skip
    return request


@transaction.atomic
def decide_export(*, actor: User, export_id: int, approve: bool, opinion: str, at: datetime) -> ExportRequest:
    """Allow or refuse what another asked for; a refusal says why. Decided once, never by who asked."""
    check_approve_export(actor)
    request = get_export(actor=actor, export_id=export_id)
    problems: list[Problem] = []
    words = read_line(opinion, "意见", problems, longest=120)
    if request.asked_by == actor.pk:
        problems.append(Problem("不能审批自己提出的导出申请", next_step="请另一位复核或审批人员办理"))
    if request.state != ExportState.ASKED:
        problems.append(Problem("这份申请已经有人办过", where=request.decided_name))
    if not approve and not words:
        problems.append(Problem("请写明不同意的原因", where="意见", next_step="例如:名单范围过大,请按镇提出"))
    if problems:
        raise Refused(*problems)
    state = ExportState.APPROVED if approve else ExportState.REFUSED
    decided = {"state": state, "decided_at": at, "decided_by": actor.pk, "decided_name": actor.get_full_name()}
    waiting = ExportRequest.objects.filter(pk=request.pk, state=ExportState.ASKED)
    if waiting.update(**decided, opinion=words) == 0:
        raise Refused(Problem("这份申请刚有人办过"))
    request.refresh_from_db()
    audit.record(
        actor=actor, action="people.export.decided", subject=request, area_code=request.area_code, at=at,
        now={"state": state}, opinion=words,
    )  # fmt: skip
    return request


@transaction.atomic
def take_export(*, actor: User, export_id: int, filters: types.PeopleFilters, at: datetime) -> bytes:
    """The workbook with whole numbers, for who asked, once it is allowed and within seven days.

    `filters` are those of the request, read for the day of taking. The right is asked again: posts change.
    NotFound for anybody else.
    """
    check_reveal_number(actor)
    request = get_export(actor=actor, export_id=export_id)
    if request.asked_by != actor.pk:
        raise NotFound
    if request.state != ExportState.APPROVED or request.decided_at is None:
        raise Refused(Problem(f"这份申请{request.get_state_display()},不能下载"))
    if at - request.decided_at > KEPT:
        raise Refused(Problem("同意已超过 7 天", next_step="请重新提出申请"))
    people = people_to_export(actor, filters, request.purpose)
    ExportRequest.objects.filter(pk=request.pk).update(taken_at=at)
    audit.record(
        actor=actor, action="people.list.exported", subject=request, area_code=actor.area_code, at=at,
        rows=len(people), in_full=True, purpose=request.purpose, approver=request.decided_name,
    )  # fmt: skip
    return workbook(rows_of(people, on=filters.on), in_full=True, purpose=request.purpose, by=actor, on=filters.on)


def people_to_export(actor: User, filters: types.PeopleFilters, purpose: str) -> list[Person]:
    """The people of a list that may leave the house; Refused with everything that stands against it."""
    people = list(list_people(actor=actor, filters=filters)[: MOST_ROWS + 1])
    problems = []
    if len(purpose.strip()) < 2:
        problems.append(Problem("请写明导出的用途", where="用途", next_step="例如“八一走访名单”"))
    if not people:
        problems.append(Problem("没有符合条件的人,没有导出"))
    if len(people) > MOST_ROWS:
        problems.append(Problem(f"超过 {MOST_ROWS} 人", next_step="请按乡镇或身份分次导出"))
    if problems:
        raise Refused(*problems)
    return people


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
