"""Codes of the register; docs/words.md fixes them. Each enum has a table of labels that users see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yushui.accounts.types import Role
from yushui.policy.types import MERIT_NAMES as MERIT_NAMES


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
# Who collects for a person whose money goes to another's account (代领人).
AGENT_NAMES: dict[str, str] = {
    "GUARDIAN": "监护人",
    "SPOUSE": "配偶",
    "CHILD": "子女",
    "PARENT": "父母",
    "RELATIVE": "其他亲属",
    "HOME": "供养机构",
    "COMMITTEE": "村(居)民委员会",
}
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

# Columns of a status that a form offers for a kind, beside those every status has; the required ones come first.
COLUMNS_OF_KIND: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("DISABLED_SOLDIER", "DISABLED_OFFICIAL", "DISABLED_POLICE", "DISABLED_MILITIA", "DISABLED_CIVILIAN"),
        ("grade", "cause", "approved_on", "period", "draws_pension"),
    ),
    **dict.fromkeys(
        ("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS"),
        ("household_kind", "relation", "approved_on", "martyr_name", "draws_pension"),
    ),
    "DEMOBILIZED": ("period", "approved_on", "household_kind"),
    "ILL_VETERAN": ("approved_on", "household_kind", "service_starts_on", "service_ends_on"),
    "WAR_VETERAN": ("campaign", "approved_on", "household_kind", "draws_pension"),
    "NUCLEAR_TEST_VETERAN": ("campaign", "approved_on", "household_kind", "draws_pension"),
    "RURAL_VETERAN_60": ("service_starts_on", "service_ends_on", "approved_on", "draws_pension"),
    "MARTYR_CHILD": ("martyr_name", "approved_on", "draws_pension"),
    "CONSCRIPT": ("service_starts_on", "place_of_service", "education", "service_ends_on", "merit", "household_kind"),
    "ACTIVE_SERVICE": ("service_starts_on", "service_ends_on", "merit"),
    "VETERAN": ("discharge_kind", "service_starts_on", "service_ends_on", "merit"),
}
COLUMNS_OF_OTHER_KINDS: tuple[str, ...] = ("approved_on",)

STATUS_COLUMN_NAMES: dict[str, str] = {
    "kind": "身份类别",
    "state": "状态",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "approved_on": "批准日期",
    "grade": "伤残等级",
    "cause": "伤残性质",
    "period": "属于时期",
    "campaign": "参战(参试)类别",
    "relation": "与牺牲病故军人关系",
    "household_kind": "城乡",
    "service_starts_on": "服义务兵役开始",
    "service_ends_on": "服义务兵役结束",
    "place_of_service": "服役地区",
    "education": "入伍时学历",
    "merit": "立功受奖",
    "discharge_kind": "安置方式",
    "certificate_number": "证书编号",
    "martyr_name": "牺牲病故军人姓名",
    "draws_pension": "领取职工养老金或退休金",
    "note": "备注",
}
CODE_NAMES: dict[str, dict[str, str]] = {
    "state": STATE_NAMES, "cause": CAUSE_NAMES, "period": PERIOD_NAMES, "relation": RELATION_NAMES,
    "household_kind": HOUSEHOLD_NAMES, "place_of_service": PLACE_NAMES, "education": EDUCATION_NAMES,
    "merit": MERIT_NAMES,
}  # fmt: skip

# States in which a status does not hold, see rules.ever_held.
VOID_STATES = frozenset({"REFUSED", "CANCELLED"})
# States an officer may end a status with; a death ends it by its event.
ENDING_STATES = ("STOPPED", "MOVED", "SUSPENDED", "CANCELLED")

# States a status is entered with, the usual one first.
ENTRY_STATES = {code: STATE_NAMES[code] for code in ("RECEIVING", "RECOGNISED", "APPLIED", "STOPPED", "REFUSED")}
# Events entered by hand on the event page; the yearly confirmation has a page of its own.
RECORDED_EVENTS = {code: name for code, name in EVENT_NAMES.items() if code != "CONFIRMED"}

CONFIRM_WAYS = {"HOME": "上门", "OFFICE": "窗口", "PHONE": "电话", "VIDEO": "视频", "PROXY": "代办"}
WEEK = 7
TURNING_AGES = (18, 22, 55, 60)

# Words that rosters use for columns that are plain text (docs/words.md); a list to choose from, not a law.
CHOICES: dict[str, tuple[str, ...]] = {
    "relation_to_head": (
        "户主", "配偶", "子/婿", "女/媳", "(外)孙子女", "父母/岳父母/公婆", "(外)祖父母", "兄弟姐妹", "其他",
    ),
    "marriage": ("未婚", "已婚", "丧偶", "离婚"),
    "schooling": ("小学及以下", "初中", "高中(中专)", "大专", "本科", "研究生"),
    "health": ("健康或良好", "一般或较弱", "有慢性病", "残疾"),
    "political_status": ("中共党员", "共青团员", "民主党派", "群众"),
    "employment": ("在业", "务农", "个体经营", "未就业", "离退休"),
    "medical_scheme": ("城镇职工", "城乡居民", "公费医疗", "其他", "无"),
    "pension_scheme": ("城乡居民", "城镇职工", "机关事业", "商业", "其他", "无"),
    "support_kind": ("分散供养", "优抚医院", "精神病院", "光荣院", "敬老院", "其他"),
    "work_ability": ("有", "部分丧失", "完全丧失"),
    "self_care": ("自理", "半自理", "享受护理"),
}  # fmt: skip

# What the log's actions on a person are called on the page.
ACTION_NAMES = {
    "people.person.added": "登记",
    "people.person.changed": "修改基本信息",
    "people.person.number_revealed": "查看完整号码",
    "people.list.exported": "导出名单",
    "people.status.added": "增加身份",
    "people.status.changed": "更正身份",
    "people.status.ended": "结束身份",
    "people.event.recorded": "记录事件",
    "people.event.withdrawn": "撤回事件",
    "people.account.set": "设置账户",
    "people.account.doubted": "账户被银行退回",
    "people.contact.assigned": "确定包联人",
    "people.contacts.handed_over": "移交包联对象",
    "people.hardship.added": "记录困难",
    "people.hardship.ended": "困难解除",
    "people.household.joined": "加入家庭",
    "people.household.left": "离开家庭",
    "merging.merge.asked": "提出并档",
    "merging.merge.done": "并档",
    "merging.merge.refused": "不同意并档",
    "merging.merge.withdrawn": "撤回并档",
    "merging.merge.undone": "拆回并档",
    "merging.merge.apart": "核对不是同一人",
}


# States in which a status no longer runs, or never did.
OVER_STATES = frozenset({"DIED", "MOVED", "CANCELLED", "REFUSED"})
# What is chosen one by one when two entries become one (并档): key → (label, columns that go together).
MERGED_COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "name": ("姓名", ("name", "name_key")),
    "id_number": ("身份证号", ("id_number", "id_index", "id_tail_index")),
    "sex": ("性别", ("sex",)),
    "born_on": ("出生日期", ("born_on",)),
    "phone": ("联系电话", ("phone", "phone_index")),
    "area": ("户籍村(社区)", ("area_id",)),
    "household": ("家庭", ("household_id", "relation_to_head")),
    **{
        name: (label, (name,))
        for name, label in {
            "household_kind": "户籍类别", "address": "户籍地址", "living_address": "居住地址", "ethnicity": "民族",
            "marriage": "婚姻状况", "schooling": "文化程度", "health": "健康状况", "political_status": "政治面貌",
            "employment": "就业状况", "employer": "工作单位", "medical_scheme": "医疗保障方式",
            "pension_scheme": "养老保障方式", "support_kind": "供养方式", "work_ability": "劳动能力",
            "self_care": "生活能力", "is_lone_elder": "孤老", "has_mental_illness": "精神病",
            "archive_box": "档案盒号", "note": "备注",
        }.items()
    },
    "photo": ("照片", ("photo_id",)),
}  # fmt: skip


SURVIVOR_KINDS = ("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS")
CONTACT_ROLES = (Role.LIAISON, Role.TOWN_CLERK, Role.DESK_OFFICER)  # who may look after people (包联)
# Whom a rhythm of contact is for; the rhythm with the fewest months that fits a person holds (rules.rhythm_of).
GROUP_NAMES: dict[str, str] = {
    "HARDSHIP": "有困难情形的",
    "LONE": "孤老、独居的",
    "AGE": "达到年龄的",
    "KIND": "某种身份的",
    "ALL": "全部对象",
}
MOST_RHYTHM_MONTHS = 24
# States in which somebody is looked after: who is recognised without drawing a benefit is so too.
CARED_STATES = ("RECEIVING", "RECOGNISED")
GAP_NAMES = {"no_phone": "没有电话", "no_account": "没有账户", "missing_facts": "身份要素不全"}
LIFE_NAMES = {"living": "健在", "dead": "已去世", "all": "全部"}


@dataclass(frozen=True)
class PeopleFilters:
    """What a list of people is narrowed to; `on` is the day ages are counted on. Empty means not narrowed."""

    on: date
    area: str = ""
    kind: str = ""
    state: str = ""
    age_from: int | None = None
    age_to: int | None = None
    hardship: str = ""
    found_by: str = (
        ""  # "number:…", "tail:…", "phone:…" and a blind index: a number searched for without being in a URL
    )
    text: str = ""  # name or its beginning, pinyin initials, identity number or its last four, telephone
    gap: str = ""  # GAP_NAMES
    turning: int | None = None  # TURNING_AGES, within three months
    birthday: str = ""  # "week": within seven days
    confirm: str = ""  # "missing": receives a benefit and is not confirmed this year
    contact: int | None = None  # user id of the responsible contact
    life: str = "living"  # LIFE_NAMES
    suspected_dead: bool = False


FILE_TABS = {
    "basic": "基本信息",
    "statuses": "身份与待遇",
    "household": "家庭",
    "accounts": "账户",
    "care": "困难与包联",
    "events": "经历",
    "changes": "修改记录",
}


@dataclass(frozen=True)
class StatusFacts:
    """A status as entered. Codes are those of docs/words.md; `ends_on` is the first day not covered."""

    kind: str
    starts_on: date | None
    state: str = "RECEIVING"
    ends_on: date | None = None
    approved_on: date | None = None
    grade: int | None = None
    cause: str = ""
    period: str = ""
    campaign: str = ""
    relation: str = ""
    household_kind: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    place_of_service: str = ""
    education: str = ""
    merit: str = ""
    discharge_kind: str = ""
    certificate_number: str = ""
    martyr_name: str = ""
    draws_pension: bool | None = None
    note: str = ""
