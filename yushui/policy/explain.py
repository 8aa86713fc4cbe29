"""这笔钱怎么来的: an answer in words, built from the keys of its spans alone, so it cannot differ from the
calculation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from yushui.base.days import month_at, show_day_zh, show_month_zh
from yushui.base.money import show_yuan
from yushui.policy.types import BENEFIT_NAMES, DueSpan, Law, Layer, Rates, Rule, Verdict

GRADES = dict(zip(map(str, range(1, 11)), "一二三四五六七八九十", strict=True))
WORDS = {
    "WAR": "因战", "DUTY": "因公", "ILLNESS": "因病",
    "ANTI_JAPANESE": "抗日战争时期", "LIBERATION": "解放战争时期", "AFTER_1949": "建国后",
    "RURAL": "农村", "URBAN": "城镇",
    "SURVIVOR_MARTYR": "烈士遗属", "SURVIVOR_DUTY": "因公牺牲军人遗属", "SURVIVOR_ILLNESS": "病故军人遗属",
    "RED_ARMY_VETERAN": "在乡退伍红军老战士", "WEST_ROUTE_VETERAN": "在乡西路军红军老战士",
    "RED_ARMY_SEPARATED": "红军失散人员",
    "ILL_VETERAN": "带病回乡退役军人", "WAR_VETERAN": "参战退役军人", "NUCLEAR_TEST_VETERAN": "参试退役军人",
    "MARTYR_CHILD": "烈士老年子女", "INLAND": "内地", "TIBET": "西藏", "XINJIANG": "新疆", "PLATEAU": "高原",
    "NONE": "无", "IN_SCHOOL": "在校生", "COLLEGE": "大专", "BACHELOR": "本科",
    "MEDAL": "勋章", "TITLE_CMC": "军委荣誉称号", "TITLE_REGION": "军区荣誉称号", "MERIT_1": "一等功",
    "MERIT_2": "二等功",
    "MERIT_3": "三等功", "EXCELLENT": "四有优秀",
    **{f"HARDSHIP_{n}": f"{c}类艰苦边远" for n, c in enumerate("一二三四五六", start=1)},
    **{f"ISLAND_{n}": f"{c}类海岛" for n, c in enumerate("特一二三", start=1)},
}  # fmt: skip
ASKED = {
    "grade": "伤残等级", "cause": "伤残性质", "period": "属于时期", "kind": "身份类别",
    "household_kind": "城乡(户籍类别)",
    "relation": "与牺牲病故军人关系", "education": "是否在校上学(学历一栏)", "starts_on": "开始日期",
    "ends_on": "结束日期",
    "approved_on": "批准日期", "born_on": "出生日期", "service_starts_on": "服义务兵役开始日期",
    "service_ends_on": "服义务兵役结束日期", "place_of_service": "服役地区", "merit": "立功受奖",
    "campaign": "参战(参试)类别",
    "mental_illness": "是否精神障碍", "rate": "当时的标准(国家没有公布或没有查到,本地也没有录入)",
    "average_wage": "上一年度城镇单位就业人员年平均工资", "minimum_wage": "当地月最低工资标准",
    "urban_income": "上一年度城镇居民人均可支配收入", "rural_income": "上一年度农村居民人均可支配收入",
    "start_month": "不满一个月的首月怎么计发(本地规定)", "sentence_month": "判刑当月怎么计发(本地规定)",
    "release_month": "期满当月怎么计发(本地规定)", "overlap": "几项待遇能不能同时享受(本地规定)",
}  # fmt: skip
REFUSED = {
    "illness_grade": ("因病致残只评一级至六级", ""), "draws_pension": ("已领取退休金或职工养老金", ""),
    "enlisted_before": ("入伍早于1954年11月1日", ""),
    "enlisted_after": ("入伍在2011年11月1日以后", ""), "sentenced": ("服刑期间中止", "SENTENCED"),
    "cancelled": ("资格已取消", "CANCELLED"), "unconfirmed": ("年度确认逾期,停发的不补", "UNCONFIRMED_NOTICE"),
    "moved_out": ("已迁出,次年起由迁入地发", "MOVED_OUT"), "moved_in": ("迁入前由迁出地发", "MOVED_IN"),
}  # fmt: skip
HOW_COUNTED = {"of": "当月起", "after": "次月起", "day_one": "从整月起"}


@dataclass(frozen=True)
class ExplanationLine:
    """One line of the sheet: words, the month's amount if it adds to the sum, struck out if set aside, and the
    basis.
    """

    text: str
    fen: int | None = None
    struck: bool = False
    source: str = ""


@dataclass(frozen=True)
class RateUse:
    """A rate key taken apart."""

    benefit: str
    layer: str
    starts_on: date
    row: tuple[str, ...]
    share: str = ""
    factors: tuple[tuple[str, str, int], ...] = field(default=())


def explain(
    law: Law, spans: Iterable[DueSpan], first_month: int, end_month: int, *, area_code: str = ""
) -> list[ExplanationLine]:
    """How the amounts of a person in [first_month, end_month) came about, benefit by benefit.

    Granted amounts carry `fen`, and these add up to what is due in a window of one month. What was considered and not
    applied is struck out; what is missing says who or what must be asked.
    """
    layer = law.layer_of(area_code)
    lines: list[ExplanationLine] = []
    for span in spans:
        if span.first_month < end_month and span.end_month > first_month:
            lines += _lines_of(law, layer, span, max(span.first_month, first_month), min(span.end_month, end_month))
    return lines


def _lines_of(law: Law, layer: Layer, span: DueSpan, first: int, end: int) -> list[ExplanationLine]:
    rule = layer.rules.get(span.benefit)
    name = BENEFIT_NAMES[span.benefit]
    months = show_month_zh(first) + ("" if end == first + 1 else f"至{show_month_zh(end - 1)}")
    if rule is None:
        return []
    if span.verdict is Verdict.ASK:
        return [ExplanationLine(f"{name} {months}:待补 {ask_in_words(span.ask)}", source=f"{rule.title}:{rule.basis}")]
    if span.verdict is Verdict.REFUSE:
        return [_refusal(layer, rule, span, months)]
    return [_since(rule, span), *_amount(law, layer, rule, span, months)]


def ask_in_words(key: str) -> str:
    """What is asked, for a clerk."""
    return ASKED.get(key, key)


def refusal_in_words(key: str) -> str:
    """Why it is refused, in short."""
    return REFUSED[key][0] if key in REFUSED else key


def _refusal(layer: Layer, rule: Rule, span: DueSpan, months: str) -> ExplanationLine:
    """Struck out: a benefit set aside for another, or stopped."""
    code, name = span.why[0], BENEFIT_NAMES[span.benefit]
    if code == "overlap":
        winner = span.why[1]
        pair = layer.overlap.get((span.benefit, winner))
        how = "择高" if pair and pair.rule == "higher" else "不重复享受"
        amount = next((f" {show_yuan(int(w[4:]))}" for w in span.why if w.startswith("fen:") and w != "fen:0"), "")
        text = f"{name}{amount},与{BENEFIT_NAMES[winner]}{how}"
        return ExplanationLine(
            text, struck=True, source=f"{'择高' if how == '择高' else '重合'}依据:{pair.article if pair else ''}"
        )
    words, stop = REFUSED.get(code, (code, ""))
    article = rule.articles.get(stop) or next((c.article for c in rule.conditions if c.refuse == code), "")
    return ExplanationLine(f"{name} {months}:不发,{words}", struck=True, source=article)


def _since(rule: Rule, span: DueSpan) -> ExplanationLine:
    """The status and since when."""
    facts = dict(w.split(":", 1) for w in span.why)
    since, mode = show_month_zh(month_at(facts["since"])), facts["start"]
    settled = "" if mode == "day_one" else "当月还是次月起按本地规定"
    article = next((s.article for s in rule.start if s.month == mode), settled)
    row = row_in_words(rate_use(span.rate.split("+")[0]))
    return ExplanationLine(f"{row or rule.title},{since}起({HOW_COUNTED[mode]})", source=article)


def _amount(law: Law, layer: Layer, rule: Rule, span: DueSpan, months: str) -> list[ExplanationLine]:
    """The standard and what was done to it."""
    texts, sources = [], [f"{rule.title}:{rule.basis}"]
    for key in span.rate.split("+"):
        use = rate_use(key)
        block = find_block(layer, use)
        texts.append(_standard(block, use))
        sources.append(_source(law, rule, use, block))
    years = next((w[6:] for w in span.why if w.startswith("years:")), "")
    text = " + ".join(texts) + (f" × {years}年" if years else "")
    use = rate_use(span.rate.split("+")[0])
    text += "".join(f" × {WORDS.get(value, value)}{percent}%" for _, value, percent in use.factors)
    block = find_block(layer, use)
    if (block and block.per == 12 and not use.share) or (rule.month_amount == "year_exact" and not block):
        text += " ÷ 12"
    return [ExplanationLine(f"{BENEFIT_NAMES[span.benefit]} {months}:{text}", span.fen, source=";".join(sources))]


def _standard(block: Rates | None, use: RateUse) -> str:
    """`2024年8月起标准 48,180.00元/年`, or the share of a local value."""
    since = f"{use.starts_on.year}年{use.starts_on.month}月起"
    if use.share:
        name, _, rest = use.share.partition("=")
        year, _, fen = rest.partition(":")
        percent = block.rows.get(use.row) if block else None
        part = " ÷ 12" if name == "average_wage" else ""
        value = f"{ASKED.get(name, name).removeprefix('上一年度')} {show_yuan(int(fen))}元"
        return f"{since}按{year}年{value}{part} × {percent}%"
    standard = block.rows.get(use.row) if block else None
    unit = "年" if block and block.per == 12 else "月"
    return f"{since}标准 {show_yuan(standard or 0)}元/{unit}"


def _source(law: Law, rule: Rule, use: RateUse, block: Rates | None) -> str:
    """Document and mark of the row used."""
    if block is None:
        return ""
    document = block.document if block.document not in {"", "HOLE"} else "文号未查到"
    marks = {"read": "已核", "derived": "推算", "invented": "示范虚构"}
    mark = marks.get(block.mark, block.mark)
    return f"{use.starts_on.year}年{rule.title}标准({show_day_zh(use.starts_on)}起,{document},{mark})"


def rate_use(key: str) -> RateUse:
    """Take a rate key apart: benefit/layer/effective date/row[/share][*column:value:percent…]."""
    plain, *factors = key.split("*")
    benefit, layer, starts_on, row, *share = plain.split("/")
    parts = tuple((c, v, int(p)) for c, v, p in (f.split(":") for f in factors))
    rows = () if row == "ALL" else tuple(row.split("."))
    return RateUse(
        benefit,
        "" if layer == "national" else layer,
        date.fromisoformat(starts_on),
        rows,
        share[0] if share else "",
        parts,
    )


def find_block(layer: Layer, use: RateUse) -> Rates | None:
    """The block of the rate tables that a key names; for a share its newest version in force."""
    rule = layer.rules[use.benefit]
    if use.share and rule.share:
        versions = [v for v in rule.share.versions if v.starts_on <= use.starts_on and use.row in v.rows]
        return max(versions, key=lambda v: v.starts_on, default=None)
    blocks = rule.local_rates if use.layer else rule.rates
    return next(
        (b for b in blocks if b.starts_on == use.starts_on and b.layer == use.layer and use.row in b.rows), None
    )


def row_in_words(use: RateUse) -> str:
    """`6.DUTY` → 六级因公."""
    words = [
        f"{GRADES[part]}级" if part in GRADES and n == 0 else WORDS.get(part, "") for n, part in enumerate(use.row)
    ]
    return "".join(words)


def reason_of(layer: Layer, span: DueSpan) -> str:
    """Why a span is refused: words, article and code in one text."""
    rule = layer.rules[span.benefit]
    line = _refusal(layer, rule, span, "")
    return f"{line.text} {line.source} {rule.basis} {' '.join(span.why)}"
