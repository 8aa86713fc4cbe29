"""Reading runs: what goes in, what came out, how an amount came about. For other packages: monthly_due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from yushui.benefits.rules import expand
from yushui.benefits.selectors.inputs import local_values
from yushui.policy import engine
from yushui.policy import selectors as policy
from yushui.policy.types import Facts


def monthly_due(*, facts: Facts, area: str, month: int, at: datetime) -> dict[tuple[int, str], int]:
    """Fen due in one month by (person, benefit) under the law in force, for facts that need not be in the register yet:
    what an import would change in money."""
    _, law = policy.current_law()
    known = replace(facts, local_values=local_values(area, at))
    spans = engine.compute(law, known, first_month=month, end_month=month + 1, known_on=timezone.localtime(at).date())
    due = expand(spans, month, month + 1)
    return {(person_id, benefit): fen for (person_id, benefit, _), fen in due.items()}
