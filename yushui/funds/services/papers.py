"""Papers of money: the year as Word and Excel, the letter of thanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.audit import services as audit
from yushui.base import word as base_word
from yushui.base.money import half_up, show_yuan
from yushui.funds import word
from yushui.funds.models import Donation
from yushui.funds.rules.donations import shown_name
from yushui.funds.selectors.donations import donation_sheet
from yushui.funds.selectors.money import EntryFilters, list_entries, shown_payee
from yushui.funds.selectors.years import YearLine, YearSheet, year_sheet
from yushui.places.selectors.areas import area_names

MOST_ROWS = 50_000
WIDE = (44, 28, 28, 28, 28)
NUMERALS = "一二三四五六七"
BUDGET_HEADS = ("预算项目", "预算数", "到账", "支出", "执行率")
FUND_HEADS = ("种类", "资金", "来源", "预算数", "上年结余", "收入", "支出", "结余")
ENTRY_HEADS = ("日期", "资金", "收支", "用途", "摘要", "收款方", "凭证号", "关联事项", "金额(元)", "说明")


def print_letter(*, actor: User, donation_id: int, on: date, at: datetime) -> bytes:
    """The letter of thanks of a donation; a donor who stays unnamed is addressed as such."""
    sheet = donation_sheet(actor=actor, donation_id=donation_id)
    donation = sheet.donation
    said = word.Letter(
        donor=address_of(donation),
        is_unit=donation.donor_kind == "UNIT" and not donation.is_unnamed, fund=donation.fund.name,
        fen=max(sheet.received_fen, 0), left_fen=0 if donation.ended_at else sheet.left_fen, wish=donation.wish,
        unit=actor.unit_name or donation.area.name, on=on,
    )  # fmt: skip
    audit.record(actor=actor, action="funds.letter.printed", subject=donation, area_code=donation.area_id, at=at)
    return word.letter(said)


def address_of(donation: Donation) -> str:
    """How a letter calls the donor."""
    name = shown_name(donation.donor_name, is_unnamed=donation.is_unnamed)
    if donation.is_unnamed:
        return f"尊敬的{name}"
    return name if donation.donor_kind == "UNIT" else f"{name}同志"


def print_year(*, actor: User, year: int, on: date, at: datetime) -> bytes:
    """The year as a paper: the whole, by source, the budget line by line, by use, donations and the care fund."""
    sheet = year_sheet(actor=actor, year=year, on=on)
    area = area_names([actor.area_code]).get(actor.area_code, "")
    doc = base_word.new_paper(f"{area}{year}年双拥资金收支情况")
    base_word.add_line(doc, whole_words(sheet), base_word.BODY)
    parts: list[tuple[str, Sequence[str], list[Sequence[str]]]] = [
        ("按来源", ("来源", "上年结余", "收入", "支出", "结余"), [five(x) for x in [*sheet.sources, sheet.whole]]),
        ("预算执行", BUDGET_HEADS, [budget_row(line) for line in sheet.of_kind("BUDGET")]),
        ("按用途", ("用途", "支出", "占比"), use_rows(sheet)),
        (
            "关爱基金和捐赠资金", ("资金", "上年结余", "收入", "支出", "结余"),
            [five(line) for line in (*sheet.of_kind("CARE"), *sheet.of_kind("DONATED"))],
        ),
    ]  # fmt: skip
    number = 0
    for title, heads, rows in parts:
        if rows:
            base_word.add_line(doc, f"{NUMERALS[number]}、{title}（单位：元）", base_word.HEADING)
            word.add_table(doc, heads, rows, WIDE if len(heads) == 5 else (76, 45, 35))
            number += 1
    base_word.add_line(doc, f"{NUMERALS[number]}、捐赠和资助", base_word.HEADING)
    base_word.add_line(doc, care_words(sheet), base_word.BODY)
    base_word.add_closing(doc, actor.unit_name or area, on)
    audit.record(
        actor=actor, action="funds.report.printed", subject=f"funds.year:{year}", area_code=actor.area_code, at=at,
        year=year,
    )  # fmt: skip
    return base_word.bytes_of(doc)


def whole_words(sheet: YearSheet) -> str:
    """The first paragraph."""
    whole, last = sheet.whole, sheet.last
    words = (
        f"截至{last.year}年{last.month}月{last.day}日，{sheet.year}年双拥资金上年结余{show_yuan(whole.opening)}元，"
        f"本年收入{show_yuan(whole.income)}元，支出{show_yuan(whole.spent)}元，结余{show_yuan(whole.closing)}元。"
    )
    if whole.planned:
        words += f"列入预算{show_yuan(whole.planned)}元。"
    return words + "收入和支出都已扣除冲销。"


def care_words(sheet: YearSheet) -> str:
    """Donations and applications in one paragraph."""
    return (
        f"本年新增捐赠承诺{show_yuan(sheet.promised)}元，到账{show_yuan(sheet.received)}元，"
        f"捐赠方{sheet.donors}个；受理关爱基金申请{sheet.asked}份，其中同意资助{sheet.granted}份，"
        f"本年已发放到{sheet.helped}人。"
    )


def five(line: YearLine) -> Sequence[str]:
    """Name, opening, income, spending, closing."""
    return (line.name, *(show_yuan(fen) for fen in (line.opening, line.income, line.spent, line.closing)))


def budget_row(line: YearLine) -> Sequence[str]:
    """A budget line: figure, received, spent, share."""
    return (line.name, *(show_yuan(fen) for fen in (line.planned, line.income, line.spent)), line.percent)


def use_rows(sheet: YearSheet) -> list[Sequence[str]]:
    """Each use with its share of the spending."""
    whole = sheet.whole.spent
    share = [share_of(fen, whole) for _, fen in sheet.uses]
    return [(use.name, show_yuan(fen), part) for (use, fen), part in zip(sheet.uses, share, strict=True)]


def share_of(fen: int, whole: int) -> str:
    """Part of a whole in percent with one decimal, half up."""
    if whole <= 0:
        return "—"
    permille = half_up(fen * 1000, whole)
    return f"{permille // 10}.{permille % 10}%"


def yuan(fen: int) -> Decimal:
    """Fen as yuan for a cell, exact."""
    return Decimal(fen) / 100


def export_year(*, actor: User, year: int, on: date, at: datetime) -> bytes:
    """The year as a workbook: sums by fund, by use, and every entry that makes them."""
    sheet = year_sheet(actor=actor, year=year, on=on)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    funds = [
        (
            line.fund.get_kind_display() if line.fund else "", line.name,
            line.fund.get_source_display() if line.fund else "", *(yuan(fen) for fen in (
                line.planned, line.opening, line.income, line.spent, line.closing)),
        )
        for line in [*sheet.funds, sheet.whole]
    ]  # fmt: skip
    fill(book, "资金", FUND_HEADS, funds, (10, 34, 10, 14, 14, 14, 14, 14))
    fill(book, "用途", ("用途", "支出"), [(use.name, yuan(fen)) for use, fen in sheet.uses], (28, 16))
    filters = EntryFilters(first=sheet.first, last=sheet.last)
    named = may(actor, "people.view")
    rows = [
        (
            row.on.isoformat(), row.fund.name, row.get_side_display(), row.use.name if row.use else "", row.words,
            shown_payee(row, named), row.voucher, row.origin_words, yuan(row.fen if row.side == "IN" else -row.fen),
            "冲销" if row.reverses_id else "",
        )
        for row in list_entries(actor=actor, filters=filters).order_by("on", "id")[:MOST_ROWS]
    ]  # fmt: skip
    fill(book, "收支明细", ENTRY_HEADS, rows, (12, 30, 8, 18, 36, 20, 14, 30, 14, 8))
    book.close()
    audit.record(
        actor=actor, action="funds.report.printed", subject=f"funds.year:{year}", area_code=actor.area_code, at=at,
        year=year, rows=len(rows),
    )  # fmt: skip
    return out.getvalue()


def fill(book: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[int]) -> None:
    """A sheet with its head and rows; amounts are numbers with two decimals."""
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "border": 1, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 1, "num_format": "#,##0.00", "valign": "top"})
    for column, (name, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(number, column, value, money)
            else:
                sheet.write_string(number, column, str(value), cell)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
