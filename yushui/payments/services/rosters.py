"""发放名册 as a workbook: a sheet for each benefit under the heads the bureaus use, and the one-line summary."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.cipher import mask_id, mask_tail
from yushui.base.days import show_month
from yushui.base.refusals import Problem, Refused
from yushui.payments import selectors
from yushui.payments.models import Batch, BatchState
from yushui.payments.selectors import pages
from yushui.people.models import BankAccount, Person
from yushui.policy.types import BENEFIT_NAMES

HEADS = (
    "序号", "户籍地", "姓名", "身份证号", "银行帐号", "优抚对象类别", "发放类别", "开始月份", "结束月份", "发放月数",
    "发放金额", "补发金额", "发放资金总额", "备注",
)  # fmt: skip
WIDTHS = (6, 22, 10, 21, 23, 26, 10, 10, 10, 9, 12, 12, 14, 20)
SUMMARY_HEADS = (
    "序号", "名册名称", "名册类别", "发放单位", "发放年度", "发放日期", "开始月份", "结束月份", "人数", "发放资金金额",
    "发放状态", "发放确认日期", "备注",
)  # fmt: skip


@transaction.atomic
def download_roster(*, actor: User, batch_id: int, purpose: str, at: datetime) -> tuple[bytes, str]:
    """The roster of a batch as xlsx. With a purpose the numbers stand in full, which needs the right and is logged."""
    batch = selectors.get_batch(actor=actor, batch_id=batch_id)
    in_full = bool(purpose.strip())
    if in_full:
        need_to_act(actor, "people.reveal_number", "导出完整证件号和账号")
        if len(purpose.strip()) > 100:
            raise Refused(Problem("用途超过 100 字", where="用途"))
    audit.record(
        actor=actor, action="payments.roster.downloaded", subject=batch, area_code=batch.area_code, at=at,
        in_full=in_full, purpose=purpose.strip(), lines=batch.line_count,
    )  # fmt: skip
    rows = list(pages.list_roster(actor=actor, batch_id=batch_id))
    return write_roster(batch, rows, in_full=in_full), f"{batch.title}发放名册.xlsx"


def write_roster(batch: Batch, rows: list[dict[str, Any]], *, in_full: bool) -> bytes:
    """The workbook: summary first, then one sheet per benefit in the order of the law."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    money = book.add_format({"num_format": "#,##0.00"})
    bold = book.add_format({"bold": True, "bg_color": "#E6EEE9", "border": 1})
    sums = selectors.sums_by_benefit(batch)
    write_summary(book, batch, sums, bold, money)
    numbers = numbers_of(rows, in_full=in_full)
    places = selectors.places_of(row["area_code"] for row in rows)
    for row in sums:
        sheet = book.add_worksheet(row.name[:31])
        sheet.freeze_panes(1, 3)
        for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write(0, column, head, bold)
        of_benefit = [r for r in rows if r["benefit"] == row.key]
        for line, values in enumerate(of_benefit, start=1):
            write_line(sheet, line, values, numbers, places, money)
        foot = len(of_benefit) + 1
        sheet.write(foot, 1, "合计", bold)
        sheet.write(foot, 12, row.fen / 100, money)
    book.close()
    return out.getvalue()


def write_summary(book: Any, batch: Batch, sums: list[Any], bold: Any, money: Any) -> None:
    """发放名册汇总: one line for each benefit and the total."""
    sheet = book.add_worksheet("汇总")
    sheet.set_column(1, 2, 30)
    sheet.set_column(3, 12, 13)
    for column, head in enumerate(SUMMARY_HEADS):
        sheet.write(0, column, head, bold)
    place = selectors.places_of([batch.area_code])[batch.area_code]
    month = show_month(batch.month)
    for line, row in enumerate(sums, start=1):
        texts = [line, f"{batch.title}({row.name})", row.name, place, batch.month // 12, "", month, month, row.heads]
        for column, text in enumerate(texts):
            sheet.write(line, column, text)
        sheet.write(line, 9, row.fen / 100, money)
        sheet.write(line, 10, BatchState(batch.state).label)
    sheet.write(len(sums) + 1, 1, "合计", bold)
    sheet.write(len(sums) + 1, 9, sum(row.fen for row in sums) / 100, money)


def numbers_of(rows: list[dict[str, Any]], *, in_full: bool) -> dict[int, tuple[str, str]]:
    """Identity number and account by person, masked unless asked for in full."""
    people = {row["person_id"]: row["account_id"] for row in rows}
    ids = dict(Person.every.filter(pk__in=list(people)).values_list("pk", "id_number"))
    wanted = [account_id for account_id in people.values() if account_id]
    accounts = dict(BankAccount.objects.filter(pk__in=wanted).values_list("pk", "number"))
    found = {}
    for person_id, account_id in people.items():
        number, account = ids.get(person_id, ""), accounts.get(account_id, "") if account_id else ""
        found[person_id] = (number, account) if in_full else (mask_id(number), mask_tail(account))
    return found


def write_line(
    sheet: Any, line: int, row: dict[str, Any], numbers: dict[int, tuple[str, str]], places: dict[str, str], money: Any
) -> None:
    """One person's line; numbers are text, so that nothing turns them into 1.10E+17."""
    id_number, account = numbers[row["person_id"]]
    texts = [
        line, places[row["area_code"]], row["person__name"], id_number, account,
        BENEFIT_NAMES.get(row["benefit"], row["benefit"]), "补发" if not row["current"] else "按月",
        show_month(row["first_month"]), show_month(row["last_month"]), row["months"],
    ]  # fmt: skip
    for column, text in enumerate(texts):
        if isinstance(text, str):
            sheet.write_string(line, column, text)
        else:
            sheet.write_number(line, column, text)
    for column, name in ((10, "current"), (11, "arrears"), (12, "total")):
        sheet.write_number(line, column, (row[name] or 0) / 100, money)
    sheet.write_string(line, 13, row["failed_reason"])
