"""The supervision list as a workbook, and what is left of a plan as a Word paper."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.plans.models import Task
from yushui.plans.selectors.tasks import TaskFilters, list_supervision, state_words

MOST_ROWS = 20_000
HEADS = (
    ("序号", 6), ("任务", 44), ("类型", 10), ("责任单位", 26), ("地区", 14), ("时限", 12), ("超期天数", 10),
    ("状态", 12), ("最近进展", 50), ("进展时间", 12),
)  # fmt: skip


def export_supervision(*, actor: User, filters: TaskFilters, on: date, at: datetime) -> bytes:
    """督查台账 as it is filtered, ready to print on A4 landscape."""
    rows = list(list_supervision(actor=actor, filters=filters, on=on)[:MOST_ROWS])
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("督查台账")
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    late = book.add_format({"border": 1, "valign": "top", "font_color": "#9f261c", "bold": True})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"双拥工作督查台账({on.year}年{on.month}月{on.day}日)", title)
    for column, (name, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, head)
    for number, task in enumerate(rows, start=1):
        for column, value in enumerate(values_of(number, task, on)):
            look = late if column == 6 and value else cell
            if isinstance(value, int):
                sheet.write_number(number + 1, column, value, look)
            else:
                sheet.write_string(number + 1, column, value, look)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    audit.record(
        actor=actor, action="plans.supervision.exported", subject="plans.task", area_code=actor.area_code, at=at,
        rows=len(rows),
    )  # fmt: skip
    return out.getvalue()


def values_of(number: int, task: Task, on: date) -> tuple[str | int, ...]:
    """One line."""
    over = (on - task.due_on).days if task.due_on is not None and task.due_on < on else 0
    when = getattr(task, "last_at", None)
    return (
        number, task.title, str(task.get_weight_display()), task.owner.name if task.owner else "未定", task.area.name,
        task.due_on.isoformat() if task.due_on else "未定", over or "", state_words(task, on)[0],
        getattr(task, "last_words", None) or "", when.date().isoformat() if when else "",
    )  # fmt: skip
