"""What the pages of a run show, each as one call."""

from __future__ import annotations

from datetime import date
from typing import Any

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.area_codes import lies_in
from yushui.benefits.models import Claim, Run
from yushui.benefits.rules import CHECKS, ask_in_words, months_in_words
from yushui.benefits.selectors import claims, orders, recoveries, runs
from yushui.benefits.types import TO_PAY, VALUE_NAMES
from yushui.payments import selectors as payments
from yushui.payments.rules.steps import drawn_steps
from yushui.payments.selectors import places_of
from yushui.people.models import BankAccount
from yushui.people.selectors import get_person
from yushui.places.selectors import areas_to_choose
from yushui.policy.types import BENEFIT_NAMES

FIRST_ROWS = 12
SHOWS: dict[str, str] = {
    "differs": "与上月不同",
    "new": "新增",
    "stopped": "停发",
    "changed": "标准与等级变动",
    "arrears": "补发",
    "held": "暂缓",
    "asked": "待核实",
    "overpaid": "多发",
    "noted": "提示",
    "to_pay": "本批发放",
    "last": "上月",
    "": "全部",
}


def runs_page(*, actor: User, newest: int, rows: list[Run]) -> dict[str, Any]:
    """The list of runs with the months that can be started."""
    places = places_of(row.area_code for row in rows)
    return {
        "rows": [(row, places[row.area_code]) for row in rows],
        "months": runs.suggested_months(actor=actor, newest=newest),
        "may_run": may(actor, "benefits.run"),
        "areas": areas_to_choose(actor=actor) if may(actor, "benefits.run") else [],
        "own_area": places_of([actor.area_code])[actor.area_code],
        "waiting": orders.open_orders(actor=actor),
        "recoveries": recoveries.count_open_recoveries(actor=actor),
    }


def run_page(*, actor: User, run_id: int) -> dict[str, Any]:
    """The preview: roll-forward, first differences, checks, sums by benefit, and what may be done next."""
    run = runs.get_run(actor=actor, run_id=run_id)
    batch = run.batch
    sees_batch = batch is not None and may(actor, "payments.view")
    steps = payments.steps_of(batch) if batch is not None else []
    differing = runs.list_run_lines(actor=actor, run=run, show="differs")
    sheet = runs.sheet_of(actor=actor, run=run)
    is_newest = runs.is_newest(run)
    return {
        "run": run,
        "batch": batch,
        "sees_batch": sees_batch,
        "drawn": drawn_steps(batch.state if batch else "", payments.past_of(steps)),
        "actions": payments.actions_for(actor=actor, batch=batch) if batch is not None and sees_batch else [],
        "sheet": sheet,
        "sums": runs.sums_by_benefit(actor=actor, run=run),
        "checks": [(check, heads) for check, heads in runs.check_counts(actor=actor, run=run) if heads],
        "rows": runs.difference_rows(differing[:FIRST_ROWS]),
        "place": places_of([run.area_code])[run.area_code],
        "is_newest": is_newest,
        "may_submit": batch is None and is_newest and may(actor, "payments.submit"),
        "may_recover": batch is None and is_newest and sheet.overpaid.heads > 0 and may(actor, "benefits.recover"),
        "may_run": may(actor, "benefits.run") and lies_in(run.area_code, actor.area_code),
    }


def lines_page(*, actor: User, run_id: int) -> dict[str, Any]:
    """What stands around a list of lines: the run, its benefits, its towns."""
    run = runs.get_run(actor=actor, run_id=run_id)
    return {
        "run": run,
        "benefits": [(row.benefit, row.name) for row in runs.sums_by_benefit(actor=actor, run=run)],
        "shows": list(SHOWS.items()),
        "checks": runs.check_counts(actor=actor, run=run),
        "areas": areas_to_choose(actor=actor),
    }


def question_rows(rows: list[Any]) -> list[dict[str, Any]]:
    """Questions in words: who, which benefit, what is missing, since when."""
    places = places_of(row.area_code for row in rows)
    return [
        {
            "person_id": row.person_id,
            "name": row.person.name,
            "place": places[row.area_code],
            "benefit": BENEFIT_NAMES.get(row.benefit, row.benefit),
            "ask": ask_in_words(row.ask),
            "months": months_in_words(row.first_month, row.end_month - 1),
        }
        for row in rows
    ]


def recovery_rows(rows: list[Any]) -> list[dict[str, Any]]:
    """Recoveries in words, with what is left."""
    places = places_of(row.area_code for row in rows)
    return [
        {
            "recovery": row,
            "place": places[row.area_code],
            "benefit": BENEFIT_NAMES.get(row.benefit, row.benefit),
            "months": months_in_words(row.first_month, row.end_month - 1),
            "left": recoveries.left_of(row),
        }
        for row in rows
    ]


def recovery_page(*, actor: User, recovery_id: int, on: date) -> dict[str, Any]:
    """One case: what was overpaid, what came back or was given up, the agreement, the requests."""
    recovery = recoveries.get_recovery(actor=actor, recovery_id=recovery_id)
    (row,) = recovery_rows([recovery])
    requests = list(recoveries.list_write_offs(actor=actor, recovery_id=recovery_id))
    may_recover = may(actor, "benefits.recover") and recovery.closed_at is None
    return {
        "row": row,
        "agreement": recoveries.agreement_of(recovery, on),
        "requests": [(each, recoveries.may_decide(actor, each)) for each in requests],
        "may_recover": may_recover,
        "may_ask": may_recover and not any(each.state in ("ASKED", "REVIEWED") for each in requests),
        "today": on,
    }


def payments_page(*, actor: User, person_id: int, lines: list[Any]) -> dict[str, Any]:
    """What was paid to a person line by line, and what is asked back; rows of merged entries are marked."""
    person = get_person(actor=actor, person_id=person_id)
    return {
        "person": person,
        "rows": [(line, BENEFIT_NAMES.get(line.benefit, line.benefit), line.person_id != person.pk) for line in lines],
        "recoveries": recovery_rows(recoveries.recoveries_of_person(actor=actor, person_id=person_id)),
    }


def value_rows(rows: list[Any]) -> list[dict[str, Any]]:
    """Local values in words."""
    places = places_of(row.area_code for row in rows)
    return [{"value": row, "name": VALUE_NAMES.get(row.name, row.name), "place": places[row.area_code]} for row in rows]


def title_of(show: str) -> str:
    """The heading of a list of lines."""
    titles = {**SHOWS, **{check.key: check.title for check in CHECKS}}
    return titles.get(show, SHOWS[""])


def claim_rows(rows: list[Any], ticked: set[str] | None) -> list[dict[str, Any]]:
    """One-off sums for the list: place, state, account, and whether it is ticked (all that have an account in order,
    until somebody ticked otherwise)."""
    places = places_of(row.area_code for row in rows)
    accounts = claims.accounts_of([row.person_id for row in rows])
    return [
        {
            "claim": row,
            "benefit": BENEFIT_NAMES[row.benefit],
            "place": places[row.area_code],
            "mark": claims.state_words(row),
            "account": accounts.get(row.person_id),
            "to_pay": row.state in TO_PAY,
            "ticked": str(row.pk) in ticked if ticked is not None else in_order(row, accounts.get(row.person_id)),
            "address": claims.origin_url(row),
        }
        for row in rows
    ]


def in_order(row: Any, account: BankAccount | None) -> bool:
    """Whether a sum may go into the next batch as it stands."""
    return row.state in TO_PAY and account is not None and account.is_confirmed and not account.problem


def claim_page(*, actor: User, claim: Claim) -> dict[str, Any]:
    """One sum: the steps worked out again, the payments."""
    decision = claims.work_out(claim)
    return {
        "claim": claim,
        "benefit": BENEFIT_NAMES[claim.benefit],
        "place": places_of([claim.area_code])[claim.area_code],
        "mark": claims.state_words(claim),
        "decision": decision,
        "differs": decision.fen != claim.fen,
        "lines": claims.payments_of(claim),
        "sees_batches": may(actor, "payments.view"),
        "address": claims.origin_url(claim),
    }
