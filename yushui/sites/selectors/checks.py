"""Upkeep: what is due for a check, what comes due, what was found and is not mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choose
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import code_range
from yushui.places.selectors import path_names
from yushui.sites.models import Check, Site, SiteKind
from yushui.sites.permissions import standing_sites
from yushui.sites.rules.checks import AHEAD, due_on, last_due
from yushui.sites.selectors.kinds import of_groups

TABS = {"due": "该检查了", "soon": "30 天内到期", "faults": "待整改"}


def with_seen(rows: QuerySet[Site]) -> QuerySet[Site]:
    """Sites with `checked_on`, the day of the newest check, and `seen`: that day, or the first day of the site."""
    newest = Subquery(Check.objects.filter(site=OuterRef("pk")).order_by("-on").values("on")[:1])
    known: QuerySet[Site] = rows.annotate(checked_on=newest).annotate(seen=Coalesce(F("checked_on"), F("since")))
    return known


def due_sites(rows: QuerySet[Site], on: date) -> QuerySet[Site]:
    """Those whose term has run out on a day. A kind without a term is never due."""
    return with_seen(rows).filter(due_by(on))


def due_by(on: date) -> Q:
    """The condition on rows `with_seen`."""
    terms = SiteKind.objects.exclude(check_months=None).values_list("pk", "check_months")
    days = {kind: last_due(on, months or 0) for kind, months in terms}
    last = Choose(*(When(kind=kind, then=Value(day)) for kind, day in days.items()), output_field=DateField())
    return Q(Q(seen=None) | Q(seen__lte=last), kind__in=days)


def with_faults(rows: QuerySet[Site]) -> QuerySet[Site]:
    """Those where a check found something that is not mended."""
    return rows.filter(Exists(Check.objects.filter(site=OuterRef("pk"), result="FOUND", mended_on=None)))


@dataclass(frozen=True)
class CheckFilters:
    """What the page of checks is narrowed to."""

    group: str = ""
    area_code: str = ""
    tab: str = "due"


@dataclass(frozen=True)
class CheckLine:
    """A site that is due, or comes due."""

    site: Site
    place: str
    checked_on: date | None
    due: date | None
    late: int  # days; below zero when it lies ahead

    @property
    def ahead(self) -> int:
        """Days that are left."""
        return -self.late


@dataclass(frozen=True)
class FaultLine:
    """Something found and not mended, so many days ago."""

    check: Check
    place: str
    days: int


def sites_to_check(actor: User, filters: CheckFilters, on: date) -> QuerySet[Site]:
    """Standing sites of the filters."""
    rows = standing_sites(actor, on)
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.group:
        rows = of_groups(rows, [filters.group])
    return rows


def list_due(*, actor: User, filters: CheckFilters, on: date) -> QuerySet[Site]:
    """Sites that are due, or come due within 30 days; the longest unseen first."""
    rows = with_seen(sites_to_check(actor, filters, on))
    if filters.tab == "soon":
        rows = rows.filter(due_by(on + AHEAD)).exclude(due_by(on))
    else:
        rows = rows.filter(due_by(on))
    return rows.select_related("kind").order_by(F("seen").asc(nulls_first=True), "area_id", "id")


def list_faults(*, actor: User, filters: CheckFilters, on: date) -> QuerySet[Check]:
    """What checks found and nobody mended, the oldest first."""
    need(actor, "sites.view")
    rows = in_scope(Check.objects.filter(result="FOUND", mended_on=None), actor, "site__area_id")
    rows = rows.filter(site__in=sites_to_check(actor, filters, on))
    return rows.select_related("site", "site__kind").order_by("on", "id")


def counts_of_tabs(*, actor: User, filters: CheckFilters, on: date) -> list[tuple[str, str, int]]:
    """(tab, words, how many) with the filters of the page."""
    due = CheckFilters(filters.group, filters.area_code, "due")
    soon = CheckFilters(filters.group, filters.area_code, "soon")
    counts = {
        "due": list_due(actor=actor, filters=due, on=on).count(),
        "soon": list_due(actor=actor, filters=soon, on=on).count(),
        "faults": list_faults(actor=actor, filters=due, on=on).count(),
    }
    return [(tab, words, counts[tab]) for tab, words in TABS.items()]


def due_lines(sites: Sequence[Site], on: date) -> list[CheckLine]:
    """The lines of one page of sites that came through `list_due`."""
    places = path_names({site.area_id for site in sites})
    lines = []
    for site in sites:
        seen, checked = getattr(site, "seen", None), getattr(site, "checked_on", None)
        due = due_on(seen, site.kind.check_months or 0)
        lines.append(CheckLine(site, places[site.area_id], checked, due, (on - due).days if due else 0))
    return lines


def fault_lines(checks: Sequence[Check], on: date) -> list[FaultLine]:
    """The lines of one page of faults."""
    places = path_names({check.site.area_id for check in checks})
    return [FaultLine(check, places[check.site.area_id], (on - check.on).days) for check in checks]
