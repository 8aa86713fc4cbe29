"""Pages of money: the list's sums, forms that keep what was typed, the year, papers, who sees names."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.funds.selectors.years import year_sheet
from yushui.funds.services import care, money
from yushui.funds.tests.money import (
    AT,
    ask,
    donate,
    key,
    make_care,
    make_desk,
    make_fund,
    make_reviewer,
    receive,
    spend,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-07-20")


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_list_shows_what_came_went_and_is_left() -> None:
    fund = make_fund("1000.05")
    money.reverse_entry(actor=make_desk(), entry_id=spend(fund, "400").pk, reason="重复", at=AT)
    spend(fund, "300.01")
    text = sign_in(make_desk()).get("/funds/").content.decode()
    assert [amount in text for amount in ("1,000.05", "300.01", "700.04", "400.00")] == [True, True, True, False]


def test_a_refused_spending_keeps_what_was_typed_and_says_everything() -> None:
    fund = make_fund("100")
    sent = {"amount": "500", "on": "2026-07-01", "words": "", "use": "EVENTS", "payee": "老兵食堂", "client_key": key()}
    answer = sign_in(make_desk()).post(f"/funds/{fund.pk}/record-spending/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in text for words in ('value="500"', "老兵食堂", "没有写摘要"))


def test_a_form_cannot_say_what_caused_a_spending() -> None:
    fund = make_fund("100")
    sent = {
        "amount": "5", "on": "2026-07-01", "words": "笔", "use": "OFFICE", "client_key": key(),
        "origin": "cases.case:1", "origin_words": "别人的办件",
    }  # fmt: skip
    sign_in(make_desk()).post(f"/funds/{fund.pk}/record-spending/", sent)
    assert fund.entries.get(side="OUT").origin == ""


def test_the_year_adds_up_by_fund_source_and_use() -> None:
    last_year = make_fund(name="2025年双拥经费", year="2025", use="", source="UPPER", planned="500")
    receive(last_year, "500", on="2025-03-01")
    spend(last_year, "480.50", on="2025-12-01", use="EVENTS")
    fund = make_fund("1000")
    spend(fund, "300.01")
    care_fund, _ = make_care(money_in="200")
    sheet = year_sheet(actor=make_desk(), year=2026, on=AT.date())
    whole = sheet.whole
    assert (whole.opening, whole.income, whole.spent, whole.closing) == (1950, 120000, 30001, 91949)
    assert [(x.name, x.income, x.spent) for x in sheet.sources] == [
        ("本级财政", 100000, 30001), ("上级专项", 0, 0), ("捐赠", 20000, 0),
    ]  # fmt: skip
    assert [(use.pk, fen) for use, fen in sheet.uses] == [("VISIT_CASH", 30001)]
    assert [x.percent for x in sheet.of_kind("BUDGET")] == ["0.3%", "—"]
    assert (sheet.promised, sheet.received, sheet.donors) == (20000, 20000, 1)
    assert year_sheet(actor=make_desk(), year=2025, on=AT.date()).whole.closing == whole.opening


def test_every_number_of_the_year_opens_the_entries_that_make_it() -> None:
    fund = make_fund("1000")
    spend(fund, "300.01")
    client = sign_in(make_desk())
    page = client.get("/funds/year/?year=2026").content.decode()
    link = "/funds/entries/?first=2026-01-01&amp;last=2026-07-20&amp;use=VISIT_CASH&amp;side=OUT"
    assert link in page
    rows = client.get(link.replace("&amp;", "&")).content.decode()
    assert "支出 300.01 元" in rows


def test_the_year_as_word_and_excel_says_the_same() -> None:
    fund = make_fund("1000")
    spend(fund, "300.01")
    make_care(money_in="200")
    client = sign_in(make_desk())
    paper = docx.Document(BytesIO(client.get("/funds/year/print-money-year/?year=2026").content))
    words = "\n".join(p.text for p in paper.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    assert "本年收入1,200.00元，支出300.01元，结余899.99元" in words
    assert ["合计", "0.00", "1,200.00", "300.01", "899.99"] in cells
    assert ["2026年走访慰问经费", "100,000.00", "1,000.00", "300.01", "0.3%"] in cells
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/funds/year/download-money-year/?year=2026").content))
    assert book.sheet_names == ["资金", "用途", "收支明细"]
    rows = book.get_sheet_by_name("收支明细").to_python()
    assert [(row[2], row[8]) for row in rows[1:]] == [("收入", 200.0), ("收入", 1000.0), ("支出", 300.01)]


@pytest.mark.parametrize(
    ("unnamed", "called"), [(False, "云川商会："), (True, "尊敬的爱心人士：")]
)  # fmt: skip
def test_the_letter_of_thanks_names_the_donor_unless_they_stay_unnamed(unnamed: bool, called: str) -> None:
    fund, _ = make_care(money_in="")
    donation = donate(fund, received="1000.50", wish="用于老兵大病救助", is_unnamed=unnamed)
    letter = docx.Document(
        BytesIO(sign_in(make_desk()).get(f"/donations/{donation.pk}/print-letter/").content)
    )  # fmt: skip
    words = [p.text for p in letter.paragraphs]
    assert called in words
    assert any("伍角" in line and "1,000.50元" in line for line in words)
    assert any("用于老兵大病救助" in line for line in words)


def test_a_leader_sees_how_much_but_not_whom() -> None:
    _, project = make_care()
    row = ask(project)
    leader = sign_in(make_user(Role.LEADER, username="leader"))
    for address in ("/care/", f"/care/{row.pk}/"):
        text = leader.get(address).content.decode()
        assert ("陈大山" in text, "陈**" in text, "3,000.00" in text) == (False, True, True)
        assert "陈大山" in sign_in(make_reviewer()).get(address).content.decode()


def test_an_application_goes_from_form_to_review_to_use() -> None:
    fund, project = make_care()
    person = ask(project).person
    care.withdraw_care(actor=make_desk(), application_id=project.applications.get().pk, reason="重填", at=AT)
    desk, reviewer = sign_in(make_desk()), sign_in(make_reviewer())
    assert "为此人申请" in desk.get("/care/ask-care/?name=陈").content.decode()
    sent = {
        "person": person.pk, "project": project.pk, "cause": "ILLNESS", "amount": "3000", "on": "2026-07-19",
        "words": "手术", "client_key": key(),
    }  # fmt: skip
    address = desk.post("/care/ask-care/", sent)["Location"]
    assert "审核意见" not in desk.get(address).content.decode()  # who applied is not offered the review
    reviewer.post(f"{address}decide-care/", {"verdict": "GRANTED", "amount": "2500", "words": ""})
    assert "发放 2,500.00 元" in desk.get(address).content.decode()
    desk.post(f"{address}pay-care/", {"on": "2026-07-20"})
    assert "已发放" in desk.get(address).content.decode()
    assert "-2500" not in desk.get(f"/funds/{fund.pk}/").content.decode()


@pytest.mark.parametrize(
    "query", ["year=abcd", "fund=99999", "page=0", "first=x&last=2026-02-30", "use=<b>", "side=BOTH&kind=Z", "origin=x"]
)
def test_odd_questions_find_a_page_or_nothing_and_no_fault(query: str) -> None:
    make_fund("100")
    client = sign_in(make_desk())
    for address in ("/funds/", "/funds/entries/", "/funds/year/", "/donations/", "/care/", "/care/projects/"):
        assert client.get(f"{address}?{query}").status_code in {200, 404}, address
