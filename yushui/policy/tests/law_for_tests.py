"""The law of the repository, with layers of invented places that use every turn a place may take."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from yushui.policy.rules.law_files import build_law, parse_documents
from yushui.policy.types import PERIODIC, Law

LAW_DIR = Path(__file__).resolve().parents[3] / "law"


@lru_cache(maxsize=1)
def _documents() -> dict[str, Any]:
    paths = [p for p in LAW_DIR.rglob("*.yaml") if not p.name.startswith("situations")]
    return parse_documents({p.relative_to(LAW_DIR).as_posix(): p.read_text(encoding="utf-8") for p in paths})


def documents() -> dict[str, Any]:
    """All law files as parsed, free to be changed."""
    return deepcopy(_documents())


@lru_cache(maxsize=1)
def repository_law() -> Law:
    """The law as it is in the repository."""
    return build_law(_documents(), "repository")


def part(month: str) -> dict[str, str]:
    return {"month": month, "document": "试验"}


def local_rates(
    unit: str, keys: list[str], blocks: list[tuple[str, str, dict[Any, Any]]], combine: str
) -> dict[str, Any]:
    """A local rates.yaml."""
    from datetime import date  # noqa: PLC0415 only the tests' own tables need it

    return {
        "title": "试验", "unit": unit, "keys": keys, "combine": combine,
        "values": [
            {"from": date.fromisoformat(f), "printed": date.fromisoformat(p),
             "document": "试验", "mark": "invented", "rows": r}
            for f, p, r in blocks
        ],
    }  # fmt: skip


@lru_cache(maxsize=1)
def law_of_many_places() -> Law:
    """National (any area), 990101 (the demo county), 990102 (after, add, first), 990103 (rounding up, ring of
    winners).
    """
    docs = documents()
    docs["local/990102/layer.yaml"] = {
        "name": "试验二", "parts": {p: part("after") for p in ("start", "age", "sentence", "release")},
        "values": [{"name": "average_wage", "year": 2023, "fen": 7_459_207, "document": "试验"}],
    }  # fmt: skip
    pairs = [(a, b) for i, a in enumerate(PERIODIC[:11]) for b in PERIODIC[i:11]]
    national = {frozenset(p["benefits"]) for p in docs["national/overlap.yaml"]["pairs"]}
    docs["local/990102/overlap.yaml"] = {"pairs": [
        {"benefits": [a, b], "rule": "first", "first": b, "article": "试验"}
        for n, (a, b) in enumerate(pairs) if n % 2 and a != b and frozenset((a, b)) not in national
    ]}  # fmt: skip
    docs["local/990102/war_veteran_stipend/rates.yaml"] = local_rates(
        "fen/year", ["kind"], [("2022-08-01", "2022-09-15", {"WAR_VETERAN": 100_001})], "add"
    )
    docs["local/990102/disability_pension/benefit.yaml"] = {
        **docs["national/disability_pension/benefit.yaml"], "month_amount": "year_exact",
    }  # fmt: skip
    docs["local/990103/layer.yaml"] = {"name": "试验三", "parts": {"start": part("of"), "sentence": part("of")}}
    ring = [("red_army_stipend", "war_veteran_stipend"), ("war_veteran_stipend", "ill_veteran_stipend"),
            ("ill_veteran_stipend", "red_army_stipend")]  # fmt: skip
    docs["local/990103/overlap.yaml"] = {"pairs": [
        *({"benefits": [a, b], "rule": "first", "first": a, "article": "试验"} for a, b in ring),
        *({"benefits": [a, b], "rule": "higher", "article": "试验"} for n, (a, b) in enumerate(pairs)
          if n % 3 and frozenset((a, b)) not in national and (a, b) not in ring and (b, a) not in ring),
    ]}  # fmt: skip
    docs["local/990103/rural_veteran_stipend/benefit.yaml"] = {
        **docs["national/rural_veteran_stipend/benefit.yaml"], "rounding": {"to": 100, "mode": "up"},
    }  # fmt: skip
    return build_law(docs, "many")
