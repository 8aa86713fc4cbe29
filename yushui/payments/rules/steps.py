"""Who may take which step of a batch: the table of steps, and three different people (不相容岗位分离)."""

from __future__ import annotations

from collections.abc import Sequence

from yushui.payments.types import ACTION_NAMES, STEP_LINE, STEPS, Action, DrawnStep, PastStep, State, Step

STATE_WORDS: dict[str, str] = {
    State.DRAFT: "草稿",
    State.SUBMITTED: "待复核",
    State.REVIEWED: "待审批",
    State.APPROVED: "待送银行",
    State.SENT: "待回单",
    State.SETTLED: "已结清",
    State.WITHDRAWN: "已作废",
}


def step_for(action: Action, state: str) -> Step | None:
    """The row of the table for an action in a state; None when the state does not allow it."""
    return next((step for step in STEPS if step.action == action and step.was == state), None)


def actions_in(state: str) -> tuple[Step, ...]:
    """What can be done in a state, by anybody."""
    return tuple(step for step in STEPS if step.was == state)


def this_round(past: Sequence[PastStep]) -> Sequence[PastStep]:
    """The steps since the last submission; earlier signatures fell away when the batch was sent back."""
    for index in range(len(past) - 1, -1, -1):
        if past[index].now == State.SUBMITTED:
            return past[index:]
    return past


def signers(past: Sequence[PastStep]) -> dict[str, PastStep]:
    """State reached → who brought the batch there in this round."""
    return {step.now: step for step in this_round(past)}


def standing_in_the_way(action: Action, actor_id: int, past: Sequence[PastStep]) -> str:
    """Why this person may not take the step although the post would allow it; empty when nothing is in the way.

    The maker, the reviewer and the approver of a payment are three people (内部会计控制: 不相容岗位相互分离).
    Whoever has ever submitted the batch is its maker.
    """
    if action not in (Action.REVIEW, Action.APPROVE):
        return ""
    if any(step.now == State.SUBMITTED and step.actor_id == actor_id for step in past):
        return f"本批由您提交,不能再由您{ACTION_NAMES[action]}"
    reviewer = signers(past).get(State.REVIEWED)
    if action == Action.APPROVE and reviewer is not None and reviewer.actor_id == actor_id:
        return "本批由您复核,不能再由您审批"
    return ""


def already_signed(action: Action, past: Sequence[PastStep]) -> frozenset[int]:
    """People who may no longer take the step: the makers, and for the approval also the reviewer."""
    taken = {step.actor_id for step in past if step.now == State.SUBMITTED}
    reviewer = signers(past).get(State.REVIEWED)
    if action == Action.APPROVE and reviewer is not None:
        taken.add(reviewer.actor_id)
    return frozenset(taken)


def drawn_steps(state: str, past: Sequence[PastStep]) -> list[DrawnStep]:
    """The line of steps with who took each; `state` empty stands for a calculation without a batch."""
    done = signers(past)
    if state in (State.DRAFT, State.WITHDRAWN):
        done = {}
    line = [DrawnStep("测算", "", "done")]
    is_next = state != State.WITHDRAWN
    for reached, name in STEP_LINE:
        step = done.get(reached)
        if step is not None:
            line.append(DrawnStep(name, step.actor_name, "done"))
            continue
        line.append(DrawnStep(name, "", "now" if is_next else ""))
        is_next = False
    return line
