"""When two entries of one person become one: applications go over. Entries and moves of goods are never changed; they
stay with the entry they were written for and are found through it."""

from __future__ import annotations

from yushui.base.moves import Move, move_rows
from yushui.base.refusals import Problem
from yushui.funds.models import Application
from yushui.funds.types.care import OPEN_APPLICATIONS


def reasons_against(kept_id: int, dropped_id: int) -> list[Problem]:
    """Two open applications to one project cannot both be one person's."""
    open_ones = Application.objects.filter(state__in=OPEN_APPLICATIONS).select_related("project")
    own = set(open_ones.filter(person=kept_id).values_list("project_id", flat=True))
    step = "请先办结或撤回其中一件"
    return [
        Problem(f"两份档案在“{row.project.name}”都有在办的申请", where="关爱基金", next_step=step)
        for row in open_ones.filter(person=dropped_id, project__in=own).order_by("id")
    ]


def move_person(kept_id: int, dropped_id: int) -> list[Move]:
    """Applications of the dropped entry go to the kept one."""
    return move_rows(Application.objects.filter(person=dropped_id), person_id=kept_id)
