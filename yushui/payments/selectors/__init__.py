"""Reading batches, lines and what was paid. Everything goes through the actor's right and area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.payments import permissions
from yushui.payments.models import Batch, BatchState, BatchStep, Line, LineResult, ReturnRow, Reversal
from yushui.payments.rules.files import reference_of
from yushui.payments.rules.profiles import read_profiles
from yushui.payments.rules.steps import actions_in
from yushui.payments.types import PastStep, Payee, Profile, SumRow
from yushui.people.models import BankAccount, Person
from yushui.people.selectors import get_person
from yushui.people.selectors.merged import entries_of
from yushui.places.models import Area
from yushui.policy.types import BENEFIT_NAMES

Key = tuple[int, str, int]  # person, benefit, month
BATCH_STATES = BatchState.choices


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


def read_catalogue() -> dict[str, Profile]:
    """The bank profiles of the catalogue, by key."""
    return read_profiles((settings.CATALOGUE_DIR / "bank_profiles.yaml").read_text("utf-8"))


def profile_name(key: str) -> str:
    """The name of a bank profile; of one that is no longer in the catalogue, its key."""
    known = read_catalogue().get(key)
    return known.title if known else key


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
    names = dict(Person.every.filter(pk__in=lines.values("person_id")).values_list("pk", "name"))
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
            arrears=Sum("fen", filter=Q(month__lt=batch.month)),
            total=Sum("fen"),
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
            row["total"],
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
    """What was paid to a person and to entries merged into one (并档), newest month first, with the batch of each line;
    `back_fen` came back since."""
    need(actor, "payments.view")
    person = get_person(actor=actor, person_id=person_id)
    rows = Line.objects.filter(person_id__in=entries_of(person.pk)).annotate(back_fen=Sum("reversals__fen"))
    return rows.select_related("batch").order_by("-month", "benefit", "-turn", "-id")


def open_batches(*, actor: User) -> list[Batch]:
    """Batches that wait for somebody, oldest first; for the home page."""
    waiting = [BatchState.DRAFT, BatchState.SUBMITTED, BatchState.REVIEWED, BatchState.APPROVED, BatchState.SENT]
    return list(list_batches(actor=actor).filter(state__in=waiting).order_by("id"))
