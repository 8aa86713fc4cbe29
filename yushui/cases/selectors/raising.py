"""Money raised for a case (募捐): its donations and what was given out of them, all from the funds ledger."""

from __future__ import annotations

from dataclasses import dataclass

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.cases.models import Case
from yushui.funds.models import Donation
from yushui.funds.selectors.donations import donations_of_origin
from yushui.funds.selectors.money import sums_of_origin


@dataclass(frozen=True)
class Raised:
    """What came in and went out for one case; fen."""

    origin: str
    donations: list[Donation]
    raised_fen: int
    paid_fen: int

    @property
    def left_fen(self) -> int:
        """What came and was not given out yet."""
        return self.raised_fen - self.paid_fen


def origin_of(case: Case) -> str:
    """The text key of a case."""
    return f"cases.case:{case.pk}"


def raised_for(*, actor: User, case: Case) -> Raised | None:
    """The money of a case that raises some, for who may see money; None otherwise."""
    if not case.kind.raises_money or not may(actor, "funds.view_money"):
        return None
    origin = origin_of(case)
    sums = sums_of_origin(actor=actor, origin=origin)
    return Raised(origin, donations_of_origin(actor=actor, origin=origin), sums.income, sums.spent)
