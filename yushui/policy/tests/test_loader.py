"""What a law file must have before it is believed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yushui.base.refusals import Refused
from yushui.policy.rules.law_files import build_law, parse_law
from yushui.policy.tests.law_for_tests import documents, repository_law

TABLE = "national/disability_pension/rates.yaml"


def problems_of(docs: dict[str, Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        build_law(docs, "")
    return [str(p) for p in refused.value.problems]


def newest(docs: dict[str, Any]) -> dict[str, Any]:
    block: dict[str, Any] = docs[TABLE]["values"][-1]
    return block


def test_all_national_cells_load_when_the_files_are_as_they_are() -> None:
    rates = repository_law().rule("disability_pension").rates
    assert (len(rates), {len(r.rows) for r in rates}) == (16, {26})
    assert rates[-1].rows[("6", "DUTY")] == 4_818_000


def test_2009_times_the_announced_raises_is_the_2017_table_when_rounded_to_tens() -> None:
    tables = {r.starts_on.year: r.rows for r in repository_law().rule("disability_pension").rates}
    for row, fen in tables[2009].items():
        yuan = fen // 100
        for percent in (110, 115, 115, 115, 120, 115, 110, 110):
            yuan = (yuan * percent + 500) // 1000 * 10
        assert yuan * 100 == tables[2017][row]


def test_2017_times_the_announced_raises_is_the_2021_table_when_rounded_to_tens() -> None:
    tables = {r.starts_on.year: r.rows for r in repository_law().rule("disability_pension").rates}
    for row, fen in tables[2017].items():
        yuan = fen // 100
        for percent in (110, 110, 110, 110):
            yuan = (yuan * percent + 500) // 1000 * 10
        assert yuan * 100 == tables[2021][row]


def test_value_is_refused_when_it_has_no_mark_and_no_source() -> None:
    docs = documents()
    del newest(docs)["mark"], newest(docs)["source"]
    assert problems_of(docs) == [
        f"{TABLE}:values[16]:mark:缺少这一项",
        f"{TABLE}:values[16]:source:没有出处的数不能用",
    ]


def test_junk_table_is_refused_when_grade_ten_is_above_grade_nine() -> None:
    docs = documents()
    newest(docs)["rows"][10]["WAR"] = 4_474_000
    assert [p for p in problems_of(docs) if "10级因战不低于9级" in p]


def test_table_is_refused_when_illness_is_above_duty() -> None:
    docs = documents()
    newest(docs)["rows"][1]["ILLNESS"] = 12_416_400
    assert [p for p in problems_of(docs) if "1级因病不低于因公" in p]


def test_table_is_refused_when_it_grows_too_much_or_falls() -> None:
    docs = documents()
    newest(docs)["rows"] = {g: {c: f * 2 for c, f in row.items()} for g, row in newest(docs)["rows"].items()}
    assert len([p for p in problems_of(docs) if "高出21%" in p]) == 26
    newest(docs)["rows"] = {
        g: {c: f // 1200 // 4 * 1200 for c, f in row.items()} for g, row in newest(docs)["rows"].items()
    }
    assert [p for p in problems_of(docs) if "低于上一次标准" in p]


def test_yearly_standard_is_refused_when_it_is_no_whole_month_since_2024() -> None:
    docs = documents()
    newest(docs)["rows"][1]["WAR"] += 100
    assert [p for p in problems_of(docs) if "12元的整倍数" in p]


def test_every_problem_is_told_when_several_files_are_wrong() -> None:
    docs = documents()
    newest(docs)["colour"] = "red"
    docs["national/overlap.yaml"]["pairs"][0]["rule"] = "maybe"
    docs["national/unknown_benefit/rates.yaml"] = {}
    found = problems_of(docs)
    assert [p for p in found if p.endswith("colour:不认识的键")]
    assert [p for p in found if "maybe" in p]
    assert [p for p in found if p.startswith("national/unknown_benefit/rates.yaml")]


def test_place_may_not_undo_what_the_state_says_about_two_benefits() -> None:
    docs = documents()
    docs["local/990101/overlap.yaml"]["pairs"].append(
        {"benefits": ["rural_veteran_stipend", "war_veteran_stipend"], "rule": "both", "article": "县里想都发"}
    )
    assert [p for p in problems_of(docs) if "国家已有规定" in p]


def test_values_from_memory_are_left_out_and_asked_for() -> None:
    income = repository_law().layers[""].claims["income"]
    assert (income.get(2021), 2022 in income) == (4_741_200, False)


def test_file_is_refused_when_it_is_no_yaml_or_says_a_key_twice() -> None:
    with pytest.raises(Refused) as refused:
        parse_law({"national/a.yaml": "a: [", "national/b.yaml": "x: 1\nx: 2"})
    assert [p.where for p in refused.value.problems] == ["national/a.yaml", "national/b.yaml"]


def test_notice_counts_from_the_day_it_reached_the_county() -> None:
    rates = repository_law().rule("disability_pension", "990101001001").rates
    assert rates[-1].known_on == date(2024, 11, 8)
