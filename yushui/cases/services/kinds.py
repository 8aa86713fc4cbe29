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
Parts = tuple[Sequence[StepFacts], Sequence[Named]]  # the steps of a kind, and its causes


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
    count = align_parts({
        str(entry["code"]): (steps[str(entry["code"])], numbered(entry.get("causes") or (), "cause"))
        for entry in entries
    })  # fmt: skip
    stated = align_kinds(StatementKind, read_catalogue(FILE, "statements", title="零报告事项", path=path), where=where)
    if changed or retired or count or any(stated):
        audit.record(
            actor=None, action="cases.kinds.loaded", subject="cases.casekind", at=at, changed=len(changed),
            retired=retired, parts=count,
        )  # fmt: skip
    return len(entries)


def align_parts(kinds: Mapping[str, Parts]) -> int:
    """Bring the steps of kinds, their outcomes, reasons and papers, and their causes in line; how many rows changed.
    All kinds at once: a question for each of a thousand rows would take seconds."""
    columns = ("name", "role", "level", "days", "count", "article")
    changed = align(KindStep, "kind_id", {
        code: {s.key: {c: getattr(s, c) for c in columns} for s in steps} for code, (steps, _) in kinds.items()
    })  # fmt: skip
    rows = {(row.kind_id, row.key): row.pk for row in KindStep.objects.filter(kind__in=kinds)}
    steps = {rows[code, step.key]: (code, step) for code, (of_kind, _) in kinds.items() for step in of_kind}
    changed += align(KindPaper, "step_id", {
        pk: {paper.key: {"name": paper.name} for paper in step.papers} for pk, (_, step) in steps.items()
    })  # fmt: skip
    changed += align(KindOutcome, "step_id", {
        pk: {
            o.key: {
                "name": o.name, "to_id": rows[code, o.to] if o.to else None, "result": o.result, "is_back": o.is_back,
                "asks_words": o.asks_words, "article": o.article,
            }
            for o in step.outcomes
        }
        for pk, (code, step) in steps.items()
    })  # fmt: skip
    found = {(row.step_id, row.key): row.pk for row in KindOutcome.objects.filter(step__in=steps)}
    changed += align(KindReason, "outcome_id", {
        found[pk, outcome.key]: {r.key: {"name": r.name, "article": r.article} for r in outcome.reasons}
        for pk, (_, step) in steps.items() for outcome in step.outcomes
    })  # fmt: skip
    return changed + align(KindChoice, "kind_id", {
        code: {cause.key: {"name": cause.name} for cause in causes} for code, (_, causes) in kinds.items()
    })  # fmt: skip


def align(model: type[models.Model], parent: str, wanted: Mapping[Any, Mapping[str, Mapping[str, Any]]]) -> int:
    """Rows in line with what is wanted by parent and key: added, changed, retired; how many."""
    objects = model._default_manager
    had: dict[Any, Any] = {
        (getattr(row, parent), getattr(row, "key")): row  # noqa: B009  rows of whatever model
        for row in objects.filter(**{f"{parent}__in": list(wanted)})
    }
    new: list[models.Model] = []
    changed = 0
    for owner, rows in wanted.items():
        for place, (key, values) in enumerate(rows.items(), start=1):
            row = had.pop((owner, key), None)
            now = {**values, "place": place, "retired": False}
            if row is None:
                new.append(model(**{parent: owner}, key=key, **now))
            elif any(getattr(row, name) != value for name, value in now.items()):
                changed += objects.filter(pk=row.pk).update(**now)
    objects.bulk_create(new)
    gone = [row.pk for row in had.values() if not row.retired]
    return len(new) + changed + objects.filter(pk__in=gone).update(retired=True)


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
    align_parts({kind.pk: (keyed_steps(kind.pk, facts.steps), keyed(facts.causes, causes_of(kind.pk), "cause"))})
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
