"""Who is entitled: how many of each kind, how old, since when, with which columns. Shares are of the living and dead
since 2009 together; they follow the make-up of an inland farming county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from yushui.base.days import birthday
from yushui.workbench.demo.drafts import County

# kind → parts of 10,000 entitled persons
SHARES = {
    "RURAL_VETERAN_60": 4650, "WAR_VETERAN": 1560, "DISABLED_SOLDIER": 1010, "MARTYR_CHILD": 640, "ILL_VETERAN": 540,
    "DEMOBILIZED": 420, "SURVIVOR_ILLNESS": 260, "SURVIVOR_MARTYR": 190, "SURVIVOR_DUTY": 110,
    "NUCLEAR_TEST_VETERAN": 150, "DISABLED_OFFICIAL": 52, "DISABLED_POLICE": 40, "DISABLED_MILITIA": 30,
    "DISABLED_CIVILIAN": 18, "RED_ARMY_SEPARATED": 9, "RED_ARMY_VETERAN": 5, "WEST_ROUTE_VETERAN": 2,
}  # fmt: skip
CAMPAIGNS = {
    "对越自卫反击作战": 52, "老山、者阴山地区对越防御作战": 22, "援越抗美": 10, "抗美援朝": 7,
    "中印边境自卫反击作战": 4, "珍宝岛自卫反击作战": 2, "西藏平叛": 3,
}  # fmt: skip
CAMPAIGN_YEARS = {
    "对越自卫反击作战": (1957, 1961), "老山、者阴山地区对越防御作战": (1960, 1968), "援越抗美": (1943, 1951),
    "抗美援朝": (1927, 1935), "中印边境自卫反击作战": (1938, 1943), "珍宝岛自卫反击作战": (1944, 1949),
    "西藏平叛": (1935, 1941),
}  # fmt: skip
GRADES = {1: 1, 2: 1, 3: 2, 4: 3, 5: 5, 6: 9, 7: 15, 8: 20, 9: 17, 10: 27}

Facts = dict[str, object]  # columns of a status
Story = tuple[date, str, date, Facts]  # born on, sex, starts on, columns


def born(county: County, first_year: int, last_year: int) -> date:
    """A birth date in a span of years."""
    return county.day_between(date(first_year, 1, 1), date(last_year, 12, 31))


def pick(county: County, weights: dict[str, int]) -> str:
    """One of the keys, by weight."""
    return county.rng.choices(list(weights), list(weights.values()))[0]


def next_month(day: date) -> date:
    """First day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def service_of(county: County, born_on: date, years: tuple[int, ...] = (2, 3, 3, 4, 4, 5)) -> tuple[date, date]:
    """Compulsory service from the autumn or winter after the eighteenth birthday."""
    month = 12 if born_on.year < 1995 else 9
    begin = date(born_on.year + county.rng.choice((18, 18, 19, 20)), month, county.rng.randint(1, 20))
    return begin, begin.replace(year=begin.year + county.rng.choice(years))


def rural_veteran(county: County) -> Story:
    """Sixty or older, enlisted 1954-11 to 2011-10; paid from 2011-08 or the month after sixty (民发〔2011〕110号)."""
    first = county.today.year
    age = min(60 + int(county.rng.expovariate(1 / 8.5)), 88)
    born_on = born(county, first - age, first - age)
    if birthday(born_on, 60) >= county.today:
        born_on = birthday(born_on, -1)
    begin, end = service_of(county, born_on)
    starts_on = max(next_month(birthday(born_on, 60)), date(2011, 8, 1))
    return born_on, "M", min(starts_on, county.today.replace(day=1)), {
        "service_starts_on": begin, "service_ends_on": end, "draws_pension": False,
    }  # fmt: skip


def war_veteran(county: County) -> Story:
    """Fought in a named campaign; paid since 2007-08 (民发〔2007〕102号)."""
    campaign = pick(county, CAMPAIGNS)
    born_on = born(county, *CAMPAIGN_YEARS[campaign])
    begin, end = service_of(county, born_on, (3, 4, 5, 6))
    late = county.chance(0.08)
    starts_on = date(county.rng.randint(2009, 2019), county.rng.randint(1, 12), 1) if late else date(2007, 8, 1)
    return born_on, "M", starts_on, {"campaign": campaign, "service_starts_on": begin, "service_ends_on": end}


def nuclear_veteran(county: County) -> Story:
    """Took part in nuclear tests."""
    born_on = born(county, 1938, 1964)
    begin, end = service_of(county, born_on, (3, 4, 5))
    return born_on, "M", date(2007, 8, 1), {
        "campaign": "原8023部队退役人员", "service_starts_on": begin, "service_ends_on": end,
    }  # fmt: skip


def ill_veteran(county: County) -> Story:
    """Fell ill in service, lives poorly, has no pension (民发〔2009〕166号)."""
    born_on = born(county, 1948, 1988)
    begin, end = service_of(county, born_on)
    first = max(date(2009, 10, 1), next_month(end))
    starts_on = county.day_between(first, date(2021, 12, 1)).replace(day=1)
    return born_on, "M", starts_on, {
        "service_starts_on": begin, "service_ends_on": end, "approved_on": starts_on, "draws_pension": False,
    }  # fmt: skip


def disabled(county: County) -> Story:
    """Rated one to ten; illness one to six only. Paid from the month after the rating, since 2024-10 from its own."""
    born_on = born(county, 1934, 2001)
    grade = int(pick(county, {str(g): w for g, w in GRADES.items()}))
    causes = {"WAR": 18, "DUTY": 60, "ILLNESS": 22 if grade <= 6 else 0}
    if born_on.year > 1968:
        causes["WAR"] = 1
    approved = county.day_between(birthday(born_on, 21), min(birthday(born_on, 34), county.today))
    starts_on = approved.replace(day=1) if approved >= date(2024, 10, 1) else next_month(approved)
    return born_on, "M" if county.chance(0.97) else "F", starts_on, {
        "grade": grade, "cause": pick(county, causes), "approved_on": approved,
    }  # fmt: skip


def survivor(county: County) -> Story:
    """Parents, widows, children and siblings of the fallen."""
    relation = pick(county, {"SPOUSE": 45, "PARENT": 38, "CHILD": 12, "SIBLING": 5})
    years = {"SPOUSE": (1932, 1980), "PARENT": (1930, 1968), "CHILD": (2009, 2020), "SIBLING": (1940, 1985)}[relation]
    born_on = born(county, *years)
    sex = "F" if relation == "SPOUSE" or county.chance(0.5) else "M"
    age = {"SPOUSE": 22, "PARENT": 42, "CHILD": 0, "SIBLING": 20}[relation]
    starts_on = county.day_between(max(date(1988, 1, 1), next_month(birthday(born_on, age))), date(2022, 6, 1))
    starts_on = starts_on.replace(day=1)
    return born_on, sex, starts_on, {"relation": relation, "approved_on": starts_on}


def demobilized(county: County) -> Story:
    """Enlisted before 1954-11 and sent home."""
    period = pick(county, {"AFTER_1949": 80, "LIBERATION": 17, "ANTI_JAPANESE": 3})
    years = {"AFTER_1949": (1929, 1936), "LIBERATION": (1926, 1931), "ANTI_JAPANESE": (1919, 1927)}[period]
    return born(county, *years), "M", date(1985, 1, 1), {"period": period}


def red_army(county: County) -> Story:
    """Of the Red Army; the last of them died years ago, their file stays."""
    return born(county, 1909, 1919), "M", date(1980, 1, 1), {}


def martyr_child(county: County) -> Story:
    """Sixty or older, no pension as a child (民发〔2012〕27号); paid from 2011-07 or the month after sixty."""
    born_on = born(county, 1933, 1960)
    starts_on = max(next_month(birthday(born_on, 60)), date(2011, 7, 1))
    return born_on, "M" if county.chance(0.52) else "F", starts_on, {"draws_pension": False}


STORIES: dict[str, Callable[[County], Story]] = {
    "RURAL_VETERAN_60": rural_veteran,
    "WAR_VETERAN": war_veteran,
    "NUCLEAR_TEST_VETERAN": nuclear_veteran,
    "ILL_VETERAN": ill_veteran,
    "DEMOBILIZED": demobilized,
    "MARTYR_CHILD": martyr_child,
    **dict.fromkeys(("SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS"), survivor),
    **dict.fromkeys(
        ("DISABLED_SOLDIER", "DISABLED_OFFICIAL", "DISABLED_POLICE", "DISABLED_MILITIA", "DISABLED_CIVILIAN"), disabled
    ),
    **dict.fromkeys(("RED_ARMY_VETERAN", "WEST_ROUTE_VETERAN", "RED_ARMY_SEPARATED"), red_army),
}


def heads_by_kind(people: int) -> dict[str, int]:
    """How many of each kind make so many people; every kind has at least one, the largest takes the rest."""
    heads = {kind: max(people * share // sum(SHARES.values()), 1) for kind, share in SHARES.items()}
    heads["RURAL_VETERAN_60"] = max(heads["RURAL_VETERAN_60"] + people - sum(heads.values()), 1)
    return heads
