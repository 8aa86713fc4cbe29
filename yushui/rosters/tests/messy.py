# ruff: noqa: E501  the table of cells reads better in long lines
"""Invented rosters of every form, clean or messy, as .xlsx, .xls or .csv, for tests and the benchmark.

Identity numbers stand under the unassigned prefix 99. `mess` plants faults of the kinds that county rosters really have and says
which cells must be named; everything else about a messy file must be understood.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from yushui.people.rules import check_digit
from yushui.rosters.rules.forms import load_catalogue
from yushui.rosters.types import Form
from yushui.rosters.workbooks.xlsx import column_letters

FORMS = Path(__file__).resolve().parents[3] / "catalogue" / "roster_forms"
VILLAGES = ("990101001001", "990101001002")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "建国志强秀英桂兰德明玉珍海涛永福长贵春生"


def number_of(born: date, sex: str, serial: int) -> str:
    """A valid invented identity number; serials up to 50,000 a birthday do not collide."""
    last = serial % 500 * 2 + (1 if sex == "M" else 0)
    first17 = f"9901{serial // 500 % 100:02d}{born:%Y%m%d}{last:03d}"
    return first17 + check_digit(first17)


def person(serial: int, chance: random.Random) -> dict[str, Any]:
    """The facts of an invented old soldier."""
    born = date(1930, 1, 1) + timedelta(days=(serial * 7919) % 11_000)
    sex = "F" if serial % 9 == 0 else "M"
    enlisted = date(born.year + 18, 12, 10)
    return {
        "serial": serial,
        "name": chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN),
        "born": born,
        "sex": sex,
        "number": number_of(born, sex, serial),
        "enlisted": enlisted,
        "left": date(enlisted.year + 4, 3, 1),
        "approved": date(2012, 3, 15) + timedelta(days=serial % 3000),
        "village": VILLAGES[serial % 2],
    }


def row_of(heads: Sequence[str], who: dict[str, Any], chance: random.Random) -> list[object]:
    """What a tidy clerk writes under the official heads."""
    table = written(who)
    return [table[head] if head in table else other(head, who, chance) for head in heads]


def written(who: dict[str, Any]) -> dict[str, object]:
    """Head → cell."""
    serial = who["serial"]
    return {
        "序号": serial, "姓名": who["name"], "出生日期": who["born"].isoformat(), "民族": "汉族",
        "性别": "男" if who["sex"] == "M" else "女", "与户主关系": "户主/本人", "户籍类别": "农村",
        "户口薄行政区划代码": who["village"], "户口簿住址": f"石桥镇{serial % 90 + 1}组{serial % 300 + 1}号", "实际居住地行政区划代码": who["village"],
        "实际居住地址": f"石桥镇{serial % 90 + 1}组{serial % 300 + 1}号", "医疗保障方式": "新农合", "医疗保险号": f"Y{serial:010d}",
        "养老保障方式": "新农保", "联系方式(手机)": f"139{serial % 100_000_000:08d}", "联系电话": f"139{serial % 100_000_000:08d}",
        "婚姻状况": "已婚", "文化程度": "初中", "健康状况": "一般或较弱", "政治面貌": "中共党员", "就业状况": "务农", "年收入": 12000,
        "是否有房": "是", "住房性质": "自有", "住房状况": "一般", "房屋类型": "平房", "房屋结构": "砖木", "房屋间数": 3, "住房建筑时间": "1996-05-01",
        "家庭人口数": 4, "总建筑面积": 90, "人均建筑面积": 22.5, "优抚对象状态": "享受待遇", "证书编号": f"云{serial:08d}",
        "批准日期": who["approved"].isoformat(), "批准时间": who["approved"].isoformat(), "劳动能力": "部分丧失", "生活能力": "自理",
        "供养方式": "分散供养", "开户银行": "云川农商行", "开户名称": who["name"], "银行账户": f"6229{serial:015d}",
        "银行账号": f"6229{serial:015d}", "伤残类别": "残疾军人", "伤残等级": "一二三四五六七八九十"[serial % 10] + "级",
        "伤残性质": "因公" if serial % 10 > 5 else "因病", "伤残时期": "建国后", "伤残属别": "在乡", "致残时间": who["enlisted"].isoformat(),
        "优抚对象类别": "烈士遗属", "与牺牲病故军人关系": "子女", "属于时期": "解放战争", "参战类别": "对越自卫反击作战", "参试类别": "原8023部队退役人员",
        "牺牲时间": "1947-05-01", "身份类别": "退役军人", "村": "北洲村" if who["village"] == VILLAGES[0] else "柳湾村",
        "住址": f"{serial % 90 + 1}组", "邮政编码": "990101", "工作单位名称": "", "备注": "",
    }  # fmt: skip


def other(head: str, who: dict[str, Any], chance: random.Random) -> object:
    """Heads that differ from form to form."""
    serial = who["serial"]
    if "身份证号" in head:
        return who["number"]
    if "开始" in head or head.startswith(("入伍", "服义务兵（开始")):
        return who["enlisted"].isoformat()
    if "结束" in head or head in ("退伍时间", "退役时间", "复员时间"):
        return who["left"].isoformat()
    if head.startswith(("是否", "享受")):
        return "否"
    if "编号" in head or "证号" in head or "字号" in head:
        return f"云字{serial:07d}"
    if "姓名" in head:
        return "陈" + chance.choice(GIVEN)
    return f"{head[:4]}{serial % 7}"


@dataclass
class Roster:
    """A roster in memory: title rows, head rows, data rows, notes. Faults name the cells that are wrong."""

    form: Form
    heads: list[str]
    rows: list[list[object]]
    title: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)  # cell → kind of fault
    unknown: list[str] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        """Row number of the first data row."""
        return len(self.title) + 2

    def place(self, part: str) -> int:
        """The column whose head contains some words."""
        return next(at for at, head in enumerate(self.heads) if part in head)

    def cell(self, row: int, column: int) -> str:
        """The address of a data cell."""
        return f"{column_letters(column)}{self.first_row + row}"

    def grid(self) -> Iterator[Sequence[object]]:
        """All rows as they stand in the sheet."""
        for line in self.title:
            yield [line]
        yield self.heads
        yield from self.rows
        for line in self.notes:
            yield [line]


def make(form_key: str, count: int, *, first: int = 1, seed: int = 7) -> Roster:
    """A clean roster of a form."""
    chance = random.Random(seed)
    form = next(each for each in load_catalogue(FORMS).forms if each.key == form_key)
    heads = [column.head for column in form.columns]
    rows = [row_of(heads, who, chance) for who in people(first, count, chance)]
    return Roster(form, heads, rows)


def people(first: int, count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Invented people by serial."""
    return (person(serial, chance) for serial in range(first, first + count))


def mess(roster: Roster) -> Roster:
    """The roster as it really arrives: titles, notes, stars, odd spellings and dates; and faults that must be named.

    Needs at least 12 rows.
    """
    roster.title = [f"云川县石桥镇{roster.form.title}名册", "填报单位:石桥镇 填报日期:2026年3月5日"]
    roster.notes = ["", "注:1.红色星号为必填项。2.日期请按 1987-3-5 填写。", "填表人:王某 审核人:李某"]
    stars = {column.head for column in roster.form.columns if column.required}
    roster.heads = [f"*{head}" if head in stars else head for head in roster.heads]
    number, name, born, sex = (roster.place(part) for part in ("身份证号", "姓名", "出生日期", "性别"))
    rows = roster.rows
    rows[0][number] = wide(str(rows[0][number]))  # full width: understood
    rows[1][number] = f"'{str(rows[1][number])[:6]} {str(rows[1][number])[6:]}"  # apostrophe and space: understood
    rows[0][born], rows[1][born] = dotted(rows[0][born]), packed(rows[1][born])
    rows[2][born], rows[3][born] = month_only(rows[2][born]), serial_of(rows[3][born])
    rows[2][name] = f"{str(rows[2][name])[0]} {str(rows[2][name])[1:]}"
    plant(roster, 4, number, str(rows[4][number])[:17] + wrong_digit(str(rows[4][number])), "check digit")
    plant(roster, 5, number, float(str(rows[5][number])[:15] + "000"), "digits lost")
    plant(roster, 6, born, "1999-09-09", "birth")
    plant(roster, 7, sex, "男" if rows[7][sex] == "女" else "女", "sex")
    plant(roster, 8, number, rows[9][number], "twice")
    roster.faults.pop(roster.cell(8, number))
    roster.faults[roster.cell(9, number)] = "twice"
    rows[8][born], rows[8][sex] = rows[9][born], rows[9][sex]
    plant(roster, 10, name, "", "no name")
    roster.heads.append("网格员")
    for row in rows:
        row.append("刘网格")
    roster.unknown = ["网格员"]
    return roster


def plant(roster: Roster, row: int, column: int, value: object, kind: str) -> None:
    """Put a fault into a cell and remember it."""
    roster.rows[row][column] = value
    roster.faults[roster.cell(row, column)] = kind


def wrong_digit(number: str) -> str:
    """A check digit that does not hold."""
    return "0" if number[17] != "0" else "1"


def wide(text: str) -> str:
    """Full-width digits and a small x."""
    return "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter.lower() for letter in text)


def dotted(text: object) -> str:
    """1950-05-01 → 1950.5.1"""
    return ".".join(str(int(part)) for part in str(text).split("-"))


def packed(text: object) -> int:
    """1950-05-01 → 19500501 as a number."""
    return int(str(text).replace("-", ""))


def month_only(text: object) -> str:
    """1950-05-01 → 一九五〇年五月"""
    year, month, _ = str(text).split("-")
    names = ["", *"一二三四五六七八九十", "十一", "十二"]
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in year) + f"年{names[int(month)]}月"


def serial_of(text: object) -> int:
    """1950-05-01 → Excel's number of that day."""
    return (date.fromisoformat(str(text)) - date(1899, 12, 30)).days


def write_xlsx(roster: Roster, path: Path, *, sheet: str = "", extra_sheets: bool = True) -> Path:
    """The roster as Excel writes it, with the value and notice sheets beside it."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    page = book.add_worksheet((sheet or roster.form.sheet)[:31])
    for row, cells in enumerate(roster.grid()):
        for column, cell in enumerate(cells):
            if cell != "":
                page.write(row, column, cell, head if row == len(roster.title) else None)
    if roster.title:
        page.merge_range(0, 0, 0, 12, roster.title[0], head)
    if extra_sheets:
        book.add_worksheet("type").write_column(0, 0, ["优抚对象状态", "受理", "享受待遇"])
        book.add_worksheet("导入注意事项").write(0, 0, "红星列必填")
    book.close()
    return path


def write_xls(roster: Roster, path: Path) -> Path:
    """The roster as an Excel of old."""
    book = xlwt.Workbook()
    page = book.add_sheet(roster.form.sheet[:31])
    for row, cells in enumerate(roster.grid()):
        for column, cell in enumerate(cells):
            if cell != "":
                page.write(row, column, cell)
    book.add_sheet("type").write(0, 0, "受理")
    book.save(str(path))
    return path


def write_csv(roster: Roster, path: Path, encoding: str = "gbk") -> Path:
    """The roster as text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for cells in roster.grid():
        writer.writerow([f"{cell:.2E}" if isinstance(cell, float) and cell > 1e15 else cell for cell in cells])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def all_forms() -> Iterable[str]:
    """Keys of the eight official forms."""
    return [form.key for form in load_catalogue(FORMS).forms if form.key != "village_list"]
