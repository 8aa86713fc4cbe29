"""The catalogue of kinds of cases: a file, loaded into rows; a county adds, changes and retires its own by a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, put_kind, read_catalogue, set_retired
from yushui.base.refusals import Problem, Refused
from yushui.cases.models import CaseKind, KindChoice, KindOutcome, KindPaper, KindReason, KindStep, StatementKind
from yushui.cases.rules.kind_form import read_kind
from yushui.cases.rules.kinds import NESTED, Named, OutcomeFacts, StepFacts, numbered, steps_of
from yushui.cases.selectors.kinds import get_own_kind, kinds_in_reach
from yushui.cases.types.kinds import CaseKindDraft

FILE = "case_kinds.yaml"


@transaction.atomic
def load_case_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the rows in line with the file; how many kinds it holds. Loading again changes nothing.

    What is no longer in the file is retired: it leaves the forms, cases under way keep it. Refuses a faulty file with
    all problems, and then changes nothing.
    """
    entries = read_catalogue(FILE, "kinds", title="办件类型", path=path)
    where = path.name if path else FILE
    problems: list[Problem] = []
    steps = {str(entry.get("code")): steps_of(entry, where, problems) for entry in entries}
    if problems:
        raise Refused(*problems)
    changed, retired = align_kinds(CaseKind, entries, where=where, more=NESTED)
    count = sum(
        align_parts(str(entry["code"]), steps[str(entry["code"])], numbered(entry.get("causes") or (), "cause"))
        for entry in entries
    )
    stated = align_kinds(StatementKind, read_catalogue(FILE, "statements", title="零报告事项", path=path), where=where)
    if changed or retired or count or any(stated):
        audit.record(
            actor=None, action="cases.kinds.loaded", subject="cases.casekind", at=at, changed=len(changed),
            retired=retired, parts=count,
        )  # fmt: skip
    return len(entries)


def align_parts(code: str, steps: Sequence[StepFacts], causes: Sequence[Named]) -> int:
    """Bring the steps of a kind, their outcomes, reasons and papers, and its causes in line; how many rows changed."""
    columns = ("name", "role", "level", "days", "count", "article")
    changed = align(KindStep, {"kind_id": code}, {s.key: {c: getattr(s, c) for c in columns} for s in steps})
    rows = {row.key: row for row in KindStep.objects.filter(kind=code)}
    for step in steps:
        row = rows[step.key]
        changed += align(KindPaper, {"step_id": row.pk}, {p.key: {"name": p.name} for p in step.papers})
        changed += align(
            KindOutcome, {"step_id": row.pk},
            {
                o.key: {
                    "name": o.name, "to_id": rows[o.to].pk if o.to else None, "result": o.result, "is_back": o.is_back,
                    "asks_words": o.asks_words, "article": o.article,
                }
                for o in step.outcomes
            },
        )  # fmt: skip
        found = dict(KindOutcome.objects.filter(step=row).values_list("key", "pk"))
        for outcome in step.outcomes:
            wanted = {r.key: {"name": r.name, "article": r.article} for r in outcome.reasons}
            changed += align(KindReason, {"outcome_id": found[outcome.key]}, wanted)
    return changed + align(KindChoice, {"kind_id": code}, {cause.key: {"name": cause.name} for cause in causes})


def align(model: type[models.Model], within: Mapping[str, object], wanted: Mapping[str, Mapping[str, Any]]) -> int:
    """Rows of one parent in line with what is wanted, by key: added, changed, retired; how many."""
    had: dict[str, Any] = {str(row.key): row for row in list_rows(model, within)}
    changed = 0
    for place, (key, values) in enumerate(wanted.items(), start=1):
        row = had.pop(key, None)
        now = {**values, "place": place, "retired": False}
        if row is None:
            model._default_manager.create(**within, key=key, **now)
            changed += 1
        elif any(getattr(row, name) != value for name, value in now.items()):
            model._default_manager.filter(pk=row.pk).update(**now)
            changed += 1
    gone = [row.pk for row in had.values() if not row.retired]
    return changed + model._default_manager.filter(pk__in=gone).update(retired=True)


def list_rows(model: type[models.Model], within: Mapping[str, object]) -> list[Any]:
    """The rows of one parent."""
    return list(model._default_manager.filter(**within))


@transaction.atomic
def set_case_kind(*, actor: User, draft: CaseKindDraft, code: str = "", at: datetime) -> CaseKind:
    """Add a kind of the actor's area, or change one (`code`). Cases under way keep the terms with which their steps
    began; a step taken out is retired and stays for the cases that stand on it."""
    need_to_act(actor, "cases.set_kind", "设置办件类型")
    old = get_own_kind(actor=actor, code=code) if code else None
    facts, problems = read_kind(draft)
    others = kinds_in_reach(actor).filter(retired=False, name=draft.name.strip()).exclude(pk=code)
    if draft.name.strip() and others.exists():
        problems.append(Problem("已有同名的办件类型", where="名称", next_step="请直接用已有的,或换一个名称"))
    if facts is None or problems:
        raise Refused(*problems)
    kind = put_kind(CaseKind, old, actor.area_code, facts.columns)
    align_parts(kind.pk, keyed_steps(kind.pk, facts.steps), keyed(facts.causes, causes_of(kind.pk), "cause"))
    audit.record(
        actor=actor, action="cases.kind.set", subject=kind, area_code=kind.area_code, at=at,
        was={"name": old.name} if old else None,
        now={"name": kind.name, "steps": [f"{s.name} {s.days or '不限'} {s.count}" for s in facts.steps]},
    )  # fmt: skip
    return kind


def causes_of(code: str) -> dict[str, str]:
    """name → key of the causes that a kind has had."""
    return dict(KindChoice.objects.filter(kind=code).values_list("name", "key"))


def keyed(names: Sequence[Named], had: Mapping[str, str], stem: str) -> tuple[Named, ...]:
    """Names with their keys: those known by name keep theirs, new ones get the next number."""
    taken = set(had.values())
    free = (f"{stem}{n}" for n in range(1, 1000) if f"{stem}{n}" not in taken)
    return tuple(Named(had.get(each.name) or next(free), each.name, each.article) for each in names)


def keyed_steps(code: str, steps: Sequence[StepFacts]) -> list[StepFacts]:
    """Papers, outcomes and reasons of a form get the keys under which the kind knew them."""
    found = []
    for step in steps:
        papers = dict(KindPaper.objects.filter(step__kind=code, step__key=step.key).values_list("name", "key"))
        had = dict(KindOutcome.objects.filter(step__kind=code, step__key=step.key).values_list("name", "key"))
        outcomes = []
        for outcome in keyed_outcomes(step.outcomes, had):
            rows = KindReason.objects.filter(outcome__step__kind=code, outcome__step__key=step.key)
            reasons = dict(rows.filter(outcome__key=outcome.key).values_list("name", "key"))
            outcomes.append(type(outcome)(**{**vars(outcome), "reasons": keyed(outcome.reasons, reasons, "reason")}))
        found.append(
            StepFacts(**{**vars(step), "papers": keyed(step.papers, papers, "paper"), "outcomes": tuple(outcomes)})
        )
    return found


def keyed_outcomes(outcomes: Sequence[OutcomeFacts], had: Mapping[str, str]) -> list[OutcomeFacts]:
    """Outcomes typed as rows: those known by name keep their keys, new ones get the next number."""
    taken = {*had.values(), *(outcome.key for outcome in outcomes)}
    free = (f"outcome{n}" for n in range(1, 1000) if f"outcome{n}" not in taken)
    return [each if each.key else replace(each, key=had.get(each.name) or next(free)) for each in outcomes]


@transaction.atomic
def retire_case_kind(*, actor: User, code: str, retired: bool = True, at: datetime) -> CaseKind:
    """Take an own kind out of the forms, or back in; its cases go on."""
    need_to_act(actor, "cases.set_kind", "停用办件类型")
    kind = get_own_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        audit.record(
            actor=actor, action=f"cases.kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
