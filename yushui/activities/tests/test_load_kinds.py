"""The catalogue of kinds: loaded as often as one likes, refused whole when faulty."""

from __future__ import annotations

from pathlib import Path

import pytest

from yushui.activities.models import ActivityKind, KindMeasure
from yushui.activities.selectors.kinds import list_kinds
from yushui.activities.services.kinds import load_kinds
from yushui.activities.tests.factories import AT, make_clerk
from yushui.activities.types import CHAPTER_NAMES
from yushui.audit.models import Entry
from yushui.base.refusals import Refused

pytestmark = pytest.mark.django_db
ONE = "kinds:\n  - {code: FORUM, name: 座谈会, chapter: VISITS, direction: JOINT, measure: 人次}\n"


def test_the_catalogue_has_kinds_for_every_chapter() -> None:
    assert load_kinds(at=AT) == ActivityKind.objects.count()
    assert {kind.chapter for kind in list_kinds(actor=make_clerk())} == set(CHAPTER_NAMES)
    assert len(list_kinds(actor=make_clerk())) >= 45


def test_loading_again_changes_nothing() -> None:
    load_kinds(at=AT)
    before = list(ActivityKind.objects.order_by("code").values())
    load_kinds(at=AT)
    assert list(ActivityKind.objects.order_by("code").values()) == before
    assert Entry.objects.filter(action="activities.kinds.loaded").count() == 1


def test_a_kind_taken_out_is_retired_and_comes_back(tmp_path: Path) -> None:
    load_kinds(at=AT)
    short = tmp_path / "kinds.yaml"
    short.write_text(ONE, encoding="utf-8")
    load_kinds(at=AT, path=short)
    assert [(kind.code, kind.name) for kind in list_kinds(actor=make_clerk())] == [("FORUM", "座谈会")]
    load_kinds(at=AT)
    assert len(list_kinds(actor=make_clerk())) == ActivityKind.objects.count()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds: [", "活动类型目录读不出来"),
        ("- a", "活动类型目录应有 kinds 列表"),
        ("kinds: [7]", "活动类型目录应有 kinds 列表"),
        (ONE + ONE.splitlines()[1], "编码 FORUM 重复"),
        (ONE.replace("VISITS", "PARTIES"), "chapter 没有 PARTIES 这个选项"),
        (ONE.replace("JOINT", "UP"), "direction 没有 UP 这个选项"),
        (ONE.replace("name: 座谈会", "name: ''"), "缺少 name"),
        (ONE.replace("measure", "unit"), "不认识的字段 unit"),
        (ONE.replace("人次", "人次, measures: {}"), "measures 应为列表"),
        (ONE.replace("人次", "人次, measures: [{key: A, name: 甲, unit: 家}]"), "measures:key 应为小写英文"),
        (ONE.replace("人次", "人次, measures: [{key: a, name: 甲}]"), "measures:unit 应为 1 到 10 个字"),
        (
            ONE.replace("人次", "人次, measures: [{key: a, name: 甲, unit: 家, decimals: 3}]"),
            "measures:decimals 应为 0 到 2",
        ),
        (ONE.replace("人次", "人" * 11), "measure 超过 10 个字"),
    ],
)
def test_a_faulty_catalogue_is_refused_whole(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "kinds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_kinds(at=AT, path=path)
    assert [problem.what for problem in refused.value.problems] == [said]
    assert ActivityKind.objects.count() == 0


# issue by issue what the five reports name; each must be a kind of its own or one word of it
NAMED = {
    "双拥领导小组全体会": "GROUP_PLENARY", "军地联席会议": "JOINT_MEETING", "党委议军会": "MILITARY_AFFAIRS_MEETING",
    "双拥专题会": "SUBJECT_MEETING", "常委会": "STANDING_REPORT", "茶话会": "FORUM", "军地互访": "MUTUAL_VISIT",
    "国防教育课": "DEFENCE_LESSON", "学生军训": "STUDENT_TRAINING", "少年军校": "YOUTH_SCHOOL",
    "国防知识竞赛": "KNOWLEDGE_CONTEST", "征文": "ESSAY_CONTEST", "演讲": "SPEECH_CONTEST",
    "国防教育进家庭": "FAMILY_EDUCATION", "影片展播": "FILM_SHOW", "军营开放": "MILITARY_DAY", "宣传稿件": "PRESS",
    "板报": "BILLBOARD", "橱窗": "BILLBOARD", "户外宣传更新": "OUTDOOR_UPDATE", "宣传月": "PUBLICITY_MONTH",
    "文艺演出": "GALA", "祭扫": "MEMORIAL", "烈士故事": "OATH", "报告会": "TRADITION_REPORT", "植树": "ARMY_HELPS",
    "清淤": "ARMY_HELPS", "义诊": "ARMY_CLINIC", "理发": "ARMY_BARBER", "定点帮扶": "ARMY_POVERTY",
    "助学": "ARMY_SCHOOLING", "抢险": "RESCUE", "支援部队": "SUPPORT_ARMY", "驻训": "TRAINING_SUPPORT",
    "科技拥军": "SCIENCE_SUPPORT", "文化拥军": "CULTURE_SUPPORT", "法律拥军": "LAW_SUPPORT",
    "教育拥军": "SCHOOLING_SUPPORT", "医疗拥军": "MEDICAL_SUPPORT", "民兵训练": "MILITIA_TRAINING",
    "治安联防": "JOINT_SECURITY", "卫生共建": "HYGIENE_BUILDING", "绿化共建": "GREEN_BUILDING",
    "文明共建": "JOINT_BUILDING", "技能培训": "SKILL_TRAINING", "招聘会": "JOB_FAIR", "体检": "HEALTH_CHECK",
    "欢送新兵": "SEND_OFF", "退役老兵": "WELCOME_HOME", "帮耕帮种": "FARM_HELP", "以资代劳": "FARM_PAY",
    "志愿服务": "VOLUNTEERING", "关爱基金": "CARE_FUND", "军嫂": "ARMY_WIVES", "兵妈妈": "ARMY_WIVES",
    "优秀家属": "FAMILY_SELECTION", "参观学习": "STUDY_VISIT", "征兵宣传": "CALL_UP_PUBLICITY",
}  # fmt: skip


def test_every_activity_of_the_reports_is_a_kind() -> None:
    load_kinds(at=AT)
    words = {kind.pk: f"{kind.name}、{kind.words}" for kind in ActivityKind.objects.all()}
    assert [word for word, code in NAMED.items() if word not in words[code]] == []


def test_kinds_bring_their_own_numbers(tmp_path: Path) -> None:
    load_kinds(at=AT)
    numbers = KindMeasure.objects.filter(kind="JOB_FAIR").order_by("place")
    assert list(numbers.values_list("key", "name", "unit", "decimals")) == [
        ("employers", "用人单位", "家", 0), ("reached", "达成意向", "人", 0), ("visitors", "进场", "人次", 0),
    ]  # fmt: skip
    one = tmp_path / "kinds.yaml"
    one.write_text(ONE.replace("人次", "人次, measures: [{key: tea, name: 茶, unit: 杯}]"), encoding="utf-8")
    load_kinds(at=AT, path=one)
    assert list(KindMeasure.objects.filter(retired=False).values_list("key", flat=True)) == ["tea"]
    load_kinds(at=AT)
    assert KindMeasure.objects.get(kind="JOB_FAIR", key="reached").retired is False
