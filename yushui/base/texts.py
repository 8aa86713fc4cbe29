"""Reading what was typed: days, amounts, counts, lines of text. Each reader adds to one list of problems."""

from __future__ import annotations

from datetime import date

from yushui.base import classified
from yushui.base.money import parse_yuan
from yushui.base.refusals import Problem

MOST_FEN = 100_000_000_00  # one hundred million yuan: beyond it a figure is a slip of the finger


def read_day(text: str, where: str, problems: list[Problem], *, latest: date | None = None) -> date | None:
    """A day written 2026-02-10; `latest` refuses later ones."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        problems.append(Problem("日期不对", where=where, next_step="请写成 2026-02-10 这样的日期"))
        return None
    if latest is not None and day > latest:
        problems.append(Problem("日期在今天之后", where=where, next_step="请填写实际发生的日期"))
        return None
    if day.year < 1949:
        problems.append(Problem("日期过早", where=where, next_step="请核对年份"))
        return None
    return day


def read_yuan(text: str, where: str, problems: list[Problem], *, most_fen: int = MOST_FEN) -> int | None:
    """An amount in yuan as fen; empty means None."""
    if not text.strip():
        return None
    try:
        fen = parse_yuan(text)
    except ValueError as error:
        problems.append(Problem(str(error), where=where))
        return None
    if fen < 0:
        problems.append(Problem("金额不能是负数", where=where))
        return None
    if fen > most_fen:
        problems.append(Problem(f"金额超过 {most_fen // 100:,} 元", where=where, next_step="请核对是否多写了零"))
        return None
    return fen


def read_count(text: str, where: str, problems: list[Problem], *, most: int = 10_000_000) -> int | None:
    """A whole number from 0; empty means None."""
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()):
        problems.append(Problem("应为整数", where=where, next_step="只写数字,不带单位"))
        return None
    if len(plain) > 12 or int(plain) > most:
        problems.append(Problem(f"数字超过 {most:,}", where=where, next_step="请核对是否多写了数字"))
        return None
    return int(plain)


def read_line(text: str, where: str, problems: list[Problem], *, longest: int) -> str:
    """A line of free text: not too long, nothing classified, no personal number in it."""
    line = text.strip()
    if len(line) > longest:
        problems.append(Problem(f"最多 {longest} 个字,现在 {len(line)} 个", where=where, next_step="请写短一些"))
    if classified.looks_classified(line):
        step = "涉密信息不得录入:部队请写对外公开名称,不写番号、代号、兵力和装备"
        problems.append(Problem("内容像是部队番号、代号或兵力装备", where=where, next_step=step))
    if classified.holds_personal_number(line):
        problems.append(Problem("内容里有身份证号或银行卡号", where=where, next_step="请删去号码,只写姓名和事情"))
    return line


def read_key(text: str, problems: list[Problem]) -> str:
    """The key a form carries so that sending twice records once: 8 to 36 letters, digits and dashes."""
    key = text.strip()
    if not (8 <= len(key) <= 36 and all(c.isascii() and (c.isalnum() or c == "-") for c in key)):
        problems.append(Problem("表单缺少编号", next_step="请重新打开这一页再填"))
    return key


def typed_yuan(fen: int | None) -> str:
    """An amount as one would type it: 50000 → `500`, 50050 → `500.50`, nothing as nothing."""
    if fen is None:
        return ""
    return str(fen // 100) if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"
