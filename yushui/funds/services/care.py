"""Verbs of the care fund: a project; an application asked by one, decided by another, paid out, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.audit import services as audit
from yushui.base.evidence import Sent, keep_piece, read_pieces
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line, typed_yuan
from yushui.funds.models import Application, ApplicationEvidence, CareProject, Entry
from yushui.funds.permissions.money import check_another, check_open_fund, check_spend
from yushui.funds.rules.care import problem_of_step, read_application, read_decision, read_project
from yushui.funds.selectors.care import get_application, projects_to_choose
from yushui.funds.selectors.money import get_fund
from yushui.funds.services.money import Belongs, holder_of, problems_of_fund, record_spending
from yushui.funds.types.care import OPEN_APPLICATIONS, ApplicationDraft, ProjectDraft
from yushui.funds.types.money import EntryDraft
from yushui.people.models import Person
from yushui.people.selectors import get_person


@transaction.atomic
def add_project(*, actor: User, fund_id: int, draft: ProjectDraft, at: datetime) -> CareProject:
    """Add a project to a care fund; the same form sent twice is one project."""
    fund = get_fund(actor=actor, fund_id=fund_id)
    check_open_fund(actor, fund.area_id)
    known = CareProject.objects.filter(client_key=draft.client_key.strip(), added_by=actor.pk).first()
    if known is not None:
        return known
    facts, problems = read_project(draft)
    problems += problems_of_fund(fund, None)
    if fund.kind != "CARE":
        problems.append(Problem("只有关爱基金能设项目", where="资金", next_step="请打开一个关爱基金"))
    if CareProject.objects.filter(fund=fund, name=draft.name.strip()).exists():
        problems.append(Problem("这个基金已有同名项目", where="项目名称", next_step="请换一个名称"))
    if facts is None or problems:
        raise Refused(*problems)
    with once():
        project = CareProject.objects.create(
            fund=fund, area_id=fund.area_id, name=facts.name, words=facts.words, starts_on=facts.starts_on,
            ends_on=facts.ends_on, planned_fen=facts.planned_fen, most_fen=facts.most_fen,
            client_key=facts.client_key, added_at=at, added_by=actor.pk, added_name=actor.get_full_name(),
        )  # fmt: skip
    audit.record(
        actor=actor, action="funds.project.added", subject=project, area_code=fund.area_id, at=at, what=project.name,
        fen=project.planned_fen,
    )  # fmt: skip
    return project


@transaction.atomic
def ask_care(
    *, actor: User, person_id: int, draft: ApplicationDraft, sent: Sequence[Sent] = (), at: datetime
) -> Application:
    """Apply for a person of the actor's area to an open project; the same form sent twice is one application."""
    need_to_act(actor, "funds.ask_care", "登记关爱基金申请")
    known = Application.objects.filter(client_key=draft.client_key.strip(), asked_by=actor.pk).first()
    if known is not None:
        return known
    person = get_person(actor=actor, person_id=person_id)
    today = timezone.localtime(at).date()
    project = next((p for p in projects_to_choose(actor=actor, on=today) if p.pk == draft.project_id), None)
    facts, problems = read_application(
        draft, today=today, most_fen=project.most_fen if project else 0, died_on=person.died_on
    )
    pieces = read_pieces(sent, problems)
    if project is None:
        problems.append(Problem("没有选项目,或项目已结束", where="项目", next_step="请选一个正在进行的项目"))
    elif Application.objects.filter(project=project, person=person, state__in=OPEN_APPLICATIONS).exists():
        problems.append(Problem("这个人在本项目已有一份没有办完的申请", where="申请人", next_step="请打开那份申请办理"))
    if facts is None or project is None or problems:
        raise Refused(*problems)
    with once():
        row = Application.objects.create(
            project=project, person=person, area_id=person.area_id, cause=facts.cause, asked_fen=facts.fen,
            on=facts.on, words=facts.words, client_key=facts.client_key, asked_at=at, asked_by=actor.pk,
            asked_name=actor.get_full_name(),
        )  # fmt: skip
    for piece in pieces:
        ApplicationEvidence.objects.create(application=row, **keep_piece(piece, actor=actor, at=at))
    audit.record(
        actor=actor, action="funds.application.asked", subject=row, area_code=row.area_id, at=at, fen=row.asked_fen,
        what=project.name,
    )  # fmt: skip
    return row


def locked(actor: User, application_id: int) -> Application:
    """An application under lock; NotFound outside the actor's area."""
    return get_application(actor=actor, application_id=application_id, lock=True)


@transaction.atomic
def decide_care(
    *, actor: User, application_id: int, verdict: str, amount: str, words: str, at: datetime
) -> Application:
    """Grant an amount or refuse; by another person than who applied."""
    need_to_act(actor, "funds.approve", "审核关爱基金申请")
    row = locked(actor, application_id)
    check_another(actor, row.asked_by, "审核")
    granted, said, problems = read_decision(
        verdict=verdict, amount=amount, words=words, asked_fen=row.asked_fen, most_fen=row.project.most_fen
    )
    if verdict == "GRANTED":
        problems += problems_of_dead(row.person)
    if (late := problem_of_step("decide", row.state)) is not None:
        problems = [late]
    if problems:
        raise Refused(*problems)
    row.state, row.granted_fen, row.decided_words = verdict, granted, said
    row.decided_at, row.decided_by, row.decided_name = at, actor.pk, actor.get_full_name()
    row.save()
    audit.record(
        actor=actor, action="funds.application.decided", subject=row, area_code=row.area_id, at=at, now=verdict,
        fen=granted,
    )  # fmt: skip
    return row


@transaction.atomic
def pay_care(*, actor: User, application_id: int, on: str, voucher: str = "", at: datetime) -> Entry:
    """Pay out what was granted, from the project's fund; refused when the balance does not cover it."""
    check_spend(actor)
    row = locked(actor, application_id)
    if (late := problem_of_step("pay", row.state)) is not None:
        raise Refused(late)
    check_another(actor, row.decided_by, "发放")
    if problems := problems_of_dead(row.person):
        raise Refused(*problems)
    turn = row.payments.count() // 2 + 1  # a payment that was reversed may be made again
    draft = EntryDraft(
        on=on, amount=typed_yuan(row.granted_fen), words=f"关爱基金:{row.project.name}", voucher=voucher, use="HELP",
        payee=holder_of(row.person),
        origin=f"funds.application:{row.pk}", origin_words=f"关爱基金申请({row.project.name})",
        client_key=f"application-{row.pk}-{turn}",
    )  # fmt: skip
    belongs = Belongs(
        person=row.person, application=row, approved_by=row.decided_by, approved_name=row.decided_name
    )  # fmt: skip
    entry = record_spending(actor=actor, fund_id=row.project.fund_id, draft=draft, at=at, belongs=belongs)
    Application.objects.filter(pk=row.pk).update(state="PAID")
    audit.record(
        actor=actor, action="funds.application.paid", subject=row, area_code=row.area_id, at=at, fen=row.granted_fen
    )
    return entry


def problems_of_dead(person: Person) -> list[Problem]:
    """Help is not granted or paid to somebody who died in the meantime."""
    if person.died_on is None:
        return []
    step = "请不予资助或撤回,由家属以自己的名义申请"
    return [Problem(f"申请人已于 {person.died_on} 去世", where="申请人", next_step=step)]


@transaction.atomic
def withdraw_care(*, actor: User, application_id: int, reason: str, at: datetime) -> Application:
    """The applicant withdraws, or the case is closed otherwise; before anything is paid."""
    need_to_act(actor, "funds.ask_care", "撤回关爱基金申请")
    row = locked(actor, application_id)
    problems: list[Problem] = []
    why = read_line(reason, "撤回原因", problems, longest=120)
    if not why:
        problems.append(Problem("没有写撤回原因", where="撤回原因", next_step="例如:本人放弃"))
    if (late := problem_of_step("withdraw", row.state)) is not None:
        problems = [late]
    if problems:
        raise Refused(*problems)
    row.state = "WITHDRAWN"
    row.save(update_fields=["state"])
    audit.record(
        actor=actor, action="funds.application.withdrawn", subject=row, area_code=row.area_id, at=at, reason=why
    )
    return row
