"""What the forms of tasks and plans offer."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.activities.selectors.kinds import list_kinds
from yushui.places.selectors.areas import areas_to_choose
from yushui.plans.models import Task
from yushui.plans.selectors.duties import list_duties
from yushui.plans.selectors.plans import plans_to_copy, visible_plans
from yushui.plans.selectors.tasks import units_to_choose
from yushui.plans.types.tasks import ANCHOR_NAMES, WEIGHT_NAMES, TaskDraft


def form_choices(*, actor: User, draft: TaskDraft, on: date) -> dict[str, object]:
    """Everything to choose from on the form of a task."""
    plans = visible_plans(actor).filter(year__gte=on.year - 1).order_by("-year", "area_id", "id")
    return {
        "units": units_to_choose(actor=actor, on=on),
        "areas": areas_to_choose(actor=actor),
        "plans": list(plans[:80]),
        "duties": list_duties(actor=actor),
        "kinds": list_kinds(actor=actor),
        "weights": WEIGHT_NAMES.items(),
        "anchors": ANCHOR_NAMES.items(),
        "helpers": set(draft.helper_unit_ids),
    }


def task_as_typed(task: Task) -> TaskDraft:
    """A task as its form would have it."""
    return TaskDraft(
        title=task.title, owner_unit_id=task.owner_id, note=task.note, duty_code=task.duty_id or "",
        helper_unit_ids=tuple(task.helpers.values_list("unit_id", flat=True)), kind_code=task.kind_id or "",
        starts_on=task.starts_on.isoformat() if task.starts_on else "",
        due_on=task.due_on.isoformat() if task.due_on else "", weight=task.weight, anchor=task.anchor,
        area_code=task.area_id, plan_id=task.plan_id,
    )  # fmt: skip


def copy_choices(*, actor: User) -> dict[str, object]:
    """Everything to choose from on the form of a plan."""
    return {"plans": plans_to_copy(actor=actor), "areas": areas_to_choose(actor=actor)}
