"""Messages as they come by phone, in the words of the five reports, and what the form makes of them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yushui.activities.rules.numerals import NUMBER, find_days, han_number, value_of
from yushui.activities.rules.paste import pieces_of, read_message
from yushui.activities.types.paste import KindWords, Numbered, Reading, Vocabulary

TODAY = date(2026, 8, 5)  # a Wednesday
FILE = Path(__file__).parents[3] / "catalogue" / "activity_kinds.yaml"
AREAS = (("990101001000", "石桥镇"), ("990101001001", "北洲村"), ("990101001002", "柳湾村"), ("990101002000", "汊河镇"))
UNITS = (
    "县人民武装部", "武警云川中队", "县消防救援大队", "石桥镇退役军人服务站", "云川县人民医院", "云川县第一中学",
    "县教育局", "县妇女联合会", "县委宣传部",
)  # fmt: skip


def vocabulary() -> Vocabulary:
    kinds = []
    for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))["kinds"]:
        words = (entry["name"], *entry.get("words", "").split("、"))
        numbers = [Numbered(m["key"], m["name"], m["unit"], m.get("decimals", 0)) for m in entry.get("measures", [])]
        kinds.append(KindWords(entry["code"], tuple(w for w in words if w), entry["measure"], tuple(numbers)))
    return Vocabulary(tuple(kinds), AREAS, UNITS)


WORDS = vocabulary()

# message → what the form holds; a field that is not named must be empty
MESSAGES: list[tuple[str, dict[str, object]]] = [
    (
        "7月28日上午,镇党委书记带队慰问北洲村陈某等12户,每户500元",
        {"kind": "VISIT_FAMILIES", "on": "2026-07-28", "area_code": "990101001001", "heads": "12", "amount": "6000",
         "leaders": "镇党委书记"},
    ),
    ("今天全镇召开双拥工作推进会,参会45人", {"kind": "SUBJECT_MEETING", "on": "2026-08-05", "heads": "45"}),
    (
        "昨天镇武装部长张建国为学生讲国防教育课2课时,听课人数320人",
        {"kind": "DEFENCE_LESSON", "on": "2026-08-04", "heads": "2", "measures": (("listeners", "320"),),
         "speakers": "镇武装部长 张建国"},
    ),
    (
        "8.1 石桥镇退役军人服务站联合县人民武装部在镇礼堂召开座谈会,参加人员45人",
        {"kind": "FORUM", "on": "2026-08-01", "area_code": "990101001000", "place": "镇礼堂",
         "host": "石桥镇退役军人服务站", "partners": "县人民武装部", "heads": "45"},
    ),
    (
        "七月二十八日,武警云川中队官兵50余人到北洲村帮助收割小麦120亩",
        {"kind": "ARMY_HELPS", "on": "2026-07-28", "area_code": "990101001001", "host": "武警云川中队", "heads": "50",
         "measures": (("mu", "120"),)},
    ),
    (
        "上周五举办退役军人招聘会,用人单位35家,提供岗位420个,达成意向86人",
        {"kind": "JOB_FAIR", "on": "2026-07-31", "heads": "420", "measures": (("employers", "35"), ("reached", "86"))},
    ),
    (
        "7月30日走访慰问武警云川中队官兵,送去慰问金1.5万元",
        {"kind": "VISIT_GARRISON", "on": "2026-07-30", "partners": "武警云川中队", "amount": "15000"},
    ),
    (
        "两大节日共走访优抚对象86户,发放慰问金4.3万元,其中烈属12户",
        {"kind": "VISIT_FAMILIES", "heads": "86", "amount": "43000"},
    ),
    (
        "9·30公祭活动,500余名干部群众到烈士陵园参加",
        {"kind": "MEMORIAL", "on": "2025-09-30", "heads": "500", "place": "烈士陵园"},
    ),
    ("4月4日清明节组织学生三百二十人到云川县烈士陵园祭扫",
     {"kind": "MEMORIAL", "on": "2026-04-04", "heads": "320", "place": "云川县烈士陵园"}),
    ("2026年7月1日镇里开展双拥宣传日活动,发放资料1,200份",
     {"kind": "PUBLICITY_MONTH", "on": "2026-07-01", "measures": (("leaflets", "1200"),)}),
    ("前天放映军事题材电影3场,观众260人次",
     {"kind": "FILM_SHOW", "on": "2026-08-03", "heads": "3", "measures": (("audience", "260"),)}),
    ("7月20日至22日,云川县第一中学新生军训,参训学生1200人",
     {"kind": "STUDENT_TRAINING", "on": "2026-07-20", "last_day": "2026-07-22", "host": "云川县第一中学",
      "heads": "1200"}),
    ("二〇二六年六月十日为柳湾村5户困难优抚对象帮耕帮种,面积12.5亩",
     {"kind": "FARM_HELP", "on": "2026-06-10", "area_code": "990101001002", "heads": "5",
      "measures": (("mu", "12.5"),)}),
    ("6/12 以资代劳8户,共2400元", {"kind": "FARM_PAY", "on": "2026-06-12", "heads": "8", "amount": "2400"}),
    ("6.12以资代劳8户,共2400元", {"kind": "FARM_PAY", "on": "2026-06-12", "heads": "8", "amount": "2400"}),
    ("本周一志愿者30人次为老兵打扫卫生,服务时长90小时",
     {"kind": "VOLUNTEERING", "on": "2026-08-03", "heads": "30", "measures": (("hours", "90"),)}),
    ("7月25日云川县人民医院为优抚对象免费体检156人",
     {"kind": "HEALTH_CHECK", "on": "2026-07-25", "host": "云川县人民医院", "heads": "156"}),
    ("9月12日欢送新兵56人", {"kind": "SEND_OFF", "on": "2025-09-12", "heads": "56"}),
    ("周三上午镇双拥领导小组全体会议,到会28人", {"kind": "GROUP_PLENARY", "on": "2026-08-05", "heads": "28"}),
    ("7月29日县委常委会听取双拥工作汇报,研究2项议题", {"kind": "STANDING_REPORT", "on": "2026-07-29", "heads": "2"}),
    ("县领导到军营参加军地联席会议,7月8日,32人", {"kind": "JOINT_MEETING", "on": "2026-07-08", "heads": "32"}),
    ("7月16日县消防救援大队防汛抢险60人次,转移群众45人",
     {"kind": "RESCUE", "on": "2026-07-16", "host": "县消防救援大队", "heads": "60", "measures": (("moved", "45"),)}),
    ("3月12日军民共植树400棵,绿化荒坡", {"kind": "ARMY_HELPS", "on": "2026-03-12", "measures": (("trees", "400"),)}),
    ("在《云川日报》刊发双拥稿件6篇,上了3家媒体", {"kind": "PRESS", "heads": "6", "measures": (("media", "3"),)}),
    ("7月18日县妇女联合会组织军嫂座谈,24人", {"kind": "ARMY_WIVES", "on": "2026-07-18", "heads": "24",
                                   "host": "县妇女联合会"}),
    ("昨晚军民联欢晚会,观众近八百人", {"kind": "GALA", "on": "2026-08-04", "heads": "800"}),
    ("7月5日退役士兵技能培训班开班,学员62名,取得证书40人",
     {"kind": "SKILL_TRAINING", "on": "2026-07-05", "heads": "62", "measures": (("certified", "40"),)}),
    ("送立功喜报2户,每户慰问金一千元", {"kind": "PLAQUE", "heads": "2", "amount": "2000"}),
    ("5户优抚对象1000元,八一期间慰问", {"kind": "VISIT_FAMILIES", "heads": "5", "amount": "1000"}),
    ("7月27日镇长周建平、副镇长李敏参加八一茶话会", {"kind": "FORUM", "on": "2026-07-27",
                                     "leaders": "镇长 周建平、副镇长 李敏"}),
    ("北洲村、柳湾村同日开展征兵宣传,发放资料300份", {"kind": "CALL_UP_PUBLICITY", "measures": (("leaflets", "300"),)}),
    ("昨天慰问了村主任、老党员6户", {"kind": "VISIT_FAMILIES", "on": "2026-08-04", "heads": "6"}),
    ("一人参军,全家光荣", {}),
    ("2月30日开会", {}),
    ("收到,谢谢", {}),
    ("慰问12户,另慰问8户", {"kind": "VISIT_FAMILIES"}),
    ("慰问金500元,慰问品折款300元", {"kind": "VISIT_FAMILIES"}),
]  # fmt: skip


def filled(reading: Reading) -> dict[str, object]:
    """The fields that are not empty, but for the sentence itself."""
    return {name: value for name, value in vars(reading.draft).items() if value and name != "note"}


@pytest.mark.parametrize(("message", "wanted"), MESSAGES, ids=[message[:14] for message, _ in MESSAGES])
def test_a_message_fills_the_form_and_leaves_the_rest_empty(message: str, wanted: dict[str, object]) -> None:
    assert filled(read_message(message, WORDS, TODAY)) == wanted


def test_there_are_at_least_thirty_examples() -> None:
    assert len(MESSAGES) >= 30


def test_what_was_understood_is_marked_in_the_text() -> None:
    message = "7月28日上午,镇党委书记带队慰问北洲村陈某等12户,每户500元"
    pieces = pieces_of(message, read_message(message, WORDS, TODAY).marks)
    assert [piece for piece in pieces if piece[1]] == [
        ("7月28日", "日期"), ("镇党委书记", "带队领导"), ("慰问", "类型"), ("北洲村", "区域"), ("12户", "数量"),
        ("每户500元", "金额"),
    ]  # fmt: skip
    assert "".join(text for text, _ in pieces) == message


@pytest.mark.parametrize(
    ("text", "on", "wanted"),
    [
        ("12月30日", date(2026, 1, 2), date(2025, 12, 30)),  # people write of what was
        ("2月29日", date(2026, 8, 5), date(2024, 2, 29)),
        ("上周五", date(2026, 8, 2), date(2026, 7, 24)),  # on a Sunday: of the week before
        ("周五", date(2026, 8, 5), date(2026, 7, 31)),
        ("28日上午", date(2026, 8, 5), date(2026, 7, 28)),
        ("7.28万元", date(2026, 8, 5), None),
        ("31日", date(2026, 3, 1), date(2026, 1, 31)),
    ],
)
def test_days_are_meant_from_the_day_of_entry(text: str, on: date, wanted: date | None) -> None:
    found = find_days(text, on)
    assert (found.first if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [("十二", 12), ("一百零五", 105), ("两千五百", 2500), ("三万", 30000), ("二十", 20), ("八一", None), ("百", None)],
)
def test_numbers_in_characters(text: str, number: int | None) -> None:
    assert han_number(text) == number


SCRAPS = st.sampled_from(
    ["慰问", "7月28日", "昨天", "12户", "每户", "500元", "1.5万元", "共", "三十二人", ",", "。", "镇长", "带队",
     "北洲村", "县教育局", "联合", "招聘会", "35家", "岗位", "420个", "120亩", "二〇二六年", "其中", "余", "在", "礼堂",
     "8.1", "99"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(SCRAPS, max_size=14).map("".join))


def numbers_in(text: str) -> set[Decimal]:
    """Every number that stands in a text, also as 万 and as part of a longer one."""
    found = set()
    for match in re.finditer(rf"(?=({NUMBER}))", text):
        for end in range(1, len(match[1]) + 1):
            value = value_of(match[1][:end])
            if value is not None:
                found |= {value, value * 10_000}
    return found


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_no_number_is_invented(text: str) -> None:
    reading = read_message(text, WORDS, TODAY)
    known = numbers_in("".join(pieces for pieces, _ in pieces_of(text, ())))
    plain = numbers_in(re.sub(r"\s", "", text)) | known
    products = {a * b for a in plain for b in plain}
    for value in (reading.draft.heads, *(value for _, value in reading.draft.measures)):
        assert not value or Decimal(value) in plain
    assert not reading.draft.amount or Decimal(reading.draft.amount) in plain | products
    assert "".join(piece for piece, _ in pieces_of(text, reading.marks)) == text
