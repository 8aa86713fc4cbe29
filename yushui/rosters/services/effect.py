"""Effect on money: what the people whom a file touches are due this month, before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from yushui.base.days import month_of
from yushui.base.refusals import Refused
from yushui.benefits.selectors.inputs import local_values
from yushui.policy.engine import compute_columns
from yushui.policy.selectors import current_law
from yushui.policy.types import BENEFIT_NAMES, PERIODIC, STATUS_COLUMNS, Facts
from yushui.rosters.rules.plan import PersonNow, Planned
from yushui.rosters.selectors import events_of

FACT_COLUMNS = STATUS_COLUMNS[2:]
Rows = list[tuple[object, ...]]


@dataclass
class Affected:
    """Facts of the people a file touches, as they are and as they would be. New people carry negative ids."""

    persons: Rows = field(default_factory=list)
    before: Rows = field(default_factory=list)
    after: Rows = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)  # row of the file → id of the new person it brings

    def take(self, planned: Planned, known: PersonNow | None) -> None:
        """Note one planned row; rows that change no status and no village cannot change money."""
        if known is None:
            self.take_new(planned)
        elif (
            planned.status
            or planned.status_changes
            or "area" in planned.person
            or "has_mental_illness" in planned.person
        ):
            self.take_known(planned, known)

    def take_new(self, planned: Planned) -> None:
        """Someone the register does not know."""
        person_id = self.ids.get(planned.joins or 0, -planned.row)
        if planned.joins is None:
            self.ids[planned.row] = person_id
            ill = int(bool(planned.person.get("has_mental_illness")))
            self.persons.append((person_id, planned.person["area"], planned.person["born_on"], None, "", ill))
        if planned.status:
            self.after.append(status_row(-planned.row, person_id, planned.status))

    def take_known(self, planned: Planned, known: PersonNow) -> None:
        """Someone of the register: the same facts twice, once with the row's changes."""
        if known.person_id not in self.ids:
            self.ids[known.person_id] = known.person_id
            self.known.append(known.person_id)
            ill = int(bool(planned.person.get("has_mental_illness", known.values["has_mental_illness"])))
            area = planned.person.get("area", known.values["area"])
            self.persons.append((known.person_id, area, known.values["born_on"], known.died_on, "", ill))
            for status in known.statuses:
                is_it = planned.status_now is not None and status.row_id == planned.status_now.row_id
                self.before.append(status_row(status.lineage, known.person_id, status.values))
                changed = planned.status_changes if is_it else {}
                self.after.append(status_row(status.lineage, known.person_id, {**status.values, **changed}))
        if planned.status:
            self.after.append(status_row(-planned.row, known.person_id, planned.status))


def status_row(status_id: int, person_id: int, values: dict[str, object]) -> tuple[object, ...]:
    """A status in the order the engine reads."""
    return (status_id, person_id, *(values.get(name) for name in FACT_COLUMNS))


def effect_of(affected: Affected, *, area_code: str, on: date, at: datetime) -> dict[str, object]:
    """Sums of the month in fen for the page, in all and by benefit; or why they cannot be worked out."""
    month = month_of(on)
    if not affected.persons:
        return {"month": month, "before": 0, "after": 0, "heads_before": 0, "heads_after": 0, "asked": 0, "lines": []}
    try:
        _, law = current_law()
    except Refused as refused:
        return {"month": month, "why_not": str(refused)}
    events = [row[:3] for row in events_of(affected.known)]
    values = local_values(area_code, at)
    sums = {}
    for name, statuses in (("before", affected.before), ("after", affected.after)):
        facts = Facts.from_rows(affected.persons, statuses, events, values)
        columns = compute_columns(law, facts, first_month=month, end_month=month + 1, known_on=on).columns
        sums[name] = by_benefit(columns["benefit"], columns["fen"], columns["verdict"] == 0, columns["person_id"])
        sums[name]["asked"] = len(np.unique(columns["person_id"][columns["verdict"] == 1]))
    lines = [
        [BENEFIT_NAMES[name], sums["before"].get(name, 0), sums["after"].get(name, 0)]
        for name in PERIODIC
        if sums["before"].get(name) or sums["after"].get(name)
    ]
    return {
        "month": month,
        "before": sums["before"]["total"],
        "after": sums["after"]["total"],
        "heads_before": sums["before"]["heads"],
        "heads_after": sums["after"]["heads"],
        "asked": sums["after"]["asked"],
        "lines": lines,
    }


def by_benefit(
    benefit: np.ndarray, fen: np.ndarray, granted: np.ndarray, person: np.ndarray
) -> dict[str, int]:  # fmt: skip
    """Sum by benefit, the total, and the number of people."""
    found = {PERIODIC[code]: int(fen[granted & (benefit == code)].sum()) for code in set(benefit[granted].tolist())}
    paid = granted & (fen > 0)
    return {**found, "total": int(fen[granted].sum()), "heads": len(np.unique(person[paid]))}
