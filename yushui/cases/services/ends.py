"""What comes around a case: help given, the answer, satisfaction, opening again, handing over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.base.area_codes import lies_in
from yushui.base.money import show_yuan
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_line
from yushui.cases.models import Case, CaseAid, KindStep
from yushui.cases.permissions import check_holds, is_office
from yushui.cases.rules.cases import LONGEST, AidFacts, read_aid, read_rating
from yushui.cases.rules.standing import living
from yushui.cases.selectors.cases import get_clear_case, happened_in, helps_now, open_cases_of
from yushui.cases.services.raising import problems_of_raised
from yushui.cases.services.rows import arrival, day_of, log, write
from yushui.cases.types.cases import MEANS_NAMES, WAY_NAMES, Act, AidDraft, State
from yushui.cases.types.kinds import DECIDERS
from yushui.funds.models import Entry
from yushui.funds.services.money import pay_help, reverse_entry


def check_office(actor: User, case: Case, what: str) -> None:
    """What comes after the end is for the office that had the case."""
    need_to_act(actor, "cases.act", what)
    if not is_office(actor, case):
        raise Refused(Problem(f"您不能{what}", next_step="请由办理单位的经办办理"))


@transaction.atomic
def reply_case(*, actor: User, case_id: int, way: str, words: str, revision: str, at: datetime) -> Case:
    """Answer the asker, while the case runs or after it has ended."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    if case.state == State.CLOSED:
        check_office(actor, case, "答复")
    else:
        check_holds(actor, case, Act.REPLIED, on)
    problems: list[Problem] = []
    text = read_line(words, "答复内容", problems, longest=LONGEST - 10)
    if not text:
        problems.append(Problem("请写答复内容", where="答复内容"))
    if way not in WAY_NAMES:
        problems.append(Problem("请选择怎么答复的", where="答复方式"))
    if problems:
        raise Refused(*problems)
    write(case, Act.REPLIED, actor=actor, at=at, revision=revision, words=f"{WAY_NAMES[way]}:{text}")
    log(case, "replied", actor=actor, at=at, way=way)
    return case


@transaction.atomic
def rate_case(*, actor: User, case_id: int, rating: str, words: str, revision: str, at: datetime) -> Case:
    """What the asker says of the answer: satisfied, mostly, not. A later word takes the place of an earlier one."""
    case = get_clear_case(actor=actor, case_id=case_id, on=day_of(at))
    check_office(actor, case, "登记满意度")
    problems: list[Problem] = []
    score = read_rating(rating, problems)
    text = read_line(words, "评价内容", problems, longest=300)
    if case.state != State.CLOSED or case.replied_on is None:
        problems.append(Problem("答复并办结以后才能评价", where="满意程度"))
    if problems:
        raise Refused(*problems)
    write(case, Act.RATED, actor=actor, at=at, revision=revision, rating=score, words=text)
    log(case, "rated", actor=actor, at=at, rating=score)
    return case


@transaction.atomic
def reopen_case(*, actor: User, case_id: int, words: str, revision: str, at: datetime) -> Case:
    """Open an ended case again at its first step, with a reason; its clock begins anew."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_office(actor, case, "重新办理")
    problems: list[Problem] = []
    text = read_line(words, "重新办理的原因", problems, longest=300)
    if not text:
        problems.append(Problem("请写原因", where="重新办理的原因"))
    if case.state != State.CLOSED:
        problems.append(Problem("办件还在办理", next_step="请打开最新的记录核对"))
    first = KindStep.objects.filter(kind=case.kind, retired=False).order_by("place").first()
    if problems or first is None:
        raise Refused(*problems)
    goes = arrival(first, case.area_id, point=case.point)
    write(case, Act.REOPENED, actor=actor, at=at, revision=revision, words=text, **goes)
    log(case, "reopened", actor=actor, at=at)
    return case


@transaction.atomic
def aid_case(*, actor: User, case_id: int, draft: AidDraft, at: datetime) -> CaseAid:
    """Write down help given; the same form sent twice is one."""
    on = day_of(at)
    known = CaseAid.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if draft.client_key and known is not None and known.case_id == case_id:
        return known
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.AIDED, on)
    facts, problems = read_aid(draft, today=on, raises_money=case.kind.raises_money)
    if not case.kind.gives_help:
        problems.append(Problem("这类办件不登记帮扶", where="帮扶方式"))
    elif not helps_now(case):
        step = "先报审批;事急的,登记时勾选“先救助,材料后补”"
        problems.append(Problem(f"还在“{case.step.name if case.step else ''}”,没有同意帮扶", "帮扶方式", step))
    died = case.person.died_on if case.person else None
    if facts is not None and died is not None and facts.on > died and facts.means == "CASH":
        problems.append(
            Problem(f"申请人已于 {died} 去世,不能再发资金", where="日期", next_step="请选终止,或登记给家属的实物、服务")
        )
    problems += problems_of_raised(actor, case, facts)
    if facts is None or problems:
        raise Refused(*problems)
    entry = pay_from_fund(actor, case, facts, draft.fund_id, at) if draft.fund_id is not None else None
    with once():
        aid = CaseAid.objects.create(
            case=case, means=facts.means, what=facts.what, fen=facts.fen, on=facts.on, entry=entry,
            source=entry.fund.name if entry else facts.source, client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    money = f" {show_yuan(facts.fen)} 元" if facts.fen else ""
    write(case, Act.AIDED, actor=actor, at=at, words=f"{MEANS_NAMES[facts.means]}{money} {facts.what}".strip())
    log(case, "aided", actor=actor, at=at, means=facts.means, fen=facts.fen)
    return aid


def pay_from_fund(actor: User, case: Case, facts: AidFacts, fund_id: int, at: datetime) -> Entry:
    """Money out of one of our funds, on the decision of who approved the case; its balance is the fund's to judge."""
    rows = living(happened_in(case.pk))
    deciders = set(User.objects.filter(held_roles__role__in=DECIDERS).values_list("pk", flat=True))
    approved = next((row.by for row in reversed(rows) if row.act == Act.DECIDED and row.by in deciders), None)
    boss = User.objects.filter(pk=approved).first() if approved is not None else None
    problems = []
    if boss is None:
        problems.append(Problem("还没有审批,不能从资金里付", where="从哪笔资金付", next_step="请先报审批"))
    if case.person is None and not case.kind.raises_money:
        problems.append(Problem("申请人不在名册里,不能从资金里付", where="从哪笔资金付", next_step="请先登记进名册"))
    if problems or boss is None or facts.fen is None:
        raise Refused(*problems)
    return pay_help(
        actor=actor, fund_id=fund_id, person_id=case.person_id, fen=facts.fen, purpose=case.kind.name,
        source=f"cases.case:{case.pk}", approved_by=boss, on=facts.on, at=at, client_key=facts.client_key,
        source_words=f"{case.kind.name} {case.number}", payee=facts.payee,
    )  # fmt: skip


@transaction.atomic
def withdraw_aid(*, actor: User, case_id: int, aid_id: int, at: datetime) -> Case:
    """Help written down by mistake; the row stays and no longer counts."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.AIDED, on)
    aid = case.aids.filter(pk=aid_id, withdrawn_at=None).first()
    if aid is None:
        raise Refused(Problem("没有这笔帮扶,或已撤销", next_step="请打开最新的记录核对"))
    if aid.entry_id is not None:
        reverse_entry(actor=actor, entry_id=aid.entry_id, reason=f"办件 {case.number} 撤销帮扶登记", at=at)
    CaseAid.objects.filter(pk=aid.pk).update(withdrawn_at=at)
    write(case, Act.AIDED, actor=actor, at=at, words="撤销一笔登记错的帮扶")
    log(case, "aid_withdrawn", actor=actor, at=at, means=aid.means, fen=aid.fen)
    return case


@transaction.atomic
def hand_over_cases(*, actor: User, from_id: int, to_id: int, words: str, at: datetime) -> int:
    """All open cases of a leaver to a colleague, in one act: how many. Refused with all problems."""
    need_to_act(actor, "cases.open", "移交办件")
    on = day_of(at)
    problems: list[Problem] = []
    text = read_line(words, "原因", problems, longest=300)
    to = User.objects.filter(pk=to_id, is_active=True).first()
    if to is None or not lies_in(to.area_code, actor.area_code):
        problems.append(Problem("没有这位同事", where="移交给", next_step="请从名单里选"))
    if from_id == to_id:
        problems.append(Problem("移交人和接收人是同一个人", where="移交给"))
    if not text:
        problems.append(Problem("请写原因", where="原因", next_step="例如:岗位调整"))
    cases = open_cases_of(actor=actor, user_id=from_id, on=on)
    if not cases:
        problems.append(Problem("没有要移交的在办件", where="移交人"))
    if problems or to is None:
        raise Refused(*problems)
    for case in cases:
        write(
            case, Act.HANDED_OVER, actor=actor, at=at, words=f"{case.holder_name}移交{to.full_name}:{text}",
            to_user=to.pk, to_user_name=to.full_name,
        )  # fmt: skip
        log(case, "handed_over", actor=actor, at=at, to=to.full_name)
    return len(cases)
