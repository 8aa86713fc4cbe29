"""A small invented county with known numbers, for tests of figures and reports.

北洲村: two disabled soldiers (grade 3 and 6), one also a war veteran; a conscript. 柳湾村: a martyr's survivor.
新河村 of the other town: a rural veteran, and one who died in 2025. All sums below are counted by hand in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from yushui.activities.models import Activity, ActivityKind, Campaign, CampaignTarget, Visit
from yushui.activities.services.campaign_kinds import load_campaign_kinds
from yushui.base.days import month_at
from yushui.base.kinds import read_catalogue
from yushui.payments.models import Batch, BatchState, Line, LineResult
from yushui.people.models import Person, PersonEvent
from yushui.people.tests.factories import COUNTY, OTHER_TOWN_VILLAGE, OTHER_VILLAGE, VILLAGE, make_person, make_status

AT = datetime(2026, 6, 30, 8, tzinfo=UTC)
ON = date(2026, 6, 30)
keys = count(1)


@dataclass(frozen=True)
class County:
    """The people of the example."""

    wang: Person
    li: Person
    zhao: Person
    sun: Person
    zhou: Person
    wu: Person


def make_county() -> County:
    """The register alone."""
    wang = make_person(name="王守山", medical_scheme="职工医保")
    make_status(wang, kind="DISABLED_SOLDIER", grade=3, cause="WAR", approved_on=date(2009, 5, 1))
    make_status(wang, kind="WAR_VETERAN", campaign="示例")
    li = make_person(name="李长河", medical_scheme="城乡居民医保")
    make_status(li, kind="DISABLED_SOLDIER", grade=6, cause="DUTY", approved_on=date(2009, 5, 1))
    zhao = make_person(name="赵小军", born_on=date(2005, 3, 2))
    make_status(zhao, kind="CONSCRIPT", starts_on=date(2026, 3, 1))
    sun = make_person(name="孙桂兰", born_on=date(1948, 8, 8), sex="F", area=OTHER_VILLAGE)
    make_status(sun, kind="SURVIVOR_MARTYR", household_kind="RURAL", relation="SPOUSE")
    zhou = make_person(name="周老根", born_on=date(1955, 1, 1), area=OTHER_TOWN_VILLAGE)
    make_status(zhou, kind="RURAL_VETERAN_60")
    wu = make_person(name="吴大有", born_on=date(1940, 1, 1), area=OTHER_TOWN_VILLAGE, died_on=date(2025, 9, 9))
    make_status(wu, kind="DEMOBILIZED", state="DIED", ends_on=date(2025, 9, 10))
    PersonEvent.objects.create(person=wu, what="DIED", on=date(2025, 9, 9), recorded_at=AT)
    return County(wang, li, zhao, sun, zhou, wu)


def confirm(person: Person, on: date = date(2026, 3, 5)) -> PersonEvent:
    """A yearly confirmation."""
    return PersonEvent.objects.create(person=person, what="CONFIRMED", on=on, recorded_at=AT)


def pay(
    person: Person, fen: int, *, month: str = "2026-05", benefit: str = "disability_pension", batch_month: str = "",
    result: str = LineResult.PAID, settled_on: date | None = date(2026, 5, 20), turn: int = 0,
) -> Line:  # fmt: skip
    """A line of a settled batch."""
    paid_in = month_at(batch_month or month)
    batch = Batch.objects.filter(month=paid_in).first() or Batch.objects.create(
        title="示例", area_code=COUNTY, month=paid_in, state=BatchState.SETTLED, created_at=AT, created_by=1
    )
    return Line.objects.create(
        batch=batch, person=person, area_code=person.area_id, benefit=benefit, month=month_at(month), turn=turn,
        fen=fen, result=result, is_live=result == LineResult.PAID, settled_on=settled_on,
    )  # fmt: skip


def make_campaign(*persons: Person, kind: str = "SPRING_FESTIVAL", on: date = date(2026, 2, 1)) -> Campaign:
    """A campaign with a list."""
    load_campaign_kinds(at=AT)
    campaign = Campaign.objects.create(
        title="示例慰问", kind_id=kind, area_id=COUNTY, starts_on=on, ends_on=date(2026, 12, 1), rule="示例",
        created_at=AT, created_by=1,
    )  # fmt: skip
    CampaignTarget.objects.bulk_create(
        CampaignTarget(campaign=campaign, person=person, area_id=person.area_id, reason="示例") for person in persons
    )
    return campaign


def visit(
    person: Person, campaign: Campaign | None = None, *, on: date = date(2026, 2, 10), way: str = "HOME", cash: int = 0
) -> Visit:
    """A visit in the person's village."""
    return Visit.objects.create(
        person=person, campaign=campaign, area_id=person.area_id, on=on, way=way, cash_fen=cash, visitor_name="林晓燕",
        client_key=f"key-{next(keys)}", recorded_at=AT,
    )  # fmt: skip


def hold(kind: str, *, on: date = date(2026, 4, 4), area: str = VILLAGE, heads: int | None = None) -> Activity:
    """An activity; its kind comes from the catalogue when missing."""
    entry = next(
        each for each in read_catalogue("activity_kinds.yaml", "kinds", title="活动类型") if each["code"] == kind
    )
    columns = {name: entry[name] for name in ("name", "chapter", "direction")}
    row, _ = ActivityKind.objects.get_or_create(code=kind, defaults=columns)
    return Activity.objects.create(kind=row, area_id=area, on=on, title="示例活动", heads=heads, recorded_at=AT)
