"""A batch on its way: who may take which step, and what each step leaves behind."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base.refusals import NotFound, Refused
from yushui.payments import selectors
from yushui.payments.models import Batch, BatchState, Line
from yushui.payments.rules.steps import STATE_WORDS
from yushui.payments.services import batches
from yushui.payments.tests.factories import (
    AT,
    MONTH,
    WAR,
    approved,
    approver,
    line_for,
    make_payees,
    maker,
    reviewer,
    submitted,
)
from yushui.payments.types import STEPS, State

pytestmark = pytest.mark.django_db


def test_states_of_the_table_are_those_of_the_model() -> None:
    assert dict(BatchState.choices) == STATE_WORDS
    assert {step.was for step in STEPS} | {step.now for step in STEPS} == set(State)


def test_three_people_bring_a_batch_to_approved() -> None:
    batch = approved([line_for(p) for p in make_payees(2)])
    assert batch.state == "APPROVED"
    assert [(s.was, s.now, s.actor_name) for s in selectors.steps_of(batch)] == [
        ("DRAFT", "SUBMITTED", "周明"),
        ("SUBMITTED", "REVIEWED", "林晓燕"),
        ("REVIEWED", "APPROVED", "赵国强"),
    ]
    assert list(
        Entry.objects.filter(action__startswith="payments.batch").order_by("id").values_list("action", flat=True)
    ) == [
        "payments.batch.submitted",
        "payments.batch.reviewed",
        "payments.batch.approved",
    ]


def test_a_maker_who_reviews_is_refused_and_told_who_must() -> None:
    reviewer()
    both = make_user(Role.DESK_OFFICER, Role.REVIEWER, username="both", full_name="周明兼")
    batch = batches.open_batch(
        actor=both, title="x", area_code="990101000000", month=MONTH,
        lines=[line_for(p) for p in make_payees(1)], origin="", at=AT,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        batches.review_batch(actor=both, batch_id=batch.pk, at=AT)
    assert str(refused.value.problems[0]) == "本批由您提交,不能再由您复核(请由复核岗:林晓燕办理)"
    assert Batch.objects.get().state == "SUBMITTED"


def test_a_reviewer_who_approves_is_refused_and_told_who_must() -> None:
    approver()
    both = make_user(Role.REVIEWER, Role.APPROVER, username="both", full_name="林晓燕兼")
    batch = submitted([line_for(p) for p in make_payees(1)])
    batches.review_batch(actor=both, batch_id=batch.pk, at=AT)
    with pytest.raises(Refused) as refused:
        batches.approve_batch(actor=both, batch_id=batch.pk, at=AT)
    assert str(refused.value.problems[0]) == "本批由您复核,不能再由您审批(请由审批岗:赵国强办理)"


def test_a_desk_officer_who_reviews_is_told_which_post_may() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    with pytest.raises(Refused) as refused:
        batches.review_batch(actor=maker(), batch_id=batch.pk, at=AT)
    assert str(refused.value) == "您没有复核的权限(请由复核办理)"


def test_a_batch_is_not_found_when_it_lies_in_another_county() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    stranger = make_user(Role.REVIEWER, area="990102000000", username="stranger")
    with pytest.raises(NotFound):
        batches.review_batch(actor=stranger, batch_id=batch.pk, at=AT)


def test_a_step_out_of_order_is_refused() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    with pytest.raises(Refused) as refused:
        batches.approve_batch(actor=approver(), batch_id=batch.pk, at=AT)
    assert refused.value.problems[0].what == "本批现在是「待复核」,不能审批"


def test_sent_back_goes_to_the_maker_with_the_reason_and_all_sign_anew() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    batches.review_batch(actor=reviewer(), batch_id=batch.pk, at=AT)
    batches.send_back_batch(actor=approver(), batch_id=batch.pk, reason="陈一的等级请核对", at=AT)
    batch.refresh_from_db()
    assert batch.state == "DRAFT"
    assert selectors.steps_of(batch)[-1].reason == "陈一的等级请核对"
    batches.submit_again(actor=maker(), batch_id=batch.pk, at=AT)
    with pytest.raises(Refused):
        batches.approve_batch(actor=approver(), batch_id=batch.pk, at=AT)
    batches.review_batch(actor=reviewer(), batch_id=batch.pk, at=AT)
    assert batches.approve_batch(actor=approver(), batch_id=batch.pk, at=AT).state == "APPROVED"


def test_sending_back_without_a_reason_is_refused() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    with pytest.raises(Refused) as refused:
        batches.send_back_batch(actor=reviewer(), batch_id=batch.pk, reason="  ", at=AT)
    assert refused.value.problems[0].where == "退回原因"
    assert Batch.objects.get().state == "SUBMITTED"


def test_withdrawn_lines_fall_due_again() -> None:
    (person,) = make_payees(1)
    batch = submitted([line_for(person)])
    assert selectors.paid_by_month(first_month=MONTH, end_month=MONTH + 1) == {(person.pk, WAR, MONTH): 88_200}
    batches.take_back_batch(actor=maker(), batch_id=batch.pk, at=AT)
    batches.withdraw_batch(actor=maker(), batch_id=batch.pk, at=AT)
    assert selectors.paid_by_month(first_month=MONTH, end_month=MONTH + 1) == {}
    assert submitted([line_for(person)]).state == "SUBMITTED"


def test_the_same_month_is_refused_in_a_second_batch() -> None:
    (person,) = make_payees(1)
    submitted([line_for(person)])
    with pytest.raises(Refused) as refused:
        submitted([line_for(person)])
    assert refused.value.problems[0].next_step == "请重新测算本月,系统会只发差额,不会重复发放"
    assert Batch.objects.count() == 1


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(Refused):
        submitted([])


@pytest.mark.parametrize("change", [{"fen": 1}, {"month": 1}, {"turn": 7}, {"benefit": "x"}])
def test_the_database_refuses_to_rewrite_a_line(change: dict[str, object]) -> None:
    submitted([line_for(p) for p in make_payees(1)])
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.update(**change)
    assert Line.objects.get().fen == 88_200


def test_the_database_refuses_to_delete_lines_and_steps() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    for rows in (Line.objects.all(), batch.steps.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    assert (Line.objects.count(), batch.steps.count()) == (1, 1)
