"""Money in and out of a fund: the balance, approvals to go below zero, mistakes taken back."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry as LogEntry
from yushui.base.refusals import NotFound, Refused
from yushui.funds import services
from yushui.funds.models import Entry, Fund
from yushui.funds.selectors import money as selectors
from yushui.funds.services import money, overdrafts
from yushui.funds.tests.money import AT, key, make_desk, make_fund, make_reviewer, make_town, receive, spend
from yushui.funds.types.money import EntryDraft, FundDraft, OverdraftDraft
from yushui.people.tests.factories import OTHER_TOWN, make_person

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def balance(fund: Fund) -> int:
    return selectors.sums_of(Entry.objects.filter(fund=fund)).balance


def problems(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in refused.value.problems]


def grant(fund: Fund, amount: str) -> None:
    draft = OverdraftDraft(amount=amount, last_day="2026-08-31", reason="专项资金月底到账", client_key=key())
    asked = overdrafts.ask_overdraft(actor=make_desk(), fund_id=fund.pk, draft=draft, at=AT)
    overdrafts.decide_overdraft(actor=make_reviewer(), overdraft_id=asked.pk, verdict="GRANTED", words="", at=AT)


def test_the_balance_is_income_less_spending_to_the_fen() -> None:
    fund = make_fund("1000.05")
    spend(fund, "300.01")
    assert balance(fund) == 70004
    assert selectors.fund_sheet(actor=make_desk(), fund_id=fund.pk, on=TODAY).sums == selectors.Sums(100005, 30001)


def test_spending_more_than_there_is_is_refused_with_what_is_missing() -> None:
    fund = make_fund("1000")
    with pytest.raises(Refused) as refused:
        spend(fund, "1000.01")
    assert problems(refused) == [
        ("金额", "余额不足:2026年走访慰问经费自2026年2月5日起可用 1,000.00 元,还差 0.01 元"),
    ]  # fmt: skip
    assert Entry.objects.filter(fund=fund, side="OUT").count() == 0


def test_money_that_came_later_does_not_pay_for_an_earlier_day() -> None:
    fund = make_fund("100")
    receive(fund, "900", on="2026-06-01")
    with pytest.raises(Refused):
        spend(fund, "500", on="2026-02-05")
    spend(fund, "500", on="2026-06-02")
    with pytest.raises(Refused, match="还差 0.01"):
        spend(fund, "500.01", on="2026-07-01")


def test_an_earlier_day_cannot_take_what_a_later_day_has_spent() -> None:
    fund = make_fund("100")
    spend(fund, "80", on="2026-07-01")
    with pytest.raises(Refused, match=r"可用 20\.00 元"):
        spend(fund, "30", on="2026-02-01")


def test_a_named_approval_of_another_lets_the_fund_go_below_zero_that_far() -> None:
    fund = make_fund("100")
    grant(fund, "50")
    entry = spend(fund, "150")
    assert balance(fund) == -5000
    assert (entry.overdraft.decided_name, entry.overdraft.fen) == ("何志强", 5000)
    with pytest.raises(Refused, match="还差 0.01"):
        spend(fund, "0.01")


def test_nobody_approves_an_overdraft_they_asked_for_themselves() -> None:
    fund = make_fund("100")
    both = make_user(Role.DESK_OFFICER, Role.REVIEWER, username="both")
    draft = OverdraftDraft(amount="50", last_day="2026-08-31", reason="急用", client_key=key())
    asked = overdrafts.ask_overdraft(actor=both, fund_id=fund.pk, draft=draft, at=AT)
    with pytest.raises(Refused, match="自己经办"):
        overdrafts.decide_overdraft(actor=both, overdraft_id=asked.pk, verdict="GRANTED", words="", at=AT)
    overdrafts.decide_overdraft(actor=make_reviewer(), overdraft_id=asked.pk, verdict="REFUSED", words="等拨款", at=AT)
    with pytest.raises(Refused, match="不能再办"):
        overdrafts.decide_overdraft(actor=make_reviewer(), overdraft_id=asked.pk, verdict="GRANTED", words="", at=AT)


def test_an_approval_taken_back_no_longer_lets_anything_out() -> None:
    fund = make_fund("100")
    grant(fund, "50")
    overdrafts.decide_overdraft(
        actor=make_reviewer(), overdraft_id=fund.overdrafts.get().pk, verdict="ENDED", words="已到账", at=AT
    )
    with pytest.raises(Refused, match="余额不足"):
        spend(fund, "120")


def test_everything_wrong_with_a_spending_is_said_at_once() -> None:
    fund = make_fund("100", use="")
    draft = EntryDraft(on="2026-13-01", amount="12.345", words="", use="DRINKS", origin="http://x", client_key="")
    with pytest.raises(Refused) as refused:
        money.record_spending(actor=make_desk(), fund_id=fund.pk, draft=draft, at=AT)
    assert [where for where, _ in problems(refused)] == ["日期", "金额", "摘要", "用途", "关联事项", ""]
    with pytest.raises(Refused) as refused:
        spend(fund, "100.01", words="", use="")
    assert [where for where, _ in problems(refused)] == ["摘要", "用途", "金额"]


def test_an_amount_of_nothing_below_zero_or_too_long_is_refused() -> None:
    fund = make_fund("100")
    for typed in ("0", "-5", "", "1e9", "999999999999"):
        with pytest.raises(Refused) as refused:
            spend(fund, typed)
        assert [where for where, _ in problems(refused)] == ["金额"], typed


def test_the_same_form_sent_twice_is_one_entry() -> None:
    fund, same = make_fund("100"), key()
    assert spend(fund, "60", client_key=same).pk == spend(fund, "60", client_key=same).pk
    assert balance(fund) == 4000


def test_a_mistake_is_taken_back_by_a_row_and_only_once() -> None:
    fund = make_fund("100")
    entry = spend(fund, "60")
    row = money.reverse_entry(actor=make_desk(), entry_id=entry.pk, reason="重复登记", at=AT)
    assert (row.side, row.fen, row.reverses_id, balance(fund)) == ("OUT", 6000, entry.pk, 10000)
    for again in (entry.pk, row.pk):
        with pytest.raises(Refused, match="冲销"):
            money.reverse_entry(actor=make_desk(), entry_id=again, reason="再来一次", at=AT)
    assert LogEntry.objects.filter(action="funds.entry.reversed").count() == 1


def test_income_that_is_already_spent_cannot_be_taken_back() -> None:
    fund = make_fund()
    income = receive(fund, "100")
    spend(fund, "60")
    with pytest.raises(Refused) as refused:
        money.reverse_entry(actor=make_desk(), entry_id=income.pk, reason="", at=AT)
    assert [where for where, _ in problems(refused)] == ["冲销原因", "金额"]


def test_the_database_itself_refuses_to_change_an_entry() -> None:
    entry = receive(make_fund(), "100")
    for act in (lambda: Entry.objects.filter(pk=entry.pk).update(fen=1), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Entry.objects.get(pk=entry.pk).fen == 10000


def test_another_town_and_other_roles_find_nothing() -> None:
    fund = make_fund("100")
    stranger = make_user(Role.TOWN_CLERK, area=OTHER_TOWN, username="other")
    for actor in (stranger, make_town()):  # the county's fund is not a town's
        with pytest.raises(NotFound):
            selectors.get_fund(actor=actor, fund_id=fund.pk)
    draft = EntryDraft(on="2026-02-05", amount="1", words="试", client_key=key())
    with pytest.raises(Refused, match="的权限"):
        money.record_spending(actor=make_reviewer(), fund_id=fund.pk, draft=draft, at=AT)


def test_a_fund_is_named_once_in_a_year_and_closed_only_when_empty() -> None:
    fund = make_fund("100")
    with pytest.raises(Refused, match="同名"):
        make_fund()
    with pytest.raises(Refused, match="还有余额 100 元"):
        money.close_fund(actor=make_desk(), fund_id=fund.pk, at=AT)
    spend(fund, "100", use="TURNED_IN")
    money.close_fund(actor=make_desk(), fund_id=fund.pk, at=AT)
    with pytest.raises(Refused, match="已停用"):
        receive(fund, "5")


def test_everything_wrong_with_a_fund_is_said_at_once() -> None:
    draft = FundDraft(name="", kind="SAVINGS", source="", year="26", use="X", planned="many", client_key="1")
    with pytest.raises(Refused) as refused:
        money.open_fund(actor=make_desk(), draft=draft, at=AT)
    assert [where for where, _ in problems(refused)] == ["名称", "种类", "来源", "用途", "预算数", ""]


def test_two_people_who_correct_a_fund_do_not_lose_each_other() -> None:
    fund = make_fund()
    change = {"actor": make_desk(), "fund_id": fund.pk, "note": "", "revision": "1", "at": AT}
    money.change_fund(name="2026年慰问经费", planned="120000", **change)
    with pytest.raises(Refused, match="刚被别人改过"):
        money.change_fund(name="慰问费", planned="5", **change)
    fund.refresh_from_db()
    assert (fund.name, fund.planned_fen) == ("2026年慰问经费", 12_000_000)


def test_packages_above_spend_for_their_own_rows() -> None:
    fund = make_fund("1000")
    entry = services.spend(
        actor=make_desk(), fund_id=fund.pk, fen=30050, purpose="八一慰问金", source="activities.campaign:7",
        source_words="2026年八一慰问", on=TODAY, at=AT, client_key=key(),
    )  # fmt: skip
    found = selectors.entries_of_origin(actor=make_desk(), origin="activities.campaign:7")
    assert [(row.pk, row.fen, row.use_id) for row in found] == [(entry.pk, -30050, "VISIT_CASH")]
    assert selectors.spent_by_origin(actor=make_desk(), origins=["activities.campaign:7"]) == {
        "activities.campaign:7": 30050
    }


def test_help_is_paid_by_another_than_who_decided_it() -> None:
    fund = make_fund("1000", name="退役军人关爱基金", kind="CARE", source="DONATION", year="", use="")
    person = make_person()
    paid = {
        "fund_id": fund.pk, "person_id": person.pk, "fen": 50000, "purpose": "困难帮扶", "source": "cases.case:3",
        "on": TODAY, "at": AT, "client_key": key(),
    }  # fmt: skip
    with pytest.raises(Refused, match="自己经办"):
        services.pay_help(actor=make_desk(), approved_by=make_desk(), **paid)
    entry = services.pay_help(actor=make_desk(), approved_by=make_reviewer(), **paid)
    assert (entry.person, entry.approved_name, entry.fen) == (person, "何志强", -50000)
    with pytest.raises(Refused, match="另一人审核"):
        spend(fund, "10")


amounts = some.integers(1, 500_00)
acts = some.lists(some.tuples(some.sampled_from("IOR"), amounts, some.integers(0, 180)), max_size=14)


@settings(max_examples=25)
@given(acts)
def test_whatever_happens_the_balance_is_the_sum_and_no_day_runs_below_zero(acts: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        fund, model = make_fund(), 0
        for act, fen, day in acts:
            try:
                if act == "R":
                    entry = Entry.objects.filter(fund=fund).order_by("id").first()
                    model += money.reverse_entry(
                        actor=make_desk(), entry_id=entry.pk if entry else 0, reason="登记错", at=AT
                    ).fen
                else:
                    facts = EntryDraft(
                        on=str(TODAY.replace(month=1 + day // 31, day=1 + day % 28)),
                        amount=f"{fen // 100}.{fen % 100:02d}", words="试", client_key=key(),
                    )  # fmt: skip
                    verb = money.record_income if act == "I" else money.record_spending
                    model += verb(actor=make_desk(), fund_id=fund.pk, draft=facts, at=AT).fen
            except (Refused, NotFound):
                pass
        assert balance(fund) == model >= 0
        running = 0
        for movement in selectors.movements_of(fund):
            running += movement.fen
            assert running >= 0
        newest = selectors.ledger_of(actor=make_desk(), fund=fund).first()
        assert (newest.after if newest else 0) == model
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_four_who_spend_at_once_do_not_spend_more_than_there_is() -> None:
    fund, desk = make_fund("100"), make_desk()
    drafts = [EntryDraft(on="2026-02-05", amount="40", words="慰问", client_key=key()) for _ in range(4)]
    gate, refused = threading.Barrier(4), []

    def take(draft: EntryDraft) -> None:
        try:
            gate.wait()
            money.record_spending(actor=desk, fund_id=fund.pk, draft=draft, at=AT)
        except Refused as error:
            refused.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=take, args=(draft,)) for draft in drafts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    close_old_connections()
    assert (len(refused), balance(fund)) == (2, 2000)
