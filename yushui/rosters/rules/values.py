"""Cells into values of the register. Each parser gives (value, problem); an empty cell is (None, "").

Problems are words for the clerk: what is wrong and what to do. They never hold a personal number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from yushui.people.rules import eighteen, problem_of_number
from yushui.people.types import GRADE_NAMES
from yushui.rosters.types import Catalogue, Cell, ErrorValue, Field

Parsed = tuple[object, str]
EMPTY: Parsed = (None, "")
LOST_DIGITS = "数字被 Excel 改成科学计数,15 位以后的数字已丢失;请按证件重新录入,并先把该列设为“文本”格式"
FORMULA = "公式出错,没有得到结果;请改成具体内容"
EPOCH = date(1899, 12, 30)  # Excel's day 0, its leap-year fault of 1900 included
EARLIEST = date(1860, 1, 1)
DIGITS = {word: str(n) for n, word in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0", "两": "2"}
CHINESE_DATE = re.compile(
    r"([〇零○O一二三四五六七八九]{2,4})年(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十廿卅]{1,4})[日号]?)?"
)
NUMBER_DATE = re.compile(r"(\d{4})(?:[年./\-、](\d{1,2})?月?)?(?:[./\-、]?(\d{1,2})?[日号]?)?")
SPLIT_DATE = re.compile(
    r"(\d{4})[年./\-、](\d{1,2})(?:[月./\-、](\d{1,2})?[日号]?)?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?")
SHORT_DATE = re.compile(r"(\d{2})[年./\-](\d{1,2})(?:[月./\-](\d{1,2})?[日号]?)?")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_][^\W\d_·.]{0,38}[^\W\d_]?|[^\W\d_][^\W\d_·. ]{0,38}[^\W\d_]")
GRADES = {
    **{label: grade for grade, label in GRADE_NAMES.items()},
    **{label.removesuffix("级"): grade for grade, label in GRADE_NAMES.items()},
    **{str(grade): grade for grade in GRADE_NAMES},
    **{f"{grade}级": grade for grade in GRADE_NAMES},
}


class PartialDay(NamedTuple):
    """A date of which only the month was written; the day is unknown."""

    year: int
    month: int


def plain_text(cell: Cell) -> str:
    """A cell as tidy text: half width, without the apostrophes, tabs and equals signs that Excel exports leave."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, int):
        return str(cell)
    text = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    text = text.strip().strip("\u200b\ufeff\u200e\u200f\xa0")
    if text.startswith("="):
        text = text[1:].strip('"')
    return text.lstrip("'‘’`").strip()


def squeezed(cell: Cell) -> str:
    """Tidy text without any space inside, for numbers and codes."""
    return re.sub(r"[\s\u200b\u200e\u200f\ufeff]+", "", plain_text(cell))


def parse_id_number(cell: Cell, entry: Field) -> Parsed:
    """An identity number of eighteen characters; fifteen digits of old are made eighteen."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        return None, LOST_DIGITS
    text = squeezed(cell).replace("-", "").upper().replace("×", "X").replace("Х", "X")
    if not text:
        return EMPTY
    if SCIENTIFIC.fullmatch(text):
        return None, LOST_DIGITS
    number = eighteen(text)
    problem = problem_of_number(number) if number.isascii() else "身份证号只能有数字,最后一位可以是 X"
    return (None, problem) if problem else (number, "")


def parse_account(cell: Cell, entry: Field) -> Parsed:
    """A bank account: 8 to 32 digits."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        return None, LOST_DIGITS
    text = squeezed(cell).replace("-", "")
    if not text:
        return EMPTY
    if SCIENTIFIC.fullmatch(text):
        return None, LOST_DIGITS
    if not (text.isascii() and text.isdigit()):
        return None, "银行账号只能有数字;请核对存折或银行卡"
    if not 8 <= len(text) <= 32:
        return None, f"银行账号应为 8 至 32 位,这里是 {len(text)} 位;请核对存折或银行卡"
    return text, ""


def parse_phone(cell: Cell, entry: Field) -> Parsed:
    """A phone: 7 to 12 digits, the first one when several are given."""
    text = re.split(r"[/、,;,]", squeezed(cell))[0]
    digits = re.sub(r"[-()+]", "", text).removeprefix("86") if len(text) > 12 else re.sub(r"[-()]", "", text)
    if not digits:
        return EMPTY
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 12):
        return None, "电话应为 7 至 12 位数字;请核对"
    if digits.startswith("1") and len(digits) > 7 and len(digits) != 11:
        return None, f"手机号应为 11 位,这里是 {len(digits)} 位;请核对"
    return digits, ""


def parse_name(cell: Cell, entry: Field) -> Parsed:
    """A name without spaces between Chinese characters; letters and the middle dot may stand."""
    text = plain_text(cell)
    if not text.isascii():
        text = re.sub(r"\s+", "", text.replace("•", "·").replace("・", "·").replace(".", "·"))
    if not text:
        return EMPTY
    if len(text) > entry.longest:
        return None, f"{entry.label}过长(最多 {entry.longest} 字);请核对是否填错列"
    if any(letter.isdigit() for letter in text) or not any(letter.isalpha() for letter in text):
        return None, f"{entry.label}中不应有数字或符号;请核对是否填错列"
    return text, ""


def parse_text(cell: Cell, entry: Field) -> Parsed:
    """Free text up to the length of its column."""
    text = plain_text(cell)
    if not text:
        return EMPTY
    if len(text) > entry.longest:
        return None, f"内容有 {len(text)} 字,{entry.label}最多 {entry.longest} 字;请缩短"
    if "\x00" in text:
        return None, "内容中有无法识别的字符;请重新录入"
    return text, ""


def parse_choice(cell: Cell, entry: Field) -> Parsed:
    """One of the written forms of a code."""
    text = squeezed(cell)
    if not text:
        return EMPTY
    code = entry.values.get(text) or entry.values.get(text.replace("(", "(").replace(")", ")"))
    if code is None:
        return None, f"“{text[:12]}”不在{entry.label}的可选值内;请改为:{'、'.join(entry.choices)}"
    return code, ""


def parse_grade(cell: Cell, entry: Field) -> Parsed:
    """一级 … 十级, also written 6, 6级, 六."""
    text = squeezed(cell)
    if not text:
        return EMPTY
    grade = GRADES.get(text.replace("壹", "一"))
    return (grade, "") if grade else (None, "伤残等级应为一级至十级;请核对证件")


def parse_yes_no(cell: Cell, entry: Field, words: dict[str, bool]) -> Parsed:
    """是 or 否."""
    text = squeezed(cell)
    if not text:
        return EMPTY
    if text not in words:
        return None, f"{entry.label}应填“是”或“否”"
    return words[text], ""


def parse_date(cell: Cell, entry: Field) -> Parsed:
    """A day, or a PartialDay when only the month is written. Units: Excel serials, packed, dotted, Chinese numerals."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return date_of_number(float(cell))
    text = squeezed(cell).rstrip("。.")
    if not text:
        return EMPTY
    found = SPLIT_DATE.fullmatch(text) or PACKED_DATE.fullmatch(text)
    if found:
        return date_of_parts(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    chinese = CHINESE_DATE.fullmatch(text)
    if chinese:
        year = "".join(DIGITS[letter] for letter in chinese[1])
        if not chinese[2]:
            return None, "只有年份,请补上月份和日期"
        return date_of_parts(full_year(year), tens(chinese[2]), tens(chinese[3]) if chinese[3] else None)
    short = SHORT_DATE.fullmatch(text)
    if short:
        return date_of_parts(full_year(short[1]), int(short[2]), int(short[3]) if short[3] else None)
    if re.fullmatch(r"(18|19|20)\d{2}年?", text):
        return None, "只有年份,请补上月份和日期"
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return date_of_number(float(text))
    if text in ("长期", "无", "不详", "-", "/", "—", "无此项"):
        return EMPTY
    return None, "认不出日期;请写成 1987-3-5 这样的形式"


def full_year(digits: str) -> int:
    """八七 → 1987; 二四 → 2024; four digits stay."""
    year = int(digits)
    if len(digits) != 2:
        return year
    return 1900 + year if year >= 30 else 2000 + year


def tens(words: str) -> int:
    """十二 → 12, 二十三 → 23, 廿五 → 25."""
    text = words.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return int("".join(DIGITS[letter] for letter in text))
    high, _, low = text.partition("十")
    return (int(DIGITS[high]) if high in DIGITS else 1) * 10 + (int(DIGITS[low]) if low in DIGITS else 0)


def date_of_number(number: float) -> Parsed:
    """A number in a date column: an Excel serial, 19870305, 198703, or 1987.03 as a broken decimal."""
    whole = int(number)
    if whole == number and 18600101 <= whole <= 21001231:
        return date_of_parts(whole // 10000, whole // 100 % 100, whole % 100)
    if whole == number and 186001 <= whole <= 210012:
        return date_of_parts(whole // 100, whole % 100, None)
    if 1860 <= whole <= 2100 and whole != number:
        month = round((number - whole) * 100, 6)
        if month == 10:
            return None, "分不清是 1 月还是 10 月(Excel 去掉了末尾的 0);请写成 1987-10-1 这样的形式"
        if month % 10 == 0:
            month = month / 10
        return (
            date_of_parts(whole, int(month), None)
            if month.is_integer()
            else (None, "认不出日期;请写成 1987-3-5 这样的形式")
        )
    if whole == number and 1860 <= whole <= 2100:
        return None, "只有年份,请补上月份和日期"
    if 2101 <= whole <= 80000:
        return EPOCH + timedelta(days=whole), ""
    return None, "认不出日期;请写成 1987-3-5 这样的形式"


def date_of_parts(year: int, month: int, day: int | None) -> Parsed:
    """A real day, or the problem with it."""
    if day in (None, 0):
        if not 1 <= month <= 12:
            return None, "月份不存在;请核对日期"
        if not EARLIEST.year <= year <= 2100:
            return None, "年份不合理;请核对日期"
        return PartialDay(year, month), ""
    try:
        found = date(year, month, day or 1)
    except ValueError:
        return None, "日期不存在;请核对月份和日"
    if not EARLIEST <= found <= date(2100, 12, 31):
        return None, "年份不合理;请核对日期"
    return found, ""


def parsers(catalogue: Catalogue) -> dict[str, Callable[[Cell, Field], Parsed]]:
    """Type of field → its parser. Areas and kinds are read as text here; what they mean depends on the register."""
    return {
        "id_number": parse_id_number,
        "account": parse_account,
        "phone": parse_phone,
        "name": parse_name,
        "text": parse_text,
        "choice": parse_choice,
        "grade": parse_grade,
        "date": parse_date,
        "yes_no": lambda cell, entry: parse_yes_no(cell, entry, catalogue.yes_no),
        "area": lambda cell, entry: (squeezed(cell) or None, ""),
        "kind": lambda cell, entry: (squeezed(cell) or None, ""),
    }


def is_error(cell: Cell) -> bool:
    """Whether a formula failed here."""
    return isinstance(cell, ErrorValue) or (
        isinstance(cell, str) and cell.startswith("#") and cell.rstrip("!?").upper() in
        {"#REF", "#N/A", "#VALUE", "#DIV/0", "#NAME", "#NULL", "#NUM"}
    )  # fmt: skip
