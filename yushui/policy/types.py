"""Plain shapes of the law and of what the engine takes and gives. No Django, no clock.

Money is integer fen, months are integers (base.days), spans are half open. Text facts are kept as numbers into one
list of
words, so a register of a million persons crosses into the engine as a few arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
NONE = -(2**31)  # a fact that is missing, in every column
EPOCH = date(1970, 1, 1).toordinal()

PERSON_COLUMNS = ("person_id", "area_code", "born_on", "died_on", "death_cause", "mental_illness")
STATUS_COLUMNS = (
    "status_id", "person_id", "kind", "state", "starts_on", "ends_on", "approved_on", "grade", "cause", "period",
    "campaign",
    "relation", "household_kind", "service_starts_on", "service_ends_on", "place_of_service", "education", "merit",
    "draws_pension",
)  # fmt: skip
EVENT_COLUMNS = ("person_id", "what", "on")
LOCAL_COLUMNS = ("area_code", "name", "year", "fen")
DATE_COLUMNS = frozenset(
    {"born_on", "died_on", "starts_on", "ends_on", "approved_on", "service_starts_on", "service_ends_on", "on"}
)
NUMBER_COLUMNS = frozenset({"person_id", "status_id", "grade", "draws_pension", "mental_illness", "year", "fen"})

BENEFIT_NAMES: dict[str, str] = {
    "disability_pension": "残疾抚恤金",
    "survivors_pension": "定期抚恤金",
    "red_army_stipend": "三红人员生活补助",
    "demobilized_stipend": "在乡复员军人生活补助",
    "ill_veteran_stipend": "带病回乡退役军人生活补助",
    "war_veteran_stipend": "参战退役军人生活补助",
    "nuclear_veteran_stipend": "参试退役军人生活补助",
    "rural_veteran_stipend": "农村籍退役士兵老年生活补助",
    "martyr_child_stipend": "烈士老年子女生活补助",
    "care_allowance": "护理费",
    "conscript_family_allowance": "义务兵家庭优待金",
    "waiting_allowance": "待安排期间生活补助",
    "spouse_allowance": "未就业随军家属生活补助",
    "martyr_honour_grant": "烈士褒扬金",
    "death_gratuity": "一次性抚恤金",
    "death_continuation": "去世后继续发放(增发)",
    "discharge_grant": "自主就业一次性经济补助",
    "merit_reward": "立功受奖奖励金",
}
PERIODIC = tuple(BENEFIT_NAMES)[:13]  # in the order that breaks a tie of equal amounts
ONE_OFF = tuple(BENEFIT_NAMES)[13:]


# Awards of service, as statuses, 喜报 and rates of rewards name them.
MERIT_NAMES: dict[str, str] = {
    "MEDAL": "勋章", "TITLE_CMC": "军委荣誉称号", "TITLE_REGION": "战区级荣誉称号", "MERIT_1": "一等功",
    "MERIT_2": "二等功", "MERIT_3": "三等功", "EXCELLENT": "四有优秀士兵",
}  # fmt: skip


class Verdict(StrEnum):
    """The three answers of the law. Zero is never a guess: what is not known is asked."""

    GRANT = "GRANT"
    ASK = "ASK"
    REFUSE = "REFUSE"


@dataclass(frozen=True)
class DueSpan:
    """Months [first_month, end_month) of one status and benefit in which nothing changes.

    `fen` is the amount of each month, also for yearly benefits (优待金: twelve months make the year). `ask` names the
    missing
    fact or value of an ASK. `rate` is the key of the rate row used, with its layer and effective date (`Law.rate_row`).
    `why` are codes that explain.
    """

    person_id: int
    status_id: int
    benefit: str
    first_month: int
    end_month: int
    fen: int
    verdict: Verdict
    ask: str = ""
    rate: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of persons, as columns. `words` holds every text that a column refers to by its place in it."""

    persons: Mapping[str, Column]
    statuses: Mapping[str, Column]
    events: Mapping[str, Column]
    local_values: tuple[tuple[str, str, int, int], ...] = ()
    words: Sequence[str] = field(default_factory=list)

    @classmethod
    def from_rows(
        cls,
        persons: Iterable[Sequence[Any]],
        statuses: Iterable[Sequence[Any]],
        events: Iterable[Sequence[Any]] = (),
        local_values: Iterable[Sequence[Any]] = (),
    ) -> Facts:
        """Columns from tuples in the orders above; None is missing, "" the same for text; trailing columns may be
        left out.
        """
        codes: dict[str, int] = {}
        return cls(
            persons=_columns(persons, PERSON_COLUMNS, codes),
            statuses=_columns(statuses, STATUS_COLUMNS, codes),
            events=_columns(events, EVENT_COLUMNS, codes),
            local_values=tuple((str(a), str(n), int(y), int(f)) for a, n, y, f in local_values),
            words=list(codes),
        )


def _columns(rows: Iterable[Sequence[Any]], names: tuple[str, ...], codes: dict[str, int]) -> dict[str, Column]:
    """One array per column; a column that the tuples do not reach is wholly missing."""
    kept = list(rows)
    columns = [list(values) for values in zip(*kept, strict=True)] if kept else []
    if len(columns) > len(names):
        raise ValueError(f"expected at most {len(names)} columns: {', '.join(names)}")
    columns += [[None] * len(kept) for _ in names[len(columns) :]]
    return {name: _column(name, values, codes) for name, values in zip(names, columns, strict=True)}


def _column(name: str, values: list[Any], codes: dict[str, int]) -> Column:
    if name in DATE_COLUMNS:
        numbers = [NONE if v is None else v.toordinal() - EPOCH for v in values]
    elif name in NUMBER_COLUMNS:
        numbers = [NONE if v is None else int(v) for v in values]
    else:
        numbers = [NONE if not v else codes.setdefault(str(v), len(codes)) for v in values]
    return np.array(numbers, dtype=np.int64)


@dataclass(frozen=True)
class Source:
    """Where a value was read."""

    key: str
    title: str
    address: str
    grade: str


@dataclass(frozen=True)
class Rates:
    """One dated block of a rate table. A row that is None is a hole: nobody may guess it, `ask` says what to ask
    for.
    """

    starts_on: date
    printed: date | None  # when the notice was printed; None is a hole and the effective date stands in
    per: int  # 12: fen a year, 1: fen a month
    keys: tuple[str, ...]
    rows: Mapping[tuple[str, ...], int | None]
    layer: str = ""  # "" is national, else the area code of the local layer
    mark: str = "read"  # read, derived, invented (demo), HOLE
    source: str = ""
    document: str = ""
    note: str = ""
    ask: str = "rate"
    scale: int = 1  # rows are fen × scale; above 1 when factors were worked in

    @property
    def known_on(self) -> date:
        """The first day on which somebody could know this block."""
        return self.printed or self.starts_on


@dataclass(frozen=True)
class StartRule:
    """From which month a status is paid, for statuses decided in [since, until): counted `of` the month, `after`
    it, or ask.
    """

    since: date
    until: date
    day: str  # approved_on, starts_on, or approved_or_starts
    month: str  # of, after, ask
    article: str


@dataclass(frozen=True)
class Condition:
    """The benefit is refused when every column named lies in what is listed; a missing fact never meets it."""

    refuse: str
    when: Mapping[str, tuple[Any, ...] | tuple[str, Any, Any]]  # values, or ("range", low, high) half open
    article: str


@dataclass(frozen=True)
class Factor:
    """Percent of the base by a column, worked in one after the other; `on` says of the base or of what stands so
    far.
    """

    column: str
    percent: Mapping[str, int]
    on: str  # multiplied, base
    needs_fact: bool


@dataclass(frozen=True)
class Share:
    """A percentage of a value that the place enters, of the year before: 护理费 of the average wage, 优待金 of the
    income.
    """

    of: str
    lag: int
    changes_in: int  # calendar month in which the new year's value takes over
    divide: int  # 12 when the value is a year's and the share is of a month
    per: int
    to: int
    mode: str
    versions: tuple[Rates, ...]  # rows are percent


@dataclass(frozen=True)
class Rule:
    """A benefit as it stands in one layer."""

    benefit: str
    title: str
    basis: str
    kinds: tuple[str, ...]
    start: tuple[StartRule, ...]
    conditions: tuple[Condition, ...] = ()
    age: int = 0
    child_age: int = 0
    most_months: int = 0
    counts_service_years: bool = False
    ends_with_service: bool = False
    suspended_by: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)  # start, age, sentence, release → ask, of, after
    articles: Mapping[str, str] = field(default_factory=dict)
    month_amount: str = "each"
    to: int = 1  # month amounts are rounded to whole multiples of so many fen
    mode: str = "half_up"
    combine: str = "higher"  # local against national: higher, instead, add
    absent: str = "ask"  # what a row that is not in the table means: ask, none
    share: Share | None = None
    factors: tuple[Factor, ...] = ()
    rates: tuple[Rates, ...] = ()
    local_rates: tuple[Rates, ...] = ()


@dataclass(frozen=True)
class Pair:
    """How two benefits of one person meet in a month: both, higher, or the one named `first` wins."""

    benefits: tuple[str, str]
    rule: str  # both, higher, first
    first: str
    article: str
    layer: str = ""


@dataclass(frozen=True)
class Layer:
    """The law as it stands in one place: the national files, then those of each area above it, then its own."""

    area: str
    name: str
    rules: Mapping[str, Rule]
    overlap: Mapping[tuple[str, str], Pair]  # both orders
    values: tuple[tuple[str, int, int], ...] = ()  # name, year, fen
    claims: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Law:
    """Everything under law/ as loaded: one national layer ("") and the local ones."""

    digest: str
    layers: Mapping[str, Layer]
    sources: Mapping[str, Source]

    def layer_of(self, area_code: str) -> Layer:
        """The layer of the smallest area that has one and holds this code."""
        for length in (12, 9, 6, 4, 2):
            if len(area_code) >= length and area_code[:length] in self.layers:
                return self.layers[area_code[:length]]
        return self.layers[""]

    def rule(self, benefit: str, area_code: str = "") -> Rule:
        """A benefit's rule in a place; KeyError when the law has no such benefit."""
        return self.layer_of(area_code).rules[benefit]
