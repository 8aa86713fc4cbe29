"""Units, posts, changes and papers as typed: facts, or everything that is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from yushui.base.refusals import Problem
from yushui.places.rules.papers import read_paper
from yushui.places.rules.posts import rank_of, read_posts, read_transfer
from yushui.places.rules.unit_duties import read_usual_duties, usual_duties_of
from yushui.places.rules.units import read_unit
from yushui.places.types import PaperDraft, PostDraft, PostMove, TransferDraft, UnitDraft

TODAY = date(2026, 11, 27)
UNIT = UnitDraft(name="县教育局", kind="MEMBER", area_code="990101000000", starts_on="2022-03-01")
PAPER = PaperDraft(kind="RULE", unit_id="7", title="走访制度", issued_on="2026-03-01", client_key="key-of-paper")
CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"


def wheres(problems: list[Problem]) -> list[str]:
    return [problem.where for problem in problems]


def test_unit_when_everything_is_wrong_tells_all_at_once() -> None:
    draft = UnitDraft(
        name="", kind="CLUB", parent_id="上级", phone="电" * 41, starts_on="2027-01-01", duties="第一条\n" + "长" * 201
    )
    facts, problems = read_unit(draft, kinds=frozenset({"MEMBER"}), today=TODAY)
    assert facts is None
    assert wheres(problems) == ["名称", "类别", "成立日期", "上级单位", "电话", "职责第 2 条"]


@pytest.mark.parametrize("name", ["驻云川某旅第 7 旅", "32145部队", "〇一二三四部队"])
def test_garrison_when_its_name_is_a_designation_is_questioned(name: str) -> None:
    draft = replace(UNIT, name=name, kind="GARRISON")
    facts, problems = read_unit(draft, kinds=frozenset({"GARRISON"}), today=TODAY)
    assert facts is None
    assert [(p.where, "涉密信息不得录入" in p.next_step) for p in problems] == [("名称", True)]


def test_unit_keeps_each_duty_once_in_its_order() -> None:
    facts, problems = read_unit(replace(UNIT, duties="乙\n\n甲 \n乙"), kinds=frozenset({"MEMBER"}), today=TODAY)
    assert problems == []
    assert facts is not None
    assert facts.duties == ("乙", "甲")


def test_posts_when_several_names_are_written() -> None:
    problems: list[Problem] = []
    found = read_posts(PostDraft("志愿者", "陈明、李强,王芳\n陈明", "", "2026-03-01"), problems)
    assert [facts.holder_name for facts in found] == ["陈明", "李强", "王芳"]
    assert problems == []


def test_posts_when_the_day_is_wrong_say_it_once_for_all_names() -> None:
    problems: list[Problem] = []
    assert read_posts(PostDraft("", "陈明、李强", "", "去年"), problems) == []
    assert wheres(problems) == ["任职日期", "职务"]


def test_transfer_when_empty_or_far_ahead_is_refused_with_all_problems() -> None:
    facts, problems = read_transfer(TransferDraft(on="2036-11-01", client_key="x"), today=TODAY)
    assert facts is None
    assert wheres(problems) == ["生效日期", "原因", "", "在任"]


def test_transfer_when_lines_are_half_filled_names_the_line() -> None:
    draft = TransferDraft(
        on="不知道", reason="换届", client_key="transfer-1", moves=(PostMove(1, "名" * 41),),
        additions=(PostDraft("成员", "陈明"), PostDraft("成员", "", "局长")),
    )  # fmt: skip
    assert wheres(read_transfer(draft, today=TODAY)[1]) == ["生效日期", "新增第 2 人 姓名", "接任人"]


def test_rank_follows_the_paper() -> None:
    titles = ["联络员", "成员", "秘书", "副组长", "组长", "常务副组长"]
    assert sorted(titles, key=rank_of) == ["组长", "常务副组长", "副组长", "成员", "联络员", "秘书"]


def test_paper_holds_from_its_issue_to_the_day_after_its_last() -> None:
    facts, problems = read_paper(replace(PAPER, last_day="2026-12-31"), kinds=frozenset({"RULE"}), today=TODAY)
    assert problems == []
    assert facts is not None
    assert (facts.starts_on, facts.ends_on) == (date(2026, 3, 1), date(2027, 1, 1))


def test_paper_when_everything_is_wrong_tells_all_at_once() -> None:
    draft = PaperDraft(kind="GONE", title="", issued_on="2026-12-01", starts_on="2026-02-30", last_day="2026", note="")
    facts, problems = read_paper(draft, kinds=frozenset({"RULE"}), today=TODAY)
    assert facts is None
    assert wheres(problems) == ["种类", "发文单位", "标题", "印发日期", "生效日期", "有效期至", ""]


def test_paper_when_it_ends_before_it_begins() -> None:
    draft = replace(PAPER, starts_on="2026-05-01", last_day="2026-04-30")
    assert wheres(read_paper(draft, kinds=frozenset({"RULE"}), today=TODAY)[1]) == ["有效期至"]


def test_usual_duties_of_the_catalogue_are_found_by_the_end_of_a_name() -> None:
    content = yaml.safe_load((CATALOGUE / "unit_duties.yaml").read_text(encoding="utf-8"))
    known, problems = read_usual_duties(content["units"], "unit_duties.yaml")
    assert problems == []

    def first(name: str) -> str:
        usual = usual_duties_of(name, known)
        return usual.duties[0] if usual else ""

    assert first("云川县教育局") == "把国防和双拥教育列入部门年度工作计划,组织学校国防教育课和学生军训"
    assert first("县财政局 ") == "安排双拥经费预算,及时下拨并保存下拨凭证"
    assert first("云川县双拥工作领导小组办公室") == "承担双拥工作领导小组日常工作"
    assert first("县人民政府办公室") == "组织协调政府部门的双拥工作"
    assert first("县发展和改革局") == ""  # nothing that says its duties was read


def test_usual_duties_when_the_file_is_wrong_names_each_fault() -> None:
    entries = [
        {"names": ["甲局"], "source": "见", "duties": ["一"], "law": "x"},
        {"names": "甲局", "duties": []},
        {"names": ["乙局"], "source": "见", "duties": ["一"]},
        {"names": ["乙局"], "source": "见", "duties": ["一"]},
    ]
    found, problems = read_usual_duties(entries, "f")
    assert len(found) == 1
    assert [str(problem) for problem in problems] == [
        "f 第 1 项:不认识的字段 law", "f 第 2 项:names 应是文字清单", "f 第 2 项:duties 应是文字清单",
        "f 第 2 项:缺少 source", "f 第 4 项:名称 乙局 写了两次",
    ]  # fmt: skip
