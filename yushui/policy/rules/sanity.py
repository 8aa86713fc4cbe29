"""What must hold of any standard before it is believed. All of it was true of every national table 2009 to 2024."""

from __future__ import annotations

from itertools import pairwise

from yushui.base.refusals import Problem
from yushui.policy.types import Rates, Rule

ORDER = ("WAR", "DUTY", "ILLNESS")
NAMES = {"WAR": "因战", "DUTY": "因公", "ILLNESS": "因病"}


def check_rule(rule: Rule, where: str) -> list[Problem]:
    """Problems of a benefit's tables: the disability table in full, others that a raise is not a cut."""
    found: list[Problem] = []
    for table in (rule.rates, rule.local_rates):
        by_day = sorted(table, key=lambda r: r.starts_on)
        for rates in by_day:
            if rates.keys == ("grade", "cause"):
                found += _falling_by_grade(rates, where) + _war_above_duty_above_illness(rates, where)
            if not rates.layer and rates.keys in {("grade", "cause"), ("kind",)} and rates.per == 12:
                found += _whole_numbers(rates, where)
        found += _growth(by_day, where)
    return found


def _place(where: str, rates: Rates, row: tuple[str, ...]) -> str:
    return f"{where}:{rates.starts_on}:{'.'.join(row)}"


def _falling_by_grade(rates: Rates, where: str) -> list[Problem]:
    """Strictly decreasing by grade for each cause."""
    found = []
    for cause in ORDER:
        column = [(g, rates.rows.get((str(g), cause))) for g in range(1, 11)]
        known = [(g, fen) for g, fen in column if fen is not None]
        for (above, more), (grade, fen) in pairwise(known):
            if fen >= more:
                what = f"{grade}级{NAMES[cause]}不低于{above}级,标准应逐级递减"
                found.append(Problem(what, _place(where, rates, (str(grade), cause)), "核对文件原件,不要从网页转抄"))
    return found


def _war_above_duty_above_illness(rates: Rates, where: str) -> list[Problem]:
    """因战 > 因公 > 因病 in each grade."""
    found = []
    for grade in range(1, 11):
        known = [(c, rates.rows.get((str(grade), c))) for c in ORDER]
        for (upper, more), (lower, fen) in pairwise([(c, f) for c, f in known if f is not None]):
            if fen >= more:
                what = f"{grade}级{NAMES[lower]}不低于{NAMES[upper]}"
                found.append(Problem(what, _place(where, rates, (str(grade), lower)), "核对文件原件"))
    return found


def _whole_numbers(rates: Rates, where: str) -> list[Problem]:
    """National yearly standards are whole tens of yuan to 2023, whole yuan a month since."""
    unit = 1000 if rates.starts_on.year < 2024 else 1200
    return [
        Problem(f"年标准应是{unit // 100}元的整倍数", _place(where, rates, row), "核对文件原件")
        for row, fen in rates.rows.items()
        if fen is not None and fen % unit
    ]


def _growth(by_day: list[Rates], where: str) -> list[Problem]:
    """Each cell grows over its last known value; of the disability table by at most 21 % a step."""
    found = []
    last: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[int, int]] = {}
    for rates in by_day:
        for row, fen in rates.rows.items():
            if fen is None:
                last.pop((rates.keys, row), None)
                continue
            yearly = fen * (12 // rates.per)
            before = last.get((rates.keys, row))
            if before and yearly < before[0]:
                found.append(Problem("低于上一次标准", _place(where, rates, row), "核对文件原件"))
            elif before and rates.keys == ("grade", "cause") and yearly * 100 > before[0] * 121:
                found.append(Problem("比上一次标准高出21%以上", _place(where, rates, row), "核对文件原件"))
            last[rates.keys, row] = (yearly, rates.starts_on.year)
    return found
