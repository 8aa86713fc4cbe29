"""Definitions: all problems at once, and every code that a definition names exists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from yushui.base.refusals import Refused
from yushui.indicators.selectors.catalogue import catalogue_indicators, load_indicators
from yushui.indicators.types import Kind, Question
from yushui.people.types import ENTITLED_KINDS

BROKEN = """
- {id: a, title: 甲, chapter: 征兵, unit: 人, definition: 某, serves: {seed: "000", words: 有},
   source: people.nobody, measure: persons}
- {id: b, title: 乙, chapter: 征兵, unit: 只, definition: 某, serves: {seed: "000"},
   source: people.statuses, filter: {kind: HERO, colour: red}, measure: fen, colour: red}
- {id: c, title: 丙, chapter: 征兵, unit: 人, definition: 某, serves: {seed: "000", words: 有},
   ratio: {source: people.statuses, measure: persons}}
- {id: d, title: 丁, chapter: 征兵, unit: 元, definition: 某, serves: {seed: "000", words: 有}, table: [free_beer]}
- {title: 戊}
- 己
"""


def test_all_problems_of_a_broken_file_are_listed_at_once(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "2.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_indicators(tmp_path)
    assert [str(p).split(":", 1)[0] for p in refused.value.problems] == [
        "2.yaml", "1.yaml a", *["1.yaml b"] * 6, *["1.yaml c"] * 2, "1.yaml d",
        *["1.yaml 第 5 项"] * 6, "1.yaml 第 6 项",
    ]  # fmt: skip
    words = [p.what for p in refused.value.problems]
    assert "没有这个数据来源 people.nobody" in words
    assert "筛选 kind 没有 HERO" in words
    assert "people.statuses 不提供计量 fen" in words
    assert "part 和 met_by 应恰好有一个" in words
    assert "没有这种待遇 free_beer" in words


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    good = """- {id: a, title: 甲, chapter: 征兵, unit: 人, definition: 某, serves: {seed: "000", words: 有},
   source: people.statuses, measure: persons}\n"""
    (tmp_path / "1.yaml").write_text(good * 2, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_indicators(tmp_path)
    assert [p.what for p in refused.value.problems] == ["编号重复"]


def test_kinds_of_activity_named_by_indicators_are_in_the_catalogue() -> None:
    text = (settings.CATALOGUE_DIR / "activity_kinds.yaml").read_text(encoding="utf-8")
    known = {kind["code"] for kind in yaml.safe_load(text)["kinds"]}
    named = {
        value
        for indicator in catalogue_indicators().values()
        if indicator.whole and indicator.whole.source == "activities.activities"
        for test in indicator.whole.tests
        if test.name == "kind"
        for value in test.values
    }
    assert named - known == set()


def values_named(question: Question | None, name: str) -> tuple[object, ...]:
    """The values of one filter of a question."""
    return next((test.values for test in question.tests if test.name == name), ()) if question else ()


def test_entitled_figures_name_all_seventeen_kinds() -> None:
    for name in ("entitled_heads", "new_entitled_heads", "confirmed_rate", "insured_rate"):
        assert values_named(catalogue_indicators()[name].whole, "kind") == ENTITLED_KINDS, name
    by_kind = [values_named(catalogue_indicators()[f"heads_{kind.lower()}"].whole, "kind") for kind in ENTITLED_KINDS]
    assert by_kind == [(kind,) for kind in ENTITLED_KINDS]


def test_the_rates_of_the_reports_have_a_target() -> None:
    rates = [i for i in catalogue_indicators().values() if i.kind is Kind.RATIO]
    without = {i.id for i in rates if i.target != 10000}
    assert without == {"contacted_rate"}  # who is to be met twice a year need not be met each quarter
    assert len(catalogue_indicators()) >= 20
