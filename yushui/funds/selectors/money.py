"""Funds and their ledgers as an actor may see them. A balance is always the sum of its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce, Sign

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.base.cipher import mask_name
from yushui.base.kinds import kinds_for
from yushui.base.refusals import NotFound
from yushui.funds.models import Entry, EntryEvidence, Fund, Overdraft, UseKind
from yushui.funds.permissions.money import visible_entries, visible_funds
from yushui.funds.rules.money import lowest_from
from yushui.funds.types.money import Movement

NOTHING = Value(0, output_field=BigIntegerField())


@dataclass(frozen=True)
class FundFilters:
    """What the list of funds is narrowed to; `state`: open, closed or all."""

    year: int | None = None
    kind: str = ""
    source: str = ""
    use: str = ""
    state: str = "open"
    text: str = ""


STATE_NAMES = {"open": "使用中", "closed": "已停用", "all": "全部"}


@dataclass(frozen=True)
class EntryFilters:
    """What the list of entries is narrowed to; days are included."""

    fund_id: int | None = None
    first: date | None = None
    last: date | None = None
    side: str = ""
    use: str = ""
    source: str = ""
    kind: str = ""
    origin: str = ""
    text: str = ""


@dataclass(frozen=True)
class Sums:
    """Income, spending and what is left, in fen; mistakes that were reversed are taken off."""

    income: int
    spent: int

    @property
    def balance(self) -> int:
        """What is left."""
        return self.income - self.spent


@dataclass(frozen=True)
class FundSheet:
    """One fund in full. `free` is what may go out today so that no later day runs below zero."""

    fund: Fund
    sums: Sums
    free: int
    allowed: int
    overdrafts: list[Overdraft]


def get_fund(*, actor: User, fund_id: int, lock: bool = False) -> Fund:
    """One fund of the actor's area, locked when money is about to move; NotFound otherwise."""
    rows = visible_funds(actor)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related("area", "use")
    found = rows.filter(pk=fund_id).first()
    if found is None:
        raise NotFound
    return found


def sum_of(side: str, rows: QuerySet[Entry]) -> Coalesce:
    """The sum of a side of a fund's entries as a column; spending is positive."""
    sums = rows.filter(fund=OuterRef("pk"), side=side).order_by().values("fund")
    fen = F("fen") if side == "IN" else ExpressionWrapper(NOTHING - F("fen"), output_field=BigIntegerField())
    total = sums.annotate(total=Sum(fen)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), NOTHING)


def list_funds(*, actor: User, filters: FundFilters) -> QuerySet[Fund]:
    """Funds, newest year first and those without a year before all, with income, spending and balance."""
    rows = visible_funds(actor).select_related("area", "use")
    if filters.state != "all":
        rows = rows.filter(closed_at__isnull=filters.state == "open")
    if filters.year is not None:
        rows = rows.filter(year=filters.year)
    for name, value in (("kind", filters.kind), ("source", filters.source), ("use", filters.use)):
        if value:
            rows = rows.filter(**{name: value})
    if filters.text:
        rows = rows.filter(name__contains=filters.text)
    entries = Entry.objects.all()
    rows = rows.annotate(income=sum_of("IN", entries), spent=sum_of("OUT", entries))
    return rows.annotate(balance=F("income") - F("spent")).order_by(F("year").desc(nulls_first=True), "area_id", "id")


def sums_of(rows: QuerySet[Entry]) -> Sums:
    """Income and spending of some entries."""
    found = rows.order_by().aggregate(
        income=Sum("fen", filter=Q(side="IN")), spent=Sum("fen", filter=Q(side="OUT"))
    )  # fmt: skip
    return Sums(found["income"] or 0, -(found["spent"] or 0))


def movements_of(fund: Fund) -> list[Movement]:
    """The fund's money by day."""
    by_day = Entry.objects.filter(fund=fund).order_by("on").values("on").annotate(total=Sum("fen"))
    return [Movement(row["on"], row["total"]) for row in by_day]


def lowest_of(fund: Fund, on: date) -> int:
    """The lowest balance of a fund from a day on."""
    return lowest_from(movements_of(fund), on)


def granted_overdrafts(fund: Fund, on: date) -> list[Overdraft]:
    """Approvals to go below zero that hold on a day, the latest first."""
    return list(fund.overdrafts.filter(state="GRANTED", ends_on__gt=on).order_by("-id"))


def fund_sheet(*, actor: User, fund_id: int, on: date) -> FundSheet:
    """One fund with its sums and its overdrafts."""
    fund = get_fund(actor=actor, fund_id=fund_id)
    return FundSheet(
        fund=fund,
        sums=sums_of(Entry.objects.filter(fund=fund)),
        free=lowest_of(fund, on),
        allowed=sum(each.fen for each in granted_overdrafts(fund, on)),
        overdrafts=list(fund.overdrafts.order_by("-id")),
    )


def ledger_of(*, actor: User, fund: Fund) -> QuerySet[Entry]:
    """The entries of a fund, newest first, each with the balance after it; in one day income comes before spending."""
    get_fund(actor=actor, fund_id=fund.pk)
    order = [F("on").asc(), Sign("fen").desc(), F("id").asc()]
    running = Window(Sum("fen"), order_by=order)
    rows = Entry.objects.filter(fund=fund).select_related("use", "overdraft").prefetch_related("reversal")
    return rows.annotate(after=running, sign=Sign("fen")).order_by("-on", "sign", "-id")


def list_entries(*, actor: User, filters: EntryFilters) -> QuerySet[Entry]:
    """Entries of all funds the actor may see, newest first."""
    rows = visible_entries(actor).select_related("fund", "use").prefetch_related("reversal")
    if filters.fund_id is not None:
        rows = rows.filter(fund=filters.fund_id)
    if filters.first is not None:
        rows = rows.filter(on__gte=filters.first)
    if filters.last is not None:
        rows = rows.filter(on__lte=filters.last)
    named = {
        "side": filters.side, "use": filters.use, "fund__source": filters.source, "fund__kind": filters.kind,
        "origin": filters.origin,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    if filters.text:
        open_to = Q() if may(actor, "people.view") else Q(person=None)
        rows = rows.filter(Q(words__contains=filters.text) | Q(payee__contains=filters.text) & open_to)
    return rows.order_by("-on", "-id")


def entries_of_origin(*, actor: User, origin: str) -> list[Entry]:
    """What was spent for one row, e.g. `cases.case:7`, in the order it was recorded."""
    if not origin:
        return []
    return list(visible_entries(actor).filter(origin=origin).select_related("fund", "use").order_by("id"))


def sums_of_origin(*, actor: User, origin: str) -> Sums:
    """What came in and went out for one row, e.g. `cases.case:7`."""
    return sums_of(visible_entries(actor).filter(origin=origin))


def spent_by_origin(*, actor: User, origins: Sequence[str]) -> dict[str, int]:
    """Text key of a row → fen spent for it."""
    rows = visible_entries(actor).filter(origin__in=origins, side="OUT").order_by()
    return {row["origin"]: -row["total"] for row in rows.values("origin").annotate(total=Sum("fen"))}


def get_entry(*, actor: User, entry_id: int) -> Entry:
    """One entry of the actor's area; NotFound otherwise."""
    rows = visible_entries(actor).select_related(
        "fund", "use", "person", "donation", "application", "overdraft", "reverses", "reversal"
    )
    found = rows.filter(pk=entry_id).first()
    if found is None:
        raise NotFound
    return found


def get_voucher(*, actor: User, voucher_id: int) -> EntryEvidence:
    """One voucher of an entry in the actor's area; NotFound otherwise."""
    need(actor, "funds.view_money")
    rows = in_scope(EntryEvidence.objects.select_related("file", "entry"), actor, "entry__area_id")
    found = rows.filter(pk=voucher_id).first()
    if found is None:
        raise NotFound
    return found


def shown_payee(entry: Entry, named: bool) -> str:
    """Who paid or was paid; the name of a person who was helped is masked for those who may not see names."""
    return mask_name(entry.payee) if entry.person_id and entry.payee and not named else entry.payee


def uses_for(area_code: str) -> list[UseKind]:
    """What money may be spent on in an area."""
    return list(kinds_for(UseKind, area_code))


def list_uses(*, actor: User) -> list[UseKind]:
    """Uses of the actor's area, those out of use last."""
    need(actor, "funds.view_money")
    rows = UseKind.objects.filter(Q(area_code="") | Q(area_code=actor.area_code))
    return list(rows.order_by("retired", "place", "code"))


def funds_to_spend(*, actor: User, kinds: Sequence[str] = (), on: date) -> list[Fund]:
    """Open funds that money may come from or go to, this year's budget lines first."""
    rows = visible_funds(actor).filter(closed_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    rows = rows.filter(Q(year=None) | Q(year__gte=on.year - 1))
    return list(rows.order_by(F("year").desc(nulls_last=True), "id")[:200])


def fund_of_overdraft(*, actor: User, overdraft_id: int) -> int:
    """The fund that an overdraft belongs to; NotFound outside the actor's area."""
    found = Overdraft.objects.filter(pk=overdraft_id, fund__in=visible_funds(actor)).first()
    if found is None:
        raise NotFound
    return int(found.fund_id)


def overdrafts_asked(*, actor: User) -> list[Overdraft]:
    """Overdrafts that wait for a decision of somebody else than who asked, oldest first."""
    rows = Overdraft.objects.filter(state="ASKED", fund__in=visible_funds(actor)).exclude(asked_by=actor.pk)
    return list(rows.select_related("fund").order_by("id")[:50])
