"""Numbers and days as people write them in a message: 12, 1,200, 1.2万, 十二, 两千五百; 7月28日, 7.28, 昨天, 上周五."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
HAN = "〇零一二两三四五六七八九十百千万"
NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,9}})(?:\.[0-9]{{1,2}})?(?:\s?[万千](?!人民))?|[{HAN}]{{1,9}}"
DAY_NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
NEAR = {"大前天": 3, "前天": 2, "前日": 2, "昨": 1, "今": 0}
WEEKDAYS = {c: n for n, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}


def plain(text: str) -> str:
    """The text with full-width signs made narrow, sign by sign: places in it stay the same."""
    return "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def han_number(text: str) -> int | None:
    """`十二` → 12, `两千五百` → 2500, `三万` → 30000; None for what is no number, e.g. 八一, 百, 万."""
    if "万" in text:
        high, _, low = text.partition("万")
        above, below = han_number(high), han_number(low.lstrip("零〇")) if low else 0
        return None if above is None or below is None or "万" in low else above * 10_000 + below
    total, last, step = 0, None, 10_000
    for sign in text:
        if sign in STEPS:
            if STEPS[sign] >= step or (last is None and sign != "十"):
                return None
            step = STEPS[sign]
            total, last = total + (1 if last is None else last) * step, None
        elif sign in "零〇":
            if last is not None:
                return None
        elif sign in DIGITS:
            if last is not None:
                return None
            last = DIGITS[sign]
        else:
            return None
    found = total + (last or 0)
    return found or None


def value_of(text: str) -> Decimal | None:
    """A number as written; None for what is none."""
    bare = text.replace(",", "").replace(" ", "")
    factor = 1
    if bare[:1].isdigit() and bare[-1:] in "万千":
        factor, bare = (10_000 if bare[-1] == "万" else 1000), bare[:-1]
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", bare):
        return Decimal(bare) * factor
    found = han_number(bare) if bare else None
    return None if found is None else Decimal(found)


def show(value: Decimal) -> str:
    """A number as one types it: no thousands, no needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class DaysFound:
    """A day, or a first and a last day, and where they stood."""

    first: date
    last: date | None
    start: int
    end: int


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest(month: int, day: int, today: date) -> date | None:
    """The last such day that is not to come: people write of what was."""
    for year in range(today.year, today.year - 5, -1):  # 29 February comes every fourth year
        found = day_of(year, month, day)
        if found is not None and found <= today:
            return found
    return None


def small(text: str) -> int:
    """The number of a day or month; 0 for what is none."""
    return int(text) if text.isdigit() else han_number(text) or 0


LONG = re.compile(
    rf"(?P<y>[0-9]{{4}}|[二〇零一三四五六七八九]{{4}})年(?P<m>{DAY_NUMBER})月(?P<d>{DAY_NUMBER})[日号]"
    r"|(?<![0-9])(?P<y2>(?:19|20)[0-9]{2})[-/.](?P<m2>[0-9]{1,2})[-/.](?P<d2>[0-9]{1,2})(?![0-9])"
)
SHORT = re.compile(rf"(?<![0-9年])(?P<m>{DAY_NUMBER})月(?P<d>{DAY_NUMBER})[日号]?")
NO_DAY = r"[0-9./%]|\s?(?:[万千元亩人米个户]|公里|公斤|小时)"  # behind it 7.28 is an amount
DOTTED = re.compile(r"(?<![0-9./·-])(?P<m>1[0-2]|0?[1-9])[./·](?P<d>3[01]|[12][0-9]|0?[1-9])" + f"(?!{NO_DAY})")
DASHED = re.compile(r"(?:^|(?<=[\s,。;!?:(【\]】]))(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9-])")
WEEK = re.compile(r"(?P<which>上上|上|本|这)?(?P<one>个)?(?:周|星期|礼拜)(?P<w>[一二三四五六日天])(?![次年月度])")
CLOSE = re.compile(r"(?P<n>大前天|前天|前日|昨[天日晚]|今[天日早晚](?!年))")
LONE = re.compile(r"(?:^|(?<=[,。;!?\s(]))(?:本月)?(?P<d>[0-9]{1,2})[日号](?!线)")
UNTIL = re.compile(rf"\s*(?:至|到|—+|-+|~|–)\s*(?:(?P<m>{DAY_NUMBER})月)?(?P<d>{DAY_NUMBER})[日号]")


def find_days(text: str, today: date) -> DaysFound | None:
    """The first day a text names, as it would be meant on the day it is read; the surest way of writing first."""
    for pattern, meant in ((LONG, written_out), (SHORT, month_and_day), (CLOSE, near_by), (WEEK, weekday),
                           (DOTTED, month_and_day), (DASHED, month_and_day), (LONE, day_alone)):  # fmt: skip
        for match in pattern.finditer(text):
            found = meant(match, today)
            if found is not None:
                return with_last_day(text, found, match)
    return None


def written_out(match: re.Match[str], today: date) -> date | None:
    """2026年7月28日, 二〇二六年七月二十八日, 2026-07-28."""
    year = match["y"] or match["y2"]
    digits = "".join(str(DIGITS[c]) if c in DIGITS else c for c in year)
    return day_of(int(digits), small(match["m"] or match["m2"]), small(match["d"] or match["d2"]))


def month_and_day(match: re.Match[str], today: date) -> date | None:
    """7月28日, 七月二十八日, 7.28: the last one that is not to come."""
    return latest(small(match["m"]), small(match["d"]), today)


def near_by(match: re.Match[str], today: date) -> date | None:
    """今天, 昨天, 前天, 大前天."""
    word = match["n"]
    return today - timedelta(days=next(days for key, days in NEAR.items() if word.startswith(key)))


def weekday(match: re.Match[str], today: date) -> date | None:
    """上周五 is the Friday of the week before; 周五 the last one that is not to come."""
    ahead = WEEKDAYS[match["w"]] - today.weekday()
    if match["which"] in ("上", "上上"):
        return today + timedelta(days=ahead - 7 * len(match["which"]))
    found = today + timedelta(days=ahead)
    if match["which"]:
        return found if found <= today else None
    return found if found <= today else found - timedelta(days=7)


def day_alone(match: re.Match[str], today: date) -> date | None:
    """28日: of this month, or of the one before."""
    day = int(match["d"])
    for back in range(3):
        month = today.year * 12 + today.month - 1 - back
        found = day_of(month // 12, month % 12 + 1, day)
        if found is not None and found <= today:
            return found
    return None


def with_last_day(text: str, first: date, match: re.Match[str]) -> DaysFound:
    """7月28日至30日: the last day too, when it follows and lies behind the first."""
    until = UNTIL.match(text, match.end())
    if until is not None:
        last = day_of(first.year, small(until["m"]) if until["m"] else first.month, small(until["d"]))
        if last is not None and last > first:
            return DaysFound(first, last, match.start(), until.end())
    return DaysFound(first, None, match.start(), match.end())
