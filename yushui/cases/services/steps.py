"""What the holder of a case does: take it, decide, note, transfer, stop and start the clock, extend, take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yushui.accounts.models import User
from yushui.accounts.permissions import need_to_act
from yushui.base.evidence import Sent, read_pieces
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_key, read_line
from yushui.cases.models import Case, CasePaper, CaseStep, KindChoice, KindOutcome
from yushui.cases.permissions import EXTENDERS, check_holds, role_of_office
from yushui.cases.rules.cases import LONGEST, Choice, Missing, problems_of_act, read_extension, read_pause
from yushui.cases.rules.standing import living
from yushui.cases.selectors.cases import (
    extended_days,
    get_clear_case,
    happened_in,
    last_undoable,
    open_outcomes,
    papers_missing,
)
from yushui.cases.services.causes import find_cause, problems_of_cause
from yushui.cases.services.rows import arrival, day_of, keep_pieces, known_row, log, write
from yushui.cases.types.cases import WAY_NAMES, Act, ActDraft, State
from yushui.cases.types.kinds import DECIDERS
from yushui.places.selectors import area_names, get_area, list_units


@transaction.atomic
def take_case(*, actor: User, case_id: int, revision: str, at: datetime) -> Case:
    """Take a case in hand, also from a colleague of the same office. Of two who take it, the second is told."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.TAKEN, on)
    if case.holder_user == actor.pk:
        return case
    write(case, Act.TAKEN, actor=actor, at=at, revision=revision, to_user=actor.pk, to_user_name=actor.get_full_name())
    log(case, "taken", actor=actor, at=at)
    return case


@transaction.atomic
def decide_case(*, actor: User, case_id: int, draft: ActDraft, sent: Sequence[Sent] = (), at: datetime) -> Case:
    """End the running step with one of its outcomes: the case goes on, goes back, or ends. An answer typed with it is
    given to the asker at once. The same form sent twice decides once. Refused with all problems."""
    on = day_of(at)
    known = known_row(actor, draft.client_key)
    if known is not None and known.case_id == case_id:
        return known.case
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.DECIDED, on)
    rows = {row.key: row for row in open_outcomes(case)}
    papers = papers_missing(case)
    problems = problems_of_act(
        draft, [choice_of(row) for row in rows.values()], [Missing(p.pk, p.name) for p in papers],
        papers_wait=case.urgent and case.kind.papers_later, asks_reply=case.kind.asks_reply,
        has_reply=case.replied_on is not None,
    )  # fmt: skip
    problems += problems_of_hands(actor, case)
    outcome = rows.get(draft.outcome)
    cause = cause_of(actor, case, outcome, draft, on, problems)
    if outcome and outcome.result == "SETTLED" and case.kind.gives_help and not helped(case):
        problems.append(
            Problem("还没有登记帮扶了什么", where="帮扶", next_step="请先在“登记帮扶”里写明资金、实物或服务")
        )
    pieces = read_pieces(sent, problems)
    if problems or outcome is None:
        raise Refused(*problems)
    CasePaper.objects.bulk_create(
        CasePaper(case=case, paper=paper, on=on, by_name=actor.get_full_name())
        for paper in papers if paper.pk in draft.papers
    )  # fmt: skip
    revision = draft.revision
    if cause is not None:
        change_row(case, revision, cause=cause)
        revision = str(case.revision)
    if draft.reply.strip():
        write(
            case,
            Act.REPLIED,
            actor=actor,
            at=at,
            revision=revision,
            words=f"{WAY_NAMES[draft.way]}:{draft.reply.strip()}",
        )
        revision = str(case.revision)
    reason = outcome.reasons.filter(key=draft.reason).first() if draft.reason else None
    goes: dict[str, Any] = {"result": outcome.result}
    if outcome.to is not None:
        goes = arrival(outcome.to, case.area_id, point=case.point)
        if case.kind.family == "NEED":
            goes["to_unit"] = case.holder_unit  # who answers for a need keeps it through the steps
    was = case.step
    write(
        case, Act.DECIDED, actor=actor, at=at, revision=revision, outcome=outcome, reason=reason,
        words=draft.words.strip(), client_key=draft.client_key.strip(), **goes,
    )  # fmt: skip
    kept = keep_pieces(case, pieces, actor=actor, at=at)
    log(case, "decided", actor=actor, at=at, step=was.name if was else "", outcome=outcome.name, files=kept)
    return case


def cause_of(
    actor: User, case: Case, outcome: KindOutcome | None, draft: ActDraft, on: date, problems: list[Problem]
) -> KindChoice | None:
    """The cause of a case that came without one and now goes on to help; None when it has one, or needs none."""
    goes_on = outcome is not None and not outcome.is_back and outcome.result in {"", "SETTLED"}
    if case.cause_id is not None or not goes_on or not case.kind.once_per_cause:
        return None
    cause = find_cause(case.kind, draft.cause, problems)
    if cause is not None or not draft.cause:
        problems += problems_of_cause(actor, case.kind, case.person, cause, on=on, but=case)
    return cause


def choice_of(row: KindOutcome) -> Choice:
    """An outcome for the rules."""
    reasons = {r.key: r.name for r in row.reasons.all() if not r.retired}
    return Choice(row.key, row.name, reasons, row.result, row.to_id is None, row.is_back, row.asks_words)


def helped(case: Case) -> bool:
    """Whether help is written down."""
    return case.aids.filter(withdrawn_at=None).exists()


def problems_of_hands(actor: User, case: Case) -> list[Problem]:
    """Who reviews or approves is not who brought the case there."""
    if case.holder_role not in DECIDERS:
        return []
    before = [row for row in living(happened_in(case.pk)) if row.act in {Act.OPENED, Act.DECIDED, Act.REOPENED}]
    if before and before[-1].by == actor.pk:
        return [Problem("上一步是您办的,审批要换一个人", where="结果", next_step="请由另一位有权的人办理")]
    return []


@transaction.atomic
def note_case(
    *, actor: User, case_id: int, words: str, sent: Sequence[Sent] = (), client_key: str, at: datetime
) -> CaseStep:
    """Write down how it goes, with files and links. The same form sent twice is one note."""
    on = day_of(at)
    known = known_row(actor, client_key)
    if known is not None and known.case_id == case_id:
        return known
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.NOTED, on)
    problems: list[Problem] = []
    text = read_line(words, "进展", problems, longest=LONGEST)
    key = read_key(client_key, problems)
    pieces = read_pieces(sent, problems)
    if not text and not pieces:
        problems.append(Problem("请写进展,或传材料", where="进展"))
    if problems:
        raise Refused(*problems)
    row = write(case, Act.NOTED, actor=actor, at=at, words=text or "补充材料", client_key=key)
    kept = keep_pieces(case, pieces, actor=actor, at=at)
    log(case, "noted", actor=actor, at=at, files=kept)
    return row


@transaction.atomic
def transfer_case(
    *, actor: User, case_id: int, unit_id: int | None = None, area_code: str = "", words: str, revision: str,
    at: datetime,
) -> Case:  # fmt: skip
    """Hand the running step to another unit, or to the office of another area (转办); its clock runs on."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.TRANSFERRED, on)
    problems: list[Problem] = []
    text = read_line(words, "转办意见", problems, longest=LONGEST)
    unit = list_units(actor=actor, on=on).filter(pk=unit_id).first() if unit_id is not None else None
    if unit_id is not None and unit is None:
        problems.append(Problem("没有这个单位,或单位已撤销", where="转给"))
    if (unit_id is None) == (not area_code):
        problems.append(Problem("请选择转给哪个单位,或哪个乡镇、村", where="转给", next_step="两者选一个"))
    if not text:
        problems.append(Problem("请写转办意见", where="转办意见"))
    if problems:
        raise Refused(*problems)
    if unit is not None:
        goes: dict[str, Any] = {"to_unit": unit, "to_code": case.holder_code, "to_role": case.holder_role}
        name = unit.name
    else:
        area = find_office(actor, case, area_code)
        goes = {"to_code": area, "to_role": role_of_office(area)}
        name = get_office_name(area)
    write(case, Act.TRANSFERRED, actor=actor, at=at, revision=revision, words=f"转{name}:{text}"[:LONGEST], **goes)
    log(case, "transferred", actor=actor, at=at, to=name)
    return case


def find_office(actor: User, case: Case, code: str) -> str:
    """The office of an area in the actor's own, or of one above the matter; NotFound otherwise."""
    if code in {case.area_id[:6] + "000000", case.area_id[:9] + "000"}:
        return code
    return get_area(actor=actor, code=code).code


def get_office_name(code: str) -> str:
    """The area of an office by name."""
    return area_names([code]).get(code, code)


@transaction.atomic
def pause_case(*, actor: User, case_id: int, reason: str, words: str, revision: str, at: datetime) -> Case:
    """Stop the clock with a reason; days until it starts again do not count."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.PAUSED, on)
    problems: list[Problem] = []
    text = read_pause(reason, words, problems)
    if problems:
        raise Refused(*problems)
    write(case, Act.PAUSED, actor=actor, at=at, revision=revision, words=text)
    log(case, "paused", actor=actor, at=at, reason=reason)
    return case


@transaction.atomic
def resume_case(*, actor: User, case_id: int, words: str = "", revision: str, at: datetime) -> Case:
    """Start the clock again; the last day moves by the days that it stood still."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.RESUMED, on)
    problems: list[Problem] = []
    text = read_line(words, "说明", problems, longest=300)
    if case.state != State.PAUSED:
        problems.append(Problem("没有暂停计时", next_step="请打开最新的记录核对"))
    if problems:
        raise Refused(*problems)
    write(case, Act.RESUMED, actor=actor, at=at, revision=revision, words=text)
    log(case, "resumed", actor=actor, at=at, due_on=case.due_on)
    return case


@transaction.atomic
def ask_extension(*, actor: User, case_id: int, days: str, words: str, revision: str, at: datetime) -> Case:
    """Ask who approves for further days; from then on the case is open to them and stands among their to-dos."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    check_holds(actor, case, Act.ASKED, on)
    problems: list[Problem] = []
    extra = read_extension(days, case.kind.extension_days, extended_days(case.pk), problems)
    text = read_line(words, "延期理由", problems, longest=300)
    if not text:
        problems.append(Problem("请写延期理由", where="延期理由"))
    if case.due_on is None:
        problems.append(Problem("这一步不限期,不用延期", where="延长天数"))
    if problems:
        raise Refused(*problems)
    write(case, Act.ASKED, actor=actor, at=at, revision=revision, words=f"{extra} 天:{text}")
    log(case, "extension_asked", actor=actor, at=at, days=extra)
    return case


@transaction.atomic
def extend_case(
    *, actor: User, case_id: int, days: str, words: str, agrees: bool = True, revision: str, at: datetime
) -> Case:
    """Give the running step further days, with a reason: by who approves, at most what the kind allows in all. Who
    does not agree answers the request with no days."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    need_to_act(actor, "cases.act", "批准延期")
    problems: list[Problem] = []
    if not set(EXTENDERS) & actor.roles:
        problems.append(Problem("您不能批准延期", next_step="请由审批或领导批准"))
    if case.state != State.OPEN or case.due_on is None:
        problems.append(Problem("办件不在计时,不能延期", next_step="请打开最新的记录核对"))
    extra = read_extension(days, case.kind.extension_days, extended_days(case.pk), problems) if agrees else 0
    text = read_line(words, "延期理由", problems, longest=300)
    if not text:
        problems.append(Problem("请写理由", where="延期理由"))
    if not agrees and not case.asks_extension:
        problems.append(Problem("没有等批的延期申请", next_step="请打开最新的记录核对"))
    if problems:
        raise Refused(*problems)
    was = case.due_on
    write(
        case,
        Act.EXTENDED,
        actor=actor,
        at=at,
        revision=revision,
        words=text if agrees else f"不同意延期:{text}",
        to_step_id=case.step_id,
        term_days=extra,
    )
    log(case, "extended", actor=actor, at=at, was=was, due_on=case.due_on)
    return case


@transaction.atomic
def take_back_step(*, actor: User, case_id: int, revision: str, at: datetime) -> Case:
    """Take back one's own last step, as long as nobody has gone on; both rows stay in the history."""
    on = day_of(at)
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    row = last_undoable(case, actor)
    if row is None:
        step = "只能撤回自己刚办的、后面还没有人接着办的一步"
        raise Refused(Problem("没有可以撤回的一步", next_step=step))
    undone = CaseStep.objects.filter(pk=row.id, case=case).first()
    if undone is None:
        raise NotFound
    write(
        case, Act.TAKEN_BACK, actor=actor, at=at, revision=revision, undoes=undone, step_id=undone.step_id,
        words=f"撤回:{undone.get_act_display()}{'·' + undone.outcome.name if undone.outcome else ''}",
    )  # fmt: skip
    log(case, "taken_back", actor=actor, at=at, undone=undone.act)
    return case
