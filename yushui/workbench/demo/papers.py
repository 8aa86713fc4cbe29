"""Papers in force: rules, the five inclusions of two years, plans, summaries and quarters of the member units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from yushui.accounts.models import User
from yushui.base.evidence import Sent
from yushui.places.models import Paper
from yushui.places.types import PaperDraft
from yushui.plans.services.proofs import add_paper, change_paper
from yushui.workbench.demo.pictures import scan_of
from yushui.workbench.demo.units import BUREAU, GROUP, MEMBERS, OFFICE

Keep = Callable[..., Paper | None]
RULES = (
    "走访慰问制度", "军地联席会议制度", "拥军优属工作制度", "联系服务退役军人制度", "双拥工作督查考核制度",
    "军民共建联系点制度",
)  # fmt: skip
# kind → what it is called in a year; the budget and the plan of a year run out with it
INCLUSIONS = (
    ("AGENDA_PAPER", "中共云川县委常委会{year}年议军议程安排", "云委办〔{year}〕6号"),
    ("PLAN_PAPER", "云川县{year}年国民经济和社会发展计划(双拥部分)", "云政发〔{year}〕3号"),
    ("BUDGET_PAPER", "{year}年双拥工作经费预算批复", "云财预〔{year}〕18号"),
    ("ASSESSMENT_PAPER", "{year}年度目标绩效考核办法(双拥工作列入)", "云考〔{year}〕2号"),
    ("EDUCATION_PAPER", "云川县{year}年全民国防教育工作计划", "云国教〔{year}〕1号"),
)
SCANNED = {"RULE", "AGENDA_PAPER", "PLAN_PAPER", "ASSESSMENT_PAPER", "EDUCATION_PAPER"}  # others lack theirs
LEFT_OUT = {"县商务局", "县自然资源局"}  # they have handed in nothing this year
ITEMS = {"AGENDA_PAPER": "1", "BUDGET_PAPER": "5", "EDUCATION_PAPER": "6"}  # of the trial standard of 2010


def keep_papers(*, actor: User, rng: Random, today: date, at: datetime, units: dict[str, int]) -> None:
    """Everything since last January, each once; scans of some, a link for the last budget."""
    number = 0

    def keep(unit: str, kind: str, title: str, on: date, **more: str) -> Paper | None:
        nonlocal number
        number += 1
        if on > today:
            return None
        draft = PaperDraft(
            kind=kind, unit_id=str(units[unit]), title=title, issued_on=on.isoformat(), number=more.get("number", ""),
            last_day=more.get("last_day", ""), proves=tuple(filter(None, (more.get("item", ""),))),
            client_key=f"demo-paper-{number:05d}",
        )  # fmt: skip
        scans = [Sent(content=scan_of(number), name=f"{title}.jpg")] if kind in SCANNED else []
        duties = tuple(filter(None, (more.get("duty", ""),)))
        return add_paper(actor=actor, draft=draft, sent=scans, duties=duties, at=at)

    for place, rule in enumerate(RULES):
        keep(
            OFFICE,
            "RULE",
            rule,
            date(today.year - 3, 4 + place, 10),
            number=f"云双拥办〔{today.year - 3}〕{place + 3}号",
        )
    keep(
        GROUP,
        "DUTY_PAPER",
        "双拥工作领导小组成员单位职责分工",
        date(today.year - 2, 3, 15),
        number=f"云双拥〔{today.year - 2}〕1号",
    )
    keep(
        BUREAU, "POLICY", "云川县军人和优抚对象优待办法", date(today.year - 2, 6, 1), last_day=f"{today.year + 1}-02-10"
    )
    for place, town in enumerate(("石桥镇", "汊河镇", "清溪镇", "白鹭镇", "枫林镇")):
        keep(f"{town}退役军人服务站", "RULE", f"{town}走访联系优抚对象制度", date(today.year - 1, 3, 1 + place))
    for year in (today.year - 1, today.year):
        for month, (kind, title, words) in enumerate(INCLUSIONS, start=1):
            ends = f"{year}-12-31" if kind in {"PLAN_PAPER", "BUDGET_PAPER", "EDUCATION_PAPER"} else ""
            keep(GROUP, kind, title.format(year=year), date(year, month, 18), number=words.format(year=year),
                 last_day=ends, item=ITEMS.get(kind, ""))  # fmt: skip
        keep(OFFICE, "YEAR_PLAN", f"云川县{year}年双拥工作要点", date(year, 2, 20), number=f"云双拥办〔{year}〕2号",
             last_day=f"{year}-12-31")  # fmt: skip
        for unit in MEMBERS:
            if year < today.year or unit not in LEFT_OUT:
                keep_year(keep, rng, unit, year)
    budget = Paper.objects.filter(kind_id="BUDGET_PAPER").order_by("-issued_on").first()
    if budget is not None:
        scan = Sent(link=f"https://news.example/yunchuan/budget-{budget.issued_on.year}")
        attach(actor, budget, scan, at)


def keep_year(keep: Keep, rng: Random, unit: str, year: int) -> None:
    """What one member unit hands in: its plan, in some the quarters, at the end its summary."""
    keep(unit, "YEAR_PLAN", f"{unit}{year}年双拥工作计划", date(year, 2, rng.randint(1, 27)), duty="MEMBER_PLAN",
         last_day=f"{year}-12-31")  # fmt: skip
    keep(
        unit, "YEAR_SUMMARY", f"{unit}{year}年双拥工作总结", date(year, 12, rng.randint(10, 25)), duty="MEMBER_SUMMARY"
    )
    if unit in {"县教育局", "县财政局", "县卫生健康局", "县公安局", "县妇女联合会"}:
        for place, words in enumerate("一二三"):
            title = f"{unit}{year}年第{words}季度双拥工作安排"
            keep(unit, "QUARTER_PLAN", title, date(year, place * 3 + 1, rng.randint(3, 20)), duty="MEMBER_QUARTER",
                 last_day=f"{year}-{place * 3 + 3:02d}-28")  # fmt: skip


def attach(actor: User, paper: Paper, sent: Sent, at: datetime) -> None:
    """Add a scan or link to a paper that is there."""
    draft = PaperDraft(
        kind=paper.kind_id, unit_id=str(paper.unit_id), number=paper.number, title=paper.title,
        issued_on=str(paper.issued_on), last_day=f"{paper.issued_on.year}-12-31", client_key=paper.client_key,
        proves=(ITEMS["BUDGET_PAPER"],),
    )  # fmt: skip
    change_paper(
        actor=actor, paper_id=paper.pk, draft=draft, duties=(), revision=str(paper.revision), sent=[sent], at=at
    )
