"""The bank's return: each row in one class, each line settled, every broken file a list of problems."""

from __future__ import annotations

import contextlib

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from yushui.base.refusals import Refused
from yushui.payments import selectors
from yushui.payments.models import BankReturn, Batch, Line, ReturnRow, Reversal
from yushui.payments.rules.profiles import read_profiles
from yushui.payments.rules.returns import classify, read_return, spread_shortfall
from yushui.payments.selectors import failed, pages
from yushui.payments.services import returns
from yushui.payments.tests.factories import (
    AT,
    CSV,
    FIXED,
    MONTH,
    WAR,
    answer_to,
    line_for,
    make_payees,
    maker,
    sent,
    submitted,
    write_answer,
)
from yushui.payments.types import Answer, Payee

PROFILES = read_profiles((settings.CATALOGUE_DIR / "bank_profiles.yaml").read_text("utf-8"))


def take(batch: Batch, content: bytes, name: str = "回单.csv") -> BankReturn:
    return returns.take_return(actor=maker(), batch_id=batch.pk, content=content, name=name, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("profile", [CSV, FIXED])
def test_a_return_that_pays_everybody_settles_the_batch(profile: str) -> None:
    batch = sent([line_for(p) for p in make_payees(3)], profile)
    take(batch, answer_to(batch))
    batch.refresh_from_db()
    assert batch.state == "SETTLED"
    assert set(Line.objects.values_list("result", "is_live")) == {("PAID", True)}


@pytest.mark.django_db
@pytest.mark.parametrize("profile,said", [(CSV, "账号不存在"), (FIXED, "1001")])
def test_a_refused_payment_falls_due_again_and_marks_the_account(profile: str, said: str) -> None:
    good, bad = make_payees(2)
    batch = sent([line_for(good), line_for(bad)], profile)
    take(batch, answer_to(batch, failed={bad.pk: said}))
    assert selectors.paid_by_month(first_month=MONTH, end_month=MONTH + 1) == {(good.pk, WAR, MONTH): 88_200}
    account = bad.accounts.get(superseded_at=None)
    assert (account.is_confirmed, account.problem) == (False, "账号不存在")
    assert good.accounts.get(superseded_at=None).is_confirmed is True
    (waiting,) = failed.list_failed(actor=maker())
    assert (waiting.person_id, waiting.fen, waiting.reason, waiting.is_corrected) == (
        bad.pk, 88_200, "账号不存在", False,
    )  # fmt: skip
    batch.refresh_from_db()
    assert batch.state == "SETTLED"


@pytest.mark.django_db
def test_a_refused_payment_leaves_the_queue_when_it_is_in_the_next_batch() -> None:
    (bad,) = make_payees(1)
    batch = sent([line_for(bad)])
    take(batch, answer_to(batch, failed={bad.pk: "账户已销户"}))
    assert failed.count_failed(actor=maker()) == 1
    submitted([line_for(bad)])
    assert failed.count_failed(actor=maker()) == 0


@pytest.mark.django_db
def test_a_shortfall_is_a_reversal_row_and_the_amount_stays() -> None:
    (person,) = make_payees(1)
    batch = sent([line_for(person, fen=100), line_for(person, fen=50, month=MONTH - 1)])
    take(batch, answer_to(batch, paid={person.pk: 30}))
    assert list(Line.objects.order_by("month").values_list("fen", "result")) == [(50, "PAID"), (100, "PAID")]
    assert sum(Reversal.objects.values_list("fen", flat=True)) == 120
    paid = selectors.paid_by_month(first_month=MONTH - 1, end_month=MONTH + 1)
    assert paid == {(person.pk, WAR, MONTH - 1): 30, (person.pk, WAR, MONTH): 0}


@pytest.mark.django_db
def test_an_excess_is_a_line_of_its_own_and_the_batch_keeps_its_total() -> None:
    (person,) = make_payees(1)
    batch = sent([line_for(person, fen=100)])
    take(batch, answer_to(batch, paid={person.pk: 130}))
    assert list(Line.objects.order_by("turn").values_list("turn", "fen", "is_bank_excess")) == [
        (0, 100, False),
        (1, 30, True),
    ]
    batch.refresh_from_db()
    assert (batch.state, batch.total_fen) == ("SETTLED", 100)
    assert selectors.paid_by_month(first_month=MONTH, end_month=MONTH + 1) == {(person.pk, WAR, MONTH): 130}


@pytest.mark.django_db
def test_a_batch_waits_for_the_payees_the_return_left_out() -> None:
    first, second = make_payees(2)
    batch = sent([line_for(first), line_for(second)])
    profile = selectors.get_profile(CSV)
    payees = selectors.payees_of(batch)
    take(batch, write_answer(payees[:1], profile))
    batch.refresh_from_db()
    assert batch.state == "SENT"
    assert selectors.result_counts(batch) == {"PAID": (1, 88_200), "WAITING": (1, 88_200)}
    take(batch, write_answer(payees[1:], profile))
    batch.refresh_from_db()
    assert batch.state == "SETTLED"


@pytest.mark.django_db
def test_the_same_file_is_taken_once() -> None:
    first, second = make_payees(2)
    batch = sent([line_for(first), line_for(second)])
    content = write_answer(selectors.payees_of(batch)[:1], selectors.get_profile(CSV))
    take(batch, content)
    with pytest.raises(Refused) as refused:
        take(batch, content, name="改了名.csv")
    assert refused.value.problems[0].what == "这份回单已于 2024-11-21 10:00 导入过"
    assert BankReturn.objects.count() == 1


@pytest.mark.django_db
def test_a_payee_answered_twice_is_double_and_changes_nothing() -> None:
    first, second = make_payees(2)
    batch = sent([line_for(first), line_for(second)])
    profile = selectors.get_profile(CSV)
    one, two = selectors.payees_of(batch)
    take(batch, write_answer([one], profile))
    take(batch, write_answer([one, two], profile, failed={one.person_id: "账号不存在"}))
    assert list(ReturnRow.objects.order_by("id").values_list("outcome", flat=True)) == ["PAID", "DOUBLE", "PAID"]
    assert set(Line.objects.values_list("result", flat=True)) == {"PAID"}


@pytest.mark.django_db
def test_a_row_of_nobody_is_unknown_and_listed() -> None:
    batch = sent([line_for(p) for p in make_payees(1)])
    (payee,) = selectors.payees_of(batch)
    strange = Payee(2, "99999999000000000001", 0, "某", "某", "1", "行", 500)
    take(batch, write_answer([payee, strange], selectors.get_profile(CSV)))
    rows = pages.list_return_rows(actor=maker(), batch_id=batch.pk)
    assert [(r.reference, r.outcome, r.person) for r in rows] == [("99999999000000000001", "UNKNOWN", None)]


@pytest.mark.django_db
def test_a_return_of_another_batch_is_refused_as_a_whole() -> None:
    batch = sent([line_for(p) for p in make_payees(1)])
    strange = Payee(1, "99999999000000000001", 0, "某", "某", "1", "行", 500)
    with pytest.raises(Refused) as refused:
        take(batch, write_answer([strange], selectors.get_profile(CSV)))
    assert refused.value.problems[0].what == "这份回单没有一笔属于本批"
    assert ReturnRow.objects.count() == 0


@pytest.mark.django_db
def test_a_return_is_refused_before_the_file_was_sent() -> None:
    batch = submitted([line_for(p) for p in make_payees(1)])
    with pytest.raises(Refused):
        take(batch, b"H,1,1,1\r\n")


@pytest.mark.django_db
def test_the_bank_may_send_utf8_with_blank_lines_and_a_mark() -> None:
    batch = sent([line_for(p) for p in make_payees(2)])
    content = answer_to(batch).decode("gbk").replace("\r\n", "\n\n  \n").encode("utf-8-sig") + b"\n,,,\n"
    take(batch, content)
    batch.refresh_from_db()
    assert batch.state == "SETTLED"


REF = "0" * 19 + "1"
HEAD = "H,1,1,10.00\n"
BROKEN_CSV = {
    "empty": (b"", ["回单文件是空的"]),
    "only a mark": (b"\xef\xbb\xbf\r\n", ["回单文件是空的"]),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["这不是文本格式的回单"]),
    "an excel file": (b"PK\x03\x04\x14\x00\x06\x00", ["这不是文本格式的回单"]),
    "no head": (f"{REF},1,陈,10.00,成功,\n".encode(), ["第 1 行:回单没有首行(笔数与金额合计)"]),
    "only a head": (b"H,1,0,0.00\n", ["回单中没有一笔结果"]),
    "letters in the amount": ((HEAD + f"{REF},1,陈,1O.00,成功,\n").encode(), ["第 2 行:金额读不出"]),
    "a negative amount": ((HEAD + f"{REF},1,陈,-10.00,成功,\n").encode(), ["第 2 行:金额读不出"]),
    "three decimals": ((HEAD + f"{REF},1,陈,10.001,成功,\n").encode(), ["第 2 行:金额读不出"]),
    "an endless amount": ((HEAD + f"{REF},1,陈,{'9' * 400},成功,\n").encode(), ["第 2 行:金额读不出"]),
    "a column too few": ((HEAD + f"{REF},1,陈,10.00,成功\n").encode(), ["第 2 行:应有 6 列,这里是 5 列"]),
    "a column too many": ((HEAD + f"{REF},1,陈,10.00,成功,,\n").encode(), ["第 2 行:应有 6 列,这里是 7 列"]),
    "a result nobody knows": ((HEAD + f"{REF},1,陈,10.00,处理中,\n").encode(), ["第 2 行:结果代码『处理中』"]),
    "no result": ((HEAD + f"{REF},1,陈,10.00,,\n").encode(), ["第 2 行:结果代码(空)"]),
    "no reference": ((HEAD + ",1,陈,10.00,成功,\n").encode(), ["第 2 行:缺少流水号"]),
    "cut off": (f"H,1,2,20.00\n{REF},1,陈,10.00,成功,\n".encode(), ["首行写 2 笔,文件中读到 1 笔", "金额合计"]),
    "a changed amount": (f"H,1,1,10.00\n{REF},1,陈,10.01,成功,\n".encode(), ["金额合计与各行之和不符"]),
    "a head of words": (f"H,1,一,十\n{REF},1,陈,10.00,成功,\n".encode(), ["笔数不是数字", "金额合计读不出"]),
    "a short head": (f"H,1\n{REF},1,陈,10.00,成功,\n".encode(), ["第 1 行:应有 4 列,这里是 2 列"]),
    "many faults": (
        (HEAD + f"{REF},1,陈,x,成功,\n{REF},1\n,1,陈,1.00,?,\n").encode(),
        ["第 2 行:金额读不出", "第 3 行:应有 6 列", "第 4 行:结果代码", "第 4 行:缺少流水号", "读到 2 笔"],
    ),
}


@pytest.mark.parametrize("content,words", BROKEN_CSV.values(), ids=BROKEN_CSV.keys())
def test_a_broken_csv_return_is_refused_with_every_fault(content: bytes, words: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        read_return(content, PROFILES[CSV])
    said = "\n".join(str(p) for p in refused.value.problems)
    assert [word for word in words if word not in said] == []


def fixed_return(rows: int = 1) -> bytes:
    payees = [Payee(n, f"{n:020d}", n, "陈", "陈", "6299", "行", 1000) for n in range(1, rows + 1)]
    return write_answer(payees, PROFILES[FIXED])


BROKEN_FIXED = {
    "cut in the middle": (fixed_return(3)[:-60], "这一行长度不对"),
    "a line lost": (b"\r\n".join(fixed_return(3).split(b"\r\n")[:-1]), "首行写 3 笔,文件中读到 2 笔"),
    "shifted by a byte": (fixed_return(2).replace(b"\r\n9", b"\r\n 9"), "这一行长度不对"),
    "letters in the amount": (fixed_return(1).replace(b"000000000001000", b"00000000000lOOO", 2), "金额读不出"),
    "a code nobody knows": (fixed_return(1).replace(b"0000   ", b"7777   ", 1), "结果代码『7777』"),
    "a csv instead": ("流水号,金额\r\n1,2\r\n".encode("gbk"), "这一行长度不对"),
}


@pytest.mark.parametrize("content,words", BROKEN_FIXED.values(), ids=BROKEN_FIXED.keys())
def test_a_broken_fixed_return_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_return(content, PROFILES[FIXED])
    assert words in "\n".join(str(p) for p in refused.value.problems)


def test_trailing_blanks_may_be_missing() -> None:
    trimmed = b"\n".join(line.rstrip() for line in fixed_return(3).split(b"\r\n"))
    assert [a.fen for a in read_return(trimmed, PROFILES[FIXED])] == [1000, 1000, 1000]


def damaged(good: bytes) -> st.SearchStrategy[bytes]:
    """A good file with some bytes cut out, repeated or replaced."""
    place = st.integers(min_value=0, max_value=len(good))
    return st.builds(
        lambda a, b, filling: good[: min(a, b)] + filling + good[max(a, b) :], place, place, st.binary(max_size=12)
    )


GOOD = {CSV: write_answer([Payee(1, REF, 1, "陈", "陈", "6299", "行", 1000)], PROFILES[CSV]), FIXED: fixed_return(2)}


@given(st.one_of(st.binary(max_size=300), damaged(GOOD[CSV]), damaged(GOOD[FIXED])), st.sampled_from([CSV, FIXED]))
def test_any_bytes_are_answers_or_a_refusal_never_another_error(content: bytes, key: str) -> None:
    answers: list[Answer] = []
    with contextlib.suppress(Refused):
        answers = read_return(content, PROFILES[key])
    assert all(answer.fen >= 0 and answer.reference for answer in answers)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 300), st.booleans()), max_size=12),
    st.dictionaries(st.integers(1, 4), st.integers(1, 300), min_size=1),
    st.frozensets(st.integers(1, 4)),
)
def test_every_row_has_one_class_and_no_payee_is_settled_twice(
    rows: list[tuple[int, int, bool]], asked: dict[int, int], answered: frozenset[int]
) -> None:
    answers = [Answer(n, str(person), fen, is_paid) for n, (person, fen, is_paid) in enumerate(rows, start=1)]
    classed = classify(answers, {str(p): (p, fen) for p, fen in asked.items()}, answered)
    assert [c.answer for c in classed] == answers
    settled = [c.person_id for c in classed if c.outcome in ("PAID", "FAILED", "DIFFERS")]
    assert len(settled) == len(set(settled))
    assert not set(settled) & answered
    assert all((c.person_id is None) == (c.outcome == "UNKNOWN") for c in classed)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8), st.data())
def test_a_shortfall_is_shared_to_the_fen(fens: list[int], data: st.DataObject) -> None:
    shortfall = data.draw(st.integers(1, sum(fens)))
    shares = spread_shortfall(shortfall, list(enumerate(fens)))
    assert sum(fen for _, fen in shares) == shortfall
    assert all(0 < fen <= fens[line] for line, fen in shares)
