"""The definitions of all indicators, read once from catalogue/indicators, and the row sources they may use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from yushui.activities import figures as activities
from yushui.activities.selectors.campaign_kinds import own_campaign_kinds
from yushui.activities.selectors.kinds import own_kinds
from yushui.base.area_codes import lies_in
from yushui.base.figures import RowSource
from yushui.base.plain_yaml import read_yaml
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.benefits import figures as benefits
from yushui.cases import figures as cases
from yushui.funds import figures as funds
from yushui.honours import figures as honours
from yushui.indicators.rules import read_indicators
from yushui.indicators.types import Condition, Indicator, Kind, Question, Shape
from yushui.payments import figures as payments
from yushui.people import figures as people
from yushui.places import figures as places
from yushui.plans import figures as plans
from yushui.policy.types import BENEFIT_NAMES
from yushui.sites import figures as sites
from yushui.sites.selectors.kinds import own_site_kinds

ACTIVITIES, NUMBERS = "activities.activities", "activities.numbers"
# the chapter of a kind of activity → the chapter of the figures
FIGURE_CHAPTERS = {
    "ORGANISATION": "组织领导", "EDUCATION": "宣传教育", "POLICY": "优抚政策落实", "PLACEMENT": "安置就业",
    "RIGHTS": "维权稳定", "VISITS": "走访慰问", "JOINT": "军民共建", "CONSCRIPTION": "征兵",
}  # fmt: skip
SITE_CHAPTERS = {"PUBLIC": "宣传教育", "EDUCATION": "宣传教育"}  # all other groups: 优抚政策落实
SOURCES: dict[str, RowSource] = {
    **places.SOURCES,
    **people.SOURCES,
    **activities.SOURCES,
    **plans.SOURCES,
    **cases.SOURCES,
    **funds.SOURCES,
    **payments.SOURCES,
    **benefits.SOURCES,
    **honours.SOURCES,
    **sites.SOURCES,
}


def shapes() -> dict[str, Shape]:
    """What each source offers to a definition."""
    return {
        name: Shape(frozenset(source.measures), frozenset(source.filters), bool(source.person), source.choices)
        for name, source in SOURCES.items()
    }


def load_indicators(folder: Path) -> dict[str, Indicator]:
    """All indicators of a folder by id, in the order of files and entries. Refused with every problem of every file."""
    files: dict[str, object] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files[path.name] = read_yaml(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            problems.append(Problem(f"不是有效的 YAML:{str(error).splitlines()[0]}", where=path.name))
    found, more = read_indicators(files, shapes(), BENEFIT_NAMES)
    if problems or more:
        raise Refused(*problems, *more)
    return found


@lru_cache(maxsize=4)
def indicators_in(folder: Path) -> dict[str, Indicator]:
    """The indicators of a folder, read once."""
    return load_indicators(folder)


def indicators() -> dict[str, Indicator]:
    """The indicators of this installation by id: those of the catalogue, and those of kinds that counties added."""
    return {**catalogue_indicators(), **own_indicators(), **own_campaign_indicators(), **own_site_indicators()}


def catalogue_indicators() -> dict[str, Indicator]:
    """Those of the catalogue: what an outline may cite. Reads no rows."""
    return indicators_in(settings.CATALOGUE_DIR / "indicators")


def own_indicators() -> dict[str, Indicator]:
    """For each kind of activity that a county added: how often, what its number counts, and its further numbers. A
    further number with decimals has none: figures are whole numbers, and yuan."""
    found: dict[str, Indicator] = {}
    for kind, extras in own_kinds():
        tests = (Condition("kind", (kind.pk,)),)
        stem = kind.pk.lower()
        asked = [("times", kind.name, "次", Question(ACTIVITIES, tests, "rows"))]
        if kind.measure:
            asked.append(("heads", f"{kind.name}:数量", kind.measure, Question(ACTIVITIES, tests, "heads")))
        for extra in extras:
            if extra.decimals == 0 or (extra.unit == "元" and extra.decimals == 2):
                question = Question(NUMBERS, (*tests, Condition("key", (extra.key,))), "value")
                asked.append((extra.key, f"{kind.name}:{extra.name}", extra.unit, question))
        for part, title, unit, question in asked:
            found[f"{stem}_{part}"] = Indicator(
                id=f"{stem}_{part}", title=title, chapter=FIGURE_CHAPTERS[kind.chapter], unit=unit, kind=Kind.COUNT,
                definition=f"本年登记的“{kind.name}”,本地添加的类别", seed="", words="", whole=question,
                enter="list-activities", area_code=kind.area_code,
            )  # fmt: skip
    return found


def own_campaign_indicators() -> dict[str, Indicator]:
    """For each kind of campaign that a county added: who was met, cash, and how far its lists were covered."""
    found: dict[str, Indicator] = {}
    for kind in own_campaign_kinds():
        tests, stem = (Condition("campaign", (kind.pk,)),), f"visits_{kind.pk.lower()}"
        for part, title, unit, measure in (("heads", "走访到的人", "人", "persons"), ("cash", "慰问金", "元", "cash")):
            found[f"{stem}_{part}"] = Indicator(
                id=f"{stem}_{part}", title=f"{kind.name}:{title}", unit=unit, kind=Kind.COUNT,
                definition=f"本年“{kind.name}”行动的{title},本地添加的种类",
                whole=Question("activities.visits", tests, measure), enter="list-visits", chapter="走访慰问", seed="",
                words="", area_code=kind.area_code,
            )  # fmt: skip
        found[f"{stem}_coverage"] = Indicator(
            id=f"{stem}_coverage", title=f"{kind.name}:走访覆盖率", unit="%", kind=Kind.RATIO,
            definition=f"本年“{kind.name}”名单上的人已走访到的比例,本地添加的种类",
            whole=Question("activities.campaign_targets", tests, "rows"), part=(Condition("visited", (True,)),),
            enter="list-campaigns", chapter="走访慰问", seed="", words="", area_code=kind.area_code,
        )  # fmt: skip
    return found


def own_site_indicators() -> dict[str, Indicator]:
    """For each kind of site that a county added: how many, and its numbers, those by month as the sum of the year."""
    found: dict[str, Indicator] = {}
    for kind, numbers in own_site_kinds():
        tests = (Condition("kind", (kind.pk,)),)
        agreed = (*tests, Condition("agreed", (True,))) if kind.signed else tests
        words = "期末协议有效的" if kind.signed else "期末在用的"
        asked = [("count", kind.name, "处", words, Question("sites.sites", agreed, "rows"))]
        for number in numbers:
            source, words = ("sites.months", "本年按月登记的") if number.monthly else ("sites.numbers", "期末登记的")
            question = Question(source, (*tests, Condition("key", (number.key,))), "value")
            asked.append((number.key.rpartition("_")[2], f"{kind.name}:{number.name}", number.unit, words, question))
        for part, title, unit, words, question in asked:
            key = f"sites_{kind.pk.lower()}_{part}"
            found[key] = Indicator(
                id=key, title=title, chapter=SITE_CHAPTERS.get(kind.group, "优抚政策落实"), unit=unit, kind=Kind.COUNT,
                definition=f"{words}“{title}”,本地添加的类别", seed="", words="", whole=question, enter="list-sites",
                area_code=kind.area_code,
            )  # fmt: skip
    return found


def concerns(indicator: Indicator, area_code: str) -> bool:
    """Whether an indicator has anything to say of an area: one of an own kind only there and around it."""
    own = indicator.area_code
    return not own or lies_in(area_code, own) or lies_in(own, area_code)


def get_indicator(indicator_id: str) -> Indicator:
    """One indicator; NotFound when there is none of that id."""
    found = indicators().get(indicator_id)
    if found is None:
        raise NotFound
    return found
