"""双清单: a need gets its responsible unit and day as a task; 实事 projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.evidence import Sent, keep_piece, read_pieces
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_day, read_line, read_yuan
from yushui.cases.models import Case, Project, ProjectEvidence
from yushui.cases.permissions import check_holds, visible_cases
from yushui.cases.rules.needs import read_project
from yushui.cases.selectors.cases import get_clear_case
from yushui.cases.selectors.deeds import has_entries
from yushui.cases.selectors.needs import get_deed
from yushui.cases.services.rows import day_of, log, write
from yushui.cases.types.cases import Act
from yushui.cases.types.needs import NEED_KINDS, AssignDraft, ProjectDraft
from yushui.places.selectors import get_area, list_units
from yushui.plans.services.tasks import add_task
from yushui.plans.types import TaskDraft


@transaction.atomic
def assign_need(*, actor: User, case_id: int, draft: AssignDraft, at: datetime) -> Case:
    """Name the unit that answers for a need, and by when: a task of that unit, on which it reports; the need shows
    it. Refused with all problems."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.ASSIGNED, on)
    need_to_act(actor, "plans.change", "落实责任单位")
    problems: list[Problem] = []
    demand = read_line(draft.demand, "办理要求", problems, longest=300)
    due = read_day(draft.due_on, "完成时限", problems)
    unit = list_units(actor=actor, on=on).filter(pk=draft.unit_id).first() if draft.unit_id is not None else None
    if unit is None:
        problems.append(Problem("请选择责任单位", where="责任单位", next_step="请从单位表里选择在用的单位"))
    if due is not None and due < on:
        problems.append(Problem("时限已经过去", where="完成时限", next_step="请填今天或以后的日期"))
    if case.kind_id not in NEED_KINDS:
        problems.append(Problem("只有军地需求要定责任单位", next_step="其他办件请用转办"))
    if problems or unit is None:
        raise Refused(*problems)
    row = write(
        case, Act.ASSIGNED, actor=actor, at=at, revision=draft.revision, to_unit=unit, to_code=case.holder_code,
        words=f"{unit.name},{draft.due_on} 前办成" + (f":{demand}" if demand else ""),
    )  # fmt: skip
    task = TaskDraft(
        title=case.title, owner_unit_id=unit.pk, due_on=draft.due_on, note=demand, area_code=case.area_id,
        client_key=f"need-{case.pk}-{row.pk}", weight="KEY",
    )  # fmt: skip
    add_task(actor=actor, draft=task, source=f"cases.case:{case.pk}", at=at)
    log(case, "assigned", actor=actor, at=at, unit=unit.name, due_on=draft.due_on)
    return case


@transaction.atomic
def add_deed(*, actor: User, draft: ProjectDraft, at: datetime) -> Project:
    """Put a project on the list of a year; the same form sent twice is one."""
    need_to_act(actor, "plans.change", "立项办实事")
    known = Project.objects.filter(client_key=draft.client_key.strip(), added_by=actor.pk).first()
    if draft.client_key and known is not None:
        return known
    on = day_of(at)
    facts, problems = read_project(draft, today=on)
    unit = list_units(actor=actor, on=on).filter(pk=draft.unit_id).first() if draft.unit_id is not None else None
    if draft.unit_id is not None and unit is None:
        problems.append(Problem("没有这个单位,或单位已撤销", where="牵头单位"))
    source = None
    if draft.case_id is not None:
        source = visible_cases(actor, on).filter(pk=draft.case_id, kind__in=NEED_KINDS).first()
        if source is None:
            problems.append(Problem("没有这条需求", where="来自需求"))
    if facts is None or unit is None or problems:
        raise Refused(*problems)
    area = get_area(actor=actor, code=actor.area_code)
    with once():
        project = Project.objects.create(
            title=facts.title, year=facts.year, side=facts.side, area=area, unit=unit, need=source,
            budget_fen=facts.budget_fen, money_source=facts.money_source, due_on=facts.due_on, note=facts.note,
            client_key=facts.client_key, added_at=at, added_by=actor.pk, added_name=actor.get_full_name(),
        )  # fmt: skip
    audit.record(
        actor=actor, action="cases.deed.added", subject=project, area_code=area.pk, at=at,
        now={"title": facts.title, "year": facts.year, "budget_fen": facts.budget_fen},
    )  # fmt: skip
    return project


@transaction.atomic
def change_deed(
    *, actor: User, deed_id: int, state: str, spent: str, words: str, revision: str, at: datetime,
    sent: Sequence[Sent] = (),
) -> Project:  # fmt: skip
    """How far a project is: begun, accepted with what it cost and what the users say, or dropped with a reason."""
    need_to_act(actor, "plans.change", "更新实事项目")
    project = get_deed(actor=actor, deed_id=deed_id)
    problems: list[Problem] = []
    text = read_line(words, "验收意见或原因", problems, longest=300)
    fen = read_yuan(spent, "实际花费", problems)
    pieces = read_pieces(sent, problems)
    if fen is not None and has_entries(project):
        step = "要改的,请冲销或补登资金台账里的支出"
        problems.append(Problem("花费已由资金台账算出,不用填", where="实际花费", next_step=step))
    if state not in {"UNDERWAY", "ACCEPTED", "DROPPED"}:
        problems.append(Problem("请选择进展", where="进展"))
    if project.ended_on is not None:
        problems.append(Problem(f"项目{project.get_state_display()},不能再改", next_step="请另立一个项目"))
    if state in {"ACCEPTED", "DROPPED"} and not text:
        problems.append(Problem("请写验收意见或取消原因", where="验收意见或原因"))
    if problems:
        raise Refused(*problems)
    was = project.state
    ended = day_of(at) if state in {"ACCEPTED", "DROPPED"} else None
    spent_fen = fen if fen is not None else project.spent_fen
    change_row(project, revision, state=state, ended_on=ended, spent_fen=spent_fen, words=text or project.words)
    for piece in pieces:
        ProjectEvidence.objects.create(project=project, **keep_piece(piece, actor=actor, at=at))
    audit.record(
        actor=actor, action="cases.deed.changed", subject=project, area_code=project.area_id, at=at,
        was={"state": was}, now={"state": state, "spent_fen": fen},
    )  # fmt: skip
    return project
