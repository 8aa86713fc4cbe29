"""Two years of work: campaigns with their visits, and visits in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from tyme4py.lunar import LunarDay

from yushui.accounts.models import User
from yushui.activities.models import Campaign, CampaignTarget
from yushui.activities.services.bulk import PastVisit, record_visits
from yushui.activities.services.campaigns import close_campaign, plan_campaign
from yushui.activities.services.targets import assign_by_village
from yushui.activities.types import CampaignDraft, Way
from yushui.base.refusals import Refused
from yushui.funds.models import GoodsPlace
from yushui.workbench.demo.goods import Shelves, greet_units, more_campaigns, touch_list
from yushui.workbench.demo.towns import COUNTY, list_towns

SURVIVORS = ("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS")
HARD = ("LIVING", "MEDICAL", "HOUSING")
GOODS = ("大米、食用油", "大米、食用油、牛奶")
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


def hold_campaigns(*, actor: User, rng: Random, seed: int, today: date, at: datetime) -> None:
    """The county's campaigns of two years, those of every other kind, and one of 石桥镇 that is on; the gift stock."""
    began = date(today.year - 2, today.month, 1)
    shelves = Shelves(actor, today, Random(f"{seed}-goods"), since=date(today.year - 1, today.month, 1))
    shelves.open()
    shelves.live_a_year()
    like: dict[str, int] = {}
    for year in range(began.year, today.year + 1):
        for festival in festivals_of(year):
            if began <= festival.first and festival.last < today:
                draft = replace(draft_of(festival, COUNTY[0]), like_id=like.get(festival.kind) or None)
                held = run_campaign(draft, festival.share, rng=rng, shelves=shelves, at=at)
                like[festival.kind] = held.pk if held else 0
        for draft, share in more_campaigns(year, today):
            if began.isoformat() <= draft.first_day:
                run_campaign(draft, share, rng=shelves.rng, shelves=shelves, at=at)
    first = today - timedelta(days=12)
    on_now = Festival("HARDSHIP", first, today + timedelta(days=25), 300, "棉被、食用油", 0.45)
    town = draft_of(on_now, list_towns()[0][0])
    run_campaign(town, on_now.share, rng=rng, shelves=shelves, store=shelves.town_store, at=at)
    shelves.count()


def draft_of(festival: Festival, area: str) -> CampaignDraft:
    """A great campaign as it is typed every year; garrisons, 光荣院 and 优抚医院 are on the county's list."""
    return CampaignDraft(
        kind=festival.kind, area_code=area, first_day=festival.first.isoformat(), last_day=festival.last.isoformat(),
        cash=str(festival.yuan), goods=festival.goods, kinds=SURVIVORS, hardships=HARD, least_age="85",
        unit_kinds=("GARRISON", "HONOUR_HOME", "CARE_HOSPITAL") if area == COUNTY[0] else (),
    )  # fmt: skip


def run_campaign(
    draft: CampaignDraft, share: float, *, rng: Random, shelves: Shelves, store: GoodsPlace | None = None, at: datetime
) -> Campaign | None:
    """Plan, take goods, assign to the liaisons of the villages, visit, give back and close what is over."""
    actor, today = shelves.keeper, shelves.today
    try:
        campaign = plan_campaign(actor=actor, draft=draft, at=at)
    except Refused:
        return None  # a county made very small may have nobody for it
    touch_list(actor=actor, campaign=campaign, rng=shelves.rng, at=at)
    shelves.supply(campaign, draft.goods, store)
    assign_by_village(actor=actor, campaign_id=campaign.pk, at=at)
    first, last = campaign.starts_on, min(campaign.ends_on, today) - timedelta(days=1)
    visits = []
    listed = CampaignTarget.objects.filter(campaign=campaign, dropped_reason="").order_by("id")
    for person, village, goer in listed.values_list("person_id", "area_id", "user_name"):
        if rng.random() > share:
            continue
        visits.append(
            PastVisit(
                person,
                village,
                first + timedelta(days=rng.randint(0, (last - first).days)),
                campaign_id=campaign.pk,
                cash_fen=campaign.cash_fen,
                goods=campaign.goods,
                note=rng.choice(NOTES),
                visitor_name=goer or actor.full_name,
            )  # fmt: skip
        )
    record_visits(actor=actor, visits=visits, at=at)
    greet_units(actor=actor, campaign=campaign, shelves=shelves)
    if campaign.ends_on <= today:
        close_campaign(actor=actor, campaign_id=campaign.pk, at=at)
        shelves.give_back(campaign)
    return campaign


def pay_visits(*, actor: User, rng: Random, today: date, at: datetime, contacts: list[tuple[int, str, str]]) -> None:
    """Visits of liaisons in between: every third person with a contact, once or twice in two years."""
    visits = []
    for person, village, goer in contacts:
        for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):
            way = rng.choices((Way.HOME, Way.PHONE, Way.VIDEO, Way.ABSENT), (62, 30, 4, 4))[0]
            day = today - timedelta(days=rng.randint(1, 720))
            visits.append(PastVisit(person, village, day, way=way, note=rng.choice(NOTES), visitor_name=goer))
    record_visits(actor=actor, visits=visits, at=at)
