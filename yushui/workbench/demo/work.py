"""Two years of work: campaigns with their visits, and visits in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from tyme4py.lunar import LunarDay

from yushui.accounts.models import User
from yushui.activities.models import CampaignTarget
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
