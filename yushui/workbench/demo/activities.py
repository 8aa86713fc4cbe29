"""Two years of activities of the county and its towns: numbers, partners, leaders, volunteers, some with evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from yushui.accounts.models import User
from yushui.activities.models import Activity, ActivityKind, KindMeasure
from yushui.activities.rules.activities import Part
from yushui.activities.services.activities_bulk import PastActivity, record_activities
from yushui.activities.services.evidence import add_activity_evidence
from yushui.activities.services.kinds import set_kind
from yushui.activities.types import KindDraft, MeasureDraft
from yushui.base.evidence import Sent
from yushui.places.models import Post
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.pictures import picture_of
from yushui.workbench.demo.towns import COUNTY, list_towns

# kind → (times a year for the county, times a year for each town, least heads, most heads, most yuan)
ACTIVITIES: dict[str, tuple[int, int, int, int, int]] = {
    "GROUP_PLENARY": (1, 0, 35, 60, 0), "JOINT_MEETING": (2, 0, 18, 40, 0), "MILITARY_AFFAIRS_MEETING": (2, 0, 3, 6, 0),
    "STANDING_REPORT": (2, 0, 1, 3, 0), "SUBJECT_MEETING": (2, 1, 15, 40, 0), "MILITARY_FORUM": (1, 0, 20, 40, 0),
    "MUTUAL_VISIT": (4, 0, 8, 20, 0), "SUPERVISION": (2, 0, 12, 30, 0), "AWARDING": (1, 0, 20, 40, 30000),
    "DEFENCE_LESSON": (6, 2, 2, 8, 0), "STUDENT_TRAINING": (3, 0, 300, 1200, 0), "YOUTH_SCHOOL": (2, 0, 200, 600, 0),
    "KNOWLEDGE_CONTEST": (1, 0, 120, 400, 8000), "ESSAY_CONTEST": (1, 0, 40, 160, 3000),
    "SPEECH_CONTEST": (1, 0, 20, 60, 2000), "FAMILY_EDUCATION": (1, 1, 200, 900, 0), "FILM_SHOW": (4, 1, 1, 6, 0),
    "MILITARY_DAY": (2, 0, 60, 160, 0), "PRESS": (10, 2, 1, 6, 0), "BILLBOARD": (2, 1, 2, 12, 3000),
    "OUTDOOR_UPDATE": (1, 0, 4, 10, 30000), "PUBLICITY_MONTH": (1, 0, 200, 600, 6000), "GALA": (2, 0, 200, 500, 40000),
    "MEMORIAL": (2, 1, 80, 400, 2000), "OATH": (2, 0, 60, 200, 0), "TRADITION_REPORT": (3, 0, 60, 300, 0),
    "MODEL_SELECTION": (1, 0, 5, 12, 10000), "FAMILY_SELECTION": (1, 0, 10, 30, 6000), "STUDY_VISIT": (2, 0, 20, 50, 0),
    "POLICY_CHECK": (2, 1, 40, 300, 0), "HEALTH_CHECK": (2, 1, 120, 500, 60000), "RECUPERATION": (2, 0, 20, 40, 50000),
    "PLAQUE": (2, 1, 20, 120, 0), "SCHOOLING": (1, 0, 8, 25, 0), "CARE_FUND": (4, 0, 6, 20, 40000),
    "SKILL_TRAINING": (3, 0, 40, 110, 90000), "JOB_FAIR": (2, 0, 300, 800, 20000), "WELCOME_HOME": (2, 1, 10, 60, 0),
    "LEGAL_AID": (3, 0, 2, 9, 0), "MEDIATION": (0, 1, 1, 3, 0), "LEADER_RECEPTION": (6, 0, 4, 15, 0),
    "VISIT_GARRISON": (2, 0, 3, 5, 80000), "FORUM": (2, 1, 20, 60, 3000), "FARM_HELP": (0, 2, 4, 20, 0),
    "FARM_PAY": (0, 1, 4, 12, 4800), "VOLUNTEERING": (4, 2, 20, 90, 0), "PAIRING": (1, 1, 5, 30, 0),
    "ARMY_WIVES": (2, 0, 20, 60, 3000), "SUPPORT_ARMY": (2, 0, 1, 3, 200000), "TRAINING_SUPPORT": (1, 0, 1, 2, 0),
    "SKILLED_SUPPORT": (1, 0, 20, 80, 0), "SCIENCE_SUPPORT": (1, 0, 20, 60, 0), "CULTURE_SUPPORT": (1, 0, 60, 200, 0),
    "LAW_SUPPORT": (1, 0, 20, 80, 0), "SCHOOLING_SUPPORT": (1, 0, 10, 30, 0), "MEDICAL_SUPPORT": (1, 0, 40, 120, 0),
    "ARMY_HELPS": (4, 0, 60, 300, 0), "ARMY_BARBER": (2, 0, 30, 80, 0), "ARMY_CLINIC": (2, 0, 120, 400, 0),
    "ARMY_POVERTY": (2, 0, 5, 20, 10000), "ARMY_SCHOOLING": (1, 0, 10, 30, 20000), "RESCUE": (1, 0, 30, 80, 0),
    "JOINT_SECURITY": (2, 0, 2, 6, 0), "JOINT_BUILDING": (1, 1, 1, 3, 0), "HYGIENE_BUILDING": (1, 0, 1, 3, 0),
    "GREEN_BUILDING": (1, 0, 1, 2, 0), "MILITIA_TRAINING": (2, 0, 80, 160, 0),
    "CALL_UP_PUBLICITY": (2, 1, 200, 900, 3000), "CALL_UP_CHECK": (2, 0, 60, 140, 0), "SEND_OFF": (2, 0, 50, 70, 0),
}  # fmt: skip
MONTHS = {
    "PUBLICITY_MONTH": (7,), "GALA": (1, 7), "MEMORIAL": (4, 9), "VISIT_GARRISON": (1, 7), "SEND_OFF": (3, 9),
    "WELCOME_HOME": (9, 12), "FARM_HELP": (5, 6, 9, 10), "FARM_PAY": (6, 10), "STUDENT_TRAINING": (8, 9),
    "SCHOOLING": (8,), "RESCUE": (7, 8), "STANDING_REPORT": (1, 7), "AWARDING": (7,), "FORUM": (1, 7),
    "MILITARY_FORUM": (7,), "GREEN_BUILDING": (3,), "CALL_UP_CHECK": (2, 8), "ARMY_WIVES": (3, 5),
}  # fmt: skip
# key of a further number → least and most, in its smallest unit
NUMBERS = {
    "listeners": (60, 400), "schools": (1, 6), "households": (80, 400), "audience": (60, 300), "media": (1, 4),
    "press_above_county": (0, 2), "banners": (6, 40), "boards": (2, 10), "square_metres": (400, 2000),
    "leaflets": (500, 4000), "shows": (1, 2), "raised_fen": (800_000, 6_000_000), "certified": (20, 60),
    "employers": (18, 46), "reached": (60, 200), "visitors": (400, 1500), "garrisons": (3, 5), "mu": (60, 600),
    "hours": (400, 3000), "goods_fen": (1_000_000, 8_000_000), "grounds": (0, 2), "road_km": (0, 300),
    "trees": (200, 1200), "dredged_metres": (200, 1500), "moved": (20, 120),
}  # fmt: skip
PLACES = {
    "MEMORIAL": "云川县烈士陵园", "GALA": "县文化中心", "JOB_FAIR": "县人力资源市场", "PUBLICITY_MONTH": "县人民广场",
    "GROUP_PLENARY": "县委会议室", "JOINT_MEETING": "县人民武装部会议室", "MILITARY_DAY": "县民兵训练基地",
    "STUDENT_TRAINING": "云川县第一中学", "SKILL_TRAINING": "县职业培训中心", "TRADITION_REPORT": "县党校礼堂",
}  # fmt: skip
WITH: dict[str, tuple[str, ...]] = {
    "EDUCATION": ("县委宣传部", "县教育局", "团县委", "县人民武装部机关", "云川县第一中学"),
    "ORGANISATION": ("县委宣传部", "县财政局", "县人民武装部机关", "武警云川中队", "县公安局"),
    "POLICY": ("县卫生健康局", "县医疗保障局", "云川县人民医院", "县民政局"),
    "PLACEMENT": ("县人力资源和社会保障局", "县总工会", "云川纺织有限公司", "清溪食品有限公司"),
    "RIGHTS": ("县司法局", "县公安局"),
    "VISITS": ("云川县农商银行", "县妇女联合会", "云川县老兵志愿服务队", "县总工会"),
    "JOINT": ("武警云川中队", "县消防救援大队", "驻云川某部", "县应急管理局"),
    "CONSCRIPTION": ("县人民武装部机关", "县公安局", "县卫生健康局"),
}  # fmt: skip
LED = {"ORGANISATION", "VISITS", "CONSCRIPTION"}
OWN_KIND = KindDraft(
    name="老兵宣讲进校园", chapter="EDUCATION", direction="LOCAL", measure="场", words="老兵宣讲、宣讲进校园",
    measures=(MeasureDraft(name="听讲学生", unit="人"), MeasureDraft(name="老兵", unit="人")),
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What drawing one activity needs to know."""

    rng: Random
    leaders: tuple[str, ...]
    chapters: dict[str, str]  # by kind
    keys: dict[str, list[str]]  # further numbers by kind


def hold_activities(*, actor: User, rng: Random, today: date, at: datetime, units: dict[str, int]) -> None:
    """Activities of the county and its towns over two years, and a kind of the county's own."""
    own = set_kind(actor=actor, draft=OWN_KIND, at=at)
    kinds = {**ACTIVITIES, own.pk: (4, 0, 1, 2, 0)}
    keys: dict[str, list[str]] = {}
    for kind, key in KindMeasure.objects.order_by("place").values_list("kind_id", "key"):
        keys.setdefault(kind, []).append(key)
    chapters = dict(ActivityKind.objects.values_list("code", "chapter"))
    scene = Scene(rng, leading_posts(units), chapters, keys)
    past = [drawn(scene, *each, kinds[each[0]]) for each in planned(kinds, rng, today, units)]
    twice = [replace(each, heads=None) for each in past if each.kind == "MEMORIAL"][-2:]  # recorded by two people
    record_activities(actor=actor, activities=[*past, *twice], at=at)
    keep_evidence(actor=actor, at=at)


def leading_posts(units: dict[str, int]) -> tuple[str, ...]:
    """Who leads the county's work, as a clerk writes them."""
    posts = Post.objects.filter(unit=units["云川县双拥工作领导小组"], ends_on=None, title__contains="组长").order_by(
        "id"
    )
    return tuple(f"{title} {name}" for title, name in posts.values_list("title", "holder_name"))


def planned(
    kinds: dict[str, tuple[int, int, int, int, int]], rng: Random, today: date, units: dict[str, int]
) -> list[tuple[str, str, int, date]]:
    """Kind, area, host and day of everything that was held."""
    began = date(today.year - 2, today.month, 1)
    towns = list_towns()
    stations = {code: units[f"{name}退役军人服务站"] for code, name in towns}
    hosts = [units["云川县退役军人事务局"], units["云川县双拥工作领导小组办公室"], units["县人民武装部"]]
    found = []
    for year in range(began.year, today.year + 1):
        for kind, (for_county, for_town, *_) in kinds.items():
            places = [(COUNTY[0], rng.choice(hosts)) for _ in range(for_county)]
            places += [(code, stations[code]) for code, _ in towns for _ in range(for_town)]
            for area, host in places:
                day = date(year, rng.choice(MONTHS.get(kind, range(1, 13))), rng.randint(1, 28))
                if began <= day < today:
                    found.append((kind, area, host, day))
    return found


def drawn(
    scene: Scene, kind: str, area: str, host: int, day: date, amounts: tuple[int, int, int, int, int]
) -> PastActivity:
    """One of them with its numbers; what a town does is smaller. One in forty lacks its number."""
    rng, chapter = scene.rng, scene.chapters[kind]
    _, _, least, most, yuan = amounts
    of_county = area == COUNTY[0]
    part = 1 if of_county else 4
    partners = rng.sample(WITH[chapter], rng.randint(0, 2)) if of_county else []
    measures = [(key, rng.randint(*NUMBERS.get(key, (1, 60))) // part) for key in scene.keys.get(kind, ())]
    return PastActivity(
        kind, area, day, host_id=host, place=PLACES.get(kind, "") if of_county else "", partners="、".join(partners),
        heads=None if rng.random() < 0.025 else max(rng.randint(least, most) // part, 1),
        amount_fen=rng.randint(yuan // 4, yuan) // 100 * 10_000 // part if yuan else None,
        measures=tuple(measures), people=tuple(people_in(scene, kind, of_county)),
    )  # fmt: skip


def people_in(scene: Scene, kind: str, of_county: bool) -> list[Part]:
    """Who led, and three volunteers where there are any."""
    rng = scene.rng
    if kind == "VOLUNTEERING":
        minutes = rng.choice((120, 180, 240))
        return [Part("VOLUNTEER", name, minutes) for name in sorted({invent_name(rng, "F", 1990) for _ in range(3)})]
    if of_county and scene.leaders and scene.chapters[kind] in LED and rng.random() < 0.6:
        return [Part("LEADER", rng.choice(scene.leaders))]
    return []


def keep_evidence(*, actor: User, at: datetime) -> None:
    """A photo and a link for the last activity of some kinds in each of the years."""
    number = 0
    for kind in ("GALA", "MEMORIAL", "JOB_FAIR", "DEFENCE_LESSON", "VISIT_GARRISON", "FORUM"):
        for year in (at.year - 1, at.year):
            activity = Activity.objects.filter(kind=kind, on__year=year).order_by("on", "id").last()
            if activity is not None:
                photo = Sent(content=picture_of(number), name=f"{activity.title}.jpg")
                link = Sent(link=f"https://news.example/yunchuan/{activity.on:%Y%m%d}")
                add_activity_evidence(actor=actor, activity_id=activity.pk, sent=[photo, link], at=at)
                number += 1
