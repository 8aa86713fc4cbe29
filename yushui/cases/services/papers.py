"""The printed forms of a case, filled from its rows; each making of one is in the log."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.cases.models import Case, CaseStep
from yushui.cases.selectors.cases import get_clear_case, papers_missing
from yushui.cases.services.rows import log
from yushui.cases.types.cases import RATING_NAMES, Act
from yushui.cases.word import MAKERS, CasePaper
from yushui.places.selectors import area_names

PAPER_NAMES = {"notice": "受理告知书", "sheet": "办理单", "answer": "答复意见书"}
LONGEST = 300


def make_paper(*, actor: User, case_id: int, form: str, on: date, at: datetime) -> tuple[bytes, str]:
    """A form (notice, sheet, answer) and its file name. Refused while there is nothing to say in it; NotFound for
    forms that do not exist and for cases whose names are hidden from the actor."""
    if form not in MAKERS:
        raise NotFound
    case = get_clear_case(actor=actor, case_id=case_id, on=on)
    rows = list(case.steps.select_related("step", "outcome", "reason", "to_step").order_by("id"))
    undone = {row.undoes_id for row in rows if row.undoes_id}
    alive = [row for row in rows if row.pk not in undone and row.act != Act.TAKEN_BACK]
    answers = [row for row in alive if row.act == Act.REPLIED]
    if form == "answer" and not answers:
        raise Refused(Problem("还没有答复,不能打印答复意见书", next_step="请先在办件页登记答复内容"))
    content = MAKERS[form](words_of(case, alive, on))
    log(case, "printed", actor=actor, at=at, form=form)
    return content, f"{PAPER_NAMES[form]}_{case.number}.docx"


def words_of(case: Case, rows: list[CaseStep], on: date) -> CasePaper:
    """The case in the words of its forms."""
    decided = [row for row in rows if row.act == Act.DECIDED and row.outcome is not None]
    answers = [row for row in rows if row.act == Act.REPLIED]
    first = decided[0] if decided else None
    refused = first is not None and bool(first.result) and first.result != "SETTLED"
    accepted = "经审查，决定予以受理" if first is not None else "已经登记，正在审查"
    if first is not None and refused and first.outcome is not None:
        accepted = f"经审查，{first.outcome.name}"
    office = office_name(case, answers[-1] if answers else decided[-1] if decided else None)
    return CasePaper(
        number=f"（{case.number}）", kind=case.kind.name, title=case.title, text=case.text, asker=case.asker_name,
        cause=case.cause.name if case.cause else "", channel=str(case.get_channel_display()),
        opened_on=case.opened_on, due_on=case.due_on, accepted=accepted, office=office,
        answer=answers[-1].words.partition(":")[2] if answers else "",
        result=str(case.get_result_display()) if case.result else "办理中",
        articles=(f"办理依据：{case.kind.source}。",) if case.kind.source else (),
        rights=rights_of(case), papers=tuple(paper.name for paper in papers_missing(case)),
        history=tuple(history_line(row) for row in rows), is_open=case.closed_on is None, on=on,
    )  # fmt: skip


def office_name(case: Case, last: CaseStep | None) -> str:
    """Who signs: the unit of who acted last, else the office that holds the case."""
    if last is not None and last.unit_name:
        return last.unit_name
    code = case.holder_code or case.area_id
    return f"{area_names([code]).get(code, '')}退役军人事务办理单位"


def rights_of(case: Case) -> tuple[str, ...]:
    """What one may do who does not accept the answer; only where the kind has a review."""
    if not case.kind.appeal_to:
        return ()
    return (f"如不服本意见，可以自收到之日起{case.kind.appeal_days}日内申请复查(复核)。",)


def history_line(row: CaseStep) -> tuple[str, str, str, str]:
    """One line of 办理单."""
    what = row.outcome.name if row.outcome else str(row.get_act_display())
    if row.act == Act.RATED:
        what = f"评价：{RATING_NAMES.get(row.rating or 0, '')}"
    reason = f"理由：{row.reason.name}。" if row.reason else ""
    return row.on.isoformat(), what, f"{row.by_name} {row.unit_name}".strip(), f"{reason}{row.words}"[:LONGEST]
