"""What a campaign and a kind of campaign must hold, and the words of the rule that makes a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yushui.activities.rules import festivals, goods
from yushui.activities.rules.visits import MOST_CASH_FEN
from yushui.activities.types import KIND_GROUPS, CampaignDraft, CampaignKindDraft, Custom, ListRule
from yushui.activities.types.campaigns import FOLLOW_NAMES
from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.people.types import HARDSHIP_NAMES, KIND_NAMES, MERIT_NAMES

LONGEST_DAYS = 400
MOST_AROUND = 60  # days before or after a festival
MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")


@dataclass(frozen=True)
class CampaignFacts:
    """A campaign that can be stored, on the days [starts_on, ends_on); cash per head in fen."""

    title: str
    kind: str
    area_code: str
    starts_on: date
    ends_on: date
    cash_fen: int
    goods: str
    rule: ListRule
    client_key: str


@dataclass(frozen=True)
class CampaignGround:
    """What the form may choose from: kinds with their names and customs, areas, kinds of units."""

    today: date
    kinds: Mapping[str, tuple[str, Custom]]
    areas: frozenset[str] = frozenset()
    unit_kinds: frozenset[str] = frozenset()


def read_campaign(draft: CampaignDraft, ground: CampaignGround) -> tuple[CampaignFacts | None, list[Problem]]:
    """Facts of a campaign, or None with all problems. The last day typed is included."""
    problems: list[Problem] = []
    if draft.kind not in ground.kinds:
        problems.append(Problem("请选择行动类型", where="类型"))
    first = texts.read_day(draft.first_day, "开始日期", problems)
    last = texts.read_day(draft.last_day, "结束日期", problems)
    if first and last and last < first:
        problems.append(Problem("结束日期早于开始日期", where="结束日期"))
    if first and last and (last - first).days > LONGEST_DAYS:
        problems.append(Problem("行动超过一年", where="结束日期", next_step="请核对年份"))
    cash = texts.read_yuan(draft.cash, "每户慰问金", problems, most_fen=MOST_CASH_FEN) or 0
    given = texts.read_line(goods.line_of([draft.goods]), "慰问品", problems, longest=120)
    title = texts.read_line(draft.title, "名称", problems, longest=80)
    rule = read_rule(draft, ground, problems)
    key = texts.read_key(draft.client_key, problems) if draft.client_key else ""
    if problems or first is None or last is None:
        return None, problems
    name, custom = ground.kinds[draft.kind]
    title = title or festivals.title_for(custom.follows, name, first)
    day_after = last + timedelta(days=1)
    return CampaignFacts(title, draft.kind, draft.area_code, first, day_after, cash, given, rule, key), []


def read_rule(draft: CampaignDraft, ground: CampaignGround, problems: list[Problem]) -> ListRule:
    """The rule of the list; an empty one is refused, for it would choose nobody or everybody."""
    age = texts.read_count(draft.least_age, "年龄", problems, most=130)
    since = None
    if draft.not_since.strip():
        since = texts.read_day(draft.not_since, "这天以来没走访", problems, latest=ground.today)
    unknown = {*draft.kinds} - set(KIND_NAMES) | {*draft.hardships} - set(HARDSHIP_NAMES)
    unknown |= {*draft.merits} - set(MERIT_NAMES) | {*draft.areas} - ground.areas
    if unknown or {*draft.unit_kinds} - ground.unit_kinds:
        problems.append(Problem("条件里有不认识的类别", where="走访对象", next_step="请重新勾选"))
    rule = ListRule(
        draft.kinds, draft.hardships, age, draft.every, draft.merits, draft.birthday, since, draft.areas,
        draft.unit_kinds,
    )  # fmt: skip
    typed = draft.least_age.strip() or draft.not_since.strip()
    if not rule.asks_people and not rule.unit_kinds and not draft.by_hand and not typed:
        step = "勾选身份、困难情形、单位,或填写年龄"
        problems.append(Problem("请至少选一个条件", where="走访对象", next_step=step))
    return rule


def words_of_rule(rule: ListRule, areas: Mapping[str, str], units: Mapping[str, str]) -> str:
    """The rule in a clerk's words: `三属 或 80周岁以上 或 生活困难`. Groups of kinds are named as groups; `areas` and
    `units` name the codes of areas and kinds of units."""
    left = list(rule.kinds)
    parts = []
    for group, kinds in KIND_GROUPS.items():
        if set(kinds) <= set(left):
            parts.append(group)
            left = [k for k in left if k not in kinds]
    parts += [KIND_NAMES[k] for k in left]
    conditions = ["、".join(parts)] if parts else []
    if rule.least_age is not None:
        conditions.append(f"{rule.least_age}周岁以上")
    if rule.hardships:
        conditions.append("、".join(HARDSHIP_NAMES[h] for h in rule.hardships))
    if rule.merits:
        conditions.append("、".join(MERIT_NAMES[m] for m in rule.merits))
    words = (" 并且 " if rule.every else " 或 ").join(conditions)
    besides = ["期间过生日"] if rule.birthday else []
    besides += [f"{rule.not_since:%Y-%m-%d} 以来没走访"] if rule.not_since else []
    besides += ["限" + "、".join(areas.get(a, "") for a in rule.areas)] if rule.areas else []
    if rule.asks_people:
        words = ",".join([words or "优抚对象", *besides])
    if rule.unit_kinds:
        words = ";".join([words, *["、".join(units.get(u, "") for u in rule.unit_kinds)]]).strip(";")
    return words if len(words) <= 200 else f"{words[:199]}…"


@dataclass(frozen=True)
class CampaignKindFacts:
    """A kind of campaign that can be stored."""

    name: str
    custom: Custom


def read_campaign_kind(draft: CampaignKindDraft) -> tuple[CampaignKindFacts | None, list[Problem]]:
    """A kind as typed, or None with all problems."""
    problems: list[Problem] = []
    name = texts.read_line(draft.name, "名称", problems, longest=40)
    if not name:
        problems.append(Problem("请填写名称", where="名称", next_step="例如:重阳走访"))
    if draft.follows and draft.follows not in FOLLOW_NAMES:
        problems.append(Problem("请选择时间", where="时间"))
    custom = Custom()
    if draft.follows == "SEASON":
        first = read_month_day(draft.first, "从", problems)
        last = read_month_day(draft.last, "到", problems)
        custom = Custom("SEASON", first=first, last=last)
    elif draft.follows:
        before = texts.read_count(draft.days_before, "提前几天", problems, most=MOST_AROUND) or 0
        after = texts.read_count(draft.days_after, "延后几天", problems, most=MOST_AROUND) or 0
        custom = Custom(draft.follows, before, after)
    return (None, problems) if problems else (CampaignKindFacts(name, custom), [])


def read_month_day(text: str, where: str, problems: list[Problem]) -> int | None:
    """`5-20` or `5月20日` as 520; it must be a day of every year."""
    found = MONTH_DAY.fullmatch(text.strip())
    try:
        day = date(2001, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        problems.append(Problem("日期不对", where=where, next_step="写月和日,例如 5-20"))
        return None
    return day.month * 100 + day.day
