"""The catalogue of kinds of sites; a county adds and retires its own by a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import add_kind, align_kinds, kinds_for, read_catalogue, set_retired
from yushui.base.refusals import Refused
from yushui.sites.models import SiteKind, SiteKindNumber
from yushui.sites.rules.kinds import problems_of_numbers, read_kind
from yushui.sites.selectors.kinds import get_own_kind
from yushui.sites.types import KindDraft

FILE = "site_kinds.yaml"


@transaction.atomic
def load_site_kinds(*, at: datetime) -> int:
    """Bring the kinds in line with the catalogue; how many it holds."""
    entries = read_catalogue(FILE, "kinds", title="阵地类别")
    if problems := problems_of_numbers([entry.get("numbers", []) for entry in entries], FILE):
        raise Refused(*problems)
    plain = [{**entry, "signed": bool(entry.get("signed", False))} for entry in entries]
    changed, retired = align_kinds(SiteKind, plain, where=FILE, more=frozenset({"numbers"}))
    numbers = align_numbers({str(entry["code"]): entry.get("numbers", []) for entry in entries})
    if changed or retired or numbers:
        audit.record(
            actor=None, action="sites.kinds.loaded", subject="sites.sitekind", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


def align_numbers(wanted: Mapping[str, Sequence[Mapping[str, Any]]]) -> int:
    """Bring the numbers of the catalogue's kinds in line; how many rows changed."""
    had = {(row.kind_id, row.key): row for row in SiteKindNumber.objects.filter(kind__area_code="")}
    changed = 0
    for code, numbers in wanted.items():
        for place, number in enumerate(numbers, start=1):
            row = had.pop((code, number["key"]), None)
            values = {
                "name": number["name"], "unit": number["unit"], "monthly": bool(number.get("monthly", False)),
                "place": place, "retired": False,
            }  # fmt: skip
            if row is None:
                SiteKindNumber.objects.create(kind_id=code, key=number["key"], **values)
                changed += 1
            elif any(getattr(row, name) != value for name, value in values.items()):
                SiteKindNumber.objects.filter(pk=row.pk).update(**values)
                changed += 1
    gone = [row.pk for row in had.values() if not row.retired]
    return changed + SiteKindNumber.objects.filter(pk__in=gone).update(retired=True)


@transaction.atomic
def set_kind(*, actor: User, draft: KindDraft, at: datetime) -> SiteKind:
    """Add a kind of the actor's area with its numbers; it is in the forms at once."""
    need_to_act(actor, "sites.set_kind", "设置阵地类别")
    used = kinds_for(SiteKind, actor.area_code).values_list("name", flat=True)
    facts, problems = read_kind(draft, taken=frozenset(used))
    if facts is None or problems:
        raise Refused(*problems)
    kind = add_kind(
        SiteKind, actor.area_code, name=facts.name, group=facts.group, signed=facts.signed,
        check_months=facts.check_months,
    )  # fmt: skip
    SiteKindNumber.objects.bulk_create(
        SiteKindNumber(
            kind=kind, key=f"{kind.pk}_{place}".lower(), name=number.name, unit=number.unit, monthly=number.monthly,
            place=place,
        )
        for place, number in enumerate(facts.numbers, start=1)
    )  # fmt: skip
    audit.record(
        actor=actor, action="sites.kind.set", subject=kind, area_code=kind.area_code, at=at,
        now={"name": kind.name},
    )  # fmt: skip
    return kind


@transaction.atomic
def retire_kind(*, actor: User, code: str, retired: bool, at: datetime) -> SiteKind:
    """Take an own kind out of the forms, or back in; its sites stay."""
    need_to_act(actor, "sites.set_kind", "停用阵地类别")
    kind = get_own_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        audit.record(
            actor=actor, action=f"sites.kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
