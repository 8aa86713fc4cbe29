"""From request data to drafts and filters of sites. What is typed is kept as typed; rules judge it."""

from __future__ import annotations

from django.http import QueryDict

from yushui.base.queries import area_of
from yushui.sites.selectors.checks import TABS, CheckFilters
from yushui.sites.selectors.places import MORE_STATES, SiteFilters
from yushui.sites.selectors.tiles import Subject
from yushui.sites.types import GROUP_NAMES, STATES, AgreementDraft, CheckDraft, KindDraft, NumberDraft, SiteDraft


def site_draft(data: QueryDict) -> SiteDraft:
    """The form of a site."""
    names = (
        "kind", "name", "unit_id", "address", "contact_name", "phone", "since", "offer", "plate", "point", "note",
        "client_key",
    )  # fmt: skip
    numbers = tuple((name.removeprefix("n_"), data.get(name, "")) for name in data if name.startswith("n_"))
    return SiteDraft(**{name: data.get(name, "") for name in names}, area_code=area_of(data), numbers=numbers)


def agreement_draft(data: QueryDict) -> AgreementDraft:
    """The form of a contract."""
    names = ("starts_on", "last_day", "number", "offer", "client_key")
    return AgreementDraft(**{name: data.get(name, "") for name in names})


def check_draft(data: QueryDict) -> CheckDraft:
    """The form of a check."""
    return CheckDraft(**{name: data.get(name, "") for name in ("on", "result", "checker", "found", "client_key")})


def kind_draft(data: QueryDict) -> KindDraft:
    """The form of a kind; the lines of numbers come as lists of the same length."""
    lists = zip(data.getlist("n_name"), data.getlist("n_unit"), data.getlist("n_monthly"), strict=False)
    return KindDraft(
        name=data.get("name", ""), group=data.get("group", ""), signed=data.get("signed") == "1",
        check_months=data.get("check_months", ""),
        numbers=tuple(NumberDraft("", name, unit, monthly) for name, unit, monthly in lists),
    )  # fmt: skip


def site_filters(query: QueryDict) -> SiteFilters:
    """The search area of the list of sites."""
    group, state = query.get("group", ""), query.get("state", "")
    return SiteFilters(
        group=group if group in GROUP_NAMES else "",
        kind=query.get("kind", "")[:40],
        area_code=area_of(query),
        state=state if state in {*STATES, *MORE_STATES} else "",
        own=query.get("own") == "1",
        text=query.get("text", "").strip()[:40],
    )


def check_filters(query: QueryDict) -> CheckFilters:
    """The search area of the page of checks."""
    group, tab = query.get("group", ""), query.get("tab", "")
    return CheckFilters(
        group=group if group in GROUP_NAMES else "", area_code=area_of(query), tab=tab if tab in TABS else "due"
    )


def subject_of(query: QueryDict, kinds: set[str]) -> tuple[Subject, str]:
    """What the tile map counts, and how its form says so: `stations`, `group-SIGN`, `kind-SHOP`, nothing for all."""
    what = query.get("what", "")
    name, _, code = what.partition("-")
    if what == "stations":
        return Subject(stations=True), what
    if name == "group" and code in GROUP_NAMES:
        return Subject(group=code), what
    if name == "kind" and code in kinds:
        return Subject(kind=code), what
    return Subject(), ""


def groups_of(query: QueryDict) -> list[str]:
    """The groups ticked on the plan; none ticked means all."""
    return [group for group in query.getlist("group") if group in GROUP_NAMES] or list(GROUP_NAMES)
