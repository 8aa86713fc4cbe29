"""Overpayments given up by three people, paid back in parts; money to a guardian's account."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.benefits import rules
from yushui.benefits.models import Instalment, Recovery, Run, RunLine, WriteOff, WrittenOff
from yushui.benefits.rules import compare, parts_of, spread
from yushui.benefits.selectors.recoveries import agreement_of, left_of
from yushui.benefits.services import instalments, recoveries, write_offs
from yushui.benefits.tests.factories import AT, NOVEMBER, PENSION, disabled, make_law, pay, start
from yushui.payments.models import Line
from yushui.payments.services import history
from yushui.payments.tests.factories import approver, maker, reviewer
from yushui.people.models import BankAccount, Person, PersonEvent
from yushui.people.services.accounts import set_account
from yushui.people.tests.factories import COUNTY
from yushui.policy.types import DueSpan, Verdict

DECEMBER = NOVEMBER + 1
LATER = AT + timedelta(days=30)
MONTH_FEN = 401_500


@pytest.fixture(autouse=True)
def office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("django_db"):
        monkeypatch.setenv("YUSHUI_TODAY", "2024-11-21")
        make_law()


def overpaid() -> Recovery:
    """Somebody paid for August to October who had died in August: a case of two months, the person not due any more."""
    person = disabled()
    for month in (NOVEMBER - 3, NOVEMBER - 2, NOVEMBER - 1):
        rows = [(person.pk, PENSION, MONTH_FEN)]
        history.take_over_history(actor=maker(), area_code=COUNTY, month=month, rows=rows, at=AT)
    PersonEvent.objects.create(person=person, what="DIED", on=date(2024, 8, 20), recorded_at=AT)
    Person.objects.filter(pk=person.pk).update(died_on=date(2024, 8, 20))
    recoveries.open_recoveries(actor=maker(), run_id=start().pk, at=AT)
    return Recovery.objects.get()


def ask(case: Recovery, fen: int, actor: User | None = None, reason: str = "去世且无遗产") -> WriteOff:
    return write_offs.ask_write_off(actor=actor or maker(), recovery_id=case.pk, fen=fen, reason=reason, at=AT)


def decide(row: WriteOff, actor: User, *, agree: bool = True, opinion: str = "") -> WriteOff:
    return write_offs.decide_write_off(actor=actor, write_off_id=row.pk, agree=agree, opinion=opinion, at=AT)


def give_up(case: Recovery, fen: int) -> None:
    """Through all three hands."""
    row = ask(case, fen)
    decide(row, reviewer())
    decide(row, approver())
    case.refresh_from_db()


@pytest.mark.django_db
def test_money_is_given_up_by_three_people_and_never_asked_for_again() -> None:
    case = overpaid()
    row = ask(case, case.fen)
    assert ask(case, case.fen).pk == row.pk
    assert decide(row, reviewer()).state == "REVIEWED"
    case.refresh_from_db()
    assert (case.written_off_fen, case.closed_at) == (0, None)
    decide(row, approver())
    case.refresh_from_db()
    assert (left_of(case), case.closed_reason) == (0, "核销")
    months = list(WrittenOff.objects.order_by("month").values_list("month", "fen"))
    assert months == [(NOVEMBER - 2, MONTH_FEN), (NOVEMBER - 1, MONTH_FEN)]
    run = start()
    assert not RunLine.objects.filter(run=run, cause="OVERPAID").exists()
    with pytest.raises(Refused, match="没有多发"):
        recoveries.open_recoveries(actor=maker(), run_id=run.pk, at=AT)


@pytest.mark.django_db
def test_a_part_given_up_leaves_the_rest_to_be_recovered() -> None:
    case = overpaid()
    give_up(case, 500_000)
    over = RunLine.objects.filter(run=start(), cause="OVERPAID")
    assert [(r.month, r.paid_fen - r.due_fen - r.written_off_fen) for r in over] == [(NOVEMBER - 1, 303_000)]
    recoveries.open_recoveries(actor=maker(), run_id=Run.objects.latest("id").pk, at=AT)
    case.refresh_from_db()
    assert (case.fen, left_of(case)) == (803_000, 303_000)
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=303_000, on=date(2024, 11, 21), reason="家属缴回", at=AT
    )
    case.refresh_from_db()
    assert case.closed_reason == "部分追回,其余核销"
    assert not RunLine.objects.filter(run=start(), cause="OVERPAID").exists()


@pytest.mark.django_db
def test_a_death_withdrawn_after_a_write_off_pays_nothing_twice() -> None:
    case = overpaid()
    give_up(case, case.fen)
    PersonEvent.objects.filter(what="DIED").delete()
    Person.objects.update(died_on=None)
    rows = RunLine.objects.filter(run=start())
    assert [(r.month, r.due_fen - r.paid_fen) for r in rows] == [(NOVEMBER, MONTH_FEN)]


@pytest.mark.django_db
def test_the_one_who_asked_neither_reviews_nor_approves() -> None:
    case = overpaid()
    allround = make_user(Role.DESK_OFFICER, Role.REVIEWER, Role.APPROVER, username="allround")
    row = ask(case, case.fen, actor=allround)
    with pytest.raises(Refused, match="三个人"):
        decide(row, allround)
    with pytest.raises(Refused, match="没有复核核销的权限"):
        decide(row, approver())
    both = make_user(Role.REVIEWER, Role.APPROVER, username="both")
    decide(row, both)
    with pytest.raises(Refused, match="三个人"):
        decide(row, both)
    with pytest.raises(NotFound):
        decide(row, make_user(Role.APPROVER, area="990102000000", username="far"))
    assert decide(row, approver()).state == "APPROVED"
    with pytest.raises(Refused, match="已经办结"):
        decide(row, approver())


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_wants_three_people() -> None:
    row = ask(overpaid(), 1000)
    for wrong in ({"reviewed_by": row.asked_by}, {"state": "APPROVED", "reviewed_by": 77, "decided_by": 77}):
        with pytest.raises(DatabaseError), transaction.atomic():
            WriteOff.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.django_db
def test_asking_says_all_problems_at_once_and_a_refusal_needs_a_reason() -> None:
    case = overpaid()
    with pytest.raises(Refused) as refused:
        ask(case, case.fen + 1, reason="无")
    assert [p.where for p in refused.value.problems] == ["核销金额", "理由"]
    row = ask(case, 1000)
    with pytest.raises(Refused, match="已有 10.00 元的核销在办"):
        ask(case, 2000)
    with pytest.raises(Refused, match="不同意要写明原因"):
        decide(row, reviewer(), agree=False)
    assert decide(row, reviewer(), agree=False, opinion="先找继承人").state == "REFUSED"
    assert ask(case, 2000).pk != row.pk


@pytest.mark.django_db
def test_an_approval_is_refused_when_the_money_came_back_meanwhile() -> None:
    case = overpaid()
    row = ask(case, case.fen)
    decide(row, reviewer())
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=100, on=date(2024, 11, 21), reason="", at=AT + timedelta(seconds=1)
    )
    with pytest.raises(Refused, match="有了变动"):
        decide(row, approver())
    row.refresh_from_db()
    assert row.state == "REVIEWED"


grants = st.lists(
    st.builds(
        lambda person, first, length, fen: DueSpan(
            person, person * 10, PENSION, first, first + length, fen, Verdict.GRANT, rate="r/national/2024-08-01/1"
        ),
        st.integers(1, 3), st.integers(24_290, 24_299), st.integers(1, 8), st.integers(1, 9999),
    ),
    max_size=6,
)  # fmt: skip
keys = st.tuples(st.integers(1, 3), st.just(PENSION), st.integers(24_290, 24_298))


@given(grants, st.dictionaries(keys, st.integers(1, 9999)), st.dictionaries(keys, st.integers(1, 9999)))
def test_what_is_given_up_changes_no_payment_and_only_lessens_what_is_asked_back(spans, paid, given) -> None:
    due = rules.expand(spans, 24_290, 24_299)
    all_keys = set(due) | set(paid)
    months = rules.OpenMonths(
        due={key: due.get(key, 0) for key in all_keys}, paid=paid, turns=dict.fromkeys(all_keys, 0)
    )
    around = {"spans": spans, "months": months, "last": {}, "failed": (), "people": {}, "month": 24_298}
    plain, less = compare(**around), compare(**around, written_off=given)

    def pays(rows):
        return {(r.person_id, r.month): r.due_fen - r.paid_fen for r in rows if r.due_fen > r.paid_fen}

    def asked_back(rows):
        return {
            (r.person_id, PENSION, r.month): r.paid_fen - r.due_fen - r.written_off_fen
            for r in rows if r.cause == "OVERPAID"
        }  # fmt: skip

    assert pays(plain) == pays(less)
    before = asked_back(plain)
    expected = {key: fen - given.get(key, 0) for key, fen in before.items() if fen > given.get(key, 0)}
    assert asked_back(less) == expected


@given(st.integers(1, 10**7), st.integers(1, 60))
def test_parts_add_up_and_differ_by_a_fen_at_most(fen: int, number: int) -> None:
    parts = parts_of(fen, date(2024, 1, 31), number)
    assert sum(part for _, part in parts) == fen
    assert max(part for _, part in parts) - min(part for _, part in parts) <= 1
    assert len({day for day, _ in parts}) == number
    assert [day for day, _ in parts] == sorted(day for day, _ in parts)


@given(st.integers(0, 10**6), st.dictionaries(st.integers(24_000, 24_010), st.integers(1, 10**5), max_size=6))
def test_spread_gives_no_month_more_than_is_open(fen: int, open_fen: dict[int, int]) -> None:
    shares = spread(fen, open_fen)
    assert all(share <= open_fen[month] for month, share in shares.items())
    assert sum(shares.values()) == min(fen, sum(open_fen.values()))


@pytest.mark.django_db
def test_instalments_are_agreed_followed_and_agreed_anew() -> None:
    case = overpaid()
    first = date(2024, 11, 30)
    agree = {"actor": maker(), "recovery_id": case.pk, "first_on": first, "at": AT}
    made = instalments.agree_instalments(number=4, **agree)
    assert [part.fen for part in made] == [200_750] * 4
    assert [part.due_on.isoformat() for part in made] == ["2024-11-30", "2024-12-30", "2025-01-30", "2025-02-28"]
    instalments.agree_instalments(number=4, **agree)
    assert Instalment.objects.count() == 4
    recoveries.record_recovered(
        actor=maker(), recovery_id=case.pk, fen=200_000, on=date(2024, 11, 21), reason="第一期", at=AT
    )
    case.refresh_from_db()
    found = agreement_of(case, date(2024, 12, 1))
    assert found is not None
    assert (found.due_fen, found.came_fen, found.behind_fen, found.next_on) == (200_750, 200_000, 750, first)
    instalments.agree_instalments(number=3, **agree)
    assert sum(p.fen for p in Instalment.objects.filter(superseded_at=None)) == 603_000
    with pytest.raises(Refused) as refused:
        instalments.agree_instalments(**{**agree, "first_on": date(2020, 1, 1)}, number=61)
    assert [p.where for p in refused.value.problems] == ["期数", "第一期日期"]


@pytest.mark.django_db
def test_the_case_is_decided_by_buttons() -> None:
    case = overpaid()
    desk, second, third = (Client() for _ in range(3))
    for client, user in ((desk, maker()), (second, reviewer()), (third, approver())):
        client.force_login(user)
    page = desk.get(f"/recoveries/{case.pk}/ask-write-off/").content.decode()
    assert 'value="8030"' in page
    answer = desk.post(f"/recoveries/{case.pk}/ask-write-off/", {"fen": "9999", "reason": "x"})
    assert answer.status_code == 409
    assert "不超过未追回的 8,030.00 元" in answer.content.decode()
    desk.post(f"/recoveries/{case.pk}/ask-write-off/", {"fen": "8030", "reason": "去世且无遗产"})
    row = WriteOff.objects.get()
    assert "复核通过" not in desk.get(f"/recoveries/{case.pk}/").content.decode()
    assert "核销在办" in second.get("/recoveries/").content.decode()
    assert "复核通过" in second.get(f"/recoveries/{case.pk}/").content.decode()
    assert "不同意要写明原因" in second.post(f"/write-offs/{row.pk}/decide/", {"answer": "refuse"}).content.decode()
    second.post(f"/write-offs/{row.pk}/decide/", {"answer": "agree"})
    third.post(f"/write-offs/{row.pk}/decide/", {"answer": "agree", "opinion": "同意"})
    assert "已核销" in desk.get(f"/recoveries/{case.pk}/").content.decode()
    desk.post(f"/recoveries/{case.pk}/agree-instalments/", {"first_on": "2024-12-01", "number": "3"})
    assert not Instalment.objects.exists()


def guardian(person: Person, relation: str = "GUARDIAN", number: str = "62990000000000017") -> BankAccount:
    return set_account(
        actor=maker(), person_id=person.pk, bank="云川农商行", number=number, holder_name="陈小军",
        holder_relation=relation, holder_reason="本人失能,有监护公证书", at=AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_guardians_account_is_paid_and_every_checker_sees_it() -> None:
    person, other = disabled(), disabled(name="李建国")
    guardian(person)
    guardian(other)
    rows = RunLine.objects.filter(run=start())
    assert {(r.held, r.noted) for r in rows} == {("", "由代领人领取:陈小军(监护人);今年尚未确认")}
    batch = pay(Run.objects.get())
    assert Line.objects.filter(batch=batch).aggregate(n=Sum("fen"))["n"] == 2 * MONTH_FEN
    client = Client()
    client.force_login(approver())
    assert "由他人代领" in client.get(f"/batches/{batch.pk}/").content.decode()
    assert "陈小军(监护人)代领" in client.get(f"/batches/{batch.pk}/roster/").content.decode()


@pytest.mark.django_db
def test_an_account_in_another_name_needs_who_that_is() -> None:
    person = disabled()
    with pytest.raises(Refused) as refused:
        guardian(person, relation="")
    assert [p.where for p in refused.value.problems] == ["代领人与本人关系"]
    BankAccount.objects.filter(person=person).update(holder_name="陈小军")
    assert "账户户名与本人姓名不符" in RunLine.objects.get(run=start()).held
