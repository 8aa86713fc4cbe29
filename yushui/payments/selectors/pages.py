"""What the pages of payment show, each as one call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.base.area_codes import code_range
from yushui.payments.models import BankReturn, Batch, Line, LineResult, ReturnClass, ReturnRow
from yushui.payments.rules.steps import drawn_steps
from yushui.payments.selectors import (
    actions_for,
    get_batch,
    names_of_areas,
    past_of,
    places_of,
    read_catalogue,
    result_counts,
    steps_of,
    sums_by_benefit,
)
from yushui.payments.types import RosterRow, SumRow
from yushui.people.types import AGENT_NAMES
from yushui.policy.types import BENEFIT_NAMES

AGENT = "AGENT"  # a filter beside the results: collected by another
RETURN_CLASSES = [(value, label) for value, label in ReturnClass.choices if value != "PAID"]


def list_roster(*, actor: User, batch_id: int, area_code: str = "", result: str = "") -> QuerySet[Any]:
    """The roster of a batch: one row per person and benefit, by village. For the printed roster and the page."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    lines = Line.objects.filter(batch=batch, is_bank_excess=False)
    if area_code:
        low, high = code_range(area_code)
        lines = lines.filter(area_code__gte=low, area_code__lt=high)
    if result == AGENT:
        lines = lines.filter(paid_to_another())
    elif result:
        lines = lines.filter(result=result)
    return (
        lines.values(
            "area_code",
            "person_id",
            "person__name",
            "benefit",
            "result",
            "failed_reason",
            "account_id",
            "account__holder_name",
            "account__holder_relation",
        )
        .annotate(
            total=Sum("fen"),
            current=Sum("fen", filter=Q(month=batch.month)),
            arrears=Sum("fen", filter=Q(month__lt=batch.month)),
            first_month=Min("month"),
            last_month=Max("month"),
            months=Count("month", distinct=True),
        )
        .order_by("area_code", "person_id", "benefit", "result", "failed_reason", "account_id")
    )


def paid_to_another() -> Q:
    """Lines whose money goes to an account in another name (代领)."""
    return ~Q(account=None) & ~Q(account__holder_name=F("person__name"))


def agent_words(row: dict[str, Any]) -> str:
    """`陈小军(监护人)` when another collects for the person of a roster's row."""
    holder = row["account__holder_name"]
    if not holder or holder == row["person__name"]:
        return ""
    relation = AGENT_NAMES.get(row["account__holder_relation"], "")
    return f"{holder}({relation})" if relation else str(holder)


def village_sums(batch: Batch) -> list[SumRow]:
    """Heads and fen by town (乡镇), for the head of the roster."""
    rows = (
        Line.objects.filter(batch=batch, is_bank_excess=False)
        .values_list("area_code")
        .annotate(heads=Count("person_id", distinct=True), lines=Count("id"), fen=Sum("fen"))
    )
    towns: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for area_code, heads, lines, fen in rows:
        town = towns[area_code[:9].ljust(12, "0")]
        town[0] += heads
        town[1] += lines
        town[2] += fen
    names = names_of_areas(towns)
    return [SumRow(code, names[code], *towns[code]) for code in sorted(towns)]


def list_returns(batch: Batch) -> list[BankReturn]:
    """Returns taken for a batch, newest first, each with the counts of its classes."""
    returns = list(BankReturn.objects.filter(batch=batch).select_related("file").order_by("-id"))
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for return_id, outcome, number in (
        ReturnRow.objects.filter(bank_return__batch=batch)
        .values_list("bank_return_id", "outcome")
        .annotate(number=Count("id"))
    ):
        counts[return_id][outcome] = number
    for row in returns:
        row.counts = counts[row.pk]  # type: ignore[attr-defined]
    return returns


def list_return_rows(*, actor: User, batch_id: int, outcome: str = "") -> QuerySet[ReturnRow]:
    """Rows of the returns of a batch, those that need a look first when no class is asked for."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    rows = ReturnRow.objects.filter(bank_return__batch=batch).select_related("person", "bank_return")
    if outcome:
        rows = rows.filter(outcome=outcome)
    else:
        rows = rows.exclude(outcome="PAID")
    return rows.order_by("-bank_return_id", "number")


def batch_page(*, actor: User, batch_id: int) -> dict[str, Any]:
    """What the page of a batch shows: steps, sums, results, returns, and what this actor may do next."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    steps = steps_of(batch)
    counts = result_counts(batch)
    return {
        "batch": batch,
        "steps": steps,
        "drawn": drawn_steps(batch.state, past_of(steps)),
        "actions": actions_for(actor=actor, batch=batch),
        "sums": sums_by_benefit(batch),
        "towns": village_sums(batch),
        "results": [(LineResult(key).label, key, *counts[key]) for key in LineResult.values if key in counts],
        "heads": sum(heads for heads, _ in counts.values()),
        "agents": Line.objects.filter(paid_to_another(), batch=batch).aggregate(
            heads=Count("person_id", distinct=True), fen=Sum("fen")
        ),
        "returns": list_returns(batch),
        "profile": read_catalogue().get(batch.bank_profile),
        "place": places_of([batch.area_code])[batch.area_code],
    }


def file_choices(*, actor: User, batch_id: int) -> dict[str, Any]:
    """What the page for making the bank file shows: the batch and the profiles of the catalogue."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    need(actor, "payments.send")
    return {"batch": batch, "profiles": list(read_catalogue().values())}


def roster_rows(rows: Iterable[dict[str, Any]]) -> list[RosterRow]:
    """Rows of list_roster in words: village, benefit, months, result."""
    kept = list(rows)
    places = places_of(row["area_code"] for row in kept)
    return [
        RosterRow(
            person_id=row["person_id"],
            name=row["person__name"],
            place=places[row["area_code"]],
            benefit=row["benefit"],
            benefit_name=BENEFIT_NAMES.get(row["benefit"], row["benefit"]),
            first_month=row["first_month"],
            last_month=row["last_month"],
            months=row["months"],
            current_fen=row["current"] or 0,
            arrears_fen=row["arrears"] or 0,
            fen=row["total"],
            result=row["result"],
            result_name=LineResult(row["result"]).label,
            failed_reason=row["failed_reason"],
            agent=agent_words(row),
        )
        for row in kept
    ]


def roster_page(*, actor: User, batch_id: int) -> dict[str, Any]:
    """What stands around the roster: the batch, its towns for the filter."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    return {"batch": batch, "towns": village_sums(batch), "results": [*LineResult.choices, (AGENT, "由他人代领")]}


def printed_roster(*, actor: User, batch_id: int, area_code: str) -> dict[str, Any]:
    """The roster for paper, village by village with their sums; of one town when asked."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    rows = roster_rows(list_roster(actor=actor, batch_id=batch_id, area_code=area_code))
    villages = [(place, list(group)) for place, group in groupby(rows, key=lambda row: row.place)]
    sheets = [(place, group, len({r.person_id for r in group}), sum(r.fen for r in group)) for place, group in villages]
    place = area_code or batch.area_code
    return {
        "batch": batch,
        "place": places_of([place])[place],
        "sheets": sheets,
        "heads": len({row.person_id for row in rows}),
        "fen": sum(row.fen for row in rows),
    }


def return_page(*, actor: User, batch_id: int) -> dict[str, Any]:
    """What the page for taking a return shows: the batch, its profile, payees not answered yet."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    need(actor, "payments.take_return")
    waiting = list_roster(actor=actor, batch_id=batch_id, result=LineResult.WAITING)
    return {
        "batch": batch,
        "profile": read_catalogue().get(batch.bank_profile),
        "waiting_heads": result_counts(batch).get(LineResult.WAITING, (0, 0))[0],
        "waiting": roster_rows(waiting[:20]),
        "returns": list_returns(batch),
    }
