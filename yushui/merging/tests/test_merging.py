"""Two entries of one person become one: the register, the money to the fen, cases, imports; and back again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import CampaignTarget, PersonPair, Visit
from yushui.audit.models import Entry as LogEntry
from yushui.base.refusals import NotFound, Refused
from yushui.benefits.models import Claim, Hold, Recovery, RunLine
from yushui.benefits.selectors.recoveries import left_of
from yushui.benefits.services import recoveries
from yushui.benefits.services.holds import hold_person
from yushui.benefits.tests.factories import AT, NOVEMBER, make_law, pay, start, submit
from yushui.cases.models import Case
from yushui.funds.models import Application
from yushui.honours.models import Card, GoodNews
from yushui.merging.models import Merge
from yushui.merging.services import decide_merge, propose_merge, tell_apart, undo_merge, withdraw_merge
from yushui.merging.tests.factories import EVEN_LATER, LATER, WHY, ask, double_of, merge, pair, survivor
from yushui.payments.models import Line, Reversal
from yushui.payments.tests.factories import approver, maker, reviewer
from yushui.people.models import BankAccount, Hardship, Person, PersonEvent, ResponsibleContact, Status
from yushui.people.selectors import get_person, list_people
from yushui.people.selectors.doubles import list_doubles
from yushui.people.services.events import record_event
from yushui.people.services.hardships import add_hardship
from yushui.people.services.statuses import end_status
from yushui.people.tests.factories import COUNTY, OTHER_TOWN_VILLAGE, TOWN, make_person, make_status
from yushui.people.types import PeopleFilters

TODAY = date(2024, 11, 21)
MONTH_FEN = 401_500
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2024-11-21")
    make_law()


def words_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return str(refused.value)


# the register


def test_the_dropped_entry_leaves_lists_and_its_number_finds_the_kept_one() -> None:
    kept, dropped = pair()
    merge(kept, dropped)
    dropped = Person.every.get(pk=dropped.pk)
    assert (dropped.merged_into_id, dropped.merged_at) == (kept.pk, LATER)
    filters = PeopleFilters(on=TODAY)
    assert list(list_people(actor=maker(), filters=filters)) == [kept]
    for words in (dropped.id_number, dropped.id_number[-4:], kept.id_number):
        found = list_people(actor=maker(), filters=PeopleFilters(on=TODAY, text=words))
        assert list(found) == [kept], words
    with pytest.raises(Refused, match="并入陈志强的另一份档案"):
        get_person(actor=maker(), person_id=dropped.pk)
    assert list_doubles(actor=maker()) == []


def test_facts_are_chosen_one_by_one_and_the_numbers_change_places() -> None:
    kept, dropped = pair(address="柳湾村 8 号", note="军残证在县局")
    right, wrong = dropped.id_number, kept.id_number
    merge(kept, dropped, "id_number", "born_on", "sex", "address", "account")
    kept, dropped = Person.objects.get(pk=kept.pk), Person.every.get(pk=dropped.pk)
    assert (kept.id_number, kept.address, kept.note) == (right, "柳湾村 8 号", "")
    assert dropped.id_number == wrong
    assert list(list_people(actor=maker(), filters=PeopleFilters(on=TODAY, text=wrong))) == [kept]
    [account] = BankAccount.objects.filter(superseded_at=None)
    assert (account.person_id, account.source) == (kept.pk, f"merging.merge:{Merge.objects.get().pk}")


def test_what_the_kept_entry_lacks_is_recorded_on_it_and_nothing_is_overwritten() -> None:
    kept, dropped = survivor(), survivor()
    old = make_status(dropped, kind="VETERAN", discharge_kind="复员", starts_on=date(1990, 1, 1))
    record_event(actor=maker(), person_id=dropped.pk, what="CONFIRMED", on=date(2024, 3, 1), detail="HOME", at=AT)
    record_event(actor=maker(), person_id=kept.pk, what="CONFIRMED", on=date(2024, 9, 1), detail="HOME", at=AT)
    record_event(actor=maker(), person_id=dropped.pk, what="MOVED_IN", on=date(2020, 3, 1), at=AT)
    add_hardship(actor=maker(), person_id=dropped.pk, kind="LIVING", starts_on=date(2024, 1, 1), at=AT)
    add_hardship(actor=maker(), person_id=dropped.pk, kind="MEDICAL", starts_on=date(2024, 1, 1), at=AT)
    add_hardship(actor=maker(), person_id=kept.pk, kind="LIVING", starts_on=date(2024, 2, 1), at=AT)
    merge(kept, dropped)
    old.refresh_from_db()
    [status] = Status.objects.filter(superseded_at=None)
    assert (old.person_id, old.superseded_at, old.source) == (dropped.pk, LATER, "")
    assert (status.person_id, status.lineage, status.recorded_at) == (kept.pk, status.pk, LATER)
    assert status.source == f"merging.merge:{Merge.objects.get().pk}"
    present = PersonEvent.objects.filter(superseded_at=None).values_list("person_id", "what", "on")
    assert set(present) == {(kept.pk, "CONFIRMED", date(2024, 9, 1)), (kept.pk, "MOVED_IN", date(2020, 3, 1))}
    hard = Hardship.objects.order_by("id").values_list("person_id", "kind", "starts_on", "ends_on")
    assert list(hard) == [
        (kept.pk, "LIVING", date(2024, 1, 1), TODAY),
        (kept.pk, "MEDICAL", date(2024, 1, 1), None),
        (kept.pk, "LIVING", date(2024, 2, 1), None),
    ]


def test_a_blank_of_a_living_status_is_filled_from_the_double() -> None:
    kept, dropped = pair()
    Status.objects.filter(person=kept).update(grade=None)
    Status.objects.filter(person=dropped).update(certificate_number="军G001")
    merge(kept, dropped)
    status = Status.objects.get(superseded_at=None)
    assert (status.person_id, status.grade, status.certificate_number) == (kept.pk, 6, "军G001")


def test_one_contact_stays() -> None:
    kept, dropped = survivor(), survivor()
    for person, user in ((kept, 7), (dropped, 8)):
        ResponsibleContact.objects.create(person=person, user_id=user, user_name="李", starts_on=date(2024, 1, 1))
    merge(kept, dropped)
    rows = ResponsibleContact.objects.order_by("id").values_list("person_id", "user_id", "ends_on")
    assert list(rows) == [(kept.pk, 7, None), (kept.pk, 8, TODAY)]


# refusals


def test_everything_against_a_merge_is_said_at_once() -> None:
    kept, dropped = pair()
    record_event(actor=maker(), person_id=dropped.pk, what="DIED", on=date(2024, 11, 1), at=AT)
    make_status(dropped, kind="VETERAN", discharge_kind="复员")
    make_status(kept, kind="VETERAN", discharge_kind="转业")
    other = survivor()
    asked = ask(kept, other)
    with pytest.raises(Refused) as refused:
        propose_merge(actor=maker(), kept_id=kept.pk, dropped_id=dropped.pk, taken=["born_on"], reason="", at=LATER)
    said = words_of(refused)
    for words in ("请写明理由", "还没有确认", "去世登记不一致", "都有退役军人身份,但安置方式不一致"):
        assert words in said, words
    assert list(Merge.objects.all()) == [asked]


def test_living_statuses_that_contradict_are_named_and_can_be_mended() -> None:
    kept, dropped = pair()
    Status.objects.filter(person=dropped).update(grade=7)
    with pytest.raises(Refused, match="都有残疾军人身份,但伤残等级不一致"):
        ask(kept, dropped)
    lineage = Status.objects.get(person=dropped).lineage
    end_status(actor=maker(), lineage=lineage, state="STOPPED", ends_on=TODAY, reason="重复登记", at=AT)
    merge(kept, dropped)
    assert list(Status.objects.filter(superseded_at=None).values_list("person_id", "grade")) == [(kept.pk, 6)]


def test_number_birth_date_and_sex_must_come_from_one_entry() -> None:
    kept = make_person(name="陈志强", born_on=date(1960, 5, 1))
    dropped = make_person(name="陈志强", born_on=date(1960, 5, 11))
    with pytest.raises(Refused, match="请让身份证号、出生日期、性别取同一份"):
        ask(kept, dropped, "id_number")
    merge(kept, dropped, "id_number", "born_on")
    kept.refresh_from_db()
    assert kept.born_on == date(1960, 5, 11)


def test_the_same_entry_a_merged_one_and_one_of_another_county_are_refused() -> None:
    kept, dropped = pair()
    third = double_of(kept)
    with pytest.raises(Refused, match="同一份档案"):
        ask(kept, kept)
    merge(kept, dropped)
    with pytest.raises(Refused, match="并入陈志强的另一份档案"):
        ask(third, dropped)
    town = make_user(Role.DESK_OFFICER, area=TOWN)
    elsewhere = make_person(name="陈志强", area=OTHER_TOWN_VILLAGE)
    with pytest.raises(NotFound):
        propose_merge(actor=town, kept_id=kept.pk, dropped_id=elsewhere.pk, taken=(), reason=WHY, at=LATER)


def test_money_that_has_not_left_the_house_comes_first() -> None:
    kept, dropped = pair()
    submit(start())
    with pytest.raises(Refused, match="还没有送银行"):
        ask(kept, dropped)


# who may


def test_the_maker_is_not_the_checker() -> None:
    kept, dropped = pair()
    both = make_user(Role.DESK_OFFICER, Role.APPROVER, username="both")
    asked = propose_merge(actor=both, kept_id=kept.pk, dropped_id=dropped.pk, taken=(), reason=WHY, at=LATER)
    with pytest.raises(Refused, match="另一个人确认"):
        decide_merge(actor=both, merge_id=asked.pk, agrees=True, opinion="", at=LATER)
    with pytest.raises(Refused, match="没有确认并档的权限"):
        decide_merge(actor=maker(), merge_id=asked.pk, agrees=True, opinion="", at=LATER)
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    with pytest.raises(Refused, match="没有提出并档的权限"):
        propose_merge(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk, taken=(), reason=WHY, at=LATER)
    town = make_user(Role.APPROVER, area=OTHER_TOWN_VILLAGE[:9] + "000", username="town")
    with pytest.raises(NotFound):
        decide_merge(actor=town, merge_id=asked.pk, agrees=True, opinion="", at=LATER)
    assert Person.every.exclude(merged_into=None).count() == 0


def test_a_merge_is_refused_with_a_reason_or_withdrawn_and_may_be_asked_again() -> None:
    kept, dropped = pair()
    asked = ask(kept, dropped)
    assert ask(kept, dropped).pk == asked.pk
    with pytest.raises(Refused, match="不同意要写明原因"):
        decide_merge(actor=reviewer(), merge_id=asked.pk, agrees=False, opinion="", at=LATER)
    assert (
        decide_merge(actor=reviewer(), merge_id=asked.pk, agrees=False, opinion="是父子", at=LATER).state == "REFUSED"
    )
    again = ask(kept, dropped)
    with pytest.raises(Refused, match="只有提出的人可以撤回"):
        withdraw_merge(actor=make_user(Role.DESK_OFFICER, username="x"), merge_id=again.pk, at=LATER)
    withdraw_merge(actor=maker(), merge_id=again.pk, at=LATER)
    with pytest.raises(Refused, match="现在是“已撤回”"):
        decide_merge(actor=reviewer(), merge_id=again.pk, agrees=True, opinion="", at=LATER)
    assert Person.objects.count() == 2


def test_two_people_who_look_alike_leave_the_list() -> None:
    kept, dropped = pair()
    assert [(a.pk, b.pk) for a, b, _ in list_doubles(actor=maker())] == [(kept.pk, dropped.pk)]
    row = tell_apart(actor=maker(), kept_id=kept.pk, dropped_id=dropped.pk, reason="是堂兄弟", at=LATER)
    assert (row.state, Person.objects.count()) == ("APART", 2)


def test_what_changed_since_it_was_asked_must_be_looked_at_again() -> None:
    kept, dropped = pair()
    asked = ask(kept, dropped)
    Person.objects.filter(pk=dropped.pk).update(address="迁走了")
    with pytest.raises(Refused, match="两份档案有了变动"):
        decide_merge(actor=reviewer(), merge_id=asked.pk, agrees=True, opinion="", at=LATER)
    assert Merge.objects.get().state == "ASKED"


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_merge_the_same_pair_one_is_told() -> None:
    kept, dropped = pair()
    officers = [make_user(Role.DESK_OFFICER, username=f"desk{n}") for n in range(2)]
    said = at_once(
        lambda: propose_merge(
            actor=officers[0], kept_id=kept.pk, dropped_id=dropped.pk, taken=(), reason=WHY, at=LATER
        ),
        lambda: propose_merge(
            actor=officers[1], kept_id=dropped.pk, dropped_id=kept.pk, taken=(), reason=WHY, at=LATER
        ),
    )
    assert sorted(type(each).__name__ for each in said) == ["Merge", "Refused"]
    asked = Merge.objects.get()
    bosses = [reviewer(), approver()]
    said = at_once(
        lambda: decide_merge(actor=bosses[0], merge_id=asked.pk, agrees=True, opinion="", at=LATER),
        lambda: decide_merge(actor=bosses[1], merge_id=asked.pk, agrees=True, opinion="", at=LATER),
    )
    assert sorted(type(each).__name__ for each in said) == ["Merge", "Refused"]
    assert Person.every.exclude(merged_into=None).count() == 1


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of some acts gives when all are done at the same moment; a refusal is an answer."""
    said: list[Any] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            said.append(act())
        except Refused as refused:
            said.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


# money


def paid_twice() -> tuple[Person, Person]:
    """The pair, both paid for October and November."""
    kept, dropped = pair()
    pay(start(NOVEMBER - 1))
    pay(start())
    assert Line.objects.filter(person=dropped).count() == Line.objects.filter(person=kept).count() == 2
    return kept, dropped


def test_a_month_paid_twice_becomes_a_recovery_of_exactly_that() -> None:
    kept, dropped = paid_twice()
    before = list(Line.objects.order_by("pk").values())
    merge(kept, dropped)
    assert list(Line.objects.order_by("pk").values()) == before
    run = start(NOVEMBER + 1, EVEN_LATER)
    rows = RunLine.objects.filter(run=run).order_by("person_id", "month")
    found = [(row.person_id, row.month, row.due_fen, row.paid_fen, row.cause) for row in rows]
    assert found == [
        (kept.pk, NOVEMBER - 1, MONTH_FEN, 2 * MONTH_FEN, "OVERPAID"),
        (kept.pk, NOVEMBER, MONTH_FEN, 2 * MONTH_FEN, "OVERPAID"),
        (kept.pk, NOVEMBER + 1, MONTH_FEN, 0, "CURRENT"),
        (dropped.pk, NOVEMBER + 1, 0, 0, "SETTLED"),
    ]
    gone = rows.get(person=dropped)
    assert (gone.change, gone.last_fen, gone.reason) == ("STOPPED", MONTH_FEN, "已并入另一份档案")
    submit(run, EVEN_LATER)
    case = Recovery.objects.get()
    assert (case.person_id, case.fen, case.first_month, case.end_month) == (
        kept.pk, 2 * MONTH_FEN, NOVEMBER - 1, NOVEMBER + 1,
    )  # fmt: skip
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=2 * MONTH_FEN, on=TODAY, reason="退回", at=EVEN_LATER
    )
    assert sum(Reversal.objects.values_list("fen", flat=True)) == 2 * MONTH_FEN
    again = start(NOVEMBER + 1, EVEN_LATER)
    assert not RunLine.objects.filter(run=again, cause="OVERPAID").exists()


def test_an_open_recovery_of_the_dropped_entry_is_not_asked_for_twice() -> None:
    kept, dropped = paid_twice()
    Status.objects.filter(person=dropped).update(ends_on=date(2024, 10, 1), state="STOPPED")
    recoveries.open_recoveries(actor=maker(), run_id=start().pk, at=AT)
    [old] = Recovery.objects.all()
    assert (old.person_id, left_of(old)) == (dropped.pk, MONTH_FEN + MONTH_FEN)
    merge(kept, dropped)
    recoveries.open_recoveries(actor=maker(), run_id=start(NOVEMBER, EVEN_LATER).pk, at=EVEN_LATER)
    [case] = Recovery.objects.all()
    assert (case.pk, case.person_id, left_of(case)) == (old.pk, dropped.pk, 2 * MONTH_FEN)
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=left_of(case), on=TODAY, reason="退回", at=EVEN_LATER
    )
    assert not RunLine.objects.filter(run=start(NOVEMBER, EVEN_LATER), cause="OVERPAID").exists()


def test_a_hold_of_the_dropped_entry_keeps_the_kept_one_out_of_payment() -> None:
    kept, dropped = pair()
    hold_person(actor=maker(), person_id=dropped.pk, reason="待核实", at=AT)
    done = merge(kept, dropped)
    assert list(Hold.objects.values_list("person_id", "released_at")) == [(kept.pk, None)]
    assert "人工暂缓" in RunLine.objects.get(run=start(NOVEMBER, EVEN_LATER)).held
    undo_merge(actor=approver(), merge_id=done.pk, reason="认错了人", at=EVEN_LATER)
    assert list(Hold.objects.values_list("person_id", "released_at")) == [(dropped.pk, None)]


def test_a_merge_between_run_and_batch_makes_the_run_anew() -> None:
    kept, dropped = pair()
    run = start()
    merge(kept, dropped)
    with pytest.raises(Refused, match="请重新测算"):
        submit(run, EVEN_LATER)
    assert submit(start(NOVEMBER, EVEN_LATER), EVEN_LATER).total_fen == MONTH_FEN + arrears()


def arrears() -> int:
    """What else stands in the newest run."""
    rows = RunLine.objects.filter(run__is_abandoned=False).exclude(month=NOVEMBER)
    return sum(row.due_fen - row.paid_fen for row in rows)


# back again


MOVED = (
    Visit,
    CampaignTarget,
    PersonPair,
    Case,
    Application,
    Card,
    GoodNews,
    Hold,
    Claim,
    Hardship,
    ResponsibleContact,
)
CLOCKED: tuple[Any, ...] = (Status, PersonEvent, BankAccount)


def register() -> dict[str, object]:
    """What the register and everything that follows a person says now, without ids of versions and when we knew."""
    unsaid = {"id", "recorded_at", "recorded_by", "changed_at", "id_number", "phone", "number"}
    found: dict[str, object] = {}
    for model in CLOCKED:
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in unsaid]
        rows = model.objects.filter(superseded_at=None).order_by("person_id", "source").values_list(*names)
        found[model.__name__] = sorted(map(repr, rows))
    for model in (*MOVED, Person):
        names = [f.attname for f in model._meta.concrete_fields if f.attname != "changed_at"]
        manager: Any = Person.every if model is Person else model.objects
        found[model.__name__] = [{**row, "id_number": "", "phone": ""} for row in manager.order_by("pk").values(*names)]
    return found


def test_undoing_restores_everything() -> None:
    kept, dropped = pair(address="柳湾村 8 号", phone="13900000001", phone_index="x")
    make_status(dropped, kind="WAR_VETERAN", campaign="对越")
    Status.objects.filter(person=dropped, kind="DISABLED_SOLDIER").update(certificate_number="军G001")
    record_event(actor=maker(), person_id=dropped.pk, what="CONFIRMED", on=date(2024, 3, 1), detail="HOME", at=AT)
    add_hardship(actor=maker(), person_id=dropped.pk, kind="LIVING", starts_on=date(2024, 1, 1), at=AT)
    add_hardship(actor=maker(), person_id=kept.pk, kind="LIVING", starts_on=date(2024, 1, 1), at=AT)
    ResponsibleContact.objects.create(person=dropped, user_id=8, user_name="李", starts_on=date(2024, 1, 1))
    numbers = kept.id_number, dropped.id_number
    before = register()
    done = merge(kept, dropped, "id_number", "born_on", "sex", "address", "phone", "account")
    assert register() != before
    undo_merge(actor=approver(), merge_id=done.pk, reason="认错了人", at=EVEN_LATER)
    assert register() == before
    assert (Person.objects.get(pk=kept.pk).id_number, Person.objects.get(pk=dropped.pk).id_number) == numbers
    done.refresh_from_db()
    assert (done.state, done.undone_at) == ("UNDONE", EVEN_LATER)
    known = Status.objects.filter(person=dropped, recorded_at__lte=LATER, superseded_at__gt=LATER)
    assert not known.exists()  # between the two acts nothing was known of the dropped entry, and that stays so
    actions = LogEntry.objects.filter(action__startswith="merging.").values_list("action", flat=True)
    assert sorted(actions) == [
        "merging.merge.asked", "merging.merge.done", "merging.merge.done", "merging.merge.undone",
        "merging.merge.undone",
    ]  # fmt: skip


def test_undoing_is_refused_for_what_changed_since_and_then_nothing_is_touched() -> None:
    kept, dropped = pair(address="柳湾村 8 号")
    make_status(dropped, kind="WAR_VETERAN", campaign="对越")
    done = merge(kept, dropped, "address")
    Person.objects.filter(pk=kept.pk).update(address="北洲村 3 号")
    lineage = Status.objects.get(person=kept, kind="WAR_VETERAN").lineage
    end_status(actor=maker(), lineage=lineage, state="STOPPED", ends_on=TODAY, reason="重复", at=LATER)
    before = register()
    with pytest.raises(Refused) as refused:
        undo_merge(actor=approver(), merge_id=done.pk, reason="认错了人", at=EVEN_LATER)
    assert "户籍地址在并档以后又改过" in words_of(refused)
    assert "身份在并档以后又改过" in words_of(refused)
    assert register() == before
    with pytest.raises(Refused, match="没有确认并档的权限"):
        undo_merge(actor=maker(), merge_id=done.pk, reason="认错了人", at=EVEN_LATER)


def test_undoing_after_a_run_closes_what_was_asked_back_only_because_of_it() -> None:
    kept, dropped = paid_twice()
    done = merge(kept, dropped)
    run = start(NOVEMBER + 1, EVEN_LATER)
    recoveries.open_recoveries(actor=maker(), run_id=run.pk, at=EVEN_LATER)
    undo_merge(actor=approver(), merge_id=done.pk, reason="是两个人", at=EVEN_LATER)
    case = Recovery.objects.get()
    assert (case.closed_at, case.recovered_fen) == (EVEN_LATER, 0)
    rows = RunLine.objects.filter(run=start(NOVEMBER + 1, EVEN_LATER)).order_by("person_id")
    assert [(row.person_id, row.month, row.due_fen, row.paid_fen) for row in rows] == [
        (kept.pk, NOVEMBER + 1, MONTH_FEN, 0), (dropped.pk, NOVEMBER + 1, MONTH_FEN, 0),
    ]  # fmt: skip


def test_a_chain_is_undone_from_its_end() -> None:
    first, second = pair()
    third = double_of(first)
    inner = merge(second, third)
    outer = merge(first, second, at=EVEN_LATER)
    assert set(Person.every.filter(merged_into=first).values_list("pk", flat=True)) == {second.pk, third.pk}
    with pytest.raises(Refused, match="并入陈志强的另一份档案"):
        undo_merge(actor=approver(), merge_id=inner.pk, reason="认错了人", at=EVEN_LATER)
    undo_merge(actor=approver(), merge_id=outer.pk, reason="认错了人", at=EVEN_LATER)
    undo_merge(actor=approver(), merge_id=inner.pk, reason="认错了人", at=EVEN_LATER)
    assert Person.objects.count() == 3


# completeness

STAYS = {
    # append-only, or evidence of what was: read through the mark on the dropped entry
    "payments.line", "payments.returnrow", "benefits.runline", "benefits.runquestion", "benefits.recovery",
    "benefits.writtenoff", "funds.entry", "funds.goodsmove", "rosters.rowchange", "rosters.keptrow",
    "rosters.plannedrow", "merging.merge", "people.person",
}  # fmt: skip


def test_every_table_that_names_a_person_is_thought_of() -> None:
    """A new one must say whether its rows go over with a merge (services.carry_out) or stay."""
    named = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    moved = {model._meta.label_lower for model in (*MOVED, *CLOCKED)}
    assert named == moved | STAYS
    assert not moved & STAYS
    assert connection.vendor in ("sqlite", "postgresql")
    assert COUNTY
