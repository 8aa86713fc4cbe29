"""Rhythms of contact (联系频次): the catalogue's file, and those that a county adds, changes and retires by a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, kinds_for, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused
from yushui.people.models import ContactRhythm
from yushui.people.rules import problems_of_rhythm
from yushui.people.selectors.contacts import get_own_rhythm

FILE = "contact_rhythms.yaml"


@transaction.atomic
def load_rhythms(*, at: datetime, path: Path | None = None) -> int:
    """Bring the rows in line with the file; how many rhythms it holds. Loading again changes nothing."""
    entries = read_catalogue(FILE, "rhythms", title="联系频次", path=path)
    changed, retired = align_kinds(ContactRhythm, entries, where=path.name if path else FILE)
    if changed or retired:
        audit.record(
            actor=None, action="people.rhythms.loaded", subject="people.contactrhythm", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def set_rhythm(
    *,
    actor: User,
    name: str,
    group: str,
    age: int | None,
    status_kind: str,
    months: int | None,
    source: str,
    at: datetime,
    code: str = "",
) -> ContactRhythm:
    """Add a rhythm of the actor's area, or change an own one (`code`). It holds at once, in place of one from above for
    the same group. Raises Refused with all problems."""
    need_to_act(actor, "people.set_rhythm", "设置联系频次")
    old = get_own_rhythm(actor=actor, code=code) if code else None
    age = age if group == "AGE" else None
    status_kind = status_kind if group == "KIND" else ""
    problems = list(
        problems_of_rhythm(name=name, group=group, age=age, status_kind=status_kind, months=months, source=source)
    )
    own = kinds_for(ContactRhythm, actor.area_code).filter(area_code=actor.area_code).exclude(pk=code)
    twin = own.filter(group=group, age=age, status_kind=status_kind).first()
    if twin is not None:
        step = "请直接改那一条"
        problems.append(Problem(f"本地已为这些人定过“{twin.name}”", where="适用于", next_step=step))
    if problems:
        raise Refused(*problems)
    columns = {
        "name": name.strip(), "group": group, "age": age, "status_kind": status_kind, "months": months,
        "source": source.strip(),
    }  # fmt: skip
    row = put_kind(ContactRhythm, old, actor.area_code, columns)
    audit.record(
        actor=actor, action="people.rhythm.set", subject=row, area_code=row.area_code, at=at,
        was={"name": old.name, "months": old.months} if old else None, now={"name": row.name, "months": row.months},
    )  # fmt: skip
    return row


@transaction.atomic
def retire_rhythm(*, actor: User, code: str, retired: bool = True, at: datetime) -> ContactRhythm:
    """Take an own rhythm out of use (the one from above holds again), or (`retired=False`) back into use."""
    need_to_act(actor, "people.set_rhythm", "停用联系频次")
    row = get_own_rhythm(actor=actor, code=code)
    if not retired:
        same = kinds_for(ContactRhythm, actor.area_code).filter(area_code=actor.area_code, group=row.group)
        twin = same.filter(age=row.age, status_kind=row.status_kind).exclude(pk=code).first()
        if twin is not None:
            raise Refused(Problem(f"本地已为这些人定过“{twin.name}”", next_step="请先停用那一条"))
    if set_retired(row, retired):
        audit.record(
            actor=actor, action=f"people.rhythm.{'retired' if retired else 'restored'}", subject=row,
            area_code=row.area_code, at=at, now={"name": row.name},
        )  # fmt: skip
    return row
