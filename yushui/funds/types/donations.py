"""Donations (捐赠): who gives, what was promised and received, a draft as typed."""

from __future__ import annotations

from dataclasses import dataclass

DONOR_NAMES: dict[str, str] = {"UNIT": "单位", "PERSON": "个人"}
STATE_NAMES: dict[str, str] = {"PROMISED": "待到账", "PARTLY": "部分到账", "RECEIVED": "已到账", "ENDED": "已终止"}


@dataclass(frozen=True)
class DonationDraft:
    """A donation as typed. Money that is there already stands in `received`; without a promise it is the promise."""

    fund_id: int | None = None
    donor_kind: str = "UNIT"
    donor_name: str = ""
    is_unnamed: bool = False
    promised: str = ""
    promised_on: str = ""
    received: str = ""
    voucher: str = ""
    wish: str = ""
    note: str = ""
    client_key: str = ""
    origin: str = ""
    origin_words: str = ""


def donation_state(*, promised_fen: int, received_fen: int, ended: bool) -> str:
    """How far a donation is; money that came counts even when the rest will not."""
    if received_fen >= promised_fen > 0:
        return "RECEIVED"
    if ended:
        return "ENDED"
    return "PARTLY" if received_fen > 0 else "PROMISED"
