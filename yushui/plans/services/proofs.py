"""Recording papers with the duties that they prove: what a duty is, places does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.base.evidence import Sent
from yushui.base.refusals import Problem, Refused
from yushui.places import services as places
from yushui.places.models import Paper, PaperKind
from yushui.places.selectors.paper_kinds import get_own_paper_kind
from yushui.places.selectors.papers import get_paper
from yushui.places.services import paper_kinds
from yushui.places.types import PaperDraft, PaperKindDraft
from yushui.plans.selectors.proofs import duties_to_tick


@transaction.atomic
def add_paper(
    *, actor: User, draft: PaperDraft, duties: Sequence[str], sent: Sequence[Sent] = (), at: datetime
) -> Paper:
    """Add a paper that proves these duties beside the items of a standard that the draft names."""
    problems = problems_of_duties(actor, duties, ())
    try:
        paper = places.add_paper(actor=actor, draft=with_duties(draft, duties), sent=sent, at=at)
    except Refused as refused:
        raise Refused(*problems, *refused.problems) from refused
    if problems:
        raise Refused(*problems)
    return paper


@transaction.atomic
def change_paper(
    *, actor: User, paper_id: int, draft: PaperDraft, duties: Sequence[str], revision: str,
    sent: Sequence[Sent] = (), at: datetime,
) -> Paper:  # fmt: skip
    """Correct a paper and what it proves. A duty that was retired since stays with the papers that name it."""
    paper = get_paper(actor=actor, paper_id=paper_id)
    problems = problems_of_duties(actor, duties, [proof.code for proof in paper.proofs.all()])
    try:
        changed = places.change_paper(
            actor=actor, paper_id=paper_id, draft=with_duties(draft, duties), revision=revision, sent=sent, at=at
        )
    except Refused as refused:
        raise Refused(*problems, *refused.problems) from refused
    if problems:
        raise Refused(*problems)
    return changed


@transaction.atomic
def set_paper_kind(*, actor: User, draft: PaperKindDraft, code: str = "", at: datetime) -> PaperKind:
    """Add or change a county's own kind of paper, with the duty that its papers usually prove."""
    kept = [get_own_paper_kind(actor=actor, code=code).proves] if code else []
    problems = problems_of_duties(actor, [draft.proves] if draft.proves else [], kept)
    try:
        kind = paper_kinds.set_paper_kind(actor=actor, draft=draft, code=code, at=at)
    except Refused as refused:
        raise Refused(*problems, *refused.problems) from refused
    if problems:
        raise Refused(*problems)
    return kind


def problems_of_duties(actor: User, duties: Sequence[str], kept: Sequence[str]) -> list[Problem]:
    """Duties that are not in use here, or that papers do not fulfil."""
    known = {duty.pk for duty in duties_to_tick(actor=actor, kept=kept)}
    step = "请重新打开这一页,从列表里勾选"
    return [
        Problem("这项职责已停用或不靠文件证明", where="证明的职责", next_step=step)
        for code in duties if code not in known
    ]  # fmt: skip


def with_duties(draft: PaperDraft, duties: Sequence[str]) -> PaperDraft:
    """The draft with everything that the paper proves."""
    return replace(draft, proves=tuple(dict.fromkeys([*duties, *draft.proves])))
