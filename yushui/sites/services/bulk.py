"""Taking over the sites, agreements, checks and monthly numbers that a county kept before this system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area, need_to_act
from yushui.audit import services as audit
from yushui.base.bulk import insert_rows, next_id, sync_ids
from yushui.base.refusals import Problem, Refused
from yushui.sites.models import Agreement, Check, Site, SiteKind, SiteNumber

FIELDS = (
    "id", "kind", "area", "unit", "name", "address", "contact_name", "phone", "since", "ends_on", "end_reason", "offer",
    "plate", "longitude", "latitude", "note", "client_key", "recorded_at", "recorded_by", "recorded_name", "revision",
)  # fmt: skip


@dataclass(frozen=True)
class PastCheck:
    """A check from an old book."""

    on: date
    checker: str
    found: str = ""
    mended_on: date | None = None


@dataclass(frozen=True)
class PastSite:
    """A site from an old list. `agreements` are (first day, first day not covered), in their order; `numbers` are
    (key, month or 0, value)."""

    kind: str
    name: str
    area_code: str
    since: date | None = None
    address: str = ""
    contact_name: str = ""
    offer: str = ""
    plate: str = ""
    unit_id: int | None = None
    agreements: tuple[tuple[date, date], ...] = ()
    checks: tuple[PastCheck, ...] = ()
    numbers: tuple[tuple[str, int, int], ...] = ()


@transaction.atomic
def take_over_sites(*, actor: User, sites: Sequence[PastSite], at: datetime) -> int:
    """Many at once; how many. All or nothing: Refused names the rows at fault, NotFound a foreign area."""
    need_to_act(actor, "sites.record", "登记阵地和门店")
    kinds = set(SiteKind.objects.values_list("code", flat=True))
    problems = []
    for number, site in enumerate(sites, start=1):
        where = f"第 {number} 行"
        if site.kind not in kinds:
            problems.append(Problem("不认识的类别", where=where))
        if not site.name.strip():
            problems.append(Problem("缺少名称", where=where))
        if any(end <= start for start, end in site.agreements):
            problems.append(Problem("协议到期早于开始", where=where))
    if problems:
        raise Refused(*problems[:50])
    for code in {site.area_code for site in sites}:
        need_area(actor, code)
    insert(actor, list(enumerate(sites, start=next_id(Site))), at)
    audit.record(
        actor=actor, action="sites.sites.taken_over", subject="sites.site", area_code=actor.area_code, at=at,
        rows=len(sites),
    )  # fmt: skip
    return len(sites)


def insert(actor: User, rows: list[tuple[int, PastSite]], at: datetime) -> None:
    """The rows of sites and what belongs to them."""
    name = actor.get_full_name()
    insert_rows(
        Site, FIELDS,
        (
            (
                pk, s.kind, s.area_code, s.unit_id, s.name, s.address, s.contact_name, "", s.since, None, "", s.offer,
                s.plate, None, None, "", None, at, actor.pk, name, 1,
            )
            for pk, s in rows
        ),
    )  # fmt: skip
    sync_ids(Site)
    fields = (
        "site", "starts_on", "ends_on", "number", "offer", "client_key", "recorded_at", "recorded_by", "recorded_name",
        "superseded_at",
    )  # fmt: skip
    signed = [
        (pk, start, end, "", s.offer, None, at, actor.pk, name, None if (start, end) == s.agreements[-1] else at)
        for pk, s in rows
        for start, end in s.agreements
    ]
    insert_rows(Agreement, fields, signed)
    columns = (
        "site", "on", "result", "checker", "found", "mended_on", "mended_note", "client_key", "recorded_at",
        "recorded_by", "recorded_name",
    )  # fmt: skip
    checks = [
        (pk, c.on, "FOUND" if c.found else "GOOD", c.checker, c.found, c.mended_on, "已整改" if c.mended_on else "",
         None, at, actor.pk, name)
        for pk, s in rows
        for c in s.checks
    ]  # fmt: skip
    insert_rows(Check, columns, checks)
    numbers = [(pk, key, month, value, at, name) for pk, s in rows for key, month, value in s.numbers]
    insert_rows(SiteNumber, ("site", "key", "month", "value", "recorded_at", "recorded_name"), numbers)
