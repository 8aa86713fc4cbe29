"""The demo county from nothing, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from django.db import transaction

from yushui.audit import services as audit
from yushui.base.bulk import refresh_statistics
from yushui.base.refusals import Problem, Refused
from yushui.people.models import Person
from yushui.places import services as places
from yushui.workbench.demo.activities import hold_activities
from yushui.workbench.demo.archive import fill_boxes
from yushui.workbench.demo.cases import live_a_year_of_cases
from yushui.workbench.demo.contacts import keep_contact
from yushui.workbench.demo.doubles import meet_doubles
from yushui.workbench.demo.drafts import County
from yushui.workbench.demo.funds import keep_money
from yushui.workbench.demo.honours import give_honours
from yushui.workbench.demo.life import let_years_pass
from yushui.workbench.demo.money import enter_local_values, take_over_ledger, work_months
from yushui.workbench.demo.pairs import pair_up
from yushui.workbench.demo.papers import keep_papers
from yushui.workbench.demo.plans import make_plans
from yushui.workbench.demo.raising import raise_money
from yushui.workbench.demo.recoveries import name_agents, work_recoveries
from yushui.workbench.demo.register import add_everyone
from yushui.workbench.demo.rewards import reward_merits
from yushui.workbench.demo.rows import contacts_of, write_register
from yushui.workbench.demo.sites import open_sites
from yushui.workbench.demo.staff import add_staff, staff_by_login
from yushui.workbench.demo.teams import let_teams_work
from yushui.workbench.demo.towns import COUNTY, list_areas, town_cells
from yushui.workbench.demo.units import add_units
from yushui.workbench.demo.work import hold_campaigns, pay_visits

PEOPLE = 12_000
VETERANS_PER_ENTITLED = 2.5  # 30,000 other veterans beside 12,000 entitled persons
SEED = 2026
Say = Callable[[str], None]


@transaction.atomic
def build_county(*, people: int, seed: int, today: date, at: datetime, say: Say, veterans: int | None = None) -> None:
    """云川县 with so many entitled persons; the same seed and day give the same county. Refused when people exist.

    `veterans` are those besides, who draw nothing by the month; as in the country at large when left out.
    """
    veterans = round(people * VETERANS_PER_ENTITLED) if veterans is None else veterans
    if Person.objects.exists():
        step = "示范县只能建在空的数据文件夹里:用 YUSHUI_HOME=另一个文件夹 再试"
        raise Refused(Problem("数据库里已经有人员", next_step=step))
    rng = Random(seed)
    say("区划、用户")
    county = County(rng, today)
    liaisons = add_staff(rng, today, county.villages)
    admin = staff_by_login()["admin"]
    places.add_areas(actor=admin, rows=list_areas(), source="示范县(虚构)", at=at)
    places.arrange_tiles(actor=admin, area_code=COUNTY[0], typed=town_cells(), revision="0", at=at)
    say("人员、身份、经历")
    add_everyone(county, people, veterans)
    let_years_pass(county)
    write_register(county, liaisons)
    say("单位、走访、活动")
    desk = staff_by_login()["desk"]
    units = add_units(actor=admin, rng=Random(f"{seed}-units"), today=today, at=at)
    keep_papers(actor=desk, rng=Random(f"{seed}-papers"), today=today, at=at, units=units)
    hold_campaigns(actor=desk, rng=rng, seed=seed, today=today, at=at)
    pay_visits(actor=desk, rng=rng, today=today, at=at, contacts=contacts_of(county, liaisons))
    keep_contact(actor=desk, admin=admin, seed=seed, today=today, at=at)
    hold_activities(actor=desk, rng=rng, today=today, at=at, units=units)
    let_teams_work(actor=desk, rng=Random(f"{seed}-teams"), today=today, at=at, units=units)
    pair_up(actor=desk, seed=seed, today=today, at=at)
    say("计划、任务、会议")
    make_plans(staff=staff_by_login(), seed=seed, today=today, at=at)
    live_a_year_of_cases(staff=staff_by_login(), seed=seed, today=today, at=at, units=units)
    keep_money(staff=staff_by_login(), seed=seed, today=today)
    raise_money(staff=staff_by_login(), units=units, today=today, at=at)
    give_honours(actor=desk, seed=seed, today=today, at=at)
    open_sites(actor=desk, seed=seed, today=today, at=at)
    fill_boxes(actor=desk, today=today, at=at)
    refresh_statistics()
    say("两年的发放")
    enter_local_values(desk=desk, today=today)
    take_over_ledger(desk=desk, today=today)
    say("上个月的测算、批次、银行回单")
    name_agents(desk=desk, seed=seed, today=today, at=at)
    work_months(staff=staff_by_login(), rng=rng, today=today)
    reward_merits(staff=staff_by_login(), seed=seed, today=today)
    work_recoveries(staff=staff_by_login(), today=today, at=at)
    meet_doubles(staff=staff_by_login(), today=today, at=at)
    refresh_statistics()
    audit.record(
        actor=None, action="workbench.demo.built", subject="workbench.demo", area_code=COUNTY[0], at=at,
        people=people, seed=seed, today=today,
    )  # fmt: skip
