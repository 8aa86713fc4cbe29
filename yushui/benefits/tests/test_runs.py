"""The month run: due less paid, every cause in words, nothing paid twice and nothing on a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F, Sum

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.days import month_at
from yushui.base.refusals import NotFound, Refused
from yushui.benefits.models import Recovery, Run, RunLine, RunQuestion
from yushui.benefits.selectors import runs as run_selectors
from yushui.benefits.services import holds, recoveries
from yushui.benefits.services import runs as run_services
from yushui.benefits.tests.factories import (
    AT,
    NOVEMBER,
    PENSION,
    disabled,
    make_law,
    pay,
    send,
    start,
    submit,
)
from yushui.payments import selectors as payments
from yushui.payments.models import Line
from yushui.payments.services import batches, history
from yushui.payments.tests.factories import maker
from yushui.people.models import BankAccount, Person, PersonEvent, Status
from yushui.people.tests.factories import COUNTY, make_account, make_person, make_status

pytestmark = pytest.mark.django_db
DECEMBER = NOVEMBER + 1
LATER = datetime(2024, 12, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def law() -> None:
    make_law()


def line(run: Run, person: Person, month: int = NOVEMBER) -> RunLine:
    return RunLine.objects.get(run=run, person=person, month=month)


def paid_before(
    person: Person, fen: int, first: str = "2024-08", last: str = "2024-10", benefit: str = PENSION
) -> None:
    """The county's ledger says this was paid every month."""
    for month in range(month_at(first), month_at(last) + 1):
        history.take_over_history(actor=maker(), area_code=COUNTY, month=month, rows=[(person.pk, PENSION, fen)], at=AT)


def test_the_first_run_pays_the_month_and_says_who_is_new() -> None:
    person = disabled()
    run = start()
    row = line(run, person)
    assert (row.due_fen, row.paid_fen, row.cause, row.change, row.last_fen) == (401_500, 0, "CURRENT", "NEW", 0)
    assert run.first_open_month == NOVEMBER


def test_a_raise_with_back_effect_is_arrears_by_month() -> None:
    person = disabled()
    paid_before(person, 382_417)
    run = start()
    arrears = RunLine.objects.filter(run=run, month__lt=NOVEMBER).order_by("month")
    assert [(r.month, r.due_fen - r.paid_fen, r.cause, r.turn) for r in arrears] == [
        (month_at("2024-08"), 19_083, "ARREARS", 1),
        (month_at("2024-09"), 19_083, "ARREARS", 1),
        (month_at("2024-10"), 19_083, "ARREARS", 1),
    ]
    row = line(run, person)
    assert (row.last_fen, row.due_fen, row.change) == (382_417, 401_500, "CHANGED")
    assert arrears[0].reason == "标准自 2024年8月提高"
    sheet = run_selectors.sheet_of(actor=maker(), run=run)
    assert (sheet.last.fen, sheet.changed.fen, sheet.arrears.fen, sheet.due.fen) == (382_417, 19_083, 57_249, 458_749)
    assert sheet.to_pay.fen == 458_749


def test_a_run_after_everything_is_paid_has_nothing_to_pay() -> None:
    disabled()
    pay(start())
    again = start()
    assert RunLine.objects.filter(run=again).exclude(due_fen=F("paid_fen")).count() == 0
    with pytest.raises(Refused) as refused:
        submit(again)
    assert refused.value.problems[0].what == "没有要发的钱"


def test_a_batch_under_way_counts_as_paid() -> None:
    disabled()
    submit(start())
    assert run_selectors.sheet_of(actor=maker(), run=start()).to_pay.fen == 0


def test_a_newer_run_puts_the_older_aside_and_only_it_can_be_submitted() -> None:
    disabled()
    old = start()
    new = start()
    old.refresh_from_db()
    assert (old.is_abandoned, new.is_abandoned) == (True, False)
    with pytest.raises(Refused) as refused:
        submit(old)
    assert refused.value.problems[0].what == "这次测算已被更新的测算代替"
    assert submit(new).total_fen == 401_500


def test_the_same_inputs_give_the_same_digest_and_another_fact_another() -> None:
    person = disabled()
    first, second = start(), start()
    assert first.inputs_digest == second.inputs_digest
    BankAccount.objects.filter(person=person).update(is_confirmed=False)
    assert start().inputs_digest != first.inputs_digest


def test_a_run_cannot_be_submitted_after_a_fact_changed() -> None:
    person = disabled()
    run = start()
    Status.objects.filter(person=person).update(grade=5)
    with pytest.raises(Refused) as refused:
        submit(run)
    assert refused.value.problems[0].what == "测算之后,人员、账户、标准或发放记录有了变动"
    assert Line.objects.count() == 0


@pytest.mark.parametrize(
    "change,words",
    [
        ("no_account", "没有登记银行账户"),
        ("refused", "账户待核对:账号不存在"),
        ("other_holder", "账户户名与本人姓名不符"),
        ("shared", "同一账号登记在两人名下"),
        ("on_hold", "人工暂缓:等待核查"),
        ("two_faults", "账户待核对;账户户名与本人姓名不符"),
    ],
)
def test_a_line_is_held_with_every_reason_in_words(change: str, words: str) -> None:
    person = disabled()
    account = BankAccount.objects.filter(person=person)
    if change == "no_account":
        account.delete()
    elif change == "refused":
        account.update(is_confirmed=False, problem="账号不存在")
    elif change == "other_holder":
        account.update(holder_name="李四")
    elif change == "shared":
        make_account(make_person(name="王五"), number=account.get().number)
        make_status(Person.objects.get(name="王五"))
    elif change == "on_hold":
        holds.hold_person(actor=maker(), person_id=person.pk, reason="等待核查", at=AT)
    else:
        account.update(is_confirmed=False, holder_name="李四")
    run = start()
    row = RunLine.objects.get(run=run, person=person)
    assert (row.due_fen, row.held) == (401_500, words)
    assert run_selectors.sheet_of(actor=maker(), run=run).held.heads >= 1
    assert person.pk not in {
        r["person_id"] for r in run_selectors.list_run_lines(actor=maker(), run=run, show="to_pay")
    }


def test_a_held_month_is_paid_after_the_release() -> None:
    person = disabled()
    disabled(name="李建国")
    holds.hold_person(actor=maker(), person_id=person.pk, reason="等待核查", at=AT)
    pay(start())
    holds.release_person(actor=maker(), person_id=person.pk, at=LATER)
    run = start(DECEMBER, LATER)
    rows = RunLine.objects.filter(run=run, person=person).order_by("month")
    assert [(r.month, r.due_fen - r.paid_fen, r.held) for r in rows] == [
        (NOVEMBER, 401_500, ""),
        (DECEMBER, 401_500, ""),
    ]


def test_what_the_bank_refused_is_paid_with_the_next_batch_once_the_account_is_right() -> None:
    person = disabled()
    pay(start(), failed={person.pk: "账号不存在"})
    held = start(DECEMBER, LATER)
    assert line(held, person, DECEMBER).held == "账户待核对:账号不存在"
    BankAccount.objects.filter(person=person, superseded_at=None).update(is_confirmed=True, problem="")
    batch = pay(start(DECEMBER, LATER), LATER)
    assert batch.total_fen == 2 * 401_500
    november = Line.objects.get(batch=batch, month=NOVEMBER)
    assert (november.turn, november.result) == (0, "PAID")


def test_the_words_of_a_refused_month_say_so() -> None:
    person = disabled()
    pay(start(), failed={person.pk: "账号不存在"})
    assert line(start(DECEMBER, LATER), person, NOVEMBER).reason == "银行退回,重新发放"


def test_a_death_known_late_opens_a_recovery_and_deducts_nothing() -> None:
    dead, living = disabled(), disabled(name="李建国")
    for person in (dead, living):
        paid_before(person, 401_500)
    PersonEvent.objects.create(person=dead, what="DIED", on=date(2024, 8, 20), recorded_at=AT)
    Person.objects.filter(pk=dead.pk).update(died_on=date(2024, 8, 20))
    run = start()
    over = RunLine.objects.filter(run=run, person=dead, cause="OVERPAID").order_by("month")
    assert [(r.month, r.paid_fen, r.due_fen) for r in over] == [
        (month_at("2024-09"), 401_500, 0),
        (month_at("2024-10"), 401_500, 0),
    ]
    assert over[0].reason == "2024-08-20 去世后仍在发放"
    stopped = line(run, dead)
    assert (stopped.change, stopped.last_fen, stopped.due_fen, stopped.reason) == (
        "STOPPED", 401_500, 0, "8 月 20 日去世",
    )  # fmt: skip
    batch = submit(run)
    assert batch.total_fen == 401_500
    case = Recovery.objects.get()
    assert (case.person_id, case.fen, case.first_month, case.end_month) == (
        dead.pk, 803_000, month_at("2024-09"), month_at("2024-11"),
    )  # fmt: skip


def test_a_recovery_is_one_case_however_often_it_is_run_and_closes_when_all_came_back() -> None:
    dead, living = disabled(), disabled(name="李建国")
    for person in (dead, living):
        paid_before(person, 401_500)
    PersonEvent.objects.create(person=dead, what="DIED", on=date(2024, 8, 20), recorded_at=AT)
    Person.objects.filter(pk=dead.pk).update(died_on=date(2024, 8, 20))
    recoveries.open_recoveries(actor=maker(), run_id=start().pk, at=AT)
    submit(start())
    case = Recovery.objects.get()
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=500_000, on=date(2024, 11, 21), reason="家属缴回", at=AT
    )
    recoveries.open_recoveries(actor=maker(), run_id=start().pk, at=AT)
    case.refresh_from_db()
    assert (case.fen, case.recovered_fen, case.closed_at) == (803_000, 500_000, None)
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=303_000, on=date(2024, 11, 21), reason="家属缴回", at=AT
    )
    case.refresh_from_db()
    assert case.closed_reason == "全部追回"
    assert RunLine.objects.filter(run=start(), cause="OVERPAID").count() == 0


def test_more_than_was_overpaid_cannot_be_recovered() -> None:
    dead = disabled()
    paid_before(dead, 401_500)
    PersonEvent.objects.create(person=dead, what="DIED", on=date(2024, 8, 20), recorded_at=AT)
    Person.objects.filter(pk=dead.pk).update(died_on=date(2024, 8, 20))
    recoveries.open_recoveries(actor=maker(), run_id=start().pk, at=AT)
    with pytest.raises(Refused) as refused:
        recoveries.record_recovered(
            actor=maker(), recovery_id=Recovery.objects.get().pk, fen=803_001, on=date(2024, 11, 21), reason="", at=AT
        )
    assert refused.value.problems[0].where == "追回金额"


def test_a_missing_fact_is_asked_and_nothing_is_paid_on_a_guess() -> None:
    person = make_person(name="刘念")
    make_status(person, kind="DISABLED_SOLDIER", starts_on=date(2010, 1, 1), cause="WAR", approved_on=date(2010, 1, 1))
    make_account(person)
    run = start()
    assert [(q.person_id, q.ask) for q in RunQuestion.objects.filter(run=run, benefit=PENSION)] == [
        (person.pk, "grade")
    ]
    assert RunLine.objects.filter(run=run, person=person).count() == 0


def test_spans_lines_batch_and_bank_file_have_one_sum() -> None:
    people = [
        disabled(name=f"陈{n}", grade=n, cause=cause) for n in range(1, 7) for cause in ("WAR", "DUTY", "ILLNESS")
    ]
    paid_before(people[0], 100)
    run = start()
    to_pay = RunLine.objects.filter(run=run).aggregate(fen=Sum(F("due_fen") - F("paid_fen")))["fen"]
    batch = send(submit(run))
    assert batch.total_fen == to_pay
    assert sum(p.fen for p in payments.payees_of(batch)) == to_pay
    assert Line.objects.filter(batch=batch).aggregate(fen=Sum("fen"))["fen"] == to_pay


def test_the_sheet_adds_up_in_heads_and_in_fen() -> None:
    stays, raised, dead = disabled(), disabled(name="李建国"), disabled(name="赵大勇")
    paid_before(stays, 401_500)
    paid_before(raised, 382_417)
    paid_before(dead, 401_500)
    PersonEvent.objects.create(person=dead, what="DIED", on=date(2024, 10, 3), recorded_at=AT)
    Person.objects.filter(pk=dead.pk).update(died_on=date(2024, 10, 3))
    disabled(name="孙新来")
    run = start()
    s = run_selectors.sheet_of(actor=maker(), run=run)
    assert (s.last.heads, s.new.heads, s.stopped.heads, s.current.heads) == (3, 1, 1, 3)
    assert s.last.heads + s.new.heads - s.stopped.heads == s.current.heads
    assert s.last.fen + s.new.fen - s.stopped.fen + s.changed.fen == s.current.fen
    assert s.current.fen + s.arrears.fen == s.due.fen
    assert s.to_pay.fen + s.held.fen + s.paid_before.fen == s.due.fen


def test_last_month_is_what_its_own_run_found_due() -> None:
    held = disabled()
    BankAccount.objects.filter(person=held).delete()
    disabled(name="李建国")
    pay(start())
    run = start(DECEMBER, LATER)
    s = run_selectors.sheet_of(actor=maker(), run=run)
    assert (s.last.heads, s.new.heads, s.stopped.heads) == (2, 0, 0)


def test_a_withdrawn_batch_is_due_again() -> None:
    disabled()
    batch = submit(start())
    batches.take_back_batch(actor=maker(), batch_id=batch.pk, at=AT)
    batches.withdraw_batch(actor=maker(), batch_id=batch.pk, at=AT)
    assert submit(start()).total_fen == 401_500


def test_a_month_far_ahead_and_an_area_that_is_not_ones_own_are_refused() -> None:
    disabled()
    with pytest.raises(Refused) as refused:
        start(NOVEMBER + 2)
    assert refused.value.problems[0].where == "月份"
    stranger = make_user(Role.DESK_OFFICER, area="990102000000", username="stranger")
    with pytest.raises(NotFound):
        run_services.start_run(actor=stranger, area_code=COUNTY, month=NOVEMBER, at=AT)


def test_only_a_desk_officer_runs() -> None:
    disabled()
    clerk = make_user(Role.TOWN_CLERK, username="clerk")
    with pytest.raises(Refused) as refused:
        run_services.start_run(actor=clerk, area_code=COUNTY, month=NOVEMBER, at=AT)
    assert refused.value.problems[0].next_step == "请由县局经办办理"


def test_a_town_clerk_sees_only_the_own_town_in_the_countys_run() -> None:
    mine = disabled()
    other = make_person(name="外乡人", area="990101002001", born_on=date(1950, 1, 1))
    make_status(other, kind="DISABLED_SOLDIER", starts_on=date(2003, 5, 1), grade=6, cause="DUTY",
                approved_on=date(2003, 4, 10))  # fmt: skip
    make_account(other)
    run = start()
    clerk = make_user(Role.TOWN_CLERK, area="990101001000", username="clerk")
    rows = run_selectors.list_run_lines(actor=clerk, run=run)
    assert [r["person_id"] for r in rows] == [mine.pk]
    assert run_selectors.sheet_of(actor=clerk, run=run).due.heads == 1


def test_the_database_refuses_to_rewrite_or_delete_the_lines_of_a_run() -> None:
    disabled()
    start()
    for act in (lambda: RunLine.objects.update(due_fen=1), lambda: RunLine.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert RunLine.objects.get().due_fen == 401_500
