"""The bank file: what is in it, and what is refused before it is made."""

from __future__ import annotations

import csv
import io

import pytest
from django.conf import settings
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from yushui.base import files
from yushui.base.days import month_at
from yushui.base.refusals import Refused
from yushui.payments import selectors
from yushui.payments.models import Batch, Line
from yushui.payments.rules.files import write_file
from yushui.payments.rules.profiles import read_profiles
from yushui.payments.services import bank_files
from yushui.payments.tests.factories import AT, CSV, FIXED, approved, line_for, make_payees, maker, sent
from yushui.payments.types import Payee
from yushui.people.tests.factories import make_account, make_person

PROFILES = read_profiles((settings.CATALOGUE_DIR / "bank_profiles.yaml").read_text("utf-8"))


@pytest.mark.django_db
def test_the_csv_file_has_a_head_with_count_and_total_and_one_row_a_person() -> None:
    first, second = make_payees(2)
    batch = sent(
        [line_for(first), line_for(first, benefit="care_allowance", fen=100), line_for(second, fen=401_550)], CSV
    )
    assert batch.bank_file is not None
    rows = list(csv.reader(io.StringIO(files.read(batch.bank_file).decode("gbk"))))
    assert rows[0] == ["H", f"{batch.pk:08d}", "202411", "2", "4898.50", "20241121"]
    assert rows[1] == ["序号", "流水号", "户名", "账号", "开户行", "金额", "摘要"]
    assert [(r[0], r[2], r[5]) for r in rows[2:]] == [("1", "陈一", "883.00"), ("2", "陈二", "4015.50")]
    assert batch.state == "SENT"


@pytest.mark.django_db
def test_the_fixed_file_counts_bytes_not_characters() -> None:
    (person,) = make_payees(1)
    batch = sent([line_for(person)], FIXED)
    assert batch.bank_file is not None
    head, body, rest = files.read(batch.bank_file).split(b"\r\n")
    assert head == f"1{batch.pk:08d}202411{1:08d}{88_200:015d}20241121".encode()
    assert (len(body), rest) == (1 + 20 + 32 + 40 + 15 + 20, b"")
    assert body[53:93].decode("gbk") == "陈一" + " " * 36
    assert body[93:108] == b"000000000088200"


@pytest.mark.django_db
def test_rare_characters_are_listed_by_person_until_the_stand_in_is_agreed() -> None:
    rare = make_person(name="王㛃𠮷")
    make_account(rare)
    (plain,) = make_payees(1)
    batch = approved([line_for(rare), line_for(plain)])
    with pytest.raises(Refused) as refused:
        bank_files.make_bank_file(actor=maker(), batch_id=batch.pk, profile_key=CSV, at=AT)
    assert [(p.where, p.what) for p in refused.value.problems] == [
        ("王㛃𠮷", "户名中的『㛃𠮷』不在银行文件的字库(GBK)里")
    ]
    assert Batch.objects.get().state == "APPROVED"
    made = bank_files.make_bank_file(actor=maker(), batch_id=batch.pk, profile_key=CSV, at=AT, rare_agreed=True)
    assert made.bank_file is not None
    assert "王??" in files.read(made.bank_file).decode("gbk")


@pytest.mark.django_db
def test_a_name_that_does_not_fit_is_refused_never_cut() -> None:
    long = make_person(name="阿卜杜热西提" * 5)
    make_account(long)
    batch = approved([line_for(long)])
    with pytest.raises(Refused) as refused:
        bank_files.make_bank_file(actor=maker(), batch_id=batch.pk, profile_key=FIXED, at=AT)
    assert refused.value.problems[0].what == "户名超过银行文件的 40 字节"


@pytest.mark.django_db
def test_an_unknown_profile_is_refused() -> None:
    batch = approved([line_for(p) for p in make_payees(1)])
    with pytest.raises(Refused):
        bank_files.make_bank_file(actor=maker(), batch_id=batch.pk, profile_key="../etc", at=AT)


@pytest.mark.django_db
def test_lines_payees_and_file_have_one_sum() -> None:
    people = make_payees(5)
    lines = [
        line_for(person, fen=(n + 1) * 7_919 + turn, month=month_at("2024-08") + turn)
        for n, person in enumerate(people)
        for turn in range(4)
    ]
    batch = sent(lines)
    payees = selectors.payees_of(batch)
    assert batch.bank_file is not None
    rows = list(csv.reader(io.StringIO(files.read(batch.bank_file).decode("gbk"))))[2:]
    total = sum(line.fen for line in lines)
    assert sum(p.fen for p in payees) == total
    assert sum(round(float(row[5]) * 100) for row in rows) == total
    assert Line.objects.aggregate(fen=Sum("fen"))["fen"] == total == batch.total_fen


amounts = st.integers(min_value=1, max_value=10**9)


@given(st.lists(amounts, min_size=1, max_size=30), st.sampled_from(sorted(PROFILES)))
def test_every_file_adds_up_to_its_head_for_any_amounts(fens: list[int], key: str) -> None:
    profile = PROFILES[key]
    payees = [
        Payee(number=n, reference=f"{n:020d}", person_id=n, name="陈", holder="陈", account="6299", bank="行", fen=fen)
        for n, fen in enumerate(fens, start=1)
    ]
    made_on = AT.date()
    content = write_file(batch_id=7, month=month_at("2024-11"), made_on=made_on, payees=payees, profile=profile)
    if profile.layout == "fixed":
        lines = content.split(b"\r\n")[:-1]
        found = [int(line[93:108]) for line in lines[1:]]
        head = int(lines[0][15:23]), int(lines[0][23:38])
    else:
        rows = list(csv.reader(io.StringIO(content.decode("gbk"))))
        found = [int(row[5].replace(".", "")) for row in rows[2:]]
        head = int(rows[0][3]), int(rows[0][4].replace(".", ""))
    assert found == fens
    assert head == (len(fens), sum(fens))


def test_a_faulty_profile_is_refused_with_every_fault() -> None:
    with pytest.raises(Refused) as refused:
        read_profiles(
            "x: {title: t, layout: fixed, encoding: gbk, extension: txt, amount: fen, rare_character: '?', head: [],"
            " payee: [{from: salary}], answer: {head: [], payee: [{from: amount, width: 3}], paid: [], failed: {}}}"
        )
    assert [str(p) for p in refused.value.problems] == [
        "x.payee 第 1 项:不认识的内容 salary",
        "x.payee 第 1 项:定长格式须写明宽度",
        "x.answer:回单缺少 reference",
        "x.answer:回单缺少 result",
    ]
