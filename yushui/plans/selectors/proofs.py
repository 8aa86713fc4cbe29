"""What papers prove: the duties a form offers to tick, their names, and which papers the actor's units still owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.places.models import Paper, PaperKind, Unit, UnitKind
from yushui.places.permissions import may_record_paper
from yushui.places.selectors.papers import get_paper, list_paper_kinds
from yushui.places.selectors.units import get_unit, list_units, my_units
from yushui.places.types import PaperDraft
from yushui.plans.models import DutyKind
from yushui.plans.rules.duties import period_of
from yushui.plans.rules.papers import title_of
from yushui.plans.selectors.duties import duties_in_reach
from yushui.plans.selectors.papers import papers_by_ower

MOST_UNITS = 400


def duties_to_tick(*, actor: User, kept: Sequence[str] = ()) -> list[DutyKind]:
    """Duties that papers fulfil, in use in the actor's area, and those that a paper names already."""
    rows = duties_in_reach(actor).filter(by="PAPER")
    return [duty for duty in rows if not duty.retired or duty.pk in kept]


@dataclass(frozen=True)
class Proof:
    """One thing that a paper proves: a duty by name, or an item of a standard by its number."""

    words: str
    duty_code: str = ""


def proofs_of(*, actor: User, paper: Paper) -> list[Proof]:
    """What a paper proves, in words; duties first."""
    codes = [proof.code for proof in paper.proofs.all()]
    names = dict(duties_in_reach(actor).filter(pk__in=codes).values_list("code", "name"))
    duties = [Proof(names[code], code) for code in codes if code in names]
    return duties + [Proof(f"考评标准 {code}") for code in sorted(set(codes) - set(names))]


def split_proofs(*, actor: User, codes: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The duties among codes, and the items of a standard."""
    known = set(duties_in_reach(actor).filter(pk__in=codes).values_list("code", flat=True))
    return tuple(code for code in codes if code in known), tuple(code for code in codes if code not in known)


def units_to_issue(*, actor: User, on: date, chosen: str = "") -> list[Unit]:
    """Units whose papers the actor may record: every one of the area for clerks (for a county without those of
    villages, which their own page leads to), else those in which the actor holds a post."""
    if not may(actor, "places.change"):
        return my_units(actor=actor, on=on)
    rows = list_units(actor=actor, on=on)
    if len(actor.area_code.rstrip("0")) <= 6:
        rows = rows.filter(area__level__lt=5)
    units = list(rows[:MOST_UNITS])
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 16 and int(chosen) not in {u.pk for u in units}:
        units += list(list_units(actor=actor).filter(pk=int(chosen)))
    return units


@dataclass(frozen=True)
class OwedPaper:
    """A paper that a unit still owes in the running period, and what its form begins with."""

    unit: Unit
    duty: DutyKind
    kind: PaperKind | None


def owed_papers(*, actor: User, on: date) -> list[OwedPaper]:
    """Papers of this year and quarter that the actor's own member units have not handed in."""
    mine = [unit for unit in my_units(actor=actor, on=on) if unit.kind == UnitKind.MEMBER]
    if not mine:
        return []
    kinds = {kind.proves: kind for kind in list_paper_kinds(actor=actor) if kind.proves}
    found = []
    for duty in duties_to_tick(actor=actor):
        if duty.owes != "MEMBER" or (duty.starts_on and duty.starts_on > on):
            continue
        handed = papers_by_ower(area_code=actor.area_code, duty=duty, year=on.year, on=on)
        place = period_of(duty.rhythm, on.month)
        found += [
            OwedPaper(unit, duty, kinds.get(duty.pk))
            for unit in mine
            if handed.get(str(unit.pk), {}).get(place, 0) < duty.times
        ]
    return found


def new_paper(*, actor: User, kind: str, unit: str, duty: str, on: date) -> PaperDraft:
    """What the form of a new paper begins with: the unit asked for or the actor's only one, a title that says what it
    is, and the duty that papers of the kind prove when a member unit issues them."""
    mine = my_units(actor=actor, on=on)
    number = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 16 else 0
    chosen = get_unit(actor=actor, unit_id=number) if number else mine[0] if len(mine) == 1 else None
    known = {row.code: row for row in list_paper_kinds(actor=actor)}
    row = known.get(kind)
    member = chosen is not None and chosen.kind == UnitKind.MEMBER
    proves = duty or (row.proves if row and member else "")
    title = title_of(chosen.name, row.name, on) if chosen and row and row.proves else ""
    return PaperDraft(
        kind=kind if row else "", unit_id=str(chosen.pk) if chosen else "", title=title,
        issued_on=on.isoformat() if title else "", proves=(proves,) if proves else (),
    )  # fmt: skip


def get_paper_to_change(*, actor: User, paper_id: int, on: date) -> Paper | None:
    """A paper that the actor may change; None when it may only be read."""
    paper = get_paper(actor=actor, paper_id=paper_id)
    return paper if paper.withdrawn_at is None and may_record_paper(actor, paper.unit_id, on) else None
