"""Festivals by the almanac, goods that can be counted, drafts that become facts or problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from yushui.activities.rules import festivals, goods
from yushui.activities.rules.activities import read_activity
from yushui.activities.rules.campaigns import CampaignGround, read_campaign, words_of_rule
from yushui.activities.rules.visits import VisitGround, read_visit
from yushui.activities.tests.factories import SPRING, TODAY, draft_of
from yushui.activities.types import ActivityDraft, CampaignDraft, Custom, ListRule, VisitDraft

SPRING_DAYS = Custom("SPRING_FESTIVAL", 20, 14)
CAMPAIGN_GROUND = CampaignGround(date(2026, 2, 10), {"SPRING_FESTIVAL": ("春节慰问", SPRING_DAYS)})


@pytest.mark.parametrize(
    ("kind", "year", "day"),
    [
        ("SPRING_FESTIVAL", 2025, date(2025, 1, 29)),
        ("SPRING_FESTIVAL", 2026, date(2026, 2, 17)),
        ("MID_AUTUMN", 2026, date(2026, 9, 25)),
        ("QINGMING", 2026, date(2026, 4, 5)),
        ("ARMY_DAY", 2026, date(2026, 8, 1)),
        ("HARDSHIP", 2026, None),
    ],
)
def test_festival_days_follow_the_almanac(kind: str, year: int, day: date | None) -> None:
    assert festivals.festival_on(kind, year) == day


def test_spring_festival_runs_to_the_lantern_festival() -> None:
    assert festivals.usual_days(SPRING_DAYS, 2026) == (date(2026, 1, 28), date(2026, 3, 3))


def test_after_the_festival_the_next_year_is_proposed() -> None:
    army, harvest = Custom("ARMY_DAY", 14, 9), Custom("SEASON", first=520, last=630)
    assert festivals.next_days(army, date(2026, 8, 10)) == (date(2026, 7, 18), date(2026, 8, 10))
    assert festivals.next_days(army, date(2026, 8, 11)) == (date(2027, 7, 18), date(2027, 8, 10))
    assert festivals.next_days(harvest, date(2026, 6, 1)) == (date(2026, 5, 20), date(2026, 6, 30))
    assert festivals.next_days(Custom(), date(2026, 6, 1)) == (date(2026, 6, 1), date(2026, 6, 15))


def test_a_season_over_new_year_runs_into_the_next_year() -> None:
    winter = Custom("SEASON", first=1215, last=115)
    assert festivals.next_days(winter, date(2026, 1, 3)) == (date(2025, 12, 15), date(2026, 1, 15))
    assert festivals.next_days(winter, date(2026, 1, 16)) == (date(2026, 12, 15), date(2027, 1, 15))


def test_new_year_campaign_begun_in_december_is_named_after_the_new_year() -> None:
    assert festivals.title_for("NEW_YEAR", "元旦慰问", date(2026, 12, 25)) == "2027年元旦慰问"
    assert festivals.title_for("ARMY_DAY", "八一慰问", date(2026, 7, 18)) == "2026年八一慰问"


def test_goods_are_items_parted_by_any_mark() -> None:
    assert goods.items_of("米  10kg,油 5L;米 10kg + 棉被") == ("米 10kg", "油 5L", "棉被")
    assert goods.line_of(("米 10kg", "油 5L、米 10kg", "")) == "米 10kg、油 5L"
    assert goods.count_items([("米 10kg、油 5L", 3), ("米 10kg", 2), ("棉被", 3)]) == [
        ("米 10kg", 5), ("棉被", 3), ("油 5L", 3),
    ]  # fmt: skip
    assert goods.count_items([("大米×2、油", 3), ("大米", 1)]) == [("大米", 7), ("油", 3)]


def test_goods_are_matched_to_the_stock_whatever_the_spelling() -> None:
    assert goods.wanted_of("米 10KG、油5L*2,米10kg x3") == {"米10kg": 4, "油5l": 2}
    assert goods.wanted_of("大米×0、×2") == {"大米×0": 1, "×2": 1}


def test_a_rule_survives_being_written_down() -> None:
    rule = ListRule(
        ("WAR_VETERAN",), ("ALONE", "LIVING"), 80, True, ("MERIT_2",), True, date(2026, 1, 1), ("990101001001",),
        ("GARRISON",),
    )  # fmt: skip
    assert ListRule.from_text(rule.as_text()) == rule
    assert ListRule.from_text("") == ListRule()


def test_a_rule_is_told_in_a_clerks_words() -> None:
    rule = ListRule(
        kinds=("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS", "WAR_VETERAN"),
        hardships=("ALONE",),
        least_age=80,
    )
    assert words_of_rule(rule, {}, {}) == "三属、参战退役军人 或 80周岁以上 或 独居"
    assert words_of_rule(replace(rule, every=True), {}, {}) == "三属、参战退役军人 并且 80周岁以上 并且 独居"
    narrow = ListRule(birthday=True, not_since=date(2026, 1, 1), areas=("990101001001",), unit_kinds=("GARRISON",))
    assert words_of_rule(narrow, {"990101001001": "北洲村"}, {"GARRISON": "驻军单位"}) == (
        "优抚对象,期间过生日,2026-01-01 以来没走访,限北洲村;驻军单位"
    )


def test_a_campaign_draft_becomes_facts_with_the_last_day_included() -> None:
    facts, problems = read_campaign(replace(SPRING, title=""), CAMPAIGN_GROUND)
    assert problems == []
    assert facts is not None
    assert (facts.title, facts.starts_on, facts.ends_on, facts.cash_fen, facts.goods) == (
        "2026年春节慰问", date(2026, 1, 28), date(2026, 3, 4), 50000, "米 10kg、油 5L",
    )  # fmt: skip


def test_all_problems_of_a_campaign_are_told_at_once() -> None:
    wrong = CampaignDraft(kind="?", first_day="2026-02-30", last_day="", cash="五百", goods="x" * 130, least_age="八十")
    facts, problems = read_campaign(wrong, CAMPAIGN_GROUND)
    assert facts is None
    assert [problem.where for problem in problems] == [
        "类型", "开始日期", "结束日期", "每户慰问金", "慰问品", "年龄",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"last_day": "2026-01-01"}, "结束日期"),
        ({"last_day": "2028-01-01"}, "结束日期"),
        ({"kinds": ()}, "走访对象"),
        ({"kinds": ("GENERAL",)}, "走访对象"),
        ({"cash": "-5"}, "每户慰问金"),
        ({"cash": "1000000"}, "每户慰问金"),
        ({"title": "慰问91079部队"}, "名称"),
    ],
)
def test_a_campaign_with_one_fault_names_its_place(change: dict[str, object], where: str) -> None:
    facts, problems = read_campaign(replace(SPRING, **change), CAMPAIGN_GROUND)
    assert (facts, [problem.where for problem in problems]) == (None, [where])


GROUND = VisitGround(today=TODAY, starts_on=date(2026, 1, 28))


def test_a_visit_keeps_cash_and_goods() -> None:
    facts, problems = read_visit(draft_of(cash=" 1,000.5元", goods=("米 10kg", "", "油 5L"), note=" 膝盖旧伤 "), GROUND)
    assert problems == []
    assert facts is not None
    assert (facts.cash_fen, facts.goods, facts.note) == (100050, "米 10kg、油 5L", "膝盖旧伤")


def test_who_met_nobody_gave_nothing_whatever_was_prefilled() -> None:
    facts, problems = read_visit(draft_of(way="ABSENT", cash="500", goods=("米 10kg",)), GROUND)
    assert problems == []
    assert facts is not None
    assert (facts.cash_fen, facts.goods) == (0, "")


def test_all_problems_of_a_visit_are_told_at_once() -> None:
    wrong = VisitDraft(way="", on="明天", cash="abc", goods=("g" * 130,), note="n" * 501, client_key="?")
    facts, problems = read_visit(wrong, GROUND)
    assert facts is None
    assert [problem.where for problem in problems] == ["走访方式", "走访日期", "慰问金", "慰问品", "情况和诉求", ""]


@pytest.mark.parametrize(
    ("typed", "ground", "what"),
    [
        ({"on": "2026-02-11"}, GROUND, "日期在今天之后"),
        ({"on": "1926-02-11"}, GROUND, "日期过早"),
        ({"on": "2026-01-27"}, GROUND, "早于本次行动的第一天"),
        ({}, replace(GROUND, died_on=date(2026, 2, 1)), "这位对象已登记去世"),
        ({}, replace(GROUND, paid_on=date(2026, 2, 1)), "本次行动已于 2026-02-01 给这户发过慰问金"),
        ({"cash": "100000.01"}, GROUND, "金额超过 100,000 元"),
        ({"cash": "-1"}, GROUND, "金额不能是负数"),
        ({"cash": "1.234"}, GROUND, "金额应为数字,最多两位小数,例如 4015.50"),
        ({"note": "儿子在海军91079部队"}, GROUND, "内容像是部队番号、代号或兵力装备"),
        ({"note": "身份证990101195005010015"}, GROUND, "内容里有身份证号或银行卡号"),
    ],
)
def test_a_visit_with_one_fault_says_what(typed: dict[str, object], ground: VisitGround, what: str) -> None:
    facts, problems = read_visit(draft_of(**typed), ground)
    assert (facts, [problem.what for problem in problems]) == (None, [what])


def test_a_second_look_in_without_cash_is_welcome() -> None:
    facts, problems = read_visit(draft_of(cash="0"), replace(GROUND, paid_on=date(2026, 2, 1)))
    assert (facts is not None, problems) == (True, [])


def test_an_activity_needs_a_kind_and_a_day_only() -> None:
    draft = ActivityDraft(kind="FORUM", on="2026-02-01", client_key="a-key-of-a-form")
    facts, problems = read_activity(draft, kind_names={"FORUM": "座谈会"}, today=TODAY)
    assert problems == []
    assert facts is not None
    assert (facts.title, facts.heads, facts.amount_fen) == ("座谈会", None, None)


def test_all_problems_of_an_activity_are_told_at_once() -> None:
    draft = ActivityDraft(
        kind="PARTY", on="2026-12-01", title="t" * 121, place="91079部队驻地", heads="很多", amount="-3", note="n" * 501
    )
    _, problems = read_activity(draft, kind_names={"FORUM": "座谈会"}, today=TODAY)
    assert [problem.where for problem in problems] == ["活动类型", "日期", "标题", "地点", "数量", "金额", "情况", ""]
    assert problems[3].next_step.startswith("涉密信息不得录入")
