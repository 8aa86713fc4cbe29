"""Due less paid as arithmetic: over any spans and payments the rows account for every fen."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from yushui.benefits.rules import OpenMonths, PaidColumns, compare, expand, months_in_words, open_months, rate_row
from yushui.policy.types import DueSpan, Verdict

FIRST, MONTH = 24_290, 24_298
NAMES = ("disability_pension", "care_allowance", "war_veteran_stipend")

spans_of_people = st.lists(
    st.builds(
        lambda person, benefit, first, length, fen, verdict: DueSpan(
            person, person * 10, benefit, first, first + length, fen, verdict, rate=f"{benefit}/national/2024-08-01/1"
        ),
        st.integers(1, 4), st.sampled_from(NAMES), st.integers(FIRST - 3, MONTH + 2), st.integers(1, 12),
        st.integers(1, 10**7), st.sampled_from([Verdict.GRANT, Verdict.GRANT, Verdict.REFUSE, Verdict.ASK]),
    ),
    max_size=12,
)  # fmt: skip
payments = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 2), st.integers(FIRST, MONTH), st.integers(1, 10**7)), max_size=20
)


def columns(rows: list[tuple[int, int, int, int]]) -> PaidColumns:
    """Payments as columns; each further line of a month has the next turn."""
    seen: dict[tuple[int, int, int], int] = defaultdict(int)
    turns = []
    for person, benefit, month, _ in rows:
        turns.append(seen[person, benefit, month])
        seen[person, benefit, month] += 1
    parts = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    person, benefit, month, fen = (np.array(part, dtype=np.int64) for part in parts)
    return PaidColumns(person, benefit, month, fen, np.array(turns, dtype=np.int64), NAMES)


def run(spans: list[DueSpan], rows: list[tuple[int, int, int, int]]) -> tuple[OpenMonths, list]:  # type: ignore[type-arg]
    months = open_months(spans, columns(rows), FIRST, MONTH)
    return months, compare(spans=spans, months=months, last={}, failed=(), people={}, month=MONTH)


@given(spans_of_people, payments)
def test_due_less_paid_of_the_rows_is_that_of_the_spans_and_the_ledger(
    spans: list[DueSpan], rows: list[tuple[int, int, int, int]]
) -> None:
    due = expand(spans, FIRST, MONTH + 1)
    _, lines = run(spans, rows)
    assert sum(r.due_fen - r.paid_fen for r in lines) == sum(due.values()) - sum(fen for *_, fen in rows)


@given(spans_of_people, payments)
def test_the_columns_agree_with_a_plain_count_month_by_month(
    spans: list[DueSpan], rows: list[tuple[int, int, int, int]]
) -> None:
    due = expand(spans, FIRST, MONTH + 1)
    paid: dict[tuple[int, str, int], int] = defaultdict(int)
    for person, benefit, month, fen in rows:
        paid[person, NAMES[benefit], month] += fen
    expected = {
        key: (due.get(key, 0), paid.get(key, 0))
        for key in due.keys() | paid.keys()
        if due.get(key, 0) != paid.get(key, 0) or key[2] == MONTH
    }
    months, lines = run(spans, rows)
    assert {(r.person_id, r.benefit, r.month): (r.due_fen, r.paid_fen) for r in lines} == expected
    assert all(months.turns[key] == sum((p, NAMES[b], m) == key for p, b, m, _ in rows) for key in expected)


@given(spans_of_people, payments)
def test_a_run_after_its_differences_were_paid_pays_nothing(
    spans: list[DueSpan], rows: list[tuple[int, int, int, int]]
) -> None:
    _, lines = run(spans, rows)
    now_paid = [
        (r.person_id, NAMES.index(r.benefit), r.month, r.due_fen - r.paid_fen) for r in lines if r.due_fen > r.paid_fen
    ]
    _, again = run(spans, rows + now_paid)
    assert [r for r in again if r.due_fen > r.paid_fen] == []


@given(spans_of_people, payments, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(
    spans: list[DueSpan], rows: list[tuple[int, int, int, int]], chance: object
) -> None:
    _, lines = run(spans, rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    _, again = run(spans, shuffled)
    assert again == lines


def test_a_rise_keeps_the_row_and_another_grade_does_not() -> None:
    before = "disability_pension/national/2023-08-01/6.DUTY"
    assert rate_row(before) == rate_row("disability_pension/national/2024-08-01/6.DUTY")
    assert rate_row(before) != rate_row("disability_pension/national/2024-08-01/5.DUTY")
    assert rate_row("care_allowance/national/2024-10-01/1.WAR/average_wage:2022") == rate_row(
        "care_allowance/national/2024-10-01/1.WAR/average_wage:2023"
    )


def test_months_in_words_over_the_turn_of_a_year() -> None:
    assert months_in_words(24_295, 24_295) == "2024年8月"
    assert months_in_words(24_295, 24_297) == "2024年8月—10月"
    assert months_in_words(24_299, 24_300) == "2024年12月—2025年1月"
