"""The catalogue of activity kinds: a file, loaded into rows. A county adds, changes and retires its own by a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import ActivityKind, KindMeasure
from yushui.activities.rules.activities import Extra
from yushui.activities.rules.kinds import KindFacts, Standing, problems_of_change, problems_of_measures, read_kind
from yushui.activities.selectors.kinds import get_own_kind, has_records, kinds_in_reach, used_keys
from yushui.activities.types import KindDraft
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused

FILE = "activity_kinds.yaml"
NUMBERS = "measures"


@transaction.atomic
def load_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the rows in line with the file; how many kinds it holds. Loading again changes nothing.

    A kind no longer in the file is retired: it leaves the forms, its records stay; so is a further number. Refuses a
    faulty file with all problems, and then changes nothing.
    """
    entries = read_catalogue(FILE, "kinds", title="活动类型", path=path)
    where = path.name if path else FILE
    if problems := problems_of_measures([entry.get(NUMBERS, []) for entry in entries], where):
        raise Refused(*problems)
    changed, retired = align_kinds(ActivityKind, entries, where=where, more=frozenset({NUMBERS}))
    numbers = align_measures({str(entry["code"]): entry.get(NUMBERS, []) for entry in entries})
    if changed or retired or numbers:
        audit.record(
            actor=None, action="activities.kinds.loaded", subject="activities.activitykind", at=at,
            changed=len(changed), retired=retired,
        )  # fmt: skip
    return len(entries)


def align_measures(wanted: Mapping[str, Sequence[Mapping[str, Any]]]) -> int:
    """Bring the further numbers of the catalogue's kinds in line; how many rows changed."""
    had = {(row.kind_id, row.key): row for row in KindMeasure.objects.filter(kind__area_code="")}
    changed = 0
    for code, numbers in wanted.items():
        for place, number in enumerate(numbers, start=1):
            row = had.pop((code, number["key"]), None)
            values = {
                "name": number["name"], "unit": number["unit"], "decimals": number.get("decimals", 0),
                "place": place, "retired": False,
            }  # fmt: skip
            if row is None:
                KindMeasure.objects.create(kind_id=code, key=number["key"], **values)
                changed += 1
            elif any(getattr(row, name) != value for name, value in values.items()):
                KindMeasure.objects.filter(pk=row.pk).update(**values)
                changed += 1
    gone = [row.pk for row in had.values() if not row.retired]
    return changed + KindMeasure.objects.filter(pk__in=gone).update(retired=True)


@transaction.atomic
def set_kind(*, actor: User, draft: KindDraft, code: str = "", at: datetime) -> ActivityKind:
    """Add a kind of the actor's area, or change one (`code`). What its numbers mean stays once records exist."""
    need_to_act(actor, "activities.set_kind", "设置活动类别")
    old = get_own_kind(actor=actor, code=code) if code else None
    facts, problems = read_kind(draft)
    others = kinds_in_reach(actor).filter(retired=False, name=draft.name.strip()).exclude(pk=code)
    if draft.name.strip() and others.exists():
        problems.append(Problem("已有同名的类别", where="名称", next_step="请直接用已有的,或换一个名称"))
    if old is not None and facts is not None:
        problems += problems_of_change(standing_of(old), facts)
    if facts is None or problems:
        raise Refused(*problems)
    was = words_of(old) if old else None
    kind = save_kind(actor, facts, old)
    audit.record(
        actor=actor, action="activities.kind.set", subject=kind, area_code=kind.area_code, at=at, was=was,
        now=words_of(kind),
    )  # fmt: skip
    return kind


def standing_of(kind: ActivityKind) -> Standing:
    """What a kind means now, and which of it records depend on."""
    rows = KindMeasure.objects.filter(kind=kind)
    return Standing(
        direction=kind.direction, measure=kind.measure, has_records=has_records(kind),
        extras=tuple(Extra(row.key, row.name, row.unit, row.decimals) for row in rows),
        used=frozenset(used_keys(kind)),
    )  # fmt: skip


def save_kind(actor: User, facts: KindFacts, old: ActivityKind | None) -> ActivityKind:
    """The rows of a kind and its further numbers; a new number gets the next key."""
    columns = {
        "name": facts.name, "chapter": facts.chapter, "direction": facts.direction, "measure": facts.measure,
        "words": facts.words, "wants_evidence": facts.wants_evidence,
    }  # fmt: skip
    kind = put_kind(ActivityKind, old, actor.area_code, columns)
    rows = {row.key: row for row in KindMeasure.objects.filter(kind=kind)}
    kept: set[str] = set()
    for place, extra in enumerate(facts.extras, start=1):
        key = extra.key if extra.key in rows else next_key(kind, len(rows) + place)
        kept.add(key)
        KindMeasure.objects.update_or_create(
            kind=kind, key=key,
            defaults={
                "name": extra.name, "unit": extra.unit, "decimals": extra.decimals, "place": place, "retired": False,
            },
        )  # fmt: skip
    KindMeasure.objects.filter(kind=kind).exclude(key__in=kept).update(retired=True)
    return kind


def next_key(kind: ActivityKind, number: int) -> str:
    """The key of a further number of an own kind: it begins with the kind's code, so that two counties never meet."""
    return f"{kind.pk}_{number}".lower()


def words_of(kind: ActivityKind) -> dict[str, object]:
    """A kind for the log."""
    extras = KindMeasure.objects.filter(kind=kind, retired=False).order_by("place")
    return {
        "name": kind.name, "chapter": kind.chapter, "direction": kind.direction, "measure": kind.measure,
        "measures": [f"{extra.name}({extra.unit})" for extra in extras],
    }  # fmt: skip


@transaction.atomic
def retire_kind(*, actor: User, code: str, retired: bool = True, at: datetime) -> ActivityKind:
    """Take an own kind out of the forms, or (`retired=False`) back in; its records stay as they are."""
    need_to_act(actor, "activities.set_kind", "停用活动类别")
    kind = get_own_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        audit.record(
            actor=actor, action=f"activities.kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
