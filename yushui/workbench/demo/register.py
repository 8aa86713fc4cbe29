"""Every person of the county with the status that brought them into the register."""

from __future__ import annotations

from datetime import date

from yushui.base.days import age_on
from yushui.people.types import NATIONAL_CODES
from yushui.workbench.demo.drafts import AccountDraft, County, PersonDraft, StatusDraft, moment
from yushui.workbench.demo.kinds import STORIES, born, heads_by_kind, next_month, pick, service_of
from yushui.workbench.demo.names import invent_name
from yushui.workbench.demo.towns import Village

CONSCRIPTS_PER_ENTITLED = 0.03
SERVING_PER_ENTITLED = 0.025
CADRES_PER_ENTITLED = 0.003
BANKS = ("云川农商行", "云川农商行", "云川农商行", "邮储银行云川支行", "农业银行云川支行")
OLD_SCHOOLING = {"小学": 30, "初中": 45, "高中": 18, "大专": 5, "本科": 2}
YOUNG_SCHOOLING = {"小学": 3, "初中": 30, "高中": 40, "大专": 18, "本科": 9}
RURAL_SHARE = {"RURAL_VETERAN_60": 1.0, "WAR_VETERAN": 0.82, "DEMOBILIZED": 1.0, "ILL_VETERAN": 0.9}


def add_person(county: County, *, born_on: date, sex: str, recorded: date, rural: float = 0.7) -> PersonDraft:
    """A person with name, number, village, household and the usual columns of a person file."""
    rng = county.rng
    village: Village = rng.choices(county.villages, county.village_weights)[0]
    kind = "URBAN" if village.name.endswith("社区") and rural < 1 or not county.chance(rural) else "RURAL"
    number = len(county.people) + 1
    name = invent_name(rng, sex, born_on.year)
    place = f"{village.name}{rng.randint(1, 12)}组{rng.randint(1, 80)}号"
    age = age_on(born_on, county.today)
    person = PersonDraft(
        id=number, name=name, sex=sex, born_on=born_on, id_number=county.numbers.identity(born_on, sex),
        area_id=village.code, household_kind=kind, household_id=0, address=f"云川县{village.town}{place}",
        phone="" if county.chance(0.06) else county.numbers.phone(), created_at=moment(recorded),
        marriage="未婚" if age < 24 else pick(county, {"已婚": 78, "丧偶": 8 + max(age - 60, 0), "离婚": 3, "未婚": 3}),
        schooling=pick(county, OLD_SCHOOLING if age > 55 else YOUNG_SCHOOLING),
        health=pick(county, {"健康或良好": 60, "一般或较弱": 25, "有慢性病": 15 if age < 70 else 60}),
        medical_scheme="城乡居民" if kind == "RURAL" else "城镇职工",
        pension_scheme="城乡居民" if kind == "RURAL" else "城镇职工",
        support_kind="分散供养",
        work_ability="有" if age < 60 else rng.choice(("部分丧失", "完全丧失", "有")),
        self_care="自理" if age < 82 else rng.choice(("自理", "享受护理")),
        is_lone_elder=age >= 70 and county.chance(0.012),
    )  # fmt: skip
    join_household(county, person)
    county.people.append(person)
    return person


def join_household(county: County, person: PersonDraft) -> None:
    """One in twelve lives with somebody already in the register of the same village; the rest head a household."""
    if county.chance(1 / 12):
        for other in reversed(county.people[-400:]):
            if other.area_id == person.area_id and other.relation_to_head == "本人":
                person.household_id, person.address = other.household_id, other.address
                person.relation_to_head = "配偶" if person.sex != other.sex else "兄弟姐妹"
                return
    person.household_id = len(county.households) + 1
    county.households.append((person.household_id, person.area_id, person.name, person.address))


def add_account(county: County, person: PersonDraft, recorded: date) -> None:
    """A bank account in the person's own name."""
    bank = county.rng.choice(BANKS)
    county.accounts.append(AccountDraft(person.id, bank, person.name, county.numbers.account(), moment(recorded)))


def add_entitled(county: County, people: int) -> None:
    """The entitled persons of all seventeen kinds."""
    for kind, heads in heads_by_kind(people).items():
        for turn in range(heads):
            born_on, sex, starts_on, columns = STORIES[kind](county)
            approved = columns.setdefault("approved_on", starts_on)
            recorded = max(date(2009, 1, 1), approved if isinstance(approved, date) else starts_on)
            person = add_person(county, born_on=born_on, sex=sex, recorded=recorded, rural=RURAL_SHARE.get(kind, 0.7))
            if kind.startswith("SURVIVOR"):
                columns["martyr_name"] = invent_name(county.rng, "M", born_on.year - 20)
            county.add_status(
                person.id, kind, starts_on, moment(recorded), household_kind=person.household_kind,
                certificate_number=f"云{NATIONAL_CODES[kind]}字第{turn + 1:05d}号", **columns,
            )  # fmt: skip
            person.archive_box = f"{NATIONAL_CODES[kind]}-{turn // 20 + 1:03d}"
            if kind not in ("RED_ARMY_VETERAN", "WEST_ROUTE_VETERAN", "RED_ARMY_SEPARATED"):
                add_account(county, person, recorded)


def add_second_statuses(county: County, entitled: int) -> None:
    """One in fourteen of the war veterans and one in twenty of the disabled holds a second status."""
    for status in list(county.statuses[:entitled]):
        person = county.people[status.person_id - 1]
        if status.kind == "WAR_VETERAN" and county.chance(0.07):
            approved = county.day_between(date(1986, 1, 1), date(2020, 1, 1))
            add_second(county, status, "DISABLED_SOLDIER", next_month(approved), {
                "approved_on": approved, "grade": county.rng.choice((7, 8, 9, 10)), "cause": "WAR",
            })  # fmt: skip
        elif status.kind == "DISABLED_SOLDIER" and person.born_on.year in range(1944, 1961) and county.chance(0.12):
            begin, end = service_of(county, person.born_on)
            starts_on = max(next_month(person.born_on.replace(year=person.born_on.year + 60, day=1)), date(2011, 8, 1))
            add_second(county, status, "RURAL_VETERAN_60", starts_on, {
                "approved_on": starts_on, "service_starts_on": begin, "service_ends_on": end, "draws_pension": False,
            })  # fmt: skip


def add_second(county: County, first: StatusDraft, kind: str, starts_on: date, columns: dict[str, object]) -> None:
    """Another status of the person who holds the first."""
    person = county.people[first.person_id - 1]
    recorded = moment(max(starts_on, date(2009, 1, 1)))
    county.add_status(person.id, kind, starts_on, recorded, household_kind=person.household_kind, **columns)


def add_veterans(county: County, people: int) -> None:
    """Other veterans: no periodic benefit, but visits, plaques and, with years, perhaps the rural veterans' stipend."""
    last = county.today.year - 20
    for _ in range(people):
        birth_year = county.rng.randint(1946, last)
        old = birth_year < county.today.year - 60
        born_on = born(county, birth_year, birth_year)
        recorded = county.day_between(date(2018, 11, 1), date(2020, 12, 31))
        sex = "M" if county.chance(0.96) else "F"
        person = add_person(county, born_on=born_on, sex=sex, recorded=recorded, rural=0.25 if old else 0.6)
        begin, end = service_of(county, born_on, (2, 2, 3, 5, 8, 12))
        kind = pick(county, {"自主就业": 74, "安排工作": 17, "复员": 6, "退休": 3})
        county.add_status(
            person.id, "VETERAN", min(end, county.today), moment(max(recorded, min(end, county.today))),
            state="RECOGNISED", discharge_kind=kind, service_starts_on=begin, service_ends_on=end,
            household_kind=person.household_kind, approved_on=min(end, county.today), draws_pension=old,
        )  # fmt: skip


def add_conscripts(county: County, people: int) -> None:
    """Families of conscripts: two years from March or September; the allowance is paid to the family."""
    for _ in range(people):
        begin = date(county.today.year - county.rng.randint(0, 3), county.rng.choice((3, 9)), 10)
        if begin > county.today:
            begin = begin.replace(year=begin.year - 1)
        born_on = born(county, begin.year - 23, begin.year - 19)
        person = add_person(county, born_on=born_on, sex="M" if county.chance(0.94) else "F", recorded=begin)
        county.add_status(
            person.id, "CONSCRIPT", begin, moment(begin), household_kind=person.household_kind, approved_on=begin,
            service_starts_on=begin, service_ends_on=begin.replace(year=begin.year + 2),
            ends_on=begin.replace(year=begin.year + 2),
            place_of_service=pick(county, {"INLAND": 78, "XINJIANG": 8, "TIBET": 6, "PLATEAU": 5, "HARDSHIP_3": 3}),
            education=pick(county, {"NONE": 30, "IN_SCHOOL": 34, "COLLEGE": 22, "BACHELOR": 14}),
            merit=pick(county, {"": 88, "EXCELLENT": 9, "MERIT_3": 3}),
        )  # fmt: skip
        add_account(county, person, begin)


def add_serving(county: County, people: int) -> None:
    """Families of soldiers on active service, and retired cadres of the county."""
    for _ in range(people):
        born_on = born(county, county.today.year - 45, county.today.year - 24)
        begin = date(born_on.year + 19, 9, 10)
        person = add_person(county, born_on=born_on, sex="M" if county.chance(0.92) else "F", recorded=begin)
        county.add_status(
            person.id, "ACTIVE_SERVICE", begin, moment(max(begin, date(2019, 1, 1))), state="RECOGNISED",
            household_kind=person.household_kind, service_starts_on=begin, approved_on=begin,
        )  # fmt: skip


def add_cadres(county: County, people: int) -> None:
    """Retired cadres."""
    for _ in range(people):
        born_on = born(county, 1938, 1966)
        begin = date(born_on.year + 56, 4, 1)
        person = add_person(county, born_on=born_on, sex="M", recorded=max(begin, date(2009, 1, 1)), rural=0.0)
        county.add_status(
            person.id, "RETIRED_CADRE", begin, moment(max(begin, date(2009, 1, 1))), state="RECOGNISED",
            household_kind="URBAN", approved_on=begin,
        )  # fmt: skip


def add_everyone(county: County, people: int, veterans: int) -> None:
    """All persons of the county; `people` counts the entitled ones."""
    add_entitled(county, people)
    add_second_statuses(county, people)
    add_conscripts(county, round(people * CONSCRIPTS_PER_ENTITLED))
    add_serving(county, round(people * SERVING_PER_ENTITLED))
    add_cadres(county, max(round(people * CADRES_PER_ENTITLED), 1))
    add_veterans(county, veterans)
