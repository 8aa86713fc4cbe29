"""People whose claims are alike get the same answer; it is worked out once, for a model of each kind.

What a person is due in a window follows from the claims alone: rule (and with it the place), keys of the rate, months
within the window, years, what is missing, in the order of the statuses. Persons with pauses are their own models.
NumPy, because numbering kinds is sorting and counting, which SQL says at greater length and cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from yushui.policy.engine.feed import Whole, fetch_columns

KEPT = ("person_id", "status_id", "benefit", "rid", "lo", "hi", "is_part", "start_mode", "years", "fixed",
        "k1", "k2", "k3", "k4")  # fmt: skip
OF_CLAIM = {"person_id": "person_id", "status_id": "status_id", "benefit": "benefit", "lo": "since",
            "start_mode": "start_mode", "years": "years"}  # fmt: skip
SLOTS = 21  # bits; a table of two million numbers, of which a register uses some ten thousand
SPREADER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, odd
Numbers = NDArray[np.int64]


def fetch_claims(con: duckdb.DuckDBPyConnection, has_pauses: bool) -> dict[str, Whole]:
    """The claims as columns, with whether a pause cuts them."""
    if not has_pauses:
        claims = fetch_columns(con, f"SELECT {', '.join(KEPT)} FROM claim")
        return claims | {"is_paused": np.zeros(len(claims["rid"]), np.int8)}
    return fetch_columns(
        con,
        f"""SELECT {", ".join(KEPT)}, p.status_id IS NOT NULL AS is_paused
      FROM claim LEFT JOIN (SELECT DISTINCT status_id, rid FROM stop) p USING (status_id, rid)""",
    )


def claims_within(claims: dict[str, Whole], first_month: int, end_month: int) -> dict[str, Whole]:
    """Those that stand in a month of the window."""
    lo, hi = claims["lo"], claims["hi"]
    meets = (lo < hi) & (hi > first_month) & (lo < end_month)
    return claims if meets.all() else {name: column[meets] for name, column in claims.items()}


@dataclass(frozen=True)
class Alike:
    """`order` sorts claims by person and status; `model` is, by place in that order, the place of the model's claim."""

    order: Numbers
    model: Numbers


def find_alike(claims: dict[str, Whole], first_month: int, end_month: int) -> Alike:
    """For each claim the claim of the model that answers for it."""
    order = np.lexsort((claims["benefit"], claims["status_id"], claims["person_id"]))
    count = len(order)
    kinds = kinds_of_claims(claims, first_month, end_month)[order]
    own = np.flatnonzero(claims["is_paused"][order])
    kinds[own] = count + own
    person = claims["person_id"][order]
    starts = np.flatnonzero(np.r_[True, person[1:] != person[:-1]]) if count else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, count])
    model = np.arange(len(starts))
    for size in np.flatnonzero(np.bincount(sizes)).tolist():
        those = np.flatnonzero(sizes == size)
        kind = kinds[starts[those]]
        for n in range(1, size):
            kind = first_alike(kind * (2 * count) + kinds[starts[those] + n])
        model[those] = those[first_alike(kind)]
    return Alike(order, np.arange(count) + np.repeat(starts[model] - starts, sizes))


def kinds_of_claims(claims: dict[str, Whole], first_month: int, end_month: int) -> Numbers:
    """The place of one claim that is alike, for each. Months outside of the window make no difference."""
    lo = np.maximum(claims["lo"], first_month)
    part = claims["is_part"] * (claims["lo"] >= first_month)
    hi = np.minimum(claims["hi"], end_month)
    columns = (claims["rid"], lo, hi, part, claims["years"], claims["fixed"], *(claims[f"k{n}"] for n in range(1, 5)))
    kinds, span = np.zeros(len(lo), np.int64), 1
    for column in columns if len(lo) else ():
        low = int(column.min())
        width = int(column.max()) - low + 1
        if width == 1:
            continue
        if span * width >= 2**62:
            kinds, span = first_alike(kinds), len(lo)
        kinds = kinds * width + (column - low)
        span *= width
    return first_alike(kinds)


def first_alike(numbers: Numbers) -> Numbers:
    """For each number the place of one that equals it, always the same one.

    One pass over a table by a spreading multiplication; the few different numbers that fall on one slot are sorted.
    """
    slot = (numbers.astype(np.uint64) * SPREADER >> np.uint64(64 - SLOTS)).astype(np.int64)
    table = np.zeros(1 << SLOTS, np.int64)
    table[slot] = np.arange(len(numbers))
    found = table[slot]
    clashing = np.flatnonzero(numbers[found] != numbers)
    _, first, which = np.unique(numbers[clashing], return_index=True, return_inverse=True)
    found[clashing] = clashing[first][which]
    return found


def feed_models(con: duckdb.DuckDBPyConnection, claims: dict[str, Whole], alike: Alike) -> None:
    """Tables `claim` and `pause` of the models alone; cid is the place of a claim by person and status."""
    places = np.flatnonzero(alike.model == np.arange(len(alike.model)))
    con.register("models", {"cid": places, **{name: claims[name][alike.order[places]] for name in KEPT}})
    con.execute("CREATE OR REPLACE TEMP TABLE claim AS SELECT m.*, absent_is_none FROM models m JOIN trait USING (rid)")
    con.unregister("models")
    con.execute("""CREATE OR REPLACE TEMP TABLE pause AS
      SELECT cid, f, t, code FROM stop JOIN claim USING (status_id, rid)""")


def join_neighbours(answer: dict[str, Whole]) -> dict[str, Whole]:
    """Spans by claim and month; those of a claim that follow one another and say the same become one."""
    ranked = np.lexsort((answer["first_month"], answer["cid"]))
    spans = {name: values[ranked] for name, values in answer.items()}
    fresh = np.ones(len(ranked), bool)
    fresh[1:] = spans["first_month"][1:] != spans["end_month"][:-1]
    for name in ("cid", "verdict", "code", "fen", "rate", "winner"):
        fresh[1:] |= spans[name][1:] != spans[name][:-1]
    last = np.r_[fresh[1:], np.ones(min(len(fresh), 1), bool)]
    return {name: values[last if name == "end_month" else fresh] for name, values in spans.items()}


def spread(claims: dict[str, Whole], alike: Alike, answer: dict[str, Whole]) -> dict[str, Whole]:
    """The spans of the models' claims for all claims."""
    spans = join_neighbours(answer)
    counts = np.bincount(spans["cid"], minlength=len(alike.model))
    starts = np.cumsum(counts) - counts
    times = counts[alike.model]
    ends = np.cumsum(times)
    total = int(ends[-1]) if len(ends) else 0
    span = np.arange(total) + np.repeat(starts[alike.model] - (ends - times), times)
    columns = {new: np.repeat(claims[name][alike.order], times) for name, new in OF_CLAIM.items()}
    return columns | {name: values[span] for name, values in spans.items() if name != "cid"}
