"""The catalogue of kinds of honours; a county adds and retires its own by a form."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import add_kind, align_kinds, kinds_for, read_catalogue, set_retired
from yushui.base.refusals import Refused
from yushui.honours.models import HonourKind
from yushui.honours.rules.kinds import read_kind
from yushui.honours.selectors.kinds import get_own_kind
from yushui.honours.types import KindDraft

FILE = "honour_kinds.yaml"


@transaction.atomic
def load_honour_kinds(*, at: datetime) -> int:
    """Bring the kinds in line with the catalogue; how many it holds."""
    entries = read_catalogue(FILE, "kinds", title="荣誉类别")
    changed, retired = align_kinds(HonourKind, entries, where=FILE)
    if changed or retired:
        audit.record(
            actor=None, action="honours.kinds.loaded", subject="honours.honourkind", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def set_kind(*, actor: User, draft: KindDraft, at: datetime) -> HonourKind:
    """Add a kind of the actor's area; it is in the forms at once."""
    need_to_act(actor, "honours.set_kind", "设置荣誉类别")
    used = kinds_for(HonourKind, actor.area_code).filter(group=draft.group)
    facts, problems = read_kind(draft, taken=frozenset(used.values_list("name", flat=True)))
    if facts is None or problems:
        raise Refused(*problems)
    kind = add_kind(HonourKind, actor.area_code, **vars(facts))
    audit.record(
        actor=actor,
        action="honours.kind.set",
        subject=kind,
        area_code=kind.area_code,
        at=at,
        now={"name": kind.name},
    )
    return kind


@transaction.atomic
def retire_kind(*, actor: User, code: str, retired: bool, at: datetime) -> HonourKind:
    """Take an own kind out of the forms, or back in; its records stay."""
    need_to_act(actor, "honours.set_kind", "停用荣誉类别")
    kind = get_own_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        audit.record(
            actor=actor, action=f"honours.kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
