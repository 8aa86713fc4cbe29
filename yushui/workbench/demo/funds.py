"""Two years of money: budget lines and what was spent on campaigns and work, donations, a care fund with its use."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import count
from random import Random

from django.db.models import Sum

from yushui.accounts.models import User
from yushui.activities.models import Campaign, UnitVisit, Visit
from yushui.funds.models import CareProject, Fund
from yushui.funds.selectors.money import lowest_of
from yushui.funds.services import care, donations, money, overdrafts
from yushui.funds.types.care import ApplicationDraft, ProjectDraft
from yushui.funds.types.donations import DonationDraft
from yushui.funds.types.money import EntryDraft, FundDraft, OverdraftDraft
from yushui.people.models import Hardship
from yushui.workbench.demo.drafts import moment
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import COUNTY

# name, source, use, yuan a year, what is spent on it: words and months
LINES = (
    ("双拥活动经费", "LOCAL", "EVENTS", 360_000, (("军民联欢活动场地和节目", 7), ("双拥座谈会", 1), ("共建活动", 5))),
    ("国防教育和宣传经费", "LOCAL", "PUBLICITY", 150_000, (("宣传栏更新", 4), ("国防教育读本印制", 9))),
    ("支持部队建设资金", "LOCAL", "ARMY_SUPPORT", 600_000, (("营区道路和供水改造补助", 6), ("训练保障", 10))),
    ("自主就业补助资金", "UPPER", "SELF_EMPLOYED", 1_000_000, (("秋季退役士兵自主就业一次性补助", 11),)),
    ("优抚对象医疗补助资金", "UPPER", "INSURANCE", 480_000, (("参保资助", 2), ("大病医疗补助", 8))),
    ("服务站建设补助", "UPPER", "SITES", 200_000, (("示范型服务站设备", 8),)),
)
PROJECTS = (
    ("大病救助", "ILLNESS", 5000, "患重大疾病、自付费用较高的退役军人和优抚对象"),
    ("应急救助", "ACCIDENT", 3000, "突遭意外、火灾、水灾的家庭"),
    ("金秋助学", "SCHOOLING", 4000, "困难退役军人家庭当年考入大专以上的子女"),
)
TRADES = ("米业", "建筑", "电子", "水产", "纺织", "食品", "物流", "农机", "茶业", "医药")
STORIES = {
    "ILLNESS": ("住院手术,医保报销后自付较多", "长期透析,家庭负担重"),
    "ACCIDENT": ("劳作中骨折,误工三个月", "家中失火,屋顶烧损"),
    "SCHOOLING": ("子女今年考入大学,学费有困难", "两个子女同时就学"),
}
GIFTS, APPLICATIONS = 60, 80


class Bookkeeper:
    """Who enters the money of a county, each form with a key of its own."""

    def __init__(self, desk: User, reviewer: User, rng: Random, today: date) -> None:
        self.desk, self.reviewer, self.rng, self.today = desk, reviewer, rng, today
        self.keys = (f"demo-funds-{number}" for number in count(1))

    def open(self, name: str, kind: str, source: str, on: date, **more: str) -> Fund:
        draft = FundDraft(
            name=name, kind=kind, source=source, area_code=COUNTY[0], client_key=next(self.keys),
            **{"year": str(on.year), **more},
        )  # fmt: skip
        return money.open_fund(actor=self.desk, draft=draft, at=moment(on))

    def take(self, fund: Fund, on: date, fen: int, words: str) -> None:
        if on <= self.today and fen > 0:
            money.record_income(actor=self.desk, fund_id=fund.pk, draft=self.entry(on, fen, words), at=moment(on))

    def give(self, fund: Fund, on: date, fen: int, words: str, campaign: Campaign | None = None) -> None:
        if on > self.today or fen <= 0:
            return
        money.spend(
            actor=self.desk, fund_id=fund.pk, fen=fen, purpose=words, on=on, at=moment(on),
            source=f"activities.campaign:{campaign.pk}" if campaign else "",
            source_words=campaign.title if campaign else "", client_key=next(self.keys),
        )  # fmt: skip

    def end_year(self, fund: Fund) -> None:
        """What is left of a year that is over goes back, and the line is closed."""
        on = date(fund.year or 0, 12, 28)
        if on.year == self.today.year:
            return
        left = lowest_of(fund, on)
        money.spend(
            actor=self.desk, fund_id=fund.pk, fen=left, purpose="年末结余上缴", use="TURNED_IN", source="", on=on,
            at=moment(on), client_key=next(self.keys),
        )  # fmt: skip
        money.close_fund(actor=self.desk, fund_id=fund.pk, at=moment(on + timedelta(days=10)))

    def entry(self, on: date, fen: int, words: str) -> EntryDraft:
        return EntryDraft(
            on=on.isoformat(), amount=f"{fen // 100}.{fen % 100:02d}", words=words, client_key=next(self.keys)
        )


def keep_money(*, staff: dict[str, User], seed: int, today: date) -> None:
    """The county's money of this year and the last."""
    book = Bookkeeper(staff["desk"], staff["review"], Random(f"{seed}-funds"), today)
    for year in (today.year - 1, today.year):
        keep_year(book, year)
        keep_visits(book, year)
    first = date(today.year - 1, 1, 4)
    fund = book.open("云川县退役军人关爱基金", "CARE", "DONATION", first, note="挂靠县慈善会,专户管理")
    raised = book.open("社会各界拥军捐款", "DONATED", "DONATION", first)
    collect_gifts(book, fund, raised)
    help_people(book, fund)


def keep_year(book: Bookkeeper, year: int) -> None:
    """Budget lines: two allotments, spending in its months, the rest given back at the end of the year."""
    for name, source, use, yuan, plans in LINES:
        opened = date(year, 1, 6)
        if opened > book.today:
            return
        fund = book.open(f"{year}年{name}", "BUDGET", source, opened, use=use, planned=str(yuan))
        payer = "县财政" if source == "LOCAL" else "省级专项"
        for month, percent, words in ((1, 60, "上半年"), (7, 40, "下半年")):
            book.take(fund, date(year, month, 12), yuan * percent, f"{payer}拨付{words}资金")
        share = yuan * 90 // len(plans)
        for words, month in sorted(plans, key=lambda plan: plan[1]):
            book.give(fund, date(year, month, 20), share - book.rng.randint(0, share // 9), words)
        book.end_year(fund)


def keep_visits(book: Bookkeeper, year: int) -> None:
    """Money for visits: each campaign draws what it gave out, one with money to give back next time."""
    held = Campaign.objects.filter(area_id=COUNTY[0], starts_on__year=year, starts_on__lte=book.today).order_by("id")
    given = Visit.objects.filter(campaign__in=held, withdrawn_at=None).order_by().values("campaign")
    to_units = UnitVisit.objects.filter(campaign__in=held, withdrawn_at=None).order_by().values("campaign")
    sums: Counter[int] = Counter()
    for row in (*given.annotate(fen=Sum("cash_fen")), *to_units.annotate(fen=Sum("cash_fen"))):
        sums[row["campaign"]] += row["fen"]
    planned = -(-sum(sums.values()) // 1_000_000) * 10_000 + 50_000
    fund = book.open(
        f"{year}年走访慰问经费", "BUDGET", "LOCAL", date(year, 1, 2), use="VISIT_CASH", planned=str(planned)
    )
    book.take(fund, date(year, 1, 2), planned * 100, "县财政拨付全年慰问经费")
    for campaign in held:
        fen = sums[campaign.pk]
        extra = 30_000 if campaign.kind_id == "ARMY_DAY" else 0  # drawn for six who could not be met
        book.give(
            fund,
            max(campaign.starts_on, date(year, 1, 3)),
            fen + extra if fen else 0,
            f"{campaign.title}慰问金",
            campaign,
        )
    book.end_year(fund)
    if year == book.today.year and (last := book.today - timedelta(days=2)).year == year:
        ask = OverdraftDraft(
            amount="20000", last_day=(book.today + timedelta(days=30)).isoformat(),
            reason="增加走访边远村老兵,追加预算在办", client_key=next(book.keys),
        )  # fmt: skip
        overdrafts.ask_overdraft(actor=book.desk, fund_id=fund.pk, draft=ask, at=moment(last))


def collect_gifts(book: Bookkeeper, fund: Fund, raised: Fund) -> None:
    """Donations of units and persons: most are there, some are promises, one was ended."""
    rng = book.rng
    began = date(book.today.year - 1, 1, 5)
    span = (book.today - began).days
    for number, day in enumerate(sorted(rng.randint(0, span) for _ in range(GIFTS))):
        on = began if number == 0 else began + timedelta(days=day)
        unit = number == 0 or rng.random() < 0.6
        yuan = 200_000 if number == 0 else rng.choice((5000, 10_000, 20_000) if unit else (200, 500, 1000, 2000))
        name = f"云川{rng.choice(TRADES)}有限公司" if unit else invent_name(rng, rng.choice("MF"), 1975)
        state = "all" if number == 0 or rng.random() < 0.8 else rng.choice(("half", "none"))
        draft = DonationDraft(
            fund_id=fund.pk if number == 0 or rng.random() < 0.7 else raised.pk,
            donor_kind="UNIT" if unit else "PERSON",
            donor_name="云川县商会" if number == 0 else name, is_unnamed=not unit and rng.random() < 0.2,
            promised=str(yuan), promised_on=on.isoformat(),
            received={"all": str(yuan), "half": str(yuan // 2), "none": ""}[state],
            wish=rng.choice(("", "", "用于大病老兵", "用于困难家庭子女就学")), client_key=next(book.keys),
        )  # fmt: skip
        gift = donations.add_donation(actor=book.desk, draft=draft, at=moment(on))
        if state == "all" and rng.random() < 0.7:
            donations.thank_donor(actor=book.desk, donation_id=gift.pk, at=moment(min(on + timedelta(3), book.today)))
        elif state == "none" and (book.today - on).days > 300:
            donations.end_donation(
                actor=book.desk, donation_id=gift.pk, reason="企业停业,来函终止", at=moment(book.today)
            )


def help_people(book: Bookkeeper, fund: Fund) -> None:
    """Three projects and applications of persons in hardship: asked, decided by another, paid out."""
    rng, began = book.rng, date(book.today.year - 1, 1, 6)
    projects: list[tuple[CareProject, str]] = []
    for name, cause, most, words in PROJECTS:
        draft = ProjectDraft(
            name=name, words=words, starts_on=began.isoformat(), planned=str(most * 40), most=str(most),
            client_key=next(book.keys),
        )  # fmt: skip
        project = care.add_project(actor=book.desk, fund_id=fund.pk, draft=draft, at=moment(began))
        projects.append((project, cause))
    hard = Hardship.objects.filter(ends_on=None, person__died_on=None).order_by("person_id")
    people = list(hard.values_list("person_id", flat=True).distinct())
    chosen = rng.sample(people, min(APPLICATIONS, len(people)))
    span = (book.today - began).days
    days = sorted(began + timedelta(days=rng.randint(1, span)) for _ in chosen)
    for person_id, on in zip(chosen, days, strict=True):
        project, cause = rng.choice(projects)
        help_one(book, person_id, project, cause, on)


def help_one(book: Bookkeeper, person_id: int, project: CareProject, cause: str, on: date) -> None:
    """One application as far as it has come by today."""
    rng = book.rng
    yuan = min(rng.choice((1000, 1500, 2000, 3000)), project.most_fen // 100)
    draft = ApplicationDraft(
        project_id=project.pk, cause=cause, amount=str(yuan), on=on.isoformat(), words=rng.choice(STORIES[cause]),
        client_key=next(book.keys),
    )  # fmt: skip
    row = care.ask_care(actor=book.desk, person_id=person_id, draft=draft, at=moment(on))
    decided, paid = on + timedelta(days=rng.randint(3, 12)), on + timedelta(days=rng.randint(13, 25))
    if decided > book.today:
        return
    refused = rng.random() < 0.1
    care.decide_care(
        actor=book.reviewer, application_id=row.pk, verdict="REFUSED" if refused else "GRANTED",
        amount="" if refused else str(yuan), words="已由医疗救助解决" if refused else "", at=moment(decided),
    )  # fmt: skip
    if not refused and paid <= book.today:
        care.pay_care(actor=book.desk, application_id=row.pk, on=paid.isoformat(), at=moment(paid))
