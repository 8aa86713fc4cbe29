"""What volunteer teams and leaders of towns did in two years, so that hours and leaders' duties have their facts."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from yushui.accounts.models import User
from yushui.activities.rules.activities import Part
from yushui.activities.services.activities_bulk import PastActivity, record_activities
from yushui.places.models import Post, UnitKind
from yushui.places.types import VOLUNTEER
from yushui.workbench.demo.towns import COUNTY

DEEDS = ("为独居老兵打扫卫生", "陪同老兵体检", "清明祭扫引导", "为军属代办事项", "送政策上门", "帮军属抢收")


def let_teams_work(*, actor: User, rng: Random, today: date, at: datetime, units: dict[str, int]) -> None:
    """Four deeds a year of each team, two visits a year with the leaders of each town, a military day of all."""
    found: list[PastActivity] = []
    for unit, area, kind, names in bodies():
        for year in (today.year - 1, today.year):
            found += (
                deeds(rng, unit, area, names, year) if kind == UnitKind.VOLUNTEERS else visits(rng, area, names, year)
            )
    leaders = [name for _, area, kind, names in bodies() if kind != UnitKind.VOLUNTEERS for name in names]
    for year in (today.year - 1, today.year):
        people = tuple(Part("LEADER", name) for name in leaders)
        found.append(PastActivity("MILITARY_DAY", COUNTY[0], date(year, 7, 28), title="党政领导军事日",
                                  people=people, host_id=units["县人民武装部"], heads=len(people)))  # fmt: skip
    record_activities(actor=actor, activities=[each for each in found if each.on < today], at=at)


def bodies() -> list[tuple[int, str, str, list[str]]]:
    """(unit, area, kind, names) of the volunteer teams, and of the leading groups of towns with their leaders."""
    rows = Post.objects.filter(ends_on=None).order_by("unit_id", "id")
    teams = rows.filter(unit__kind=UnitKind.VOLUNTEERS, title=VOLUNTEER)
    leads = rows.filter(unit__kind=UnitKind.LEADING_GROUP, unit__parent=None, title__contains="组长")
    leads = leads.filter(unit__area__level=4)
    found: dict[int, tuple[int, str, str, list[str]]] = {}
    for unit, area, kind, name in [
        *teams.values_list("unit_id", "unit__area_id", "unit__kind", "holder_name"),
        *leads.values_list("unit_id", "unit__area_id", "unit__kind", "holder_name"),
    ]:
        found.setdefault(unit, (unit, area, kind, []))[3].append(name)
    return list(found.values())


def deeds(rng: Random, unit: int, area: str, names: list[str], year: int) -> list[PastActivity]:
    """What a team did in a year: hours are kept in tenths."""
    made = []
    for month in (3, 5, 7, 10):
        there = rng.sample(names, min(len(names), rng.randint(4, 8)))
        minutes = rng.choice((90, 120, 180, 240))
        people = tuple(Part("VOLUNTEER", name, minutes) for name in there)
        made.append(PastActivity(
            "VOLUNTEERING", area, date(year, month, rng.randint(1, 28)), title=rng.choice(DEEDS), host_id=unit,
            heads=len(there), measures=(("hours", len(there) * minutes // 6),), people=people,
        ))  # fmt: skip
    return made


def visits(rng: Random, area: str, names: list[str], year: int) -> list[PastActivity]:
    """Before the Spring Festival and on 1 August the leaders of a town go round; one in ten is kept from it."""
    made = []
    for month, day in ((2, 6), (7, 29)):
        people = tuple(Part("LEADER", name) for name in names if rng.random() > 0.1)
        made.append(PastActivity(
            "VISIT_FAMILIES", area, date(year, month, day), heads=rng.randint(8, 20), people=people,
            note="镇主要领导带队",
        ))  # fmt: skip
    return made
