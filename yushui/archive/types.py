"""Codes of the archive; drafts as typed."""

from __future__ import annotations

from dataclasses import dataclass

KEEP_NAMES: dict[str, str] = {"PERMANENT": "永久", "Y30": "30 年", "Y10": "10 年"}
EXPORT_STATES: dict[str, str] = {"ASKED": "待审批", "APPROVED": "已同意", "REFUSED": "未同意"}


@dataclass(frozen=True)
class BoxDraft:
    """A box (盒) as typed."""

    fonds: str = ""
    catalogue: str = ""
    year: str = ""
    pile: str = ""
    title: str = ""
    keep: str = ""
    shelf: str = ""
    client_key: str = ""
