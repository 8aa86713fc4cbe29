"""Data of one-off sums: income series, honours tables, local formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yushui.base.refusals import Problem
from yushui.policy.types import Source


def read_claim_files(
    folders: Mapping[str, tuple[dict[str, Any], dict[str, dict[str, Any]]]],
    sources: Mapping[str, Source],
    problems: list[Problem],
) -> dict[str, Any]:
    """What a layer says of one-off sums."""
    return {}
