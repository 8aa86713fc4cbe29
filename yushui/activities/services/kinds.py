"""The catalogue of activity kinds: a file, loaded into rows. A county adds its own through a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from yushui.activities.models import ActivityKind
from yushui.audit import services as audit
from yushui.base.kinds import align_kinds, read_catalogue

FILE = "activity_kinds.yaml"


@transaction.atomic
def load_kinds(*, at: datetime, path: Path | None = None) -> int:
    """Bring the rows in line with the file; how many kinds it holds. Loading again changes nothing.

    A kind no longer in the file is retired: it leaves the forms, its records stay. Refuses a faulty file with all
    problems, and then changes nothing.
    """
    entries = read_catalogue(FILE, "kinds", title="活动类型", path=path)
    changed, retired = align_kinds(ActivityKind, entries, where=path.name if path else FILE)
    if changed or retired:
        audit.record(
            actor=None, action="activities.kinds.loaded", subject="activities.activitykind", at=at,
            changed=len(changed), retired=retired,
        )  # fmt: skip
    return len(entries)
