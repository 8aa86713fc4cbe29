"""Kinds of pairs of people: the catalogue's, loaded from a file, and a county's own, by a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import PairKind, PersonPair
from yushui.activities.rules.pairs import read_pair_kind
from yushui.activities.selectors.pair_kinds import get_own_pair_kind, pair_kinds_in_reach
from yushui.activities.types import PairKindDraft
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused

FILE = "pair_kinds.yaml"


@transaction.atomic
def load_pair_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the kinds in line with the catalogue; how many it holds."""
    entries = read_catalogue(FILE, "kinds", title="结对类型", path=path)
    changed, retired = align_kinds(PairKind, entries, where=FILE)
    if changed or retired:
        audit.record(
            actor=None, action="activities.pair_kinds.loaded", subject="activities.pairkind", at=at,
            changed=len(changed), retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def set_pair_kind(*, actor: User, draft: PairKindDraft, code: str = "", at: datetime) -> PairKind:
    """Add a kind of the actor's area, or change an own one. Whom it helps stays once pairs exist."""
    need_to_act(actor, "activities.set_kind", "设置结对类型")
    old = get_own_pair_kind(actor=actor, code=code) if code else None
    facts, problems = read_pair_kind(draft)
    if pair_kinds_in_reach(actor).filter(retired=False, name=draft.name.strip()).exclude(pk=code).exists():
        problems.append(Problem("已有同名的类型", where="名称", next_step="请直接用已有的,或换一个名称"))
    if old is not None and old.of_register != draft.of_register and PersonPair.objects.filter(kind=old).exists():
        problems.append(Problem("已有结对记录,对象从哪里选不能再改", where="对象从哪里选", next_step="可停用,另加一个"))
    if facts is None or problems:
        raise Refused(*problems)
    columns = {
        "name": facts.name, "helper_word": facts.helper_word, "helped_word": facts.helped_word,
        "of_register": facts.of_register,
    }  # fmt: skip
    was = {name: getattr(old, name) for name in columns} if old else None
    kind = put_kind(PairKind, old, actor.area_code, columns)
    audit.record(
        actor=actor, action="activities.pair_kind.set", subject=kind, area_code=kind.area_code, at=at, was=was,
        now=columns,
    )  # fmt: skip
    return kind


@transaction.atomic
def retire_pair_kind(*, actor: User, code: str, retired: bool = True, at: datetime) -> PairKind:
    """Take an own kind out of the forms, or back in; its pairs stay as they are."""
    need_to_act(actor, "activities.set_kind", "停用结对类型")
    kind = get_own_pair_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        audit.record(
            actor=actor, action=f"activities.pair_kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
