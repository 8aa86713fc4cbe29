"""An empty workbook of a form to fill in: heads with red stars, drop-downs, the value lists, and the notice."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from yushui.rosters.types import Catalogue, Column, Form

LAST_ROW = 3000
NOTICE = (
    "带 * 的列必须填写;其余可以空着,空着不会清除登记册里已有的内容。",
    "日期写成 1987-3-5 或 1987/3/5;只知道年月时写 1987年3月。",
    "身份证号、银行账号所在的列已设为“文本”,请直接录入,不要改成数字。",
    "户口簿行政区划代码填 12 位代码,也可以填村(社区)名称。",
    "列的先后可以调整,可以多出自己的列:多出的列原样保留,不会丢失。",
    "请勿填写部队番号、代号等涉密信息。",
)
TEXT_TYPES = ("id_number", "account", "phone", "area", "text", "name")


def template_of(form: Form, catalogue: Catalogue) -> bytes:
    """The workbook as bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#EEF3EF"})
    star = book.add_format({"bold": True, "font_color": "#B3261E"})
    plain = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    page, lists, notice = book.add_worksheet(form.sheet), book.add_worksheet("type"), book.add_worksheet("导入注意事项")
    columns = [column for column in form.columns if not column.secret]
    for place, column in enumerate(columns):
        entry = catalogue.fields.get(column.field)
        page.set_column(
            place, place, max(10, len(column.head) * 2), text if entry and entry.type in TEXT_TYPES else None
        )
        if column.required:
            page.write_rich_string(0, place, star, "*", plain, column.head, head)
        else:
            page.write(0, place, column.head, head)
    page.freeze_panes(1, 0)
    for place, (column, choices) in enumerate(listed(form, columns, catalogue)):
        lists.write(0, place, column.head, head)
        lists.write_column(1, place, choices)
        source = f"=type!${chr(65 + place)}$2:${chr(65 + place)}${len(choices) + 1}" if place < 26 else list(choices)
        at = columns.index(column)
        page.data_validation(1, at, LAST_ROW, at, {"validate": "list", "source": source, "error_type": "warning"})
    notice.set_column(0, 0, 90)
    notice.write_column(0, 0, NOTICE)
    book.close()
    return out.getvalue()


def listed(form: Form, columns: Sequence[Column], catalogue: Catalogue) -> list[tuple[Column, Sequence[str]]]:
    """Columns with a list to choose from."""
    found: list[tuple[Column, Sequence[str]]] = []
    for column in columns:
        entry = catalogue.fields.get(column.field)
        if entry is None:
            continue
        if entry.type == "kind" and form.kinds:
            first = {kind: name for name, kind in reversed(form.kinds.items())}
            found.append((column, list(first.values())))
        elif entry.type == "grade":
            found.append((column, [f"{word}级" for word in "一二三四五六七八九十"]))
        elif entry.type == "yes_no":
            found.append((column, ["是", "否"]))
        elif entry.choices:
            found.append((column, entry.choices))
    return found
