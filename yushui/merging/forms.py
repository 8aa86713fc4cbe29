"""What is typed when two entries are compared."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

FACT = "fact-"


@dataclass(frozen=True)
class MergeForm:
    """The facts chosen from the entry to be dropped, and why."""

    taken: frozenset[str]
    reason: str


def merge_form(sent: QueryDict) -> MergeForm:
    """`fact-phone=dropped` takes the telephone number of the entry to be dropped."""
    keys = (name.removeprefix(FACT) for name in sent if name.startswith(FACT))
    taken = frozenset(key for key in keys if sent.get(FACT + key) == "dropped")
    return MergeForm(taken, sent.get("reason", "")[:300])
