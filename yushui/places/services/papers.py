"""Verbs of papers in force: adding, changing, withdrawing; the catalogue of their kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.evidence import Piece, Sent, keep_piece, read_pieces
from yushui.base.kinds import align_kinds, read_catalogue
from yushui.base.refusals import Problem, Refused
from yushui.base.revisions import change_row
from yushui.base.texts import read_line
from yushui.places.models import Paper, PaperEvidence, PaperKind, PaperProof
from yushui.places.permissions import check_change_places
from yushui.places.rules.units import PaperFacts, read_paper
from yushui.places.selectors.papers import get_paper, list_paper_kinds
from yushui.places.selectors.units import get_unit
from yushui.places.types import PaperDraft

FILE = "paper_kinds.yaml"


@transaction.atomic
def load_paper_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the kinds of papers in line with the catalogue; how many it holds."""
    entries = read_catalogue(FILE, "kinds", title="文件种类", path=path)
    changed, retired = align_kinds(PaperKind, entries, where=FILE)
    if changed or retired:
        audit.record(
            actor=None, action="places.paper_kinds.loaded", subject="places.paperkind", at=at, changed=len(changed),
            retired=retired,
        )  # fmt: skip
    return len(entries)


@transaction.atomic
def add_paper(*, actor: User, draft: PaperDraft, sent: Sequence[Sent] = (), at: datetime) -> Paper:
    """Add a paper in force with its scans; the same form sent twice is one paper."""
    known = Paper.objects.filter(client_key=draft.client_key.strip(), recorded_by=actor.pk).first()
    if known is not None:
        return known
    facts, pieces = judged(actor, draft, sent, at)
    unit = get_unit(actor=actor, unit_id=facts.unit_id)
    check_change_places(actor, unit.area_id)
    try:
        with transaction.atomic():
            paper = Paper.objects.create(
                **columns_of(facts), area_id=unit.area_id, client_key=facts.client_key, recorded_at=at,
                recorded_by=actor.pk, recorded_name=actor.get_full_name(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Problem("这张表单已经用过", next_step="请重新打开这一页再填")) from error
    write_belongings(paper, facts, pieces, actor, at)
    audit.record(
        actor=actor, action="places.paper.added", subject=paper, area_code=paper.area_id, at=at, title=paper.title,
        number=paper.number,
    )  # fmt: skip
    return paper


@transaction.atomic
def change_paper(
    *, actor: User, paper_id: int, draft: PaperDraft, revision: str, sent: Sequence[Sent] = (), at: datetime
) -> Paper:
    """Correct a paper or add scans; refused when somebody changed it since `revision` was shown."""
    paper = get_paper(actor=actor, paper_id=paper_id)
    check_change_places(actor, paper.area_id)
    facts, pieces = judged(actor, draft, sent, at)
    unit = get_unit(actor=actor, unit_id=facts.unit_id)
    check_change_places(actor, unit.area_id)
    was = {"title": paper.title, "number": paper.number, "ends_on": paper.ends_on}
    change_row(paper, revision, **columns_of(facts), area_id=unit.area_id)
    write_belongings(paper, facts, pieces, actor, at)
    audit.record(
        actor=actor, action="places.paper.changed", subject=paper, area_code=paper.area_id, at=at, was=was,
        now={"title": paper.title, "number": paper.number, "ends_on": paper.ends_on},
    )  # fmt: skip
    return paper


def judged(actor: User, draft: PaperDraft, sent: Sequence[Sent], at: datetime) -> tuple[PaperFacts, list[Piece]]:
    """The facts and the files of a form, or Refused with everything wrong with both."""
    kinds = frozenset(kind.code for kind in list_paper_kinds(actor=actor))
    facts, problems = read_paper(draft, kinds=kinds, today=timezone.localtime(at).date())
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
    check_change_places(actor, paper.area_id)
    problems: list[Problem] = []
    why = read_line(reason, "废止原因", problems, longest=120)
    if not why:
        problems.append(Problem("请写明废止原因", where="废止原因", next_step="例如:已有新文件"))
    if paper.withdrawn_at is not None:
        problems.append(Problem("这份文件已经废止"))
    if problems:
        raise Refused(*problems)
    Paper.objects.filter(pk=paper.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_reason=why)
    audit.record(
        actor=actor, action="places.paper.withdrawn", subject=paper, area_code=paper.area_id, at=at, reason=why
    )
    paper.refresh_from_db()
    return paper
