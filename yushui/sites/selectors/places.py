"""Sites in the actor's area: the list, one of them, those of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound
from yushui.places.selectors import path_names
from yushui.sites.models import Agreement, Check, Site, SiteEvidence, SiteKind, SiteNumber
from yushui.sites.permissions import standing_sites, visible_sites
from yushui.sites.rules.places import SOON, Number, state_of
from yushui.sites.selectors.checks import due_sites, with_faults
from yushui.sites.selectors.kinds import numbers_by_kind, of_groups
from yushui.sites.types import STATES

MORE_STATES = {"faults": "有问题未整改", "unchecked": "该检查了"}


@dataclass(frozen=True)
class SiteFilters:
    """What the list is narrowed to; closed sites are left out unless asked for."""

    group: str = ""
    kind: str = ""
    area_code: str = ""
    state: str = ""
    own: bool = False  # only what belongs to the area itself, nothing below it
    text: str = ""  # how the name begins


def in_force(**end: date) -> Exists:
    """Whether a site has an agreement in force whose end passes."""
    return Exists(Agreement.objects.filter(site=OuterRef("pk"), superseded_at=None, **end))


def list_sites(*, actor: User, filters: SiteFilters, on: date) -> QuerySet[Site]:
    """Sites by village; by name when a name is looked for; those that run out by their end."""
    rows = visible_sites(actor)
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if filters.own:
        rows = rows.filter(area_id=filters.area_code or actor.area_code)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    elif filters.group:
        rows = of_groups(rows, [filters.group])
    if filters.state == "CLOSED":
        rows = rows.filter(ends_on__lte=on)
    else:
        rows = narrowed(rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)), filters.state, on)
    rows = rows.select_related("kind")
    if filters.text:
        return rows.filter(name__startswith=filters.text).order_by("name", "id")
    return rows.order_by("area_id", "id")


def narrowed(rows: QuerySet[Site], state: str, on: date) -> QuerySet[Site]:
    """Standing sites in a state."""
    signed = list(SiteKind.objects.filter(signed=True).values_list("pk", flat=True))
    if state == "EXPIRED":
        return rows.filter(~in_force(ends_on__gt=on), kind__in=signed)
    if state == "SOON":
        return rows.filter(in_force(ends_on__gt=on, ends_on__lte=on + SOON))
    if state == "OPEN":
        return rows.filter(~Q(kind__in=signed) | in_force(ends_on__gt=on))
    if state == "faults":
        return with_faults(rows)
    if state == "unchecked":
        return due_sites(rows, on)
    return rows


@dataclass(frozen=True)
class SiteLine:
    """A site as one line of a list."""

    site: Site
    place: str
    state: str
    until: date | None  # last day of the agreement
    checked_on: date | None
    has_fault: bool

    @property
    def state_words(self) -> str:
        """The state in words."""
        return STATES[self.state]


def lines_of(sites: Sequence[Site], *, on: date) -> list[SiteLine]:
    """The lines for the sites of one page, who already went through the actor: three queries."""
    ids = [site.pk for site in sites]
    ends = dict(Agreement.objects.filter(site__in=ids, superseded_at=None).values_list("site_id", "ends_on"))
    checked: dict[int, date] = {}
    faults = set()
    for site, day, result, mended in Check.objects.filter(site__in=ids).values_list(
        "site_id", "on", "result", "mended_on"
    ):
        checked[site] = max(day, checked.get(site, day))
        if result == "FOUND" and mended is None:
            faults.add(site)
    places = path_names({site.area_id for site in sites})
    return [
        SiteLine(
            site, places[site.area_id],
            state_of(ends_on=site.ends_on, signed=site.kind.signed, agreed_until=ends.get(site.pk), today=on),
            ends[site.pk] - timedelta(days=1) if site.pk in ends else None, checked.get(site.pk), site.pk in faults,
        )
        for site in sites
    ]  # fmt: skip


def get_site(*, actor: User, site_id: int) -> Site:
    """One site in the actor's area; NotFound otherwise."""
    found = visible_sites(actor).select_related("kind", "area", "unit").filter(pk=site_id).first()
    if found is None:
        raise NotFound
    return found


def get_check(*, actor: User, check_id: int) -> Check:
    """One check of a site in the actor's area; NotFound otherwise."""
    need(actor, "sites.view")
    rows = in_scope(Check.objects.select_related("site"), actor, "site__area_id")
    found = rows.filter(pk=check_id).first()
    if found is None:
        raise NotFound
    return found


def get_piece(*, actor: User, piece_id: int) -> SiteEvidence:
    """One piece of evidence of a site in the actor's area; NotFound otherwise."""
    need(actor, "sites.view")
    rows = in_scope(SiteEvidence.objects.select_related("file"), actor, "site__area_id")
    found = rows.filter(pk=piece_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class NumberLine:
    """A number of a site: what it is now, or month by month, the newest first."""

    number: Number
    value: int | None
    months: tuple[tuple[int, int], ...]  # (month, value)
    year_sum: int


@dataclass(frozen=True)
class SiteSheet:
    """A site in full."""

    line: SiteLine
    agreements: list[Agreement]
    checks: list[Check]
    numbers: list[NumberLine]
    pieces: list[SiteEvidence]


def open_site(*, actor: User, site_id: int, on: date) -> SiteSheet:
    """A site with everything that belongs to it."""
    site = get_site(actor=actor, site_id=site_id)
    [line] = lines_of([site], on=on)
    return SiteSheet(
        line,
        list(Agreement.objects.filter(site=site).order_by("-starts_on", "-id")),
        list(Check.objects.filter(site=site).order_by("-on", "-id")[:50]),
        numbers_of(site, on.year),
        list(SiteEvidence.objects.filter(site=site, withdrawn_at=None).select_related("file").order_by("id")),
    )


def numbers_of(site: Site, year: int) -> list[NumberLine]:
    """The numbers of a site in the order of its kind."""
    kept: dict[str, dict[int, int]] = defaultdict(dict)
    for key, month, value in SiteNumber.objects.filter(site=site).values_list("key", "month", "value"):
        kept[key][month] = value
    lines = []
    for number in numbers_by_kind([site.kind_id]).get(site.kind_id, []):
        values = kept.get(number.key, {})
        months = tuple(sorted(((m, v) for m, v in values.items() if m), reverse=True))
        year_sum = sum(v for m, v in months if m // 12 == year)
        lines.append(NumberLine(number, values.get(0), months[:24], year_sum))
    return lines


def points_of(*, actor: User, on: date, groups: Iterable[str]) -> list[Site]:
    """Standing sites of some groups for the plan; nothing that belongs to a garrison."""
    rows = of_groups(standing_sites(actor, on), groups)
    return list(rows.exclude(unit__kind="GARRISON").select_related("kind").order_by("area_id", "id")[:3000])
