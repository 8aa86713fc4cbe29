"""Statements (零报告): none is a statement and empty is not; a county's own kinds, by whom and how often."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.cases.models import Statement, StatementKind
from yushui.cases.rules.statements import last_period, period_span, period_words
from yushui.cases.selectors import statements as selectors
from yushui.cases.services.kinds import load_case_kinds
from yushui.cases.services.statements import make_statement, retire_statement_kind, set_statement_kind
from yushui.cases.tests.factories import (
    AT,
    TODAY,
    auditor,
    clerk,
    desk,
    later,
    leader,
    liaison,
    make_county,
    other_clerk,
)  # fmt: skip
from yushui.cases.types.statements import Form, StatementDraft, StatementKindDraft
from yushui.people.tests.factories import COUNTY, TOWN, VILLAGE
from yushui.places.models import Post, Unit

pytestmark = pytest.mark.django_db
KINDS = ("GROUP_PETITION", "ARMY_CASE", "RETURNED_RECRUIT", "DISPUTE_UP", "DISPUTE_GROWN")
BY_TOWN = Form()


@pytest.fixture(autouse=True)
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-07")
    make_county()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def places_of(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.where for problem in refusal.value.problems}


def statement(**typed: object) -> StatementDraft:
    counts = tuple((code, "0") for code in KINDS)
    return StatementDraft(**{"stater": TOWN, "year": "2026", "number": "2", "counts": counts, **typed})


def add_kind(**typed: str) -> StatementKind:
    draft = StatementKindDraft(**{"name": "涉军舆情", "meaning": "经核实的网上负面信息", **typed})
    return set_statement_kind(actor=desk(), draft=draft, at=AT)


def owed(user: User, on: date = TODAY) -> dict[str, int]:
    return {each.form.key: each.count for each in selectors.owed_now(actor=user, on=on)}


def lines(user: User, form: Form = BY_TOWN, year: int = 2026, number: int = 2) -> dict[str, tuple[int | None, ...]]:
    kinds = selectors.kinds_shown(actor=user, form=form, year=year, number=number)
    rows = list(selectors.staters(actor=user, form=form, on=TODAY))
    found = selectors.stated_lines(rows=rows, kinds=kinds, form=form, year=year, number=number)
    return {line.stater.name: line.counts for line in found}


def test_none_is_a_statement_and_empty_is_not() -> None:
    assert owed(desk()) == {"TOWN-QUARTER": 2}
    make_statement(actor=clerk(), draft=statement(), at=AT)
    assert lines(desk()) == {"石桥镇": (0,) * 5, "汊河镇": (None,) * 5}
    assert owed(desk()) == {"TOWN-QUARTER": 1}
    assert owed(clerk()) == {}


def test_a_number_left_empty_is_asked_for_and_one_that_happened_is_explained() -> None:
    counts = (("GROUP_PETITION", "1"), *((code, "") for code in KINDS[1:]))
    with pytest.raises(Refused) as refusal:
        make_statement(actor=clerk(), draft=statement(counts=counts, stater=""), at=AT)
    assert places_of(refusal) == {"涉军案件", "责任退兵", "矛盾上交", "纠纷激化", "说明", "报告单位"}


def test_a_later_statement_takes_the_place_of_the_earlier_which_stays() -> None:
    make_statement(actor=clerk(), draft=statement(), at=AT)
    counts = (("GROUP_PETITION", "1"), *((code, "0") for code in KINDS[1:]))
    make_statement(actor=clerk(), draft=statement(counts=counts, words="因补贴发放,已答复"), at=later(1))
    assert Statement.objects.count() == 10
    assert lines(clerk()) == {"石桥镇": (1, 0, 0, 0, 0)}


def test_nobody_states_for_another_town_or_for_a_period_to_come() -> None:
    with pytest.raises(NotFound):
        make_statement(actor=other_clerk(), draft=statement(), at=AT)
    with pytest.raises(Refused, match="还没有开始"):
        make_statement(actor=clerk(), draft=statement(number="4"), at=AT)
    with pytest.raises(Refused, match="没有零报告的权限"):
        make_statement(actor=auditor(), draft=statement(), at=AT)
    for typed in ("９９", "x", "99" * 9):
        with pytest.raises(NotFound):
            make_statement(actor=clerk(), draft=statement(stater=typed), at=AT)


def test_a_kind_added_by_the_form_is_stated_at_once_and_asks_nothing_of_the_past() -> None:
    client, town = signed_in(desk()), signed_in(clerk())
    form = {"name": "涉军舆情", "measure": "起", "meaning": "经核实的负面信息", "by": "TOWN", "rhythm": "QUARTER"}
    refused = client.post("/cases/statements/kinds/set/", {**form, "name": "", "meaning": "", "by": "MOON"})
    assert refused.status_code == 422
    assert all(words in refused.content.decode() for words in ("请填写名称", "请写明什么算一起", "请选择由谁报"))
    assert client.post("/cases/statements/kinds/set/", form).status_code == 302
    kind = StatementKind.objects.get(name="涉军舆情")
    make_statement(actor=clerk(), draft=statement(), at=AT)
    assert lines(clerk()) == {"石桥镇": (0,) * 5}  # the quarter that ended before is whole
    page = town.get("/cases/statements/make-statement/", {"form": "TOWN-QUARTER", "year": 2026, "number": 3})
    assert f'name="n_{kind.pk}"' in page.content.decode()
    typed = {f"n_{code}": "0" for code in KINDS}
    answer = {"form": "TOWN-QUARTER", "year": 2026, "number": 3, "stater": TOWN, **typed}
    assert town.post("/cases/statements/make-statement/", answer).status_code == 422
    typed = {**answer, f"n_{kind.pk}": "2", "words": "已核实并说明"}
    assert town.post("/cases/statements/make-statement/", typed).status_code == 302
    assert lines(clerk(), number=3) == {"石桥镇": (0, 0, 0, 0, 0, 2)}
    assert '<td class="n" data-label="2026 年发生">2 起' in client.get("/cases/statements/kinds/").content.decode()


def test_a_kind_retired_leaves_the_form_and_its_numbers_stay() -> None:
    kind = add_kind()
    counts = (*((code, "0") for code in KINDS), (kind.pk, "0"))
    make_statement(actor=clerk(), draft=statement(number="3", counts=counts), at=AT)
    retire_statement_kind(actor=desk(), code=kind.pk, at=later(1))
    assert kind.pk not in [each.pk for each in selectors.kinds_asked(actor=desk(), form=BY_TOWN, year=2026, number=3)]
    assert lines(clerk(), number=3) == {"石桥镇": (0,) * 6}
    make_statement(actor=clerk(), draft=statement(number="3"), at=later(2))
    assert lines(clerk(), number=3) == {"石桥镇": (0,) * 6}
    retire_statement_kind(actor=desk(), code=kind.pk, retired=False, at=later(120))
    asked = selectors.kinds_asked(actor=desk(), form=BY_TOWN, year=2026, number=4)
    assert kind.pk not in [each.pk for each in asked]  # taken back in January 2027
    load_case_kinds(at=later(121))
    assert not StatementKind.objects.get(pk=kind.pk).retired


def test_what_the_numbers_mean_stays_once_something_is_stated() -> None:
    kind = add_kind()
    with pytest.raises(Refused, match="已有同名"):
        add_kind()
    counts = (*((code, "0") for code in KINDS), (kind.pk, "0"))
    make_statement(actor=clerk(), draft=statement(number="3", counts=counts), at=AT)
    draft = StatementKindDraft("涉军网络舆情", "件", "经核实的", "VILLAGE", "MONTH")
    with pytest.raises(Refused) as refusal:
        set_statement_kind(actor=desk(), draft=draft, code=kind.pk, at=AT)
    assert places_of(refusal) == {"单位", "由谁报", "多久报一次"}
    draft = StatementKindDraft("涉军网络舆情", "起", "经核实的", "TOWN", "QUARTER")
    assert set_statement_kind(actor=desk(), draft=draft, code=kind.pk, at=AT).name == "涉军网络舆情"
    for user, code in ((leader(), kind.pk), (desk(), "ARMY_CASE")):
        with pytest.raises((Refused, NotFound)):
            set_statement_kind(actor=user, draft=draft, code=code, at=AT)


def test_villages_state_by_month_and_a_town_sees_who_has_not() -> None:
    kind, form = add_kind(by="VILLAGE", rhythm="MONTH"), Form("VILLAGE", "MONTH")
    assert owed(liaison()) == {}  # August ended before the kind was added
    october = date(2026, 10, 9)
    assert owed(liaison(), october) == {"VILLAGE-MONTH": 1}
    before = owed(clerk(), october)["VILLAGE-MONTH"]
    draft = StatementDraft(VILLAGE, "2026", "9", ((kind.pk, "0"),), "", form)
    make_statement(actor=liaison(), draft=draft, at=later(30))
    assert owed(liaison(), october) == {}
    assert owed(clerk(), october).get("VILLAGE-MONTH", 0) == before - 1
    with pytest.raises(NotFound):
        make_statement(actor=other_clerk(), draft=draft, at=later(30))


def member_of(unit: Unit, full_name: str = "高敏") -> User:
    member = make_user(Role.MEMBER_UNIT, full_name=full_name, username=f"member-{unit.pk}")
    Post.objects.create(unit=unit, title="联络员", holder_name=full_name, user_id=member.pk, starts_on="2024-01-01")
    return member


def test_member_units_state_for_themselves_only() -> None:
    schools, roads = (Unit.objects.create(name=n, kind="MEMBER", area_id=COUNTY) for n in ("县教育局", "县交通运输局"))
    member = member_of(schools)
    kind, form = add_kind(by="UNIT", rhythm="YEAR"), Form("UNIT", "YEAR")
    january = date(2027, 1, 11)
    assert (owed(member, january), owed(desk(), january)["UNIT-YEAR"]) == ({"UNIT-YEAR": 1}, 2)
    own = StatementDraft(str(schools.pk), "2026", "1", ((kind.pk, "0"),), "", form)
    make_statement(actor=member, draft=own, at=AT)
    with pytest.raises(NotFound):
        make_statement(actor=member, draft=StatementDraft(str(roads.pk), "2026", "1", own.counts, "", form), at=AT)
    assert lines(desk(), form, number=1) == {"县教育局": (0,), "县交通运输局": (None,)}
    assert lines(member, form, number=1) == {"县教育局": (0,)}
    page = signed_in(desk()).get("/cases/statements/", {"form": "UNIT-YEAR", "year": 2026, "owing": 1}).content.decode()
    assert ("县交通运输局" in page, "县教育局" in page) == (True, False)


@pytest.mark.parametrize(
    ("rhythm", "on", "last", "span", "words"),
    [
        ("MONTH", date(2026, 1, 5), (2025, 12), (date(2025, 12, 1), date(2026, 1, 1)), "2025 年 12 月"),
        ("QUARTER", date(2026, 9, 7), (2026, 2), (date(2026, 4, 1), date(2026, 7, 1)), "2026 年第 2 季度"),
        ("YEAR", date(2026, 9, 7), (2025, 1), (date(2025, 1, 1), date(2026, 1, 1)), "2025 年"),
    ],
)
def test_the_period_to_state_is_the_one_that_ended_last(
    rhythm: str, on: date, last: tuple[int, int], span: tuple[date, date], words: str
) -> None:
    assert last_period(rhythm, on) == last
    assert period_span(rhythm, *last) == span
    assert period_words(rhythm, *last) == words
