"""The same rules as a smallest OpenFisca country package: statuses are the persons, beneficiaries the group entity."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.engine_register import ARREARS, END, FIRST, KINDS, KNOWN_NOW, KNOWN_THEN, rate_table
from yushui.policy.types import Law

Claim = build_entity(key="claim", plural="claims", label="status", doc="", is_person=True)
Person = build_entity(
    key="person", plural="people", label="person", doc="", roles=[{"key": "holder", "label": "holder"}]
)
INPUTS = ("kind", "lo", "hi", "grade", "cause", "years", "benefit")


def write_parameters(folder: Path, law: Law, known_on: date) -> None:
    """One file per leaf with its dated values; what was not known then is left out (OpenFisca has no second clock)."""
    table = rate_table(law)
    for grade in range(7, 11):  # fancy indexing wants every cell; nobody holds these
        table[0, grade, 2] = table[0, grade, 1]
    for (kind, grade, cause), dated in table.items():
        leaf = folder / f"k{kind}" / f"g{grade}" / f"c{cause}.yaml"
        leaf.parent.mkdir(parents=True, exist_ok=True)
        values = "".join(
            f"  {starts}:\n    value: {fen * 12 // per}\n" for starts, known, fen, per in dated if known <= known_on
        )
        leaf.write_text(f"description: fen a year\nvalues:\n{values}", encoding="utf-8")


def make_variables() -> list[type[Variable]]:
    """Inputs, one variable per kind of rule, the key of a claim, and the person's highest."""
    made: list[Any] = [
        type(name, (Variable,), {"value_type": int, "entity": Claim, "definition_period": ETERNITY, "label": name})
        for name in INPUTS
    ]

    def active(claim: Any, period: Any) -> Any:
        m = period.start.year * 12 + period.start.month - 1
        return (claim("lo", period) <= m) * (m <= claim("hi", period))

    def disability(claim: Any, period: Any, parameters: Any) -> Any:
        on = np.flatnonzero(claim("kind", period) == 0)  # look up only where needed, which is kind to the engine
        grades = np.char.add("g", claim("grade", period)[on].astype(str))
        causes = np.char.add("c", claim("cause", period)[on].astype(str))
        out = np.zeros(claim.count, np.int64)
        out[on] = (parameters(period).k0[grades][causes].astype(np.int64) + 6) // 12
        return out

    def flat(claim: Any, period: Any, parameters: Any) -> Any:
        node = parameters(period)
        kinds = claim("kind", period)
        yearly = np.select(
            [kinds == k for k in range(1, len(KINDS))], [node[f"k{k}"].g0.c0 for k in range(1, len(KINDS))]
        )
        return (yearly.astype(np.int64) * claim("years", period) + 6) // 12

    def claim_key(claim: Any, period: Any) -> Any:
        fen = claim("disability", period) + claim("flat", period)
        return claim("active", period) * (fen * 16 + 15 - claim("benefit", period))

    def highest(person: Any, period: Any) -> Any:
        return person.max(person.members("claim_key", period))

    for function, entity, kind in (
        (active, Claim, bool), (disability, Claim, int), (flat, Claim, int), (claim_key, Claim, int), (highest,
        Person, int),
    ):  # fmt: skip
        made.append(type(function.__name__, (Variable,), {
            "value_type": kind, "entity": entity, "definition_period": MONTH, "label": "", "formula": function,
        }))  # fmt: skip
    return made


VARIABLES = make_variables()


def make_system(law: Law, known_on: date) -> TaxBenefitSystem:
    class System(TaxBenefitSystem):
        def __init__(self) -> None:
            super().__init__([Claim, Person])
            for variable in VARIABLES:
                self.add_variable(variable)
            with tempfile.TemporaryDirectory() as folder:
                write_parameters(Path(folder), law, known_on)
                self.load_parameters(folder)

    return System()


def simulate(system: TaxBenefitSystem, columns: dict[str, Any], persons: int) -> Any:
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("claim", np.arange(len(columns["kind"])))
    builder.declare_entity("person", np.arange(persons))
    roles = np.array(["holder"] * len(columns["kind"]))
    builder.join_with_persons(builder.populations["person"], columns["owner"], roles)
    simulation = builder.build(system)
    for name in INPUTS:
        simulation.set_input(name, "ETERNITY", columns[name])
    return simulation


def run(systems: tuple[Any, Any], columns: dict[str, Any], persons: int) -> dict[str, int]:
    """Due of the year now, and what was due for August to October as known then, by benefit; timed by the caller."""
    totals: dict[str, int] = {}
    windows = (("now", systems[0], FIRST, END), ("then", systems[1], *ARREARS))
    for name, system, first, end in windows:
        simulation = simulate(system, columns, persons)
        for month in range(first, end):
            period = f"{month // 12}-{month % 12 + 1:02d}"
            key = simulation.calculate("highest", period).astype(np.int64)
            paid = np.flatnonzero(key)
            sums = np.zeros(16, np.int64)
            np.add.at(sums, 15 - (key[paid] & 15), key[paid] >> 4)
            for benefit in np.flatnonzero(sums):
                slot = f"{name}:{benefit}"
                totals[slot] = totals.get(slot, 0) + int(sums[benefit])
            for variable in VARIABLES[len(INPUTS) :]:
                simulation.delete_arrays(variable.__name__, period)  # else memory grows twelvefold
    return totals


def both_systems(law: Law) -> tuple[Any, Any]:
    return make_system(law, KNOWN_NOW), make_system(law, KNOWN_THEN)
