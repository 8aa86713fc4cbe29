"""Reading batches, lines and what was paid. Everything goes through the actor's right and area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.payments import permissions
from yushui.payments.models import BankReturn, Batch, BatchState, BatchStep, Line, LineResult, ReturnRow, Reversal
from yushui.payments.rules.files import reference_of
from yushui.payments.rules.profiles import read_profiles
from yushui.payments.rules.steps import actions_in
from yushui.payments.types import FailedPayment, PastStep, Payee, Profile, SumRow
from yushui.people.models import BankAccount, Person
from yushui.places.models import Area
from yushui.policy.types import BENEFIT_NAMES

Key = tuple[int, str, int]  # person, benefit, month


def get_batch(*, actor: User, batch_id: int, lock: bool = False) -> Batch:
    """A batch of the actor's area; `lock` keeps others out until the transaction ends."""
    need(actor, "payments.view")
    rows = in_scope(Batch.objects.all(), actor, "area_code")
    batch = (rows.select_for_update() if lock else rows).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def list_batches(*, actor: User, with_history: bool = False, state: str = "") -> QuerySet[Batch]:
    """Batches of the actor's area, newest month first; those taken over from older ledgers only on request."""
    need(actor, "payments.view")
    rows = in_scope(Batch.objects.all(), actor, "area_code")
    if not with_history:
        rows = rows.filter(is_history=False)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-month", "-id")


def steps_of(batch: Batch) -> list[BatchStep]:
    """The steps of a batch in the order they were taken."""
    return list(BatchStep.objects.filter(batch=batch).order_by("id"))


def past_of(steps: Iterable[BatchStep]) -> list[PastStep]:
    """Steps as plain records for the rules."""
    return [PastStep(step.was, step.now, step.actor_id, step.actor_name) for step in steps]


def actions_for(*, actor: User, batch: Batch) -> list[str]:
    """Actions to offer this actor on this batch."""
    past = past_of(steps_of(batch))
    return [str(a) for a in permissions.steps_open_to(actor, steps=actions_in(batch.state), past=past)]


def paid_by_month(
    *,
    first_month: int,
    end_month: int,
    area_code: str = "",
    person_ids: Collection[int] | None = None,
) -> dict[Key, int]:
    """Fen paid by (person, benefit, month) for months [first, end): live lines less reversals.

    For everybody registered in an area, or for the persons named. Lines under way count as paid, so nothing is
    put into a second batch while a first one waits.
    """
    lines = Line.objects.filter(is_live=True, month__gte=first_month, month__lt=end_month)
    undone = Reversal.objects.filter(line__is_live=True, line__month__gte=first_month, line__month__lt=end_month)
    if area_code:
        low, high = code_range(area_code)
        lines = lines.filter(person__area_id__gte=low, person__area_id__lt=high)
        undone = undone.filter(line__person__area_id__gte=low, line__person__area_id__lt=high)
    if person_ids is not None:
        lines = lines.filter(person_id__in=person_ids)
        undone = undone.filter(line__person_id__in=person_ids)
    paid: dict[Key, int] = defaultdict(int)
    for person_id, benefit, month, fen in lines.values_list("person_id", "benefit", "month", "fen").iterator(20_000):
        paid[person_id, benefit, month] += fen
    for person_id, benefit, month, fen in undone.values_list("line__person_id", "line__benefit", "line__month", "fen"):
        paid[person_id, benefit, month] -= fen
    return dict(paid)


def next_turns(
    *, first_month: int, end_month: int, area_code: str = "", person_ids: Collection[int] | None = None
) -> dict[Key, int]:
    """The next free turn of each (person, benefit, month) that has live lines; others start at 0."""
    lines = Line.objects.filter(is_live=True, month__gte=first_month, month__lt=end_month)
    if area_code:
        low, high = code_range(area_code)
        lines = lines.filter(person__area_id__gte=low, person__area_id__lt=high)
    if person_ids is not None:
        lines = lines.filter(person_id__in=person_ids)
    turns: dict[Key, int] = {}
    for person_id, benefit, month, turn in lines.values_list("person_id", "benefit", "month", "turn").iterator(20_000):
        key = (person_id, benefit, month)
        turns[key] = max(turns.get(key, 0), turn + 1)
    return turns


def first_paid_month(area_code: str) -> int | None:
    """The first month anything was paid for to somebody registered in an area; None before the first payment."""
    low, high = code_range(area_code)
    first: int | None = (
        Line.objects.filter(is_live=True, person__area_id__gte=low, person__area_id__lt=high)
        .aggregate(first=Min("month"))
        .get("first")
    )
    return first


def read_catalogue() -> dict[str, Profile]:
    """The bank profiles of the catalogue, by key."""
    return read_profiles((settings.CATALOGUE_DIR / "bank_profiles.yaml").read_text("utf-8"))


def get_profile(key: str) -> Profile:
    """A bank profile. Raises Refused when the catalogue has none of that name."""
    profile = read_catalogue().get(key)
    if profile is None:
        raise Refused(Problem("没有这种银行文件格式", next_step="请从列出的格式中选择"))
    return profile


def payees_of(batch: Batch) -> list[Payee]:
    """One payee per person: the sum of the person's lines in the batch, in the order of the register."""
    lines = Line.objects.filter(batch=batch, is_bank_excess=False).exclude(result=LineResult.WITHDRAWN)
    sums = list(lines.values("person_id", "account_id").annotate(fen=Sum("fen")).order_by("person_id", "account_id"))
    accounts = {a.pk: a for a in BankAccount.objects.filter(pk__in=lines.values("account_id"))}
    names = dict(Person.objects.filter(pk__in=lines.values("person_id")).values_list("pk", "name"))
    return [
        Payee(
            number=number,
            reference=reference_of(batch.pk, row["person_id"]),
            person_id=row["person_id"],
            name=names[row["person_id"]],
            holder=accounts[row["account_id"]].holder_name,
            account=accounts[row["account_id"]].number,
            bank=accounts[row["account_id"]].bank,
            fen=row["fen"],
        )
        for number, row in enumerate(sums, start=1)
    ]


def asked_of(batch: Batch) -> dict[str, tuple[int, int]]:
    """Reference → (person, fen) of every payee of a batch; what a return is held against."""
    lines = Line.objects.filter(batch=batch, is_bank_excess=False).exclude(result=LineResult.WITHDRAWN)
    sums = lines.values_list("person_id").annotate(fen=Sum("fen"))
    return {reference_of(batch.pk, person_id): (person_id, fen) for person_id, fen in sums}


def answered_in(batch: Batch) -> frozenset[int]:
    """Persons whom an earlier return of this batch has settled."""
    rows = ReturnRow.objects.filter(bank_return__batch=batch, outcome__in=["PAID", "FAILED", "DIFFERS"])
    return frozenset(p for p in rows.values_list("person_id", flat=True) if p is not None)


def sums_by_benefit(batch: Batch) -> list[SumRow]:
    """发放名册汇总: heads, lines, fen and the arrears among them, by benefit."""
    rows = (
        Line.objects.filter(batch=batch, is_bank_excess=False)
        .values("benefit")
        .annotate(
            heads=Count("person_id", distinct=True),
            lines=Count("id"),
            fen=Sum("fen"),
            arrears=Sum("fen", filter=Q(month__lt=batch.month)),
        )
        .order_by("benefit")
    )
    order = list(BENEFIT_NAMES)
    made = [
        SumRow(
            row["benefit"],
            BENEFIT_NAMES.get(row["benefit"], row["benefit"]),
            row["heads"],
            row["lines"],
            row["fen"],
            row["arrears"] or 0,
        )
        for row in rows
    ]
    return sorted(made, key=lambda row: order.index(row.key) if row.key in order else len(order))


def result_counts(batch: Batch) -> dict[str, tuple[int, int]]:
    """Result of lines → (payees, fen)."""
    rows = (
        Line.objects.filter(batch=batch, is_bank_excess=False)
        .values_list("result")
        .annotate(heads=Count("person_id", distinct=True), fen=Sum("fen"))
    )
    return {result: (heads, fen) for result, heads, fen in rows}


def list_roster(*, actor: User, batch_id: int, area_code: str = "", result: str = "") -> QuerySet[Line, dict[str, Any]]:
    """The roster of a batch: one row per person and benefit, by village. For the printed roster and the page."""
    batch = get_batch(actor=actor, batch_id=batch_id)
    lines = Line.objects.filter(batch=batch, is_bank_excess=False)
    if area_code:
        low, high = code_range(area_code)
        lines = lines.filter(area_code__gte=low, area_code__lt=high)
    if result:
        lines = lines.filter(result=result)
    return (
        lines.values("area_code", "person_id", "person__name", "benefit", "result", "failed_reason", "account_id")
        .annotate(
            fen=Sum("fen"),
            current=Sum("fen", filter=Q(month=batch.month)),
            arrears=Sum("fen", filter=Q(month__lt=batch.month)),
            first_month=Min("month"),
            last_month=Max("month"),
            months=Count("month", distinct=True),
        )
        .order_by("area_code", "person_id", "benefit", "result", "failed_reason", "account_id")
    )


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


def names_of_areas(codes: Iterable[str]) -> dict[str, str]:
    """Area names by code; an unknown code stands for itself."""
    wanted = set(codes)
    found = dict(Area.objects.filter(pk__in=wanted).values_list("code", "name"))
    return {code: found.get(code, code) for code in wanted}


def places_of(codes: Iterable[str]) -> dict[str, str]:
    """`石桥镇 北洲村` by village code."""
    wanted = set(codes)
    names = names_of_areas(wanted | {code[:9].ljust(12, "0") for code in wanted})
    return {
        code: names[code] if code.endswith("000") else f"{names[code[:9].ljust(12, '0')]} {names[code]}"
        for code in wanted
    }


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


def failed_lines(actor: User) -> QuerySet[Line]:
    """Lines the bank refused whose month has not been put into a batch again."""
    need(actor, "payments.view")
    again = Line.objects.filter(
        is_live=True, person_id=OuterRef("person_id"), benefit=OuterRef("benefit"), month=OuterRef("month")
    )
    lines = in_scope(Line.objects.filter(result=LineResult.FAILED), actor, "area_code")
    return lines.filter(~Exists(again))


def count_failed(*, actor: User) -> int:
    """How many persons wait in the queue of refused payments."""
    return failed_lines(actor).aggregate(n=Count("person_id", distinct=True))["n"] or 0


def list_failed(*, actor: User) -> list[FailedPayment]:
    """Refused payments: a row per person and batch, the bank's reason, and whether the account was corrected since."""
    rows = (
        failed_lines(actor)
        .values_list("person_id", "person__name", "area_code", "batch_id", "batch__title", "failed_reason", "benefit")
        .annotate(fen=Sum("fen"), first=Min("month"), last=Max("month"))
        .order_by("area_code", "person_id", "batch_id", "benefit")
    )
    found: dict[tuple[int, int], FailedPayment] = {}
    for person_id, name, area_code, batch_id, title, reason, benefit, fen, first, last in rows:
        item = found.get((person_id, batch_id))
        if item is None:
            item = FailedPayment(person_id, name, area_code, "", batch_id, title, 0, first, last, reason)
            found[person_id, batch_id] = item
        item.fen += fen
        item.first_month, item.last_month = min(item.first_month, first), max(item.last_month, last)
        item.benefits.append(BENEFIT_NAMES.get(benefit, benefit))
    add_accounts(list(found.values()))
    return list(found.values())


def add_accounts(items: list[FailedPayment]) -> None:
    """Fill in village names and the state of the accounts in use now."""
    places = places_of(item.area_code for item in items)
    accounts = {
        account.person_id: account
        for account in BankAccount.objects.filter(person_id__in={item.person_id for item in items}, superseded_at=None)
    }
    for item in items:
        item.area_name = places[item.area_code]
        account = accounts.get(item.person_id)
        if account is not None:
            item.account_tail = account.number[-4:]
            item.is_corrected = account.is_confirmed and not account.problem


def month_sums(*, area_code: str, first_month: int, end_month: int) -> list[tuple[int, str, int, int]]:
    """(month, benefit, persons, fen) paid for months [first, end) in an area: live lines as they stand."""
    low, high = code_range(area_code)
    rows = (
        Line.objects.filter(
            is_live=True, month__gte=first_month, month__lt=end_month, area_code__gte=low, area_code__lt=high
        )
        .values_list("month", "benefit")
        .annotate(heads=Count("person_id", distinct=True), fen=Sum("fen"))
        .order_by("month", "benefit")
    )
    return list(rows)


def list_person_payments(*, actor: User, person_id: int) -> QuerySet[Line]:
    """What was paid to a person, newest month first, with the batch of each line."""
    need(actor, "payments.view")
    rows = in_scope(Line.objects.filter(person_id=person_id), actor, "person__area_id")
    return rows.select_related("batch").order_by("-month", "benefit", "-turn", "-id")


def open_batches(*, actor: User) -> list[Batch]:
    """Batches that wait for somebody, oldest first; for the home page."""
    waiting = [BatchState.DRAFT, BatchState.SUBMITTED, BatchState.REVIEWED, BatchState.APPROVED, BatchState.SENT]
    return list(list_batches(actor=actor).filter(state__in=waiting).order_by("id"))
