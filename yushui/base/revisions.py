"""Two people at one row: the second is told, nothing of the first is lost.

A row that can be changed in place carries `revision`; its form sends back the revision it was drawn from.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import F

from yushui.base.refusals import Problem, Refused


class Revised(models.Model):
    """A row that several people may change; `revision` counts its changes."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Revised)


def change_row(row: Row, seen: str | int, **changes: object) -> None:
    """Write the changes if the row is still as the form showed it, else refuse; one statement, no one slips between."""
    asked = str(seen)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1
    rows = type(row)._default_manager.filter(pk=row.pk, revision=number)
    if rows.update(**changes, revision=F("revision") + 1) == 0:
        raise Refused(
            Problem("这条记录刚被别人改过,您的修改没有保存", next_step="下面是您填的内容;请打开最新的记录核对后再改")
        )
    row.refresh_from_db()
