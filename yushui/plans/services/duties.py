"""Duties: the catalogue's file, and those that a county adds, changes and retires by a form."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.activities.models import ActivityKind
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, kinds_for, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused
from yushui.plans.models import DutyActivity, DutyKind
from yushui.plans.rules.duties import DutyFacts, problems_of_entry, read_duty
from yushui.plans.selectors.duties import duties_in_reach, get_own_duty, kinds_of
from yushui.plans.types.duties import DutyDraft

FILE = "duties.yaml"
KINDS = "kinds"


@transaction.atomic
def load_duties(*, at: datetime, path: Path | None = None) -> int:
    """Bring the rows in line with the file; how many duties it holds. Loading again changes nothing. Call after the
    kinds of activities are loaded. Refuses a faulty file with all problems, and then changes nothing."""
    entries = read_catalogue(FILE, "duties", title="双拥职责", path=path)
    where = path.name if path else FILE
    known = frozenset(ActivityKind.objects.filter(area_code="").values_list("pk", flat=True))
    problems = [
        problem for number, entry in enumerate(entries, start=1)
        for problem in problems_of_entry(entry, known, f"{where} 第 {number} 项")
    ]  # fmt: skip
    if problems:
        raise Refused(*problems)
    changed, retired = align_kinds(DutyKind, entries, where=where, more=frozenset({KINDS}))
    moved = sum(align_means(str(entry["code"]), entry.get(KINDS, [])) for entry in entries)
    if changed or retired or moved:
        audit.record(
            actor=None, action="plans.duties.loaded", subject="plans.dutykind", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


def align_means(code: str, kinds: Collection[str]) -> int:
    """Bring the activity kinds that fulfil a duty in line; how many rows came or went."""
    had = set(DutyActivity.objects.filter(duty=code).values_list("kind_id", flat=True))
    gone, new = had - set(kinds), [kind for kind in kinds if kind not in had]
    DutyActivity.objects.filter(duty=code, kind__in=gone).delete()
    DutyActivity.objects.bulk_create(DutyActivity(duty_id=code, kind_id=kind) for kind in new)
    return len(gone) + len(new)


@transaction.atomic
def set_duty(*, actor: User, draft: DutyDraft, code: str = "", at: datetime) -> DutyKind:
    """Add a duty of the actor's area, or change an own one (`code`). Raises Refused with all problems. Nothing is
    counted ahead of time, so the counters follow at once; the log keeps what was asked before."""
    need_to_act(actor, "plans.set_duty", "设置双拥职责")
    old = get_own_duty(actor=actor, code=code) if code else None
    offered = frozenset(kinds_for(ActivityKind, actor.area_code).values_list("pk", flat=True))
    facts, problems = read_duty(draft, kinds=offered | frozenset(kinds_of(old) if old else ()))
    same = duties_in_reach(actor).filter(retired=False, name=draft.name.strip(), owes=draft.owes).exclude(pk=code)
    if draft.name.strip() and same.exists():
        problems.append(Problem("已有同名的职责", where="名称", next_step="请换一个名称,或直接改原有的"))
    if facts is None or problems:
        raise Refused(*problems)
    was = words_of(old) if old else None
    duty = save_duty(actor, facts, old)
    audit.record(
        actor=actor, action="plans.duty.set", subject=duty, area_code=duty.area_code, at=at, was=was, now=words_of(duty)
    )
    return duty


def save_duty(actor: User, facts: DutyFacts, old: DutyKind | None) -> DutyKind:
    """The rows of a duty and of what fulfils it."""
    columns = {name: getattr(facts, name) for name in (
        "name", "owes", "rhythm", "times", "measure", "by", "reach", "persons", "starts_on", "source", "note",
    )}  # fmt: skip
    duty = put_kind(DutyKind, old, actor.area_code, columns)
    align_means(duty.pk, facts.kinds)
    return duty


def words_of(duty: DutyKind) -> dict[str, object]:
    """A duty for the log."""
    return {
        "name": duty.name, "owes": duty.owes, "rhythm": duty.rhythm, "times": duty.times, "by": duty.by,
        "kinds": sorted(DutyActivity.objects.filter(duty=duty.pk).values_list("kind__name", flat=True)),
    }  # fmt: skip


@transaction.atomic
def retire_duty(*, actor: User, code: str, retired: bool = True, at: datetime) -> DutyKind:
    """Take an own duty out of the counters and forms, or (`retired=False`) back in; tasks that name it keep it."""
    need_to_act(actor, "plans.set_duty", "停用双拥职责")
    duty = get_own_duty(actor=actor, code=code)
    if set_retired(duty, retired):
        audit.record(
            actor=actor, action=f"plans.duty.{'retired' if retired else 'restored'}", subject=duty,
            area_code=duty.area_code, at=at, now={"name": duty.name},
        )  # fmt: skip
    return duty
