"""From request data to drafts and filters of money. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from yushui.base.queries import whole_number
from yushui.funds.selectors.care import ApplicationFilters
from yushui.funds.selectors.donations import DonationFilters
from yushui.funds.selectors.money import STATE_NAMES, EntryFilters, FundFilters
from yushui.funds.types.care import APPLICATION_NAMES, CAUSE_NAMES, ApplicationDraft, ProjectDraft
from yushui.funds.types.donations import DONOR_NAMES, DonationDraft
from yushui.funds.types.donations import STATE_NAMES as DONATION_NAMES
from yushui.funds.types.money import FUND_NAMES, SIDE_NAMES, SOURCE_NAMES, EntryDraft, FundDraft, OverdraftDraft


def year_in(text: str) -> int | None:
    """A year in a query, 1990 to 2200, or nothing."""
    year = whole_number(text)
    return year if year is not None and 1990 <= year <= 2200 else None


def day_in(text: str) -> date | None:
    """A day in a query, or nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def one_of(text: str, known: object) -> str:
    """A code that is known, or nothing."""
    return text if isinstance(known, dict) and text in known else ""


def area_in(data: QueryDict) -> str:
    """An area code: twelve digits or nothing."""
    code = data.get("area", "")
    return code if len(code) == 12 and code.isascii() and code.isdigit() else ""


def fund_filters(query: QueryDict) -> FundFilters:
    """The search area of the list of funds."""
    return FundFilters(
        year=year_in(query.get("year", "")),
        kind=one_of(query.get("kind", ""), FUND_NAMES),
        source=one_of(query.get("source", ""), SOURCE_NAMES),
        use=query.get("use", "")[:40],
        state=one_of(query.get("state", ""), STATE_NAMES) or "open",
        text=query.get("text", "").strip()[:40],
    )


def entry_filters(query: QueryDict) -> EntryFilters:
    """The search area of the list of entries."""
    return EntryFilters(
        fund_id=whole_number(query.get("fund", "")),
        first=day_in(query.get("first", "")),
        last=day_in(query.get("last", "")),
        side=one_of(query.get("side", ""), SIDE_NAMES),
        use=query.get("use", "")[:40],
        source=one_of(query.get("source", ""), SOURCE_NAMES),
        kind=one_of(query.get("kind", ""), FUND_NAMES),
        origin=query.get("origin", "")[:60],
        text=query.get("text", "").strip()[:40],
    )


def fund_draft(data: QueryDict) -> FundDraft:
    """The form of a fund."""
    names = ("name", "kind", "source", "year", "use", "planned", "note", "client_key")
    return FundDraft(**{name: data.get(name, "") for name in names}, area_code=area_in(data))


def entry_draft(data: QueryDict) -> EntryDraft:
    """The form of money in or out; what caused it is never taken from a form."""
    names = ("on", "amount", "words", "use", "payee", "voucher", "client_key")
    return EntryDraft(**{name: data.get(name, "") for name in names})


def overdraft_draft(data: QueryDict) -> OverdraftDraft:
    """The form that asks to go below zero."""
    return OverdraftDraft(**{name: data.get(name, "") for name in ("amount", "last_day", "reason", "client_key")})


def donation_draft(data: QueryDict) -> DonationDraft:
    """The form of a donation."""
    names = ("donor_kind", "donor_name", "promised", "promised_on", "received", "voucher", "wish", "note", "client_key")
    return DonationDraft(
        **{name: data.get(name, "") for name in names}, fund_id=whole_number(data.get("fund", "")),
        is_unnamed=data.get("is_unnamed") == "1",
    )  # fmt: skip


def donation_filters(query: QueryDict) -> DonationFilters:
    """The search area of the list of donations."""
    return DonationFilters(
        year=year_in(query.get("year", "")),
        donor_kind=one_of(query.get("donor_kind", ""), DONOR_NAMES),
        state=one_of(query.get("state", ""), DONATION_NAMES),
        fund_id=whole_number(query.get("fund", "")),
        text=query.get("text", "").strip()[:40],
    )


def project_draft(data: QueryDict) -> ProjectDraft:
    """The form of a project of the care fund."""
    names = ("name", "words", "starts_on", "last_day", "planned", "most", "client_key")
    return ProjectDraft(**{name: data.get(name, "") for name in names})


def application_draft(data: QueryDict) -> ApplicationDraft:
    """The form of an application."""
    names = ("cause", "amount", "on", "words", "client_key")
    return ApplicationDraft(
        **{name: data.get(name, "") for name in names}, project_id=whole_number(data.get("project", ""))
    )


def application_filters(query: QueryDict) -> ApplicationFilters:
    """The search area of the list of applications."""
    return ApplicationFilters(
        state=one_of(query.get("state", ""), APPLICATION_NAMES),
        project_id=whole_number(query.get("project", "")),
        year=year_in(query.get("year", "")),
        cause=one_of(query.get("cause", ""), CAUSE_NAMES),
        area_code=area_in(query),
    )
