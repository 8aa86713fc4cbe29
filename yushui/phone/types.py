"""Entries as they come from a phone: one sort per form, as typed."""

from __future__ import annotations

from dataclasses import dataclass

ENTRY_NAMES: dict[str, str] = {"visit": "走访", "activity": "活动", "confirm": "年度确认", "case": "情况上报"}
# What a village reports: the engine's kind of case, and the words on the form.
CASE_KINDS: dict[str, str] = {"HARDSHIP_HELP": "困难求助", "PETITION_VISIT": "诉求和来访"}


@dataclass(frozen=True)
class ConfirmDraft:
    """A yearly confirmation (年度确认) as typed."""

    way: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReportDraft:
    """Something the village reports (情况上报) as typed. `on` is the phone's day when it was written."""

    kind: str = ""
    title: str = ""
    text: str = ""
    on: str = ""
    asker_name: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of an entry that was accepted. `again`: the same entry had come before."""

    words: str
    again: bool = False
