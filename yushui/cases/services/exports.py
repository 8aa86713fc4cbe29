"""The list of cases as a workbook: names and texts only where they are open to who exports."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.cases.models import Case
from yushui.cases.selectors.cases import CaseFilters, list_cases, shown_asker, shown_title, state_words
from yushui.cases.types.cases import RATING_NAMES

MOST_ROWS = 20_000
HEADS = (
    ("序号", 6), ("编号", 18), ("类型", 16), ("事项", 36), ("申请人", 14), ("地区", 14), ("来源", 10), ("登记日期", 12),
    ("步骤", 12), ("时限", 12), ("情况", 14), ("办结日期", 12), ("满意度", 10),
)  # fmt: skip


def export_cases(*, actor: User, filters: CaseFilters, on: date, at: datetime) -> bytes:
    """办件台账 as it is filtered."""
    rows = list(list_cases(actor=actor, filters=filters, on=on)[:MOST_ROWS])
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("办件台账")
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for number, case in enumerate(rows, start=1):
        for column, value in enumerate(values_of(number, case, on)):
            sheet.write(number, column, value, cell)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    audit.record(
        actor=actor, action="cases.list.exported", subject="cases.case", area_code=actor.area_code, at=at,
        rows=len(rows), tab=filters.tab, kind=filters.kind,
    )  # fmt: skip
    return out.getvalue()


def values_of(number: int, case: Case, on: date) -> tuple[str | int, ...]:
    """One line."""
    return (
        number, case.number, case.kind.name, shown_title(case), shown_asker(case), case.area.name,
        str(case.get_channel_display()), case.opened_on.isoformat(), case.step.name if case.step else "",
        case.due_on.isoformat() if case.due_on else "", state_words(case, on)[0],
        case.closed_on.isoformat() if case.closed_on else "", RATING_NAMES.get(case.rating or 0, ""),
    )  # fmt: skip
