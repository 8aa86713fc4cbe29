"""The month run: due less paid for everybody of an area, kept with what it stands on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.audit import services as audit
from yushui.base.area_codes import code_range
from yushui.base.bulk import insert_rows
from yushui.base.days import show_month_zh
from yushui.base.refusals import Problem, Refused
from yushui.benefits.models import Run, RunLine, RunQuestion
from yushui.benefits.rules import PaidColumns, compare, open_months, problems_before_payment
from yushui.benefits.selectors.inputs import Inputs, gather, months_back
from yushui.benefits.types import Comparison, Key
from yushui.places.models import Area
from yushui.policy import engine
from yushui.policy.types import DueSpan, Verdict

LINE_FIELDS = (
    "run", "person", "area_code", "status_lineage", "benefit", "month", "due_fen", "paid_fen", "written_off_fen",
    "turn", "cause", "rate",
    "last_fen", "change", "reason", "account", "held", "noted",
)  # fmt: skip
QUESTION_FIELDS = ("run", "person", "area_code", "benefit", "ask", "first_month", "end_month")


Tell = Callable[[int, int, str], None]
STEPS = 4


def silent(done: int, total: int, message: str) -> None:
    """Nobody follows."""


@dataclass(frozen=True)
class Plan:
    """A run worked out and not yet written."""

    area_code: str
    month: int
    at: datetime
    inputs: Inputs
    spans: list[DueSpan]
    rows: list[Comparison]
    turns: dict[Key, int]


@transaction.atomic
def start_run(*, actor: User, area_code: str, month: int, at: datetime) -> Run:
    """Calculate what everybody of an area is due up to a month, less what was paid, with every check before payment.

    Looks back to the first month ever paid here (at most 36). Keeps law version, known-at moment and digest of the
    inputs, so it can be repeated. An older run of the same area and month that was not submitted is put aside. Raises
    Refused for a month that has not come near, and when no law is loaded.
    """
    check_start(actor, area_code, month, at)
    return write_run(actor, plan_run(actor, area_code, month, at))


def check_start(actor: User, area_code: str, month: int, at: datetime) -> None:
    """Right, area and month of a run."""
    need_to_act(actor, "benefits.run", "测算")
    need_area(actor, area_code)
    need_month(area_code, month, at)


def plan_run(actor: User, area_code: str, month: int, at: datetime, tell: Tell = silent) -> Plan:
    """Read and calculate; nothing is written, so a province's minutes hold no lock. What changes meanwhile shows in the
    digest when the run is submitted."""
    tell(0, STEPS, "读取人员、身份、账户和已发记录")
    inputs = gather(actor=actor, area_code=area_code, month=month, known_at=at)
    tell(1, STEPS, f"按标准测算 {len(inputs.people):,} 人")
    spans = spans_of(inputs, at)
    tell(2, STEPS, "与已发逐月比对")
    months = open_months(spans, paid_columns(inputs), inputs.first_month, month)
    rows = compare(
        spans=spans, months=months, last=inputs.last, failed=inputs.failed, people=inputs.people, month=month,
        written_off=inputs.written_off,
    )  # fmt: skip
    tell(3, STEPS, f"写入 {len(rows):,} 行")
    return Plan(area_code, month, at, inputs, spans, rows, months.turns)


@transaction.atomic
def write_run(actor: User, plan: Plan) -> Run:
    """The run with all its lines, in one transaction. Older runs of the month, here or inside, that were not submitted
    are put aside."""
    area_code, month, at, inputs, rows = plan.area_code, plan.month, plan.at, plan.inputs, plan.rows
    low, high = code_range(area_code)
    older = Run.objects.filter(area_code__gte=low, area_code__lt=high, month=month, batch=None, is_abandoned=False)
    older.update(is_abandoned=True)
    run = Run.objects.create(
        area_code=area_code, month=month, first_open_month=inputs.first_month, known_at=at, law=inputs.law_version,
        inputs_digest=inputs.digest(), created_at=at, created_by=actor.pk,
    )  # fmt: skip
    insert_rows(RunLine, LINE_FIELDS, line_rows(run, rows, inputs, plan.turns))
    insert_rows(RunQuestion, QUESTION_FIELDS, question_rows(run, plan.spans, inputs))
    due = RunLine.objects.filter(run=run, month=month).aggregate(fen=Sum("due_fen"))["fen"] or 0
    audit.record(
        actor=actor, action="benefits.run.started", subject=run, area_code=area_code, at=at, month=month,
        digest=run.inputs_digest, law=inputs.law_version.digest, lines=len(rows), fen=due,
    )  # fmt: skip
    return run


def need_month(area_code: str, month: int, at: datetime) -> None:
    """The area exists and the month is at most the coming one."""
    problems = []
    if not Area.objects.filter(pk=area_code).exists():
        problems.append(Problem("没有这个区域", where="区域", next_step="请重新选择"))
    newest = months_back(at) + 1
    if month > newest:
        problems.append(
            Problem(f"最晚可以测算 {show_month_zh(newest)}", where="月份", next_step="更晚的月份还不知道谁会变动")
        )
    if month < newest - 61:
        problems.append(Problem("月份太早", where="月份", next_step="早于五年的发放请以台账为准"))
    if problems:
        raise Refused(*problems)


def spans_of(inputs: Inputs, at: datetime) -> list[DueSpan]:
    """The engine's answer for the open months under what is known at the moment."""
    return list(
        engine.compute(
            inputs.law,
            inputs.facts,
            first_month=inputs.first_month,
            end_month=inputs.month + 1,
            known_on=timezone.localtime(at).date(),
        )
    )


def paid_columns(inputs: Inputs) -> PaidColumns:
    """The ledger as the rules want it."""
    ledger = inputs.ledger
    return PaidColumns(ledger.person, ledger.benefit, ledger.month, ledger.fen, ledger.turn, benefits=ledger.benefits)


def line_rows(
    run: Run, rows: Collection[Comparison], inputs: Inputs, turns: dict[Key, int]
) -> Iterator[tuple[object, ...]]:
    """Rows of the run with area, turn, account and the checks; held only where there is something to pay."""
    checked = {person_id: problems_before_payment(facts) for person_id, facts in inputs.people.items()}
    for row in rows:
        person = inputs.people.get(row.person_id)
        held, noted = checked.get(row.person_id, ("已迁出本区域", ""))
        pays = row.due_fen > row.paid_fen
        yield (
            run.pk, row.person_id, person.area_code if person else run.area_code, row.status_id, row.benefit, row.month,
            row.due_fen, row.paid_fen, row.written_off_fen, turns.get((row.person_id, row.benefit, row.month), 0),
            row.cause, row.rate, row.last_fen, row.change, (row.reason if person else "已迁出本区域")[:120],
            person.account_id if person and pays else None, held[:200] if pays else "", noted[:200] if pays else "",
        )  # fmt: skip


def question_rows(run: Run, spans: Collection[DueSpan], inputs: Inputs) -> Iterator[tuple[object, ...]]:
    """What the engine asks, once for each person, benefit and question."""
    merged: dict[tuple[int, str, str], tuple[int, int]] = {}
    for span in spans:
        first, end = max(span.first_month, run.first_open_month), min(span.end_month, run.month + 1)
        if span.verdict != Verdict.ASK or first >= end:
            continue
        key = (span.person_id, span.benefit, span.ask)
        known = merged.get(key, (first, end))
        merged[key] = min(known[0], first), max(known[1], end)
    for (person_id, benefit, ask), (first, end) in sorted(merged.items()):
        person = inputs.people.get(person_id)
        yield run.pk, person_id, person.area_code if person else run.area_code, benefit, ask[:80], first, end
