"""Steps of a batch, lines to pay, bank profiles and answers: plain records, no Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """States of a batch; the labels stand beside the model (models.BatchState)."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    REVIEWED = "REVIEWED"
    APPROVED = "APPROVED"
    SENT = "SENT"
    SETTLED = "SETTLED"
    WITHDRAWN = "WITHDRAWN"


class Action(StrEnum):
    """What can be done to a batch."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    REVIEW = "review"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    SEND = "send"
    SETTLE = "settle"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One row of the table of steps: who holds `right` may take a batch from `was` to `now`."""

    action: Action
    was: State
    now: State
    right: str
    name: str


STEPS: tuple[Step, ...] = (
    Step(Action.SUBMIT, State.DRAFT, State.SUBMITTED, "payments.submit", "提交"),
    Step(Action.TAKE_BACK, State.SUBMITTED, State.DRAFT, "payments.submit", "撤回"),
    Step(Action.REVIEW, State.SUBMITTED, State.REVIEWED, "payments.review", "复核"),
    Step(Action.APPROVE, State.REVIEWED, State.APPROVED, "payments.approve", "审批"),
    Step(Action.SEND_BACK, State.SUBMITTED, State.DRAFT, "payments.review", "退回"),
    Step(Action.SEND_BACK, State.REVIEWED, State.DRAFT, "payments.approve", "退回"),
    Step(Action.SEND_BACK, State.APPROVED, State.DRAFT, "payments.send", "退回"),
    Step(Action.SEND, State.APPROVED, State.SENT, "payments.send", "生成银行文件"),
    Step(Action.SETTLE, State.SENT, State.SETTLED, "payments.take_return", "导入回单"),
    Step(Action.WITHDRAW, State.DRAFT, State.WITHDRAWN, "payments.submit", "作废"),
)
ACTION_NAMES: dict[Action, str] = {step.action: step.name for step in STEPS}
# The line drawn on pages, in order: (state that ends the step, its name).
STEP_LINE: tuple[tuple[State, str], ...] = (
    (State.SUBMITTED, "提交"),
    (State.REVIEWED, "复核"),
    (State.APPROVED, "审批"),
    (State.SENT, "送银行"),
    (State.SETTLED, "回单"),
)


@dataclass(frozen=True)
class PastStep:
    """A step already taken: enough to tell who stands where."""

    was: str
    now: str
    actor_id: int
    actor_name: str


@dataclass(frozen=True)
class NewLine:
    """A line to put into a batch: fen of one person, benefit and month. `turn` 0 is the first payment of the month."""

    person_id: int
    area_code: str
    benefit: str
    month: int
    turn: int
    fen: int
    account_id: int


@dataclass(frozen=True)
class Payee:
    """One row of a bank file: what one person gets from the batch. `reference` comes back in the bank's return."""

    number: int
    reference: str
    person_id: int
    name: str
    holder: str
    account: str
    bank: str
    fen: int


@dataclass(frozen=True)
class FileField:
    """One field of a line: a fixed `text` or a value named by `source`; `width` in bytes for fixed-width layouts."""

    source: str = ""
    text: str = ""
    title: str = ""
    width: int = 0
    align: str = "left"
    pad: str = " "


@dataclass(frozen=True)
class AnswerLayout:
    """How the bank's return is written: fields of its head line and of each payee's line, and what its codes mean."""

    head: tuple[FileField, ...]
    payee: tuple[FileField, ...]
    paid: frozenset[str]
    failed: dict[str, str]


@dataclass(frozen=True)
class Profile:
    """A bank's way of exchanging files (catalogue/bank_profiles.yaml)."""

    key: str
    title: str
    layout: str  # csv or fixed
    encoding: str
    extension: str
    amount: str  # yuan or fen
    rare_character: str
    head: tuple[FileField, ...]
    payee: tuple[FileField, ...]
    answer: AnswerLayout
    has_titles: bool = False


@dataclass(frozen=True)
class Answer:
    """One line of a return as the bank wrote it."""

    number: int  # line in the file, from 1
    reference: str
    fen: int
    is_paid: bool
    reason: str = ""


@dataclass(frozen=True)
class Classed:
    """An answer in exactly one class; `person_id` is None when it answers no payee of the batch."""

    answer: Answer
    outcome: str
    person_id: int | None
    reason: str = ""


@dataclass(frozen=True)
class SumRow:
    """Heads and fen of one heading."""

    key: str
    name: str
    heads: int
    lines: int
    fen: int
    arrears_fen: int = 0


@dataclass
class FailedPayment:
    """A payment the bank refused and that has not been paid since."""

    person_id: int
    name: str
    area_code: str
    area_name: str
    batch_id: int
    batch_title: str
    fen: int
    first_month: int
    last_month: int
    reason: str
    account_tail: str = ""
    is_corrected: bool = False
    benefits: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DrawnStep:
    """One step of the line drawn on a batch's page."""

    name: str
    who: str
    mark: str  # done, now, or empty


@dataclass(frozen=True)
class RosterRow:
    """One person and benefit of a batch, as rosters show it."""

    person_id: int
    name: str
    place: str
    benefit: str
    benefit_name: str
    first_month: int
    last_month: int
    months: int
    current_fen: int
    arrears_fen: int
    fen: int
    result: str
    result_name: str
    failed_reason: str
    agent: str = ""  # who collects, when it is another
