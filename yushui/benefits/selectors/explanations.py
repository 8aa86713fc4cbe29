"""这笔钱怎么来的: an amount explained by calculating it again, under the law and the knowledge of its run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need
from yushui.base.area_codes import ancestors_of
from yushui.base.money import show_yuan
from yushui.base.refusals import NotFound
from yushui.benefits.models import Hold, Run, RunLine, RunQuestion
from yushui.benefits.rules import ask_in_words, expand, months_in_words
from yushui.benefits.selectors.inputs import facts_with_values
from yushui.benefits.selectors.recoveries import hold_of
from yushui.benefits.types import WhyLine
from yushui.payments.selectors import places_of
from yushui.people.models import Person
from yushui.people.selectors.merged import get_entry
from yushui.policy import engine
from yushui.policy import selectors as policy
from yushui.policy.explain import explain
from yushui.policy.types import BENEFIT_NAMES, DueSpan


@dataclass(frozen=True)
class Explanation:
    """Everything the page and the printed sheet show of one person in one run."""

    person: Person
    place: str
    run: Run
    month: int
    lines: list[WhyLine]
    arrears: list[WhyLine]
    overpaid: list[WhyLine]
    basis: list[str]
    due_fen: int
    to_pay_fen: int
    held: str
    noted: str
    differs: bool
    questions: list[WhyLine]  # with the first month asked about in place of fen
    hold: Hold | None
    may_hold: bool

    @property
    def months(self) -> list[int]:
        """The months of the run, the newest first."""
        return list(range(self.run.month, self.run.first_open_month - 1, -1))

    @property
    def sum_fen(self) -> int:
        """What the lines add up to: the month shown and the arrears."""
        return self.due_fen + sum(line.fen or 0 for line in self.arrears)


def run_for(*, actor: User, person: Person, run_id: int | None, batch_id: int | None) -> Run:
    """The run asked for, else the newest one that covers the person."""
    need(actor, "benefits.view")
    rows = Run.objects.select_related("law", "batch").filter(
        Q(area_code__in=[*ancestors_of(person.area_id), person.area_id]) | Q(lines__person=person)
    )
    if run_id is not None:
        rows = rows.filter(pk=run_id)
    elif batch_id is not None:
        rows = rows.filter(batch_id=batch_id)
    else:
        rows = rows.filter(is_abandoned=False)
    run = rows.order_by("-month", "-id").first()
    if run is None:
        raise NotFound
    return run


def explain_line(
    *, actor: User, person_id: int, run_id: int | None, batch_id: int | None, month: int | None
) -> Explanation:
    """Calculate one person again as the run did, and say in words how each amount came about.

    The rows of the run are held against the new calculation; when they differ the page says so.
    """
    person = get_entry(actor=actor, person_id=person_id)  # a run of the past speaks of merged entries too
    run = run_for(actor=actor, person=person, run_id=run_id, batch_id=batch_id)
    shown = month if month is not None and run.first_open_month <= month <= run.month else run.month
    law = policy.law_of(run.law)
    facts = facts_with_values(actor=actor, area_code=person.area_id, known_at=run.known_at, person_ids=[person.pk])
    spans = engine.compute(
        law, facts, first_month=run.first_open_month, end_month=run.month + 1,
        known_on=timezone.localtime(run.known_at).date(),
    )  # fmt: skip
    rows = list(RunLine.objects.filter(run=run, person=person).order_by("benefit", "month"))
    told = explain(law, spans, shown, shown + 1, area_code=person.area_id)
    pays = [row for row in rows if row.due_fen > row.paid_fen]
    due = expand(spans, shown, shown + 1)
    return Explanation(
        person=person,
        place=places_of([person.area_id])[person.area_id],
        run=run,
        month=shown,
        lines=[WhyLine(line.text, line.fen, line.struck) for line in told],
        arrears=difference_lines([row for row in pays if row.month < run.month]),
        overpaid=difference_lines([row for row in rows if row.due_fen < row.paid_fen - row.written_off_fen]),
        basis=list(dict.fromkeys(line.source for line in told if line.source)),
        due_fen=sum(due.values()),
        to_pay_fen=sum(row.due_fen - row.paid_fen for row in pays),
        held=next((row.held for row in pays if row.held), ""),
        noted=next((row.noted for row in pays if row.noted), ""),
        differs=differs_from(rows, spans, run),
        questions=[
            WhyLine(f"{BENEFIT_NAMES.get(q.benefit, q.benefit)}:{ask_in_words(q.ask)}", q.first_month)
            for q in RunQuestion.objects.filter(run=run, person=person).order_by("benefit", "first_month")
        ],
        hold=hold_of(person.pk),
        may_hold=may(actor, "benefits.run") and person.merged_into_id is None,
    )


def differs_from(rows: Sequence[RunLine], spans: Sequence[DueSpan], run: Run) -> bool:
    """Whether the calculation made now gives other amounts than the run kept."""
    due = expand(spans, run.first_open_month, run.month + 1)
    kept = {(row.person_id, row.benefit, row.month): row.due_fen for row in rows}
    current = {key for key in due if key[2] == run.month}
    return any(due.get(key, 0) != kept.get(key, 0) for key in current | set(kept))


def difference_lines(rows: Sequence[RunLine]) -> list[WhyLine]:
    """Arrears or overpayments in words: equal months side by side become one line with its multiplication."""

    def alike(place_and_row: tuple[int, RunLine]) -> tuple[str, int, int, int]:
        place, row = place_and_row
        return row.benefit, row.due_fen, row.paid_fen, row.month - place

    lines = []
    for (benefit, due, paid, _), group in groupby(enumerate(rows), key=alike):
        months = [row for _, row in group]
        more, number = due - paid, len(months)
        sum_words = f"({show_yuan(due)} − {show_yuan(paid)})" if paid and due else show_yuan(abs(more))
        times = f" × {number}" if number > 1 else ""
        span = months_in_words(months[0].month, months[-1].month)
        name = BENEFIT_NAMES.get(benefit, benefit)
        lines.append(WhyLine(f"{name} {span}:{sum_words}{times}", more * number, note=months[0].reason))
    return lines
