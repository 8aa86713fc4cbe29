"""Statements of events (零报告), none included; a county adds, changes and retires its own kinds of them by a form."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.kinds import put_kind, reachable_kinds, set_retired
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.cases.models import Statement, StatementKind
from yushui.cases.rules.statements import read_statement, read_statement_kind
from yushui.cases.selectors.statements import Stater, get_own_statement_kind, kinds_asked, staters
from yushui.cases.services.rows import day_of
from yushui.cases.types.statements import StatementDraft, StatementKindDraft
from yushui.places.models import Unit

FIXED = {"measure": "单位", "by": "由谁报", "rhythm": "多久报一次"}  # what the numbers stated mean


@transaction.atomic
def make_statement(*, actor: User, draft: StatementDraft, at: datetime) -> int:
    """State the events of a period, none included, for a town, village or member unit: how many kinds. A later
    statement takes the place of the earlier one, which stays."""
    need_to_act(actor, "cases.open", "零报告")
    on = day_of(at)
    facts, problems = read_statement(draft, today=on)
    stater = find_stater(actor, draft, at, problems)
    year, number = (int(t) if t.isascii() and t.isdigit() and t != "0" else 1 for t in (draft.year, draft.number))
    known = {}
    if facts is not None:
        kinds = kinds_asked(actor=actor, form=draft.form, year=year, number=number)
        known = {kind.pk: kind.name for kind in kinds}
        if not known or {code for code, _ in draft.counts} != set(known):
            problems.append(Problem("报告的事项不全", next_step="请重新打开这一页再填"))
    names = known or dict(StatementKind.objects.values_list("code", "name"))
    if facts is None or stater is None or problems:
        raise Refused(*(Problem(p.what, names.get(p.where, p.where), p.next_step) for p in problems))
    unit = stater if isinstance(stater, Unit) else None
    area_code = unit.area_id if unit else str(stater.pk)
    old = Statement.objects.filter(area=area_code, unit=unit, starts_on=facts.starts_on, ends_on=facts.ends_on)
    old = old.filter(kind__in=list(known), superseded_at=None)
    was = dict(old.values_list("kind_id", "count"))
    old.update(superseded_at=at)
    Statement.objects.bulk_create(
        Statement(
            kind_id=code, area_id=area_code, unit=unit, starts_on=facts.starts_on, ends_on=facts.ends_on, count=count,
            words=facts.words, stated_at=at, stated_by=actor.pk, stated_name=actor.get_full_name(),
        )
        for code, count in facts.counts
    )  # fmt: skip
    audit.record(
        actor=actor, action="cases.statement.made", subject="cases.statement", area_code=area_code, at=at,
        was=was or None, now=dict(facts.counts), starts_on=facts.starts_on, unit=unit.name if unit else "",
    )  # fmt: skip
    return len(facts.counts)


def find_stater(actor: User, draft: StatementDraft, at: datetime, problems: list[Problem]) -> Stater | None:
    """Who states; NotFound for one that is not the actor's to speak for."""
    typed = draft.stater.strip()
    if not typed:
        problems.append(Problem("请选择替谁报告", where="报告单位"))
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 13):
        raise NotFound
    found = staters(actor=actor, form=draft.form, on=day_of(at)).filter(pk=typed).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def set_statement_kind(*, actor: User, draft: StatementKindDraft, code: str = "", at: datetime) -> StatementKind:
    """Add a kind of the actor's area, or change an own one. It is asked for from the running period on; what its
    numbers mean stays once something is stated."""
    need_to_act(actor, "cases.set_kind", "设置零报告事项")
    old = get_own_statement_kind(actor=actor, code=code) if code else None
    columns, problems = read_statement_kind(draft)
    same = reachable_kinds(StatementKind, actor.area_code).filter(retired=False, name=draft.name.strip())
    if any(kind.pk != code and (kind.by, kind.rhythm) == (draft.by, draft.rhythm) for kind in same):
        problems.append(Problem("已有同名的事项", where="名称", next_step="请直接用已有的,或换一个名称"))
    if old is not None and Statement.objects.filter(kind=old).exists():
        moved = [where for name, where in FIXED.items() if getattr(old, name) != getattr(draft, name).strip()]
        step = "可停用,另加一个"
        problems += [Problem("已经有人报过,不能再改", where=where, next_step=step) for where in moved]
    if columns is None or problems:
        raise Refused(*problems)
    was = {name: getattr(old, name) for name in columns} if old else None
    kind = put_kind(StatementKind, old, actor.area_code, columns, since=day_of(at))
    audit.record(
        actor=actor, action="cases.statement_kind.set", subject=kind, area_code=kind.area_code, at=at, was=was,
        now=columns,
    )  # fmt: skip
    return kind


@transaction.atomic
def retire_statement_kind(*, actor: User, code: str, retired: bool = True, at: datetime) -> StatementKind:
    """Take an own kind out of the forms, or back in: then it is asked for from the running period on."""
    need_to_act(actor, "cases.set_kind", "停用零报告事项")
    kind = get_own_statement_kind(actor=actor, code=code)
    if set_retired(kind, retired):
        if not retired:
            StatementKind.objects.filter(pk=kind.pk).update(since=day_of(at))
        audit.record(
            actor=actor, action=f"cases.statement_kind.{'retired' if retired else 'restored'}", subject=kind,
            area_code=kind.area_code, at=at, now={"name": kind.name},
        )  # fmt: skip
    return kind
