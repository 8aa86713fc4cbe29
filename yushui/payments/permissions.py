"""Who may see and move a batch. Rights and posts are in accounts; the three-people rule is in rules/steps.py."""

from __future__ import annotations

from collections.abc import Sequence

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need_to_act
from yushui.accounts.types import RIGHTS, ROLE_NAMES
from yushui.base.area_codes import lies_in
from yushui.base.refusals import Problem, Refused
from yushui.payments.rules.steps import STATE_WORDS, already_signed, standing_in_the_way, step_for
from yushui.payments.types import ACTION_NAMES, Action, PastStep, Step


def who_may(right: str, area_code: str, but: frozenset[int]) -> list[str]:
    """Names of the staff who hold a right over an area, without some."""
    users = User.objects.filter(is_active=True, held_roles__role__in=list(RIGHTS[right])).distinct()
    return [
        user.get_full_name()
        for user in users.order_by("full_name", "id")
        if user.pk not in but and lies_in(area_code, user.area_code)
    ]


def need_step(actor: User, action: Action, *, state: str, area_code: str, past: Sequence[PastStep]) -> Step:
    """The row of the table of steps, if the actor may take it now. Raises Refused with every obstacle."""
    step = step_for(action, state)
    if step is None:
        raise Refused(
            Problem(
                f"本批现在是「{STATE_WORDS[state]}」,不能{ACTION_NAMES[action]}", next_step="请刷新页面查看最新状态"
            )
        )
    need_to_act(actor, step.right, ACTION_NAMES[action])
    obstacle = standing_in_the_way(action, actor.pk, past)
    if obstacle:
        others = who_may(step.right, area_code, already_signed(action, past) | {actor.pk})
        posts = "、".join(ROLE_NAMES[role] for role in sorted(RIGHTS[step.right]))
        who = f"{posts}岗:{'、'.join(others)}" if others else f"另一位{posts}(请系统管理员设置)"
        raise Refused(Problem(obstacle, next_step=f"请由{who}办理"))
    return step


def steps_open_to(actor: User, *, steps: Sequence[Step], past: Sequence[PastStep]) -> list[Action]:
    """The actions to offer this actor as buttons: post and three-people rule both allow them."""
    return [
        step.action for step in steps if may(actor, step.right) and not standing_in_the_way(step.action, actor.pk, past)
    ]
