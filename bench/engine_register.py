"""The register that all engines of the comparison calculate: invented people as columns, the same for a size and seed.

Benefits: 残疾抚恤金, 定期抚恤金, 三红, 带病, 参战, 参试, 农村籍, 烈士子女, at the national standards of law/. One of
several
benefits in a month is paid, the highest. The standard of 2024-08-01 reaches the place on 2024-11-08, so that August to
October are paid at the old one and made up.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yushui.base.days import month_at
from yushui.policy.rules.law_files import build_law, parse_documents
from yushui.policy.types import EPOCH, NONE, PERIODIC, PERSON_COLUMNS, STATUS_COLUMNS, Facts, Law

FIRST, END = month_at("2024-01"), month_at("2025-01")
ARREARS = (month_at("2024-08"), month_at("2024-11"))
KNOWN_NOW, KNOWN_THEN = date(2024, 12, 31), date(2024, 10, 31)
BENEFITS = PERIODIC[:3] + PERIODIC[4:9]  # without 复员, whose standard is local
KINDS = (
    "DISABLED_SOLDIER", "SURVIVOR_MARTYR", "SURVIVOR_DUTY", "SURVIVOR_ILLNESS", "RED_ARMY_VETERAN", "ILL_VETERAN",
    "WAR_VETERAN", "NUCLEAR_TEST_VETERAN", "RURAL_VETERAN_60", "MARTYR_CHILD",
)  # fmt: skip
BENEFIT_OF_KIND = (0, 1, 1, 1, 2, 4, 5, 6, 7, 8)  # place in PERIODIC
SHARES = (0.14, 0.03, 0.02, 0.03, 0.01, 0.10, 0.10, 0.02, 0.50, 0.05)
CAUSES = ("WAR", "DUTY", "ILLNESS")
Days = NDArray[np.int64]


def bench_law() -> Law:
    """The national law, 护理费 left out, with the highest of all that meet, 60th birthdays paid from their month."""
    folder = Path(__file__).resolve().parents[1] / "law"
    paths = [p for p in (folder / "national").rglob("*.yaml") if not p.name.startswith("situations")]
    docs = parse_documents({p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in paths})
    docs = {path: d for path, d in docs.items() if "care_allowance" not in path}
    pairs = combinations_with_replacement(BENEFITS, 2)
    docs["national/overlap.yaml"] = {
        "pairs": [{"benefits": list(p), "rule": "higher", "article": "比较用", "source": ["L1"]} for p in pairs]
    }
    docs["national/layer.yaml"] = {
        "parts": {"age": {"month": "of", "document": "比较用"}},
        "received": {date(2024, 8, 1): date(2024, 11, 8)},
    }
    return build_law(docs, "bench")


def days(r: np.random.Generator, low: str, high: str, n: int) -> Days:
    """Random days as numbers since 1970."""
    a, b = (date.fromisoformat(d).toordinal() - EPOCH for d in (low, high))
    return r.integers(a, b, n)


def firsts(numbers: Days) -> Days:
    """The first of the month of each day."""
    return numbers.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def make_facts(persons: int, seed: int = 20) -> Facts:
    """Persons with 1.3 statuses each: a tenth start in the year, a few end or die, some turn 60 around it."""
    r = np.random.default_rng(seed + persons)
    words = [*KINDS, *CAUSES, "RECEIVING", "STOPPED", "SPOUSE", "RURAL"]
    code = {w: n for n, w in enumerate(words)}
    per = r.choice(np.array([1, 2, 3]), persons, p=[0.75, 0.20, 0.05])
    owner = np.repeat(np.arange(persons), per)
    n = len(owner)
    kind = r.choice(len(KINDS), n, p=SHARES)
    born = days(r, "1935-01-01", "1963-12-31", persons)
    around_sixty = r.random(persons) < 0.06
    born[around_sixty] = days(r, "1963-11-01", "1965-01-31", int(around_sixty.sum()))
    died = np.where(r.random(persons) < 0.03, days(r, "2024-01-01", "2025-01-01", persons), NONE)
    starts = days(r, "1990-01-01", "2023-11-30", n)
    fresh = r.random(n) < 0.10
    starts[fresh] = days(r, "2024-01-01", "2024-12-01", int(fresh.sum()))
    disabled = kind == 0
    approved = np.where(disabled, starts, NONE)
    starts = np.where(disabled, starts, firsts(starts))
    ended = r.random(n) < 0.06
    ends = np.where(ended, np.maximum(days(r, "2024-02-01", "2025-06-01", n), starts + 40), NONE)
    grade = np.where(disabled, r.integers(1, 11, n), NONE)
    cause = np.where(disabled, r.integers(0, 3, n), NONE)
    cause = np.where(disabled & (grade > 6) & (cause == 2), 1, cause)
    rural = kind == 8
    served = days(r, "1960-01-01", "1999-12-31", n)
    left = served + r.integers(300, 4000, n)
    missing = np.full(n, NONE)
    status = dict.fromkeys(STATUS_COLUMNS, missing) | {
        "status_id": np.arange(n), "person_id": owner, "kind": kind,
        "state": np.where(ended, code["STOPPED"], code["RECEIVING"]), "starts_on": starts, "ends_on": ends,
        "approved_on": approved, "grade": grade, "cause": np.where(disabled, cause + len(KINDS), NONE),
        "relation": np.where((kind > 0) & (kind < 4), code["SPOUSE"], NONE),
        "service_starts_on": np.where(rural, served, NONE), "service_ends_on": np.where(rural, left, NONE),
    }  # fmt: skip
    person = dict.fromkeys(PERSON_COLUMNS, np.full(persons, NONE)) | {
        "person_id": np.arange(persons), "born_on": born, "died_on": died,
    }  # fmt: skip
    no_events = {c: np.zeros(0, dtype=np.int64) for c in ("person_id", "what", "on")}
    return Facts(persons=person, statuses=status, events=no_events, words=words)


def month_index(numbers: Days, none: int) -> NDArray[np.int32]:
    """Month of a day as year * 12 + month - 1."""
    months = numbers.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(numbers == NONE, none, months).astype(np.int32)


def simple_columns(facts: Facts) -> dict[str, NDArray[np.int32]]:
    """What the peers are given: months worked out beforehand, which is kind to them (days are what the product reads).

    lo is the first month paid, hi the last; years the begun years of service.
    """
    s, p = facts.statuses, facts.persons
    owner, kind = s["person_id"], s["kind"]
    decided = np.where(s["approved_on"] == NONE, s["starts_on"], s["approved_on"])
    month_after = (kind == 0) & (decided < date(2024, 10, 1).toordinal() - EPOCH)
    lo = month_index(decided, 0) + month_after
    sixty = month_index(p["born_on"], 0)[owner] + 60 * 12
    lo = np.where((kind == 8) | (kind == 9), np.maximum(lo, sixty), lo)
    ends = np.where(s["ends_on"] == NONE, NONE, s["ends_on"] - 1)
    hi = np.minimum(month_index(ends, 10**6), month_index(p["died_on"], 10**6)[owner])
    died = p["died_on"][owner]
    past = (s["ends_on"] != NONE) & (died != NONE) & (s["ends_on"] >= died)
    hi = np.where(past, month_index(died, 10**6), hi)
    return {
        "kind": kind.astype(np.int32), "owner": owner.astype(np.int32), "lo": lo.astype(np.int32),
        "hi": hi.astype(np.int32),
        "grade": np.where(kind == 0, s["grade"], 0).astype(np.int32),
        "cause": np.where(kind == 0, s["cause"] - len(KINDS), 0).astype(np.int32),
        "years": begun_years(s["service_starts_on"], s["service_ends_on"]),
        "benefit": np.array(BENEFIT_OF_KIND, dtype=np.int32)[kind],
    }  # fmt: skip


def begun_years(starts: Days, ends: Days) -> NDArray[np.int32]:
    """Years of service with a begun one counted whole; 1 where there is no service."""
    a, b = starts.astype("datetime64[D]"), ends.astype("datetime64[D]")
    ya, yb = (d.astype("datetime64[Y]") for d in (a, b))
    into_a, into_b = month_day(a), month_day(b)
    years = (yb - ya).astype(np.int64) + (into_b > into_a)
    return np.where(starts == NONE, 1, years).astype(np.int32)


def month_day(d: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Month and day as one comparable number; 29 February counts as 1 March less nothing, as the law's birthdays do."""
    month = d.astype("datetime64[M]")
    return (month.astype(np.int64) % 12) * 32 + (d - month.astype("datetime64[D]")).astype(np.int64)


def rate_table(law: Law) -> dict[tuple[int, int, int], list[tuple[date, date, int, int]]]:
    """(kind, grade, cause) → [(effective, known, fen, per)] for the peers."""
    table: dict[tuple[int, int, int], list[tuple[date, date, int, int]]] = {}
    for n, kind in enumerate(KINDS):
        rule = law.layers[""].rules[PERIODIC[BENEFIT_OF_KIND[n]]]
        for block in rule.rates:
            if block.starts_on < date(2022, 1, 1):
                continue
            for row, fen in block.rows.items():
                grade, cause = (int(row[0]), CAUSES.index(row[1])) if block.keys == ("grade", "cause") else (0, 0)
                if fen is not None and (block.keys != ("kind",) or row[0] == kind):
                    table.setdefault((n, grade, cause), []).append((block.starts_on, block.known_on, fen, block.per))
    return table
