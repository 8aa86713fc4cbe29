"""Duties, and how those who owe them stand."""

from __future__ import annotations

from yushui.activities.models import Activity
from yushui.base.kinds import kinds_for
from yushui.plans.models import DutyKind


def duties_served_by(activity: Activity) -> list[DutyKind]:
    """The duties in use in an activity's area that its kind fulfils, in their order."""
    return list(kinds_for(DutyKind, activity.area_id).filter(fulfilled_by__kind_id=activity.kind_id))
