"""What happened to people since 2009: deaths, moves, new grades, prison, hardship, confirmation each year."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

from yushui.base.days import age_on
from yushui.people.types import ENTITLED_KINDS
from yushui.workbench.demo.drafts import AccountDraft, County, EventDraft, PersonDraft, StatusDraft, moment

BEGAN = date(2009, 1, 1)
RED = ("RED_ARMY_VETERAN", "WEST_ROUTE_VETERAN", "RED_ARMY_SEPARATED")


def mortality(age: int) -> float:
    """Share of people of an age that die within the year (Gompertz)."""
    return min(0.0055 * exp(0.085 * (age - 60)), 0.6)


def day_of_death(county: County, person: PersonDraft, first: date) -> date | None:
    """The day a person dies between a day and yesterday, or None."""
    for year in range(max(first.year, BEGAN.year), county.today.year + 1):
        if county.chance(mortality(year - person.born_on.year)):
            day = county.day_between(date(year, 1, 1), date(year, 12, 31))
            if first < day < county.today - timedelta(days=6):
                return day
    return None


def let_people_die(county: County) -> None:
    """Deaths, told to the county after one to six weeks; what was open then ends the day after."""
    of_person: dict[int, list[StatusDraft]] = county.open_statuses()
    for person in county.people:
        held = of_person.get(person.id, [])
        if not held or held[0].kind == "ACTIVE_SERVICE":
            continue
        day = day_of_death(county, person, max(max(s.starts_on, s.recorded_at.date()) for s in held))
        if day is None and held[0].kind in RED:
            day = county.day_between(date(2010, 1, 1), date(2017, 12, 31))
        if day is None:
            continue
        told = day + timedelta(days=county.rng.randint(4, 45))
        if told >= county.today:  # nobody has told the county yet: the next run will still pay
            continue
        person.died_on = day
        cause = "OLD_WOUND" if held[0].grade and county.chance(0.03) else "ILLNESS"
        ended = [county.revise(s, moment(told), state="DIED", ends_on=day + timedelta(days=1)) for s in held]
        county.events.append(EventDraft(person.id, "DIED", day, moment(told), detail=cause, ended=ended))


def living_entitled(county: County) -> list[StatusDraft]:
    """Open statuses that draw a benefit, of people alive, each person once."""
    alive = {person.id for person in county.people if person.died_on is None}
    first: dict[int, StatusDraft] = {}
    for held in county.open_statuses().values():
        for status in held:
            if status.kind in ENTITLED_KINDS and status.state == "RECEIVING" and status.person_id in alive:
                first.setdefault(status.person_id, status)
    return list(first.values())


def change_grades(county: County) -> None:
    """Wounds get worse: one in forty disabled was rated again, one grade up, recorded two weeks after the decision."""
    for status in living_entitled(county):
        if not status.grade or status.grade == 1 or not status.kind.startswith("DISABLED") or not county.chance(0.025):
            continue
        decided = county.day_between(max(date(2016, 1, 1), status.starts_on + timedelta(days=700)), county.today)
        if not status.recorded_at.date() < decided < county.today - timedelta(days=20):
            continue
        starts_on = decided.replace(day=1)
        if decided < date(2024, 10, 1):
            starts_on = (starts_on + timedelta(days=32)).replace(day=1)
        recorded = moment(decided + timedelta(days=14))
        county.revise(status, recorded, ends_on=starts_on)
        county.add_status(
            status.person_id, status.kind, starts_on, recorded, grade=status.grade - 1, cause=status.cause,
            approved_on=decided, household_kind=status.household_kind, certificate_number=status.certificate_number,
        )  # fmt: skip


def move_people(county: County) -> None:
    """People come from other counties and leave for them; the old county pays to December, the new one from January."""
    for status in living_entitled(county):
        turn = county.rng.random()
        year = county.rng.randint(2015, county.today.year - 1)
        if turn < 0.008 and status.starts_on < date(year, 1, 1):
            told = date(year, county.rng.randint(2, 10), 12)
            county.events.append(EventDraft(status.person_id, "MOVED_IN", told, moment(told), detail="邻县"))
            status.recorded_at = moment(told)
        elif turn < 0.014 and status.recorded_at.date() < date(year, 1, 1):
            told = date(year, county.rng.randint(2, 10), 12)
            county.events.append(EventDraft(status.person_id, "MOVED_OUT", told, moment(told), detail="邻县"))
            county.revise(status, moment(told), state="MOVED", ends_on=date(year + 1, 1, 1))
        elif turn < 0.0155 and status.starts_on < date(2019, 1, 1):
            day = county.day_between(date(2019, 3, 1), date(2022, 12, 1))
            out = day + timedelta(days=county.rng.randint(300, 1000))
            county.events.append(EventDraft(status.person_id, "SENTENCED", day, moment(day + timedelta(days=20))))
            county.events.append(EventDraft(status.person_id, "RELEASED", out, moment(out + timedelta(days=10))))


def confirm_yearly(county: County) -> None:
    """Who draws a benefit is confirmed once a year (年度确认); a few are missing each year, more in the running one."""
    for status in living_entitled(county):
        for year in range(county.today.year - 2, county.today.year + 1):
            missing = 0.035 if year == county.today.year else 0.004
            day = date(year, county.rng.randint(3, 9), county.rng.randint(1, 28))
            if day > county.today or status.recorded_at.date() > day or county.chance(missing):
                continue
            county.events.append(EventDraft(status.person_id, "CONFIRMED", day, moment(day), detail="村级见面确认"))


def meet_hardship(county: County) -> None:
    """Difficulties that were found; a quarter of them is over."""
    kinds = {"LIVING": 30, "MEDICAL": 34, "HOUSING": 10, "LOW_INCOME": 18, "ALONE": 8}
    for status in living_entitled(county):
        person = county.people[status.person_id - 1]
        if not county.chance(0.03 + 0.04 * (age_on(person.born_on, county.today) > 78)):
            continue
        kind = county.rng.choices(list(kinds), list(kinds.values()))[0]
        begin = county.day_between(date(2021, 1, 1), county.today - timedelta(days=40))
        end = begin + timedelta(days=365) if county.chance(0.25) else None
        county.hardships.append((person.id, kind, begin, end if end and end < county.today else None))


def register_late(county: County) -> None:
    """People who came this month with a right from earlier ones: the next run pays them arrears."""
    open_now = [s for s in living_entitled(county) if s.kind in ("RURAL_VETERAN_60", "MARTYR_CHILD")]
    recent = county.today.replace(day=1) - timedelta(days=130)
    late = [s for s in open_now if s.starts_on >= recent.replace(day=1)]
    for status in late[::3]:
        status.recorded_at = moment(county.today - timedelta(days=county.rng.randint(1, 12)))
        county.people[status.person_id - 1].created_at = status.recorded_at


def leave_gaps(county: County) -> None:
    """Things that every register has and the home page shows: no account, an account of someone else, missing facts."""
    accounts = {account.person_id: account for account in county.accounts}
    lost: set[int] = set()
    for turn, status in enumerate(living_entitled(county)):
        account = accounts.get(status.person_id)
        if turn % 97 == 0:
            lost.add(status.person_id)
        elif turn % 149 == 0 and account:
            son = county.people[status.person_id - 1].name[0] + county.rng.choice(("建军", "小平", "志强", "国庆"))
            county.accounts.append(AccountDraft(account.person_id, account.bank, son, county.numbers.account(),
                                                moment(county.today - timedelta(days=60))))  # fmt: skip
            account.superseded_at = county.accounts[-1].recorded_at
        elif turn % 271 == 0 and account:
            account.is_confirmed, account.problem = False, "账户已销户"
        elif turn % 311 == 0 and status.kind.startswith("DISABLED"):
            status.approved_on = None
        elif turn % 199 == 0 and status.kind == "RURAL_VETERAN_60":
            status.service_ends_on = None
    county.accounts = [account for account in county.accounts if account.person_id not in lost]
    for status in county.statuses:
        if status.kind == "CONSCRIPT" and status.id % 23 == 0:
            status.education = ""


def let_years_pass(county: County) -> None:
    """Everything that happened, in an order in which it can have happened."""
    move_people(county)
    change_grades(county)
    let_people_die(county)
    confirm_yearly(county)
    meet_hardship(county)
    register_late(county)
    leave_gaps(county)
