"""What looks like a designation is questioned; what people write every day is not."""

from __future__ import annotations

import pytest

from yushui.base.classified import holds_personal_number, looks_classified


@pytest.mark.parametrize(
    "text",
    [
        "海军91079部队",
        "走访驻地91079 部队",
        "某九一〇七九部队官兵",
        "９１０７９部队",
        "部队番号:12",
        "部队代号为61001",
        "第71集团军",
        "第 12 合成旅来访",
        "陆军第八十二师",
        "该部编制320人",
        "兵力约定编制 320 名",
        "15辆坦克",
        "6 架直升机参加",
    ],
)
def test_designations_strength_and_equipment_are_questioned(text: str) -> None:
    assert looks_classified(text)


@pytest.mark.parametrize(
    "text",
    [
        "走访慰问驻军官兵",
        "县人武部、县消防救援大队、武警云川中队",
        "为400多名官兵作报告",
        "第一师范学校国防教育课",
        "第三团支部志愿服务",
        "兵团第八师石河子",
        "第2旅游节军民联欢",
        "电话 87654321 部队政工科",
        "送去慰问金80000元",
        "2026年2月10日慰问驻军3处",
        "",
    ],
)
def test_everyday_sentences_pass(text: str) -> None:
    assert not looks_classified(text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("身份证 990101195005010015", True),
        ("卡号6299000000000000001", True),
        ("99010119500501001X", True),
        ("电话 13900000000", False),
        ("慰问金 500 元,2026-02-10", False),
    ],
)
def test_personal_numbers_in_free_text_are_seen(text: str, holds: bool) -> None:
    assert holds_personal_number(text) is holds
