"""Writing what happened: one row, then the case's columns as the rules reckon them from all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.evidence import Piece, keep_piece
from yushui.base.once import once
from yushui.base.revisions import change_row
from yushui.cases.models import Case, CaseEvidence, CaseStep, KindStep
from yushui.cases.permissions import office_code
from yushui.cases.rules.standing import Standing
from yushui.cases.selectors.cases import standing_of
from yushui.cases.types.cases import Act
from yushui.cases.types.kinds import DECIDERS
from yushui.places.models import Unit


def day_of(at: datetime) -> date:
    """The day in the office."""
    return timezone.localtime(at).date()


def columns_of(standing: Standing) -> dict[str, Any]:
    """A standing as columns of a case."""
    values = asdict(standing)
    return {
        **{name: values[name] for name in ("since", "holder_code", "holder_role", "holder_user", "holder_name")},
        **{name: values[name] for name in ("due_on", "closed_on", "result", "replied_on", "rating", "asks_extension")},
        "state": str(standing.state), "step_id": standing.step, "holder_unit_id": standing.holder_unit,
    }  # fmt: skip


def arrival(step: KindStep, area_code: str, *, point: Unit | None = None) -> dict[str, Any]:
    """Where a case goes that reaches a step, and the term that begins: kept as it is now. The people of a legal point
    do all of its steps but those of who reviews or approves."""
    return {
        "to_step": step, "to_code": office_code(area_code, step.level), "to_role": step.role, "term_days": step.days,
        "term_count": step.count if step.days else "", "to_unit": None if step.role in DECIDERS else point,
    }  # fmt: skip


def known_row(actor: User, key: str) -> CaseStep | None:
    """The row that this form already wrote: sent twice it is one."""
    plain = key.strip()
    return CaseStep.objects.filter(client_key=plain, by=actor.pk).select_related("case").first() if plain else None


def write(
    case: Case, act: Act, *, actor: User, at: datetime, revision: str | int | None = None, on: date | None = None,
    **columns: Any,
) -> CaseStep:  # fmt: skip
    """Keep what happened and bring the case in line; refused when someone was quicker (`revision`)."""
    with once():
        row = CaseStep.objects.create(
            case=case, act=str(act), on=on or day_of(at), step_id=columns.pop("step_id", case.step_id), at=at,
            by=actor.pk, by_name=actor.get_full_name(), unit_name=actor.unit_name, **columns,
        )  # fmt: skip
    seen = case.revision if revision is None else revision
    change_row(case, seen, **columns_of(standing_of(case.pk)))
    return row


def log(case: Case, act: str, *, actor: User, at: datetime, **now: object) -> None:
    """The line of the log: number and kind, never whom it is about."""
    audit.record(
        actor=actor, action=f"cases.case.{act.lower()}", subject=case, area_code=case.area_id, at=at,
        now={"number": case.number, "kind": case.kind_id, **now},
    )  # fmt: skip


def keep_pieces(case: Case, pieces: Sequence[Piece], *, actor: User, at: datetime) -> int:
    """Rows for files and links; what the case holds already is not kept twice."""
    kept = 0
    for piece in pieces:
        row: dict[str, Any] = keep_piece(piece, actor=actor, at=at)
        same = CaseEvidence.objects.filter(case=case, withdrawn_at=None)
        if (same.filter(file=row["file"]) if row["file"] else same.filter(link=piece.link)).exists():
            continue
        CaseEvidence.objects.create(case=case, **row)
        kept += 1
    return kept
