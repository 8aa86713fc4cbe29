"""Money is integer fen (分). Nothing here is a float; rounding is named where it happens."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an

YUAN = re.compile(r"-?\d+(\.\d{1,2})?")


def half_up(numerator: int, denominator: int) -> int:
    """Quotient rounded half up (四舍五入) to a whole fen; for negatives the half goes away from zero."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def show_yuan(fen: int) -> str:
    """401500 → `4,015.00`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def show_wan(fen: int) -> str:
    """Fen in 万元 with one decimal, half up: 1486200000 → `1,486.2`. For headings, never for accounts."""
    tenths = half_up(fen, 100_000)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10:,}.{abs(tenths) % 10}"


def parse_yuan(text: str) -> int:
    """`4,015.5` or `4015.50元` → 401550 fen. Raises ValueError on anything that is not an exact amount."""
    plain = text.strip().replace(",", "").replace("\uff0c", "").removesuffix("元").strip()
    if not YUAN.fullmatch(plain):
        raise ValueError("金额应为数字,最多两位小数,例如 4015.50")
    return int(Decimal(plain) * 100)


def capital_yuan(fen: int) -> str:
    """大写金额: 401550 → `肆仟零壹拾伍元伍角`; whole yuan end in 整."""
    words = str(cn2an.an2cn(str(Decimal(abs(fen)) / 100), "rmb"))
    return f"负{words}" if fen < 0 else words
