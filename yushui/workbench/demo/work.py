"""Two years of work: campaigns with their visits, visits in between, activities of county and towns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from tyme4py.lunar import LunarDay

from yushui.accounts.models import User
from yushui.activities.models import CampaignTarget
from yushui.activities.services.activities_bulk import PastActivity, record_activities
from yushui.activities.services.bulk import PastVisit, record_visits
from yushui.activities.services.campaigns import close_campaign, plan_campaign, preview_campaign
from yushui.activities.services.targets import assign_by_village
from yushui.activities.types import CampaignDraft, Way
from yushui.workbench.demo.towns import COUNTY, list_towns

SURVIVORS = ("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS")
HARD = ("LIVING", "MEDICAL", "HOUSING")
GOODS = ("大米、食用油", "大米、食用油、牛奶", "慰问信、春联", "月饼、食用油")
NOTES = (
    "身体尚好,子女在外务工",
    "反映膝痛,已联系镇卫生院",
    "询问医保报销,已解释",
    "",
    "",
    "",
    "",
    "房屋漏雨,已报民政办",
    "近况良好",
)
# kind → (times a year for the county, times a year for each town, least heads, most heads, most yuan)
ACTIVITIES: dict[str, tuple[int, int, int, int, int]] = {
    "GROUP_PLENARY": (1, 0, 35, 60, 0), "JOINT_MEETING": (2, 0, 18, 40, 0), "MILITARY_AFFAIRS_MEETING": (2, 0, 3, 6, 0),
    "STANDING_REPORT": (2, 0, 1, 3, 0), "SUBJECT_MEETING": (2, 1, 15, 40, 0), "MUTUAL_VISIT": (4, 0, 8, 20, 0),
    "SUPERVISION": (2, 0, 12, 30, 0), "AWARDING": (1, 0, 20, 40, 30000), "DEFENCE_LESSON": (6, 2, 2, 8, 0),
    "STUDENT_TRAINING": (3, 0, 300, 1200, 0), "KNOWLEDGE_CONTEST": (1, 0, 120, 400, 8000), "FILM_SHOW": (4, 1, 1, 6, 0),
    "MILITARY_DAY": (2, 0, 60, 160, 0), "PRESS": (10, 2, 1, 6, 0), "BILLBOARD": (2, 1, 2, 12, 3000),
    "PUBLICITY_MONTH": (1, 0, 200, 600, 6000), "GALA": (2, 0, 200, 500, 40000), "MEMORIAL": (2, 1, 80, 400, 2000),
    "TRADITION_REPORT": (3, 0, 60, 300, 0), "MODEL_SELECTION": (1, 0, 5, 12, 10000), "POLICY_CHECK": (2, 1, 40, 300, 0),
    "HEALTH_CHECK": (2, 1, 120, 500, 60000), "RECUPERATION": (2, 0, 20, 40, 50000), "PLAQUE": (2, 1, 20, 120, 0),
    "SCHOOLING": (1, 0, 8, 25, 0), "CARE_FUND": (4, 0, 6, 20, 40000), "SKILL_TRAINING": (3, 0, 40, 110, 90000),
    "JOB_FAIR": (2, 0, 300, 800, 20000), "WELCOME_HOME": (2, 1, 10, 60, 0), "LEGAL_AID": (3, 0, 2, 9, 0),
    "MEDIATION": (0, 1, 1, 3, 0), "LEADER_RECEPTION": (6, 0, 4, 15, 0), "VISIT_GARRISON": (2, 0, 3, 5, 80000),
    "FORUM": (2, 1, 20, 60, 3000), "FARM_HELP": (0, 2, 4, 20, 0), "VOLUNTEERING": (4, 2, 20, 90, 0),
    "PAIRING": (1, 1, 5, 30, 0), "SUPPORT_ARMY": (2, 0, 1, 3, 200000), "SKILLED_SUPPORT": (3, 0, 20, 80, 0),
    "ARMY_HELPS": (4, 0, 60, 300, 0), "ARMY_CLINIC": (2, 0, 120, 400, 0), "ARMY_POVERTY": (2, 0, 5, 20, 10000),
    "RESCUE": (1, 0, 30, 80, 0), "JOINT_SECURITY": (2, 0, 2, 6, 0), "JOINT_BUILDING": (2, 1, 1, 3, 0),
    "MILITIA_TRAINING": (2, 0, 80, 160, 0), "CALL_UP_PUBLICITY": (2, 1, 200, 900, 3000), "SEND_OFF": (2, 0, 50, 70, 0),
}  # fmt: skip
MONTHS = {
    "PUBLICITY_MONTH": (7,), "GALA": (1, 7), "MEMORIAL": (4, 9), "VISIT_GARRISON": (1, 7), "SEND_OFF": (3, 9),
    "WELCOME_HOME": (9, 12), "FARM_HELP": (5, 6, 9, 10), "STUDENT_TRAINING": (8, 9), "SCHOOLING": (8,),
    "RESCUE": (7, 8), "STANDING_REPORT": (1, 7), "AWARDING": (7,), "FORUM": (1, 7),
}  # fmt: skip


@dataclass(frozen=True)
class Festival:
    """A campaign of every year: its kind, first and last day, yuan and goods a head, share of the list visited."""

    kind: str
    first: date
    last: date
    yuan: int
    goods: str
    share: float


def spring_festival(year: int) -> date:
    """First day of the lunar year."""
    day = LunarDay.from_ymd(year, 1, 1).get_solar_day()
    return date(day.get_year(), day.get_month(), day.get_day())


def festivals_of(year: int) -> tuple[Festival, ...]:
    """The county's campaigns of a year."""
    spring = spring_festival(year)
    return (
        Festival("SPRING_FESTIVAL", spring - timedelta(days=25), spring - timedelta(days=2), 500, GOODS[0], 0.985),
        Festival("ARMY_DAY", date(year, 7, 10), date(year, 8, 1), 300, GOODS[1], 0.975),
    )


def hold_campaigns(*, actor: User, rng: Random, today: date, at: datetime) -> None:
    """The county's campaigns of two years, all over, and one of 石桥镇 that is on."""
    began = date(today.year - 2, today.month, 1)
    for year in range(began.year, today.year + 1):
        for festival in festivals_of(year):
            if began <= festival.first and festival.last < today:
                run_campaign(festival, actor=actor, rng=rng, area=COUNTY[0], today=today, at=at)
    first = today - timedelta(days=12)
    on_now = Festival("HARDSHIP", first, today + timedelta(days=25), 300, "棉被、食用油", 0.45)
    run_campaign(on_now, actor=actor, rng=rng, area=list_towns()[0][0], today=today, at=at)


def run_campaign(festival: Festival, *, actor: User, rng: Random, area: str, today: date, at: datetime) -> None:
    """Plan, assign to the liaisons of the villages, visit, and close what is over."""
    draft = CampaignDraft(
        kind=festival.kind, area_code=area, first_day=festival.first.isoformat(), last_day=festival.last.isoformat(),
        cash=str(festival.yuan), goods=festival.goods, kinds=SURVIVORS, hardships=HARD, least_age="85",
    )  # fmt: skip
    if not preview_campaign(actor=actor, draft=draft, at=at).count:
        return  # a county made very small may have nobody for it
    campaign = plan_campaign(actor=actor, draft=draft, at=at)
    assign_by_village(actor=actor, campaign_id=campaign.pk, at=at)
    last = min(festival.last, today - timedelta(days=1))
    visits = []
    for person, village, goer in CampaignTarget.objects.filter(campaign=campaign).values_list(
        "person_id", "area_id", "user_name"
    ):
        if rng.random() > festival.share:
            continue
        day = festival.first + timedelta(days=rng.randint(0, (last - festival.first).days))
        visits.append(
            PastVisit(
                person,
                village,
                day,
                campaign_id=campaign.pk,
                cash_fen=festival.yuan * 100,
                goods=festival.goods,
                note=rng.choice(NOTES),
                visitor_name=goer or actor.full_name,
            )  # fmt: skip
        )
    record_visits(actor=actor, visits=visits, at=at)
    if festival.last < today:
        close_campaign(actor=actor, campaign_id=campaign.pk, at=at)


def pay_visits(*, actor: User, rng: Random, today: date, at: datetime, contacts: list[tuple[int, str, str]]) -> None:
    """Visits of liaisons in between: every third person with a contact, once or twice in two years."""
    visits = []
    for person, village, goer in contacts:
        for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):
            way = rng.choices((Way.HOME, Way.PHONE, Way.VIDEO, Way.ABSENT), (62, 30, 4, 4))[0]
            day = today - timedelta(days=rng.randint(1, 720))
            visits.append(PastVisit(person, village, day, way=way, note=rng.choice(NOTES), visitor_name=goer))
    record_visits(actor=actor, visits=visits, at=at)


def hold_activities(*, actor: User, rng: Random, today: date, at: datetime, units: dict[str, int]) -> None:
    """Activities of the county and its towns over two years."""
    began = date(today.year - 2, today.month, 1)
    towns = list_towns()
    stations = {code: units[f"{name}退役军人服务站"] for code, name in towns}
    hosts = [units["云川县退役军人事务局"], units["云川县双拥工作领导小组办公室"], units["县人民武装部"]]
    past = []
    for year in range(began.year, today.year + 1):
        for kind, (for_county, for_town, least, most, yuan) in ACTIVITIES.items():
            places = [(COUNTY[0], rng.choice(hosts)) for _ in range(for_county)]
            places += [(code, stations[code]) for code, _ in towns for _ in range(for_town)]
            for area, host in places:
                day = date(year, rng.choice(MONTHS.get(kind, range(1, 13))), rng.randint(1, 28))
                if not began <= day < today:
                    continue
                part = 1 if area == COUNTY[0] else 4  # what a town does is smaller
                past.append(
                    PastActivity(
                        kind,
                        area,
                        day,
                        host_id=host,
                        heads=max(rng.randint(least, most) // part, 1),
                        amount_fen=rng.randint(yuan // 4, yuan) // 100 * 10_000 // part if yuan else None,
                    )  # fmt: skip
                )
    record_activities(actor=actor, activities=past, at=at)
