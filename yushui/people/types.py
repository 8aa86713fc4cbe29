"""Codes of the register; docs/words.md fixes them. Each enum has a table of labels that users see."""

from __future__ import annotations

from enum import StrEnum


class StatusKind(StrEnum):
    """Kinds of status (身份). A county's own kinds begin with LOCAL_ and come from its files."""

    DISABLED_SOLDIER = "DISABLED_SOLDIER"
    DISABLED_OFFICIAL = "DISABLED_OFFICIAL"
    DISABLED_POLICE = "DISABLED_POLICE"
    DISABLED_MILITIA = "DISABLED_MILITIA"
    DISABLED_CIVILIAN = "DISABLED_CIVILIAN"
    SURVIVOR_MARTYR = "SURVIVOR_MARTYR"
    SURVIVOR_DUTY = "SURVIVOR_DUTY"
    SURVIVOR_ILLNESS = "SURVIVOR_ILLNESS"
    RED_ARMY_VETERAN = "RED_ARMY_VETERAN"
    WEST_ROUTE_VETERAN = "WEST_ROUTE_VETERAN"
    RED_ARMY_SEPARATED = "RED_ARMY_SEPARATED"
    DEMOBILIZED = "DEMOBILIZED"
    ILL_VETERAN = "ILL_VETERAN"
    WAR_VETERAN = "WAR_VETERAN"
    NUCLEAR_TEST_VETERAN = "NUCLEAR_TEST_VETERAN"
    RURAL_VETERAN_60 = "RURAL_VETERAN_60"
    MARTYR_CHILD = "MARTYR_CHILD"
    CONSCRIPT = "CONSCRIPT"
    ACTIVE_SERVICE = "ACTIVE_SERVICE"
    VETERAN = "VETERAN"
    RETIRED_CADRE = "RETIRED_CADRE"


KIND_NAMES: dict[str, str] = {
    "DISABLED_SOLDIER": "残疾军人",
    "DISABLED_OFFICIAL": "伤残国家机关工作人员",
    "DISABLED_POLICE": "伤残人民警察",
    "DISABLED_MILITIA": "伤残民兵民工",
    "DISABLED_CIVILIAN": "因战因公伤残人员",
    "SURVIVOR_MARTYR": "烈士遗属",
    "SURVIVOR_DUTY": "因公牺牲军人遗属",
    "SURVIVOR_ILLNESS": "病故军人遗属",
    "RED_ARMY_VETERAN": "在乡退伍红军老战士",
    "WEST_ROUTE_VETERAN": "在乡西路军红军老战士",
    "RED_ARMY_SEPARATED": "红军失散人员",
    "DEMOBILIZED": "在乡复员军人",
    "ILL_VETERAN": "带病回乡退役军人",
    "WAR_VETERAN": "参战退役军人",
    "NUCLEAR_TEST_VETERAN": "参试退役军人",
    "RURAL_VETERAN_60": "60周岁以上农村籍退役士兵",
    "MARTYR_CHILD": "烈士老年子女(含错杀后被平反)",
    "CONSCRIPT": "义务兵(家庭)",
    "ACTIVE_SERVICE": "现役军人(家庭)",
    "VETERAN": "退役军人",
    "RETIRED_CADRE": "军休干部",
}

# The seventeen national kinds of entitled persons (优抚对象); the rest are served but not paid by these tables.
ENTITLED_KINDS: tuple[str, ...] = tuple(KIND_NAMES)[:17]

NATIONAL_CODES: dict[str, str] = {
    "DISABLED_SOLDIER": "11",
    "DISABLED_OFFICIAL": "12",
    "DISABLED_POLICE": "13",
    "DISABLED_MILITIA": "14",
    "DISABLED_CIVILIAN": "15",
    "SURVIVOR_MARTYR": "21",
    "SURVIVOR_DUTY": "22",
    "SURVIVOR_ILLNESS": "23",
    "RED_ARMY_VETERAN": "31",
    "WEST_ROUTE_VETERAN": "32",
    "RED_ARMY_SEPARATED": "33",
    "DEMOBILIZED": "41",
    "ILL_VETERAN": "42",
    "WAR_VETERAN": "51",
    "NUCLEAR_TEST_VETERAN": "61",
    "RURAL_VETERAN_60": "81",
    "MARTYR_CHILD": "B1",
}

STATE_NAMES: dict[str, str] = {
    "APPLIED": "受理",
    "RECEIVING": "享受待遇",
    "RECOGNISED": "身份认定不享受待遇",
    "STOPPED": "停发",
    "MOVED": "迁移",
    "REFUSED": "不予认定",
    "DIED": "去世",
    "CANCELLED": "取消",
    "SUSPENDED": "中止",
}
CAUSE_NAMES = {"WAR": "因战", "DUTY": "因公", "ILLNESS": "因病"}
GRADE_NAMES = dict(enumerate(["一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级", "九级", "十级"], start=1))
PERIOD_NAMES = {"ANTI_JAPANESE": "抗日战争时期", "LIBERATION": "解放战争时期", "AFTER_1949": "建国后"}
HOUSEHOLD_NAMES = {"RURAL": "农村", "URBAN": "城镇"}
RELATION_NAMES = {"PARENT": "父母(抚养人)", "SPOUSE": "配偶", "CHILD": "子女", "SIBLING": "兄弟姐妹"}
PLACE_NAMES = {
    "INLAND": "内地", "TIBET": "西藏", "XINJIANG": "新疆", "PLATEAU": "高原",
    **{f"HARDSHIP_{n}": f"{c}类艰苦边远" for n, c in enumerate("一二三四五六", start=1)},
    **{f"ISLAND_{n}": f"{c}类海岛" for n, c in enumerate("特一二三", start=1)},
}  # fmt: skip
EDUCATION_NAMES = {"NONE": "高中及以下", "IN_SCHOOL": "在校生", "COLLEGE": "大专", "BACHELOR": "本科及以上"}
SEX_NAMES = {"M": "男", "F": "女"}
DEATH_CAUSES = {"WAR": "因战", "DUTY": "因公", "ILLNESS": "病故", "OLD_WOUND": "旧伤复发"}
EVENT_NAMES = {
    "DIED": "去世",
    "MOVED_IN": "迁入",
    "MOVED_OUT": "迁出",
    "SENTENCED": "判处刑罚",
    "RELEASED": "服刑期满",
    "CONFIRMED": "年度确认",
    "UNCONFIRMED_NOTICE": "未确认公告",
    "CANCELLED": "取消资格",
}
HARDSHIP_NAMES = {
    "LIVING": "生活困难",
    "HOUSING": "住房困难",
    "MEDICAL": "医疗困难",
    "LOW_INCOME": "低保",
    "ALONE": "独居",
    "OTHER": "其他",
}

# Columns that a status must have besides person and starts_on (docs/words.md); what is missing is asked for.
REQUIRED_COLUMNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("DISABLED_SOLDIER", "DISABLED_OFFICIAL", "DISABLED_POLICE", "DISABLED_MILITIA", "DISABLED_CIVILIAN"),
        ("grade", "cause", "approved_on"),
    ),
    **dict.fromkeys(("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS"), ("household_kind", "relation")),
    "DEMOBILIZED": ("period",),
    "WAR_VETERAN": ("campaign",),
    "RURAL_VETERAN_60": ("service_starts_on", "service_ends_on"),
    "CONSCRIPT": ("service_starts_on", "place_of_service", "education"),
    "VETERAN": ("discharge_kind",),
}
