"""One-off sums: facts + the law of the day → grant, refuse or ask, with the steps as a clerk would write them.

Facts are plain values by name: days as date, amounts as fen. Names that people use for the same fact are taken alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from yushui.base.days import age_on, birthday, month_of
from yushui.base.money import half_up, show_yuan
from yushui.policy.engine.prices import Tables, price_at
from yushui.policy.types import MERIT_NAMES, Law, Layer, Verdict

ALIASES = {
    "pay": ("pay", "base_pay", "basic_pay", "monthly_pay", "monthly_wage", "wage", "salary", "monthly_salary"),
    "floor": ("floor", "floor_pay", "pay_floor", "lieutenant_pay", "second_lieutenant_pay", "minimum_pay"),
    "honours": ("honours", "honors", "honour", "merits", "merit", "awards"),
    "cause": ("cause", "death_cause", "category", "kind", "as"),
    "income": ("income", "urban_income"),
    "years": ("years", "service_years"),
    "role": ("role", "rank", "soldier"),
}
DEATHS = {
    "MARTYR": "MARTYR", "SURVIVOR_MARTYR": "MARTYR", "WAR": "MARTYR", "DUTY": "DUTY", "SURVIVOR_DUTY": "DUTY",
    "OLD_WOUND": "DUTY",
    "ILLNESS": "ILLNESS", "SURVIVOR_ILLNESS": "ILLNESS", "烈士": "MARTYR", "因公": "DUTY", "病故": "ILLNESS",
}  # fmt: skip
DEATH_NAMES = {"MARTYR": "烈士", "DUTY": "因公牺牲", "ILLNESS": "病故"}


@dataclass(frozen=True)
class Decision:
    """Grant, refuse or ask; the amount in fen; the steps; the articles; what is missing."""

    verdict: Verdict
    fen: int = 0
    ask: tuple[str, ...] = ()
    reason: str = ""
    steps: tuple[tuple[str, int | None], ...] = ()
    articles: tuple[str, ...] = field(default=())


class Asked(Exception):
    """Facts or values that are missing; becomes an ASK."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        super().__init__(", ".join(keys))


class Facts:
    """Facts of a claim by name; a missing one that is needed is asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def get(self, name: str) -> Any:
        """The fact under any of its names, or None."""
        for alias in ALIASES.get(name, (name,)):
            if self.values.get(alias) is not None:
                return self.values[alias]
        return None

    def need(self, name: str) -> Any:
        value = self.get(name)
        if value is None:
            raise Asked(name)
        return value


def decide(law: Law, benefit: str, facts: Mapping[str, Any], *, area_code: str = "") -> Decision:
    """The decision on one claim. Raises KeyError for a benefit that has no one-off rule at all."""
    rule = RULES[benefit]
    layer = law.layer_of(area_code)
    try:
        return rule(layer, Facts(facts))
    except Asked as asked:
        return Decision(Verdict.ASK, ask=asked.keys, reason="缺少:" + "、".join(asked.keys))


def version_on(layer: Layer, benefit: str, day: date) -> dict[str, Any]:
    """The version of a formula in force on a day."""
    claim = layer.claims.get(benefit) or {"versions": []}
    current = [v for v in claim["versions"] if v["from"] <= day]
    if not current:
        raise Asked("rate")
    found: dict[str, Any] = max(current, key=lambda v: v["from"])
    return found


def income_before(layer: Layer, facts: Facts, day: date) -> int:
    """全国城镇居民人均可支配收入 of the year before; an amount given with the claim stands in for a year not on
    file.
    """
    given = facts.get("income")
    if isinstance(given, Mapping):
        given = given.get(day.year - 1)
    income = given or layer.claims["income"].get(day.year - 1)
    if income is None:
        raise Asked("income")
    return int(income)


def martyr_honour_grant(layer: Layer, facts: Facts) -> Decision:
    """烈士褒扬金: 30 times the income of the year before the death (烈士褒扬条例 2019 §14, 2024 §15)."""
    died = facts.need("died")
    version = version_on(layer, "martyr_honour_grant", died)
    income = income_before(layer, facts, died)
    fen = income * version["multiple"]
    step = f"{died.year - 1}年全国城镇居民人均可支配收入 {show_yuan(income)} × {version['multiple']}"
    return Decision(Verdict.GRANT, fen, steps=((step, fen),), articles=(version["article"],))


def death_gratuity(layer: Layer, facts: Facts) -> Decision:
    """一次性抚恤金: income times 20 or 2, plus 40 months of pay, raised by the highest honour (条例 2011 §13, 2024
    §15-16).
    """
    died = facts.need("died")
    cause = DEATHS.get(str(facts.need("cause")))
    if cause is None:
        raise Asked("cause")
    version = version_on(layer, "death_gratuity", died)
    income, pay, floor = income_before(layer, facts, died), int(facts.need("pay")), facts.get("floor")
    counted = max(pay, int(floor)) if floor is not None else pay
    multiple, months = version["incomes"][cause], version["months_of_pay"]
    base = income * multiple + counted * months
    honour, percent = highest_honour(facts.get("honours"), version["honours"])
    fen = half_up(base * (100 + percent), 100)
    steps: list[tuple[str, int | None]] = [
        (f"{DEATH_NAMES[cause]}:{died.year - 1}年人均可支配收入 {show_yuan(income)} × {multiple}", income * multiple),
        (f"月工资 {show_yuan(counted)} × {months}" + ("(按少尉工资)" if counted > pay else ""), counted * months),
    ]
    if floor is None:
        steps.append(("少尉工资未录入,未与本人工资比较", None))
    if percent:
        steps.append((f"{honour} 增发 {percent}%(只取最高一项)", fen - base))
    return Decision(Verdict.GRANT, fen, steps=tuple(steps), articles=(version["article"],))


def highest_honour(given: Any, table: Mapping[str, int]) -> tuple[str, int]:
    """The honour with the highest percentage; several do not add up. One that the table does not know is asked
    about.
    """
    honours = [given] if isinstance(given, str) else list(given or [])
    unknown = [h for h in honours if h not in table and h not in {"NONE", "EXCELLENT"}]
    if unknown:
        raise Asked("honours")
    ranked = sorted(((table.get(h, 0), str(h)) for h in honours), reverse=True)
    return (ranked[0][1], ranked[0][0]) if ranked else ("", 0)


def death_continuation(layer: Layer, facts: Facts) -> Decision:
    """Months that go on after a recipient's death: 三属 6, 残疾 by illness 12, 参战参试 6 from 2024-10-01."""
    died, benefit = facts.need("died"), facts.get("of") or facts.get("of_benefit") or benefit_of(layer, facts)
    if benefit is None:
        raise Asked("of")
    rules = [r for r in layer.claims["death_continuation"]["rules"] if r["benefit"] == benefit]
    rule = next((r for r in rules if r["from"] <= died < r["until"]), None)
    title = layer.rules[benefit].title
    if rule is None:
        return Decision(Verdict.REFUSE, reason=f"国家没有规定{title}在去世后继续发放,本地也没有另定")
    if rule["causes"] and str(facts.need("death_cause")) not in rule["causes"]:
        reason = f"不是因病死亡,不增发{rule['months']}个月;旧伤复发等按因公牺牲办理一次性抚恤金和定期抚恤金"
        return Decision(Verdict.REFUSE, reason=f"{reason}({rule['article']})", articles=(rule["article"],))
    month = monthly(layer, benefit, facts, died)
    fen = half_up(month.numerator * rule["months"], month.denominator)
    steps: list[tuple[str, int | None]] = [
        (f"{title} {show_yuan(half_up(month.numerator, month.denominator))}/月 × {rule['months']}个月", fen)
    ]
    if benefit == "disability_pension" and _severe(facts):
        steps.append(("因战、因公一级至四级:家属另可享受病故军人遗属定期抚恤金", None))
    return Decision(Verdict.GRANT, fen, steps=tuple(steps), articles=(rule["article"],))


def _severe(facts: Facts) -> bool:
    """因战因公 grades one to four: the family may also receive the survivors' pension of an illness death."""
    grade, cause = facts.get("grade"), facts.values.get("cause")
    return isinstance(grade, int) and grade <= 4 and cause in {"WAR", "DUTY"}


def benefit_of(layer: Layer, facts: Facts) -> str | None:
    """The benefit that a kind of status draws."""
    kind = facts.values.get("kind")
    return next((b for b, r in layer.rules.items() if kind in r.kinds and b != "care_allowance"), None)


def monthly(layer: Layer, benefit: str, facts: Facts, day: date) -> Fraction:
    """The exact month of the standard in force on a day."""
    rule = layer.rules[benefit]
    tables = Tables(
        *(tuple(sorted(t, key=lambda r: r.starts_on, reverse=True)) for t in (rule.rates, rule.local_rates))
    )
    known = {k: None if v is None else str(v) for k, v in facts.values.items()}
    price = price_at(rule, tables, known, month_of(day))
    if price is None or price.fen is None:
        raise Asked(price.ask if price else "rate")
    return price.fen


def waiting_allowance(layer: Layer, facts: Facts) -> Decision:
    """待安排期间生活补助: the local monthly minimum wage, month by month (退役军人安置条例2024 §75)."""
    since = facts.get("from") or facts.need("since")
    since = date.fromisoformat(f"{since}-01") if isinstance(since, str) and len(since) == 7 else since
    version = version_on(layer, "waiting_allowance", since)
    wage, months = int(facts.need("minimum_wage")), int(facts.need("months"))
    step = f"月最低工资标准 {show_yuan(wage)} × {months}个月"
    return Decision(Verdict.GRANT, wage * months, steps=((step, wage * months),), articles=(version["article"],))


def discharge_grant(layer: Layer, facts: Facts) -> Decision:
    """自主就业一次性经济补助: a local formula by years of service; the state sets none."""
    claim = layer.claims.get("discharge_grant")
    if not claim:
        raise Asked("rate")
    role = str(facts.need("role")).upper()
    sergeant = role in {"SERGEANT", "NCO", "士官", "军士"}
    hundredths = service_hundredths(claim["part_year"], facts)
    table = claim["sergeant" if sergeant else "conscript"]
    if "per_year" in table:
        fen = half_up(table["per_year"] * hundredths, 100)
        step = f"{show_yuan(table['per_year'])} × {Fraction(hundredths, 100)}年"
    else:
        over = max(hundredths - table["base_years"] * 100, 0)
        fen = half_up(table["base"] * (10_000 + over * table["step_percent"]), 10_000)
        more = f"({Fraction(hundredths, 100)} − {table['base_years']}) × {table['step_percent']}%"
        step = f"{show_yuan(table['base'])} × [1 + {more}]"
    return Decision(Verdict.GRANT, fen, steps=((step, fen),), articles=(claim["document"],))


def service_hundredths(part_year: Mapping[str, Any], facts: Facts) -> int:
    """Years of service in hundredths: whole years, then the part year by the place's rule; exactly six months may
    be open.
    """
    years = facts.get("years")
    if years is not None:
        return int(Fraction(str(years)) * 100)
    begins, ends = facts.need("service_starts_on"), facts.need("service_ends_on")
    whole = age_on(begins, ends)
    rest = birthday(begins, whole)
    if rest == ends:
        return whole * 100
    half = month_of(rest) + 6
    middle = (
        date(half // 12, half % 12 + 1, min(rest.day, 28))
        if rest.day > 28
        else date(half // 12, half % 12 + 1, rest.day)
    )
    if ends == middle:
        if part_year["six_months"] == "ask":
            raise Asked("six_months")
        return whole * 100 + int(part_year["six_months"])
    return whole * 100 + int(part_year["under_six_months" if ends < middle else "over_six_months"])


def merit_reward(layer: Layer, facts: Facts) -> Decision:
    """立功受奖奖励金: a local table; the state sets none. A `rate` that the place entered, with its `document`, stands
    in for a grade that no table has."""
    claim = layer.claims.get("merit_reward")
    merit = facts.need("honours")
    name = MERIT_NAMES.get(merit) or facts.get("title") or merit
    if claim and merit in claim["rows"]:
        fen, title, document = claim["rows"][merit], claim["title"], claim["document"]
    else:
        fen, title, document = int(facts.need("rate")), "本地录入的奖励标准", str(facts.need("document"))
    return Decision(Verdict.GRANT, fen, steps=((f"{title}:{name}", fen),), articles=(document,))


RULES: dict[str, Callable[[Layer, Facts], Decision]] = {
    "martyr_honour_grant": martyr_honour_grant,
    "death_gratuity": death_gratuity,
    "death_continuation": death_continuation,
    "waiting_allowance": waiting_allowance,
    "discharge_grant": discharge_grant,
    "merit_reward": merit_reward,
}
