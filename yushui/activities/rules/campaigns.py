"""What a campaign must hold, and the words of the rule that makes its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yushui.activities.rules import festivals, goods
from yushui.activities.rules.visits import MOST_CASH_FEN
from yushui.activities.types import CAMPAIGN_NAMES, KIND_GROUPS, CampaignDraft, ListRule
from yushui.base import texts
from yushui.base.refusals import Problem
from yushui.people.types import HARDSHIP_NAMES, KIND_NAMES

LONGEST_DAYS = 400


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


def read_campaign(draft: CampaignDraft) -> tuple[CampaignFacts | None, list[Problem]]:
    """Facts of a campaign, or None with all problems. The last day typed is included."""
    problems: list[Problem] = []
    if draft.kind not in CAMPAIGN_NAMES:
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
    rule = read_rule(draft, problems)
    if problems or first is None or last is None:
        return None, problems
    title = title or festivals.title_for(draft.kind, CAMPAIGN_NAMES[draft.kind], first)
    return CampaignFacts(title, draft.kind, draft.area_code, first, last + timedelta(days=1), cash, given, rule), []


def read_rule(draft: CampaignDraft, problems: list[Problem]) -> ListRule:
    """The rule of the list; an empty one is refused, for it would choose nobody or everybody."""
    age = texts.read_count(draft.least_age, "年龄", problems, most=130)
    unknown = [k for k in draft.kinds if k not in KIND_NAMES] + [h for h in draft.hardships if h not in HARDSHIP_NAMES]
    if unknown:
        problems.append(Problem("条件里有不认识的类别", where="走访对象", next_step="请重新勾选"))
    if not draft.kinds and not draft.hardships and age is None and not draft.least_age.strip():
        problems.append(Problem("请至少选一个条件", where="走访对象", next_step="勾选身份、困难情形,或填写年龄"))
    return ListRule(kinds=draft.kinds, hardships=draft.hardships, least_age=age, every=draft.every)


def words_of_rule(rule: ListRule) -> str:
    """The rule in a clerk's words: `三属、80周岁以上、生活困难(任一)`. Groups of kinds are named as groups."""
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
    words = (" 并且 " if rule.every else " 或 ").join(conditions)
    return words if len(words) <= 200 else f"{words[:199]}…"
