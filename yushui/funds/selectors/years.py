"""A year of money: by fund, by source, by use. Every number has the query of its rows beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, Sum

from yushui.accounts.models import User
from yushui.base.money import half_up
from yushui.funds.models import Entry, Fund, UseKind
from yushui.funds.permissions.money import visible_applications, visible_donations, visible_entries, visible_funds
from yushui.funds.types.money import FUND_NAMES, SOURCE_NAMES


@dataclass(frozen=True)
class YearLine:
    """A fund, a source or the whole in a year, in fen: what was there, came, went."""

    name: str
    key: str
    opening: int
    income: int
    spent: int
    planned: int = 0
    fund: Fund | None = None
    turned_in: int = 0  # part of what was spent: given back or carried on

    @property
    def closing(self) -> int:
        """What is left."""
        return self.opening + self.income - self.spent

    @property
    def permille(self) -> int | None:
        """Spent of the budget figure in parts per thousand, half up, without what was given back; none without one."""
        return half_up((self.spent - self.turned_in) * 1000, self.planned) if self.planned else None

    @property
    def percent(self) -> str:
        """The same in words: 87.5%."""
        return "—" if self.permille is None else f"{self.permille // 10}.{self.permille % 10}%"


@dataclass(frozen=True)
class YearSheet:
    """A year as far as it has gone; `first` and `last` are its days."""

    year: int
    first: date
    last: date
    funds: list[YearLine]
    sources: list[YearLine]
    uses: list[tuple[UseKind, int]]
    whole: YearLine
    promised: int
    received: int
    donors: int
    asked: int
    granted: int
    helped: int

    def of_kind(self, kind: str) -> list[YearLine]:
        """The funds of a kind."""
        return [line for line in self.funds if line.fund is not None and line.fund.kind == kind]

    @property
    def kinds(self) -> list[tuple[str, str, list[YearLine]]]:
        """Kinds that have funds, with those: (code, name, lines)."""
        return [(code, name, lines) for code, name in FUND_NAMES.items() if (lines := self.of_kind(code))]

    @property
    def span(self) -> str:
        """The days as a query of the list of entries."""
        return urlencode({"first": self.first.isoformat(), "last": self.last.isoformat()})

    @property
    def before(self) -> str:
        """The days before the year, likewise."""
        return urlencode({"last": (self.first - timedelta(days=1)).isoformat()})


def year_sheet(*, actor: User, year: int, on: date) -> YearSheet:
    """A year of all funds of the actor's area. A budget line counts in its year, and in others when money moved."""
    first, last = date(year, 1, 1), max(min(date(year, 12, 31), on), date(year, 1, 1))
    rows = visible_entries(actor).filter(on__lte=last).order_by()
    now, then = Q(on__gte=first), Q(on__lt=first)
    sums = {
        row["fund"]: row
        for row in rows.values("fund").annotate(
            opening=Sum("fen", filter=then),
            income=Sum("fen", filter=now & Q(side="IN")),
            out=Sum("fen", filter=now & Q(side="OUT")),
            back=Sum("fen", filter=now & Q(side="OUT", use="TURNED_IN")),
        )
    }
    lines = []
    funds = visible_funds(actor).filter(Q(year=None) | Q(year__lte=year)).select_related("area", "use")
    for fund in funds.order_by("kind", F("year").desc(nulls_first=True), "area_id", "id"):
        line = line_of(fund, sums.get(fund.pk, {}), is_planned=fund.year == year)
        if fund.year == year or line.opening or line.income or line.spent or (fund.year is None and not fund.closed_at):
            lines.append(line)
    spent = rows.filter(now, side="OUT").values("use").annotate(total=Sum("fen"))
    by_use = {row["use"]: -row["total"] for row in spent}
    uses = [(use, by_use[use.pk]) for use in UseKind.objects.filter(pk__in=by_use).order_by("place", "code")]
    return YearSheet(
        year=year, first=first, last=last, funds=lines, sources=by_source(lines), uses=uses,
        whole=total_of("合计", "", lines), **donations_of(actor, first, last), **care_of(actor, first, last),
    )  # fmt: skip


def line_of(fund: Fund, sums: Mapping[str, Any], *, is_planned: bool) -> YearLine:
    """A fund's line; its budget figure counts in its own year only."""
    return YearLine(
        name=fund.name, key=str(fund.pk), opening=sums.get("opening") or 0, income=sums.get("income") or 0,
        spent=-(sums.get("out") or 0), planned=fund.planned_fen if is_planned else 0, fund=fund,
        turned_in=-(sums.get("back") or 0),
    )  # fmt: skip


def total_of(name: str, key: str, lines: Iterable[YearLine]) -> YearLine:
    """Lines added up."""
    found = list(lines)
    return YearLine(
        name, key, sum(x.opening for x in found), sum(x.income for x in found), sum(x.spent for x in found),
        sum(x.planned for x in found),
    )  # fmt: skip


def by_source(lines: list[YearLine]) -> list[YearLine]:
    """The lines added up by where the money comes from."""
    return [
        total_of(name, code, found)
        for code, name in SOURCE_NAMES.items()
        if (found := [line for line in lines if line.fund is not None and line.fund.source == code])
    ]


def donations_of(actor: User, first: date, last: date) -> dict[str, int]:
    """Promised and received in the days, and from how many donors something came."""
    promised = visible_donations(actor).filter(promised_on__range=(first, last)).order_by()
    came = visible_entries(actor).filter(donation__isnull=False, on__range=(first, last)).order_by()
    donors = came.filter(reverses=None, reversal=None).values("donation__donor_name").distinct().count()
    return {
        "promised": promised.aggregate(total=Sum("promised_fen"))["total"] or 0,
        "received": came.aggregate(total=Sum("fen"))["total"] or 0,
        "donors": donors,
    }


def care_of(actor: User, first: date, last: date) -> dict[str, int]:
    """Applications of the days, how many of them were granted, and how many persons got money in the days."""
    rows = visible_applications(actor).filter(on__range=(first, last))
    paid = Entry.objects.filter(
        person__isnull=False, side="OUT", reverses=None, reversal=None, on__range=(first, last),
        fund__in=visible_funds(actor).filter(kind="CARE"),
    ).order_by()  # fmt: skip
    granted: tuple[str, ...] = ("GRANTED", "PAID")
    return {
        "asked": rows.count(),
        "granted": rows.filter(state__in=granted).count(),
        "helped": paid.values("person").distinct().count(),
    }
