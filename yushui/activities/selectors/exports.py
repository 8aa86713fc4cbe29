"""The ledger of activities as an Excel file. It holds no personal data beyond the names of who led."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from yushui.accounts.models import User
from yushui.activities.models import ActivityMeasure, ActivityPerson
from yushui.activities.rules.activities import show_scaled
from yushui.activities.selectors.activities import ActivityFilters, list_activities
from yushui.activities.selectors.kinds import extras_by_kind

MOST_ROWS = 20_000
TITLES = (
    "日期", "活动", "类型", "方面", "区域", "地点", "主办单位", "参加单位", "数量", "单位", "金额(元)", "其他数字",
    "带队领导", "情况", "登记人",
)  # fmt: skip
WIDTHS = (11, 30, 20, 10, 12, 18, 24, 30, 9, 8, 12, 30, 20, 40, 10)


def activities_workbook(*, actor: User, filters: ActivityFilters) -> tuple[bytes, int]:
    """The rows that pass the filters, newest first, at most 20,000; the file and how many rows it has."""
    rows = list(list_activities(actor=actor, filters=filters)[:MOST_ROWS])
    ids = [row.pk for row in rows]
    numbers: dict[int, list[tuple[str, int]]] = {}
    leaders: dict[int, list[str]] = {}
    for start in range(0, len(ids), 5000):
        some = ids[start : start + 5000]
        for pk, key, value in ActivityMeasure.objects.filter(activity__in=some).values_list("activity", "key", "value"):
            numbers.setdefault(pk, []).append((key, value))
        led = ActivityPerson.objects.filter(activity__in=some, role="LEADER").order_by("id")
        for pk, name in led.values_list("activity", "name"):
            leaders.setdefault(pk, []).append(name)
    extras = extras_by_kind({row.kind_id for row in rows})
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("活动台账")
    head, day, money = (
        book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "#,##0.00"}),
    )  # fmt: skip
    sheet.write_row(0, 0, TITLES, head)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        known = extras.get(row.kind_id, {})
        more = "、".join(
            f"{known[key].name} {show_scaled(value, known[key].decimals)} {known[key].unit}"
            for key, value in numbers.get(row.pk, ())
            if key in known
        )
        sheet.write_datetime(line, 0, row.on, day)
        words = (
            row.title, row.kind.name, row.kind.get_chapter_display(), row.area.name, row.place,
            row.host.name if row.host else "", "、".join(p.name for p in row.partners.all()), row.heads,
            row.kind.measure if row.heads is not None else "",
        )  # fmt: skip
        sheet.write_row(line, 1, words)
        if row.amount_fen is not None:
            sheet.write_number(line, 10, row.amount_fen / 100, money)
        sheet.write_row(line, 11, (more, "、".join(leaders.get(row.pk, ())), row.note, row.recorded_name))
    sheet.autofilter(0, 0, max(len(rows), 1), len(TITLES) - 1)
    book.close()
    return out.getvalue(), len(rows)
