"""Verbs of papers in force: adding, changing, withdrawing, taking back a scan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.evidence import Piece, Sent, keep_piece, read_pieces
from yushui.base.once import once
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_line
from yushui.places.models import Paper, PaperEvidence, PaperProof
from yushui.places.permissions import check_record_paper
from yushui.places.rules.papers import PaperFacts, read_paper
from yushui.places.selectors.papers import get_paper, get_paper_file, list_paper_kinds
from yushui.places.selectors.units import get_unit
from yushui.places.types import PaperDraft


@transaction.atomic
def add_paper(*, actor: User, draft: PaperDraft, sent: Sequence[Sent] = (), at: datetime) -> Paper:
    """Add a paper in force with its scans; the same form sent twice is one paper. Clerks add those of every unit of
    their area, others those of the units in which they hold a post. `proves` are taken as they come: what the codes
    mean is known above (plans.services.proofs)."""
    known = Paper.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, pieces = judged(actor, draft, sent, at)
    unit = get_unit(actor=actor, unit_id=facts.unit_id)
    check_record_paper(actor, unit.pk, day_of(at))
    refuse_double(facts, None)
    with once():
        paper = Paper.objects.create(
            **columns_of(facts), area_id=unit.area_id, client_key=facts.client_key, recorded_at=at,
            recorded_by=actor.pk, recorded_name=actor.get_full_name(),
        )  # fmt: skip
    write_belongings(paper, facts, pieces, actor, at)
    audit.record(
        actor=actor, action="places.paper.added", subject=paper, area_code=paper.area_id, at=at, title=paper.title,
        number=paper.number, proves=list(facts.proves),
    )  # fmt: skip
    return paper


@transaction.atomic
def change_paper(
    *, actor: User, paper_id: int, draft: PaperDraft, revision: str, sent: Sequence[Sent] = (), at: datetime
) -> Paper:
    """Correct a paper or add scans; refused when somebody changed it since `revision` was shown."""
    paper = get_paper(actor=actor, paper_id=paper_id)
    check_record_paper(actor, paper.unit_id, day_of(at))
    if paper.withdrawn_at is not None:
        raise Refused(Problem("这份文件已经废止,不能再改", where=paper.title, next_step="请登记新的文件"))
    facts, pieces = judged(actor, draft, sent, at, kept=paper.kind_id)
    unit = get_unit(actor=actor, unit_id=facts.unit_id)
    check_record_paper(actor, unit.pk, day_of(at))
    refuse_double(facts, paper)
    was = said_of(paper)
    change_row(paper, revision, **columns_of(facts), area_id=unit.area_id)
    write_belongings(paper, facts, pieces, actor, at)
    audit.record(
        actor=actor, action="places.paper.changed", subject=paper, area_code=paper.area_id, at=at, was=was,
        now=said_of(paper),
    )  # fmt: skip
    return paper


def day_of(at: datetime) -> date:
    """The day of a moment in the house's time zone."""
    return timezone.localtime(at).date()


def said_of(paper: Paper) -> dict[str, object]:
    """What a paper says, for the log."""
    proofs = sorted(PaperProof.objects.filter(paper=paper).values_list("code", flat=True))
    return {
        "title": paper.title, "number": paper.number, "kind": paper.kind_id, "unit": paper.unit_id,
        "issued_on": paper.issued_on, "starts_on": paper.starts_on, "ends_on": paper.ends_on, "proves": proofs,
    }  # fmt: skip


def refuse_double(facts: PaperFacts, paper: Paper | None) -> None:
    """The same number of the same unit, or the same title on the same day, is the same paper."""
    rows = Paper.objects.filter(unit_id=facts.unit_id, withdrawn_at=None)
    rows = rows.exclude(pk=paper.pk) if paper else rows
    same = Q(title=facts.title, issued_on=facts.issued_on)
    same |= Q(number=facts.number) if facts.number else Q(pk__in=[])
    if (known := rows.filter(same).first()) is not None:
        step = "请打开已登记的那一份修改或补传"
        raise Refused(Problem(f"这份文件已经登记过:{known.title}", where="标题", next_step=step))


def judged(
    actor: User, draft: PaperDraft, sent: Sequence[Sent], at: datetime, kept: str = ""
) -> tuple[PaperFacts, list[Piece]]:
    """The facts and the files of a form, or Refused with everything wrong with both. A paper keeps its kind (`kept`)
    though that was retired."""
    kinds = frozenset({kind.code for kind in list_paper_kinds(actor=actor)} | ({kept} if kept else set()))
    facts, problems = read_paper(draft, kinds=kinds, today=day_of(at))
    pieces = read_pieces(sent, problems)
    if facts is None or problems:
        raise Refused(*problems)
    return facts, pieces


def columns_of(facts: PaperFacts) -> dict[str, object]:
    """The columns of a paper's row."""
    return {
        "kind_id": facts.kind, "unit_id": facts.unit_id, "number": facts.number, "title": facts.title,
        "issued_on": facts.issued_on, "starts_on": facts.starts_on, "ends_on": facts.ends_on, "note": facts.note,
    }  # fmt: skip


def write_belongings(paper: Paper, facts: PaperFacts, pieces: Sequence[Piece], actor: User, at: datetime) -> None:
    """What it proves, as it now is, and the scans that came with the form."""
    paper.proofs.exclude(code__in=facts.proves).delete()
    known = set(paper.proofs.values_list("code", flat=True))
    PaperProof.objects.bulk_create(PaperProof(paper=paper, code=code) for code in facts.proves if code not in known)
    for piece in pieces:
        PaperEvidence.objects.create(paper=paper, **keep_piece(piece, actor=actor, at=at))


@transaction.atomic
def withdraw_paper(*, actor: User, paper_id: int, reason: str, at: datetime) -> Paper:
    """Take a paper out of force, with the reason (废止); the row stays."""
    paper = get_paper(actor=actor, paper_id=paper_id)
    check_record_paper(actor, paper.unit_id, day_of(at))
    problems: list[Problem] = []
    why = read_line(reason, "废止原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明废止原因", where="废止原因", next_step="例如:已有新文件"))
    if paper.withdrawn_at is not None:
        problems.append(Problem("这份文件已经废止"))
    if problems:
        raise Refused(*problems)
    change_row(paper, paper.revision, withdrawn_at=at, withdrawn_reason=why)
    audit.record(
        actor=actor, action="places.paper.withdrawn", subject=paper, area_code=paper.area_id, at=at, reason=why
    )
    return paper


@transaction.atomic
def withdraw_paper_file(*, actor: User, piece_id: int, at: datetime) -> PaperEvidence:
    """Take back a scan or link that does not belong to the paper; the row stays, and is no longer shown."""
    piece = get_paper_file(actor=actor, piece_id=piece_id)
    check_record_paper(actor, piece.paper.unit_id, day_of(at))
    PaperEvidence.objects.filter(pk=piece.pk, withdrawn_at=None).update(withdrawn_at=at)
    audit.record(
        actor=actor, action="places.paper.file_withdrawn", subject=piece.paper, area_code=piece.paper.area_id, at=at,
        title=piece.title,
    )  # fmt: skip
    return piece
