"""Messages of further shapes: bulletins, numbered lists, group chat, full-width digits, ranges, notices."""

from __future__ import annotations

import pytest

from yushui.activities.rules.paste import read_message
from yushui.activities.tests.test_paste import TODAY, WORDS, filled

MESSAGES: list[tuple[str, dict[str, object]]] = [
    (
        "【活动简报】时间:2026年7月31日\n地点:石桥镇文化广场\n活动:庆八一文艺演出\n参加人"
        "数:约350人",
        {"kind": "GALA", "on": "2026-07-31", "area_code": "990101001000", "place": "石桥镇文化广场",
         "heads": "350"},
    ),
    (
        "各位领导:今天上午9点,石桥镇退役军人服务站组织老兵志愿者15人到北洲村烈士墓开展清扫祭奠"
        "活动🌹",
        {"kind": "VOLUNTEERING", "on": "2026-08-05", "area_code": "990101001001", "place": "北洲村烈士墓",
         "host": "石桥镇退役军人服务站", "heads": "15"},
    ),
    (
        "1、7月26日上午慰问现役军人家庭8户;2、发放慰问金共计4800元;3、带队领导:副镇长"
        "李敏",
        {"kind": "VISIT_FAMILIES", "on": "2026-07-26", "heads": "8", "amount": "4800"},
    ),
    (
        "7月30号 走访慰问困难退役军人6人,每人发慰问金300元、米一袋、油一桶",
        {"kind": "VISIT_FAMILIES", "on": "2026-07-30", "amount": "1800"},
    ),
    (
        "昨天下午县人民武装部、县教育局在云川县第一中学联合举办国防知识竞赛,参赛学生120名",
        {"kind": "KNOWLEDGE_CONTEST", "on": "2026-08-04", "place": "云川县第一中学", "host": "县人民武装部",
         "partners": "县教育局", "heads": "120"},
    ),
    (
        "８月１日,柳湾村召开退役军人座谈会,参加３２人",
        {"kind": "FORUM", "on": "2026-08-01", "area_code": "990101001002", "heads": "32"},
    ),
    (
        "汊河镇 2026.7.29 悬挂光荣牌 15户",
        {"kind": "PLAQUE", "on": "2026-07-29", "area_code": "990101002000", "heads": "15"},
    ),
    (
        "07-28 征兵宣传进企业,发放宣传单500余份,现场咨询60人次",
        {"kind": "CALL_UP_PUBLICITY", "on": "2026-07-28", "heads": "60", "measures": (("leaflets", "500"),)},
    ),
    (
        "武警云川中队今早到柳湾村清淤沟渠800米,出动官兵40人",
        {"kind": "ARMY_HELPS", "on": "2026-08-05", "area_code": "990101001002", "host": "武警云川中队",
         "heads": "40", "measures": (("dredged_metres", "800"),)},
    ),
    (
        "本月3日,县消防救援大队官兵25人为敬老院老人义务理发38人次",
        {"kind": "ARMY_BARBER", "on": "2026-08-03", "host": "县消防救援大队", "heads": "38"},
    ),
    (
        "我村于7月25日完成优抚对象体检工作,应检45人,实检42人",
        {"kind": "HEALTH_CHECK", "on": "2026-07-25", "heads": "42"},
    ),
    (
        "7月27日镇退役军人服务站站长王建军、干事小刘到新河村看望参战老兵周德福,送去慰问金100"
        "0元",
        {"kind": "VISIT_FAMILIES", "on": "2026-07-27", "amount": "1000",
         "leaders": "镇退役军人服务站站长 王建军"},
    ),
    (
        "周二,北洲村志愿者12人帮军属周某家收割油菜3.5亩",
        {"kind": "VOLUNTEERING", "on": "2026-08-04", "area_code": "990101001001", "heads": "12"},
    ),
    (
        "八一前夕,石桥镇慰问驻军官兵,送去西瓜2000斤、矿泉水100箱,折款8600元",
        {"kind": "VISIT_GARRISON", "area_code": "990101001000", "amount": "8600"},
    ),
    (
        "7月15至17日民兵集训,参训80人",
        {"kind": "MILITIA_TRAINING", "on": "2026-07-15", "last_day": "2026-07-17", "heads": "80"},
    ),
    (
        "热烈欢送!9月15日上午,石桥镇12名新兵光荣入伍",
        {"kind": "SEND_OFF", "on": "2025-09-15", "area_code": "990101001000", "heads": "12"},
    ),
    (
        "喜报送到家!今天镇人武部把三等功喜报送到北洲村现役军人李强家中,并送上慰问金一千元整",
        {"kind": "PLAQUE", "on": "2026-08-05", "area_code": "990101001001", "amount": "1000"},
    ),
    (
        "7月22日 县人民武装部组织军事日活动 县四套班子领导56人参加 实弹射击",
        {"kind": "MILITARY_DAY", "on": "2026-07-22", "host": "县人民武装部", "heads": "56"},
    ),
    (
        "【工作动态】7月18日,县司法局送法进军营,为武警云川中队官兵60余人上法治课",
        {"kind": "LAW_SUPPORT", "on": "2026-07-18", "partners": "武警云川中队", "heads": "60"},
    ),
    (
        "7月10日石桥镇党委议军会召开,研究武装工作议题3项,镇党委书记周建平主持会议",
        {"kind": "MILITARY_AFFAIRS_MEETING", "on": "2026-07-10", "area_code": "990101001000", "heads": "3",
         "leaders": "镇党委书记 周建平"},
    ),
    (
        "前天晚上放露天电影《长津湖》1场,来了200来人",
        {"kind": "FILM_SHOW", "on": "2026-08-03", "heads": "1", "measures": (("audience", "200"),)},
    ),
    (
        "今日慰问烈属3户(北洲村2户、柳湾村1户),共1500元",
        {"kind": "VISIT_FAMILIES", "on": "2026-08-05", "heads": "3", "amount": "1500"},
    ),
    (
        "石桥镇中心小学6月1日开展“学英雄”少先队入队宣誓,新队员96人",
        {"kind": "OATH", "on": "2026-06-01", "area_code": "990101001000", "heads": "96"},
    ),
    (
        "7月24日退役军人专场招聘会:参会企业28家,提供岗位560个,进场350人次,达成就业意"
        "向112人。",
        {"kind": "JOB_FAIR", "on": "2026-07-24", "heads": "560",
         "measures": (("employers", "28"), ("reached", "112"), ("visitors", "350"))},
    ),
    (
        "昨日县妇女联合会与武警云川中队共建,兵妈妈18人给战士包饺子、缝被子",
        {"kind": "ARMY_WIVES", "on": "2026-08-04", "host": "县妇女联合会", "partners": "武警云川中队",
         "heads": "18"},
    ),
    (
        "7.20 抗洪抢险,县消防救援大队出动45人次,转移群众130人",
        {"kind": "RESCUE", "on": "2026-07-20", "host": "县消防救援大队", "heads": "45",
         "measures": (("moved", "130"),)},
    ),
    (
        "清明节前,4月3日下午,石桥镇机关干部及学生代表共260余人赴云川县烈士陵园祭英烈",
        {"kind": "MEMORIAL", "on": "2026-04-03", "area_code": "990101001000", "place": "云川县烈士陵园",
         "heads": "260"},
    ),
    (
        "刚刚接到通知:明天下午三点开双拥例会,请各村主任参加",
        {"kind": "SUBJECT_MEETING"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("message", "wanted"), MESSAGES, ids=[message[:12].strip() for message, _ in MESSAGES])
def test_a_message_of_another_shape_fills_the_form(message: str, wanted: dict[str, object]) -> None:
    assert filled(read_message(message, WORDS, TODAY)) == wanted


def test_there_are_at_least_twenty_five_examples() -> None:
    assert len(MESSAGES) >= 25


def test_a_unit_for_whom_something_is_done_is_no_host() -> None:
    draft = read_message("7月18日为武警云川中队官兵体检60人次", WORDS, TODAY).draft
    assert (draft.host, draft.partners) == ("", "武警云川中队")


@pytest.mark.parametrize("text", ["3-5人参加座谈会", "电话 0512-65-12", "一楼12-30号房慰问"])
def test_dashes_that_are_no_day(text: str) -> None:
    assert read_message(text, WORDS, TODAY).draft.on == ""
