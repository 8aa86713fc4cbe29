"""Papers and the duties they prove: who may record them, what a form begins with, what is refused, scans."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.services.kinds import load_kinds
from yushui.base.evidence import Sent
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_areas
from yushui.places import services as places
from yushui.places.models import Paper, PaperKind
from yushui.places.selectors.papers import PaperFilters, inclusions, list_papers
from yushui.places.tests.factories import AT, TODAY, make_clerk, make_desk, make_post, make_unit
from yushui.places.types import PaperDraft
from yushui.plans.models import DutyKind
from yushui.plans.selectors.papers import papers_by_ower
from yushui.plans.selectors.proofs import new_paper, owed_papers, proofs_of, units_to_issue
from yushui.plans.services.duties import load_duties
from yushui.plans.services.proofs import add_paper, change_paper

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 plan"


@pytest.fixture(autouse=True)
def kinds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-11-27")
    make_areas()
    load_kinds(at=AT)
    load_duties(at=AT)
    places.load_paper_kinds(at=AT)


def make_member(unit_name: str = "县教育局") -> tuple[User, int]:
    """Somebody of a member unit whose post is tied to the account, and the unit."""
    unit = make_unit(unit_name)
    member = make_user(Role.MEMBER_UNIT, username="member", full_name="高敏")
    post = make_post(unit, "联络员", "高敏")
    places.link_post(actor=make_desk(), post_id=post.pk, user_id=member.pk, at=AT)
    return member, unit.pk


def draft_of(unit_id: int, **typed: object) -> PaperDraft:
    draft = PaperDraft(
        kind="YEAR_PLAN", unit_id=str(unit_id), title="县教育局2026年双拥工作计划", issued_on="2026-02-20",
        client_key="paper-of-2026",
    )  # fmt: skip
    return replace(draft, **typed)


def test_a_member_unit_records_its_own_plan_and_the_duty_is_done() -> None:
    member, unit = make_member()
    assert [(o.duty.pk, o.kind and o.kind.pk) for o in owed_papers(actor=member, on=TODAY)] == [
        ("MEMBER_PLAN", "YEAR_PLAN"), ("MEMBER_SUMMARY", "YEAR_SUMMARY"), ("MEMBER_QUARTER", "QUARTER_PLAN"),
    ]  # fmt: skip
    begun = new_paper(actor=member, kind="YEAR_PLAN", unit="", duty="", on=TODAY)
    assert (begun.unit_id, begun.title, begun.proves) == (str(unit), "县教育局2026年双拥工作计划", ("MEMBER_PLAN",))
    paper = add_paper(actor=member, draft=draft_of(unit), duties=begun.proves, at=AT)
    assert add_paper(actor=member, draft=draft_of(unit), duties=begun.proves, at=AT) == paper
    duty = DutyKind.objects.get(pk="MEMBER_PLAN")
    assert papers_by_ower(area_code=COUNTY, duty=duty, year=2026, on=TODAY) == {str(unit): {0: 1}}
    assert [o.duty.pk for o in owed_papers(actor=member, on=TODAY)] == ["MEMBER_SUMMARY", "MEMBER_QUARTER"]
    assert [proof.words for proof in proofs_of(actor=member, paper=paper)] == ["成员单位年度双拥计划"]


def test_a_quarter_is_named_in_the_title() -> None:
    member, _ = make_member()
    begun = new_paper(actor=member, kind="QUARTER_PLAN", unit="", duty="", on=TODAY)
    assert begun.title == "县教育局2026年第四季度双拥工作安排"


def test_a_member_unit_records_for_no_other_unit() -> None:
    member, _ = make_member()
    other = make_unit("县公安局")
    assert [unit.name for unit in units_to_issue(actor=member, on=TODAY)] == ["县教育局"]
    with pytest.raises(Refused, match="没有登记这个单位文件的权限"):
        add_paper(actor=member, draft=draft_of(other.pk), duties=(), at=AT)
    paper = add_paper(actor=make_desk(), draft=draft_of(other.pk), duties=(), at=AT)
    for act in (
        lambda: places.withdraw_paper(actor=member, paper_id=paper.pk, reason="错", at=AT),
        lambda: change_paper(actor=member, paper_id=paper.pk, draft=draft_of(other.pk), duties=(), revision="1", at=AT),
    ):
        with pytest.raises(Refused, match="的权限"):
            act()


def test_a_village_liaison_without_a_post_and_a_leader_record_nothing() -> None:
    unit = make_unit("北洲村退役军人服务站", "STATION", VILLAGE)
    draft = draft_of(unit.pk, kind="RULE", title="走访制度")
    liaison = make_user(Role.LIAISON, area=VILLAGE)
    assert units_to_issue(actor=liaison, on=TODAY) == []
    for role in (Role.LIAISON, Role.LEADER, Role.AUDITOR):
        with pytest.raises(Refused, match="的权限"):
            add_paper(actor=make_user(role, area=VILLAGE), draft=draft, duties=(), at=AT)
    assert add_paper(actor=make_clerk(), draft=draft, duties=(), at=AT).area_id == VILLAGE
    with pytest.raises(NotFound):
        add_paper(actor=make_clerk(OTHER_TOWN), draft=replace(draft, client_key="another-key"), duties=(), at=AT)


def test_everything_wrong_with_a_paper_is_told_at_once() -> None:
    member, unit = make_member()
    draft = draft_of(unit, kind="GONE", title="", issued_on="2026-12-01", proves=("条" * 41,))
    sent = [Sent(b"", "空.pdf"), Sent(b"MZ", "工具.exe"), Sent(link="看这里")]
    with pytest.raises(Refused) as refused:
        add_paper(actor=member, draft=draft, duties=("COUNTY_PLENARY", "NO_DUTY"), sent=sent, at=AT)
    assert [p.where for p in refused.value.problems] == [
        "证明的职责", "证明的职责", "种类", "标题", "印发日期", "标准条目", "空.pdf", "工具.exe", "链接",
    ]  # fmt: skip
    assert Paper.objects.count() == 0


def test_the_same_paper_typed_again_is_questioned() -> None:
    _, unit = make_member()
    add_paper(actor=make_desk(), draft=draft_of(unit, number="教发〔2026〕3号"), duties=(), at=AT)
    for again in (
        draft_of(unit, client_key="second-key"),
        draft_of(unit, client_key="third-key", title="另一个标题", number="教发〔2026〕3号"),
    ):
        with pytest.raises(Refused, match="已经登记过"):
            add_paper(actor=make_desk(), draft=again, duties=(), at=AT)


def test_two_people_at_one_paper_and_the_second_is_told() -> None:
    member, unit = make_member()
    paper = add_paper(actor=member, draft=draft_of(unit), duties=("MEMBER_PLAN",), at=AT)
    changed = draft_of(unit, number="教发〔2026〕3号", proves=("3",))
    change_paper(actor=make_desk(), paper_id=paper.pk, draft=changed, duties=("MEMBER_PLAN",), revision="1", at=AT)
    with pytest.raises(Refused, match="刚被别人改过"):
        change_paper(actor=member, paper_id=paper.pk, draft=draft_of(unit), duties=(), revision="1", at=AT)
    paper.refresh_from_db()
    assert (paper.number, sorted(paper.proofs.values_list("code", flat=True))) == (
        "教发〔2026〕3号",
        ["3", "MEMBER_PLAN"],
    )


def test_a_paper_keeps_a_kind_and_a_duty_that_were_retired_since() -> None:
    member, unit = make_member()
    paper = add_paper(actor=member, draft=draft_of(unit), duties=("MEMBER_PLAN",), at=AT)
    PaperKind.objects.filter(pk="YEAR_PLAN").update(retired=True)
    DutyKind.objects.filter(pk="MEMBER_PLAN").update(retired=True)
    kept = draft_of(unit, note="补充")
    change_paper(actor=member, paper_id=paper.pk, draft=kept, duties=("MEMBER_PLAN",), revision="1", at=AT)
    assert list(paper.proofs.values_list("code", flat=True)) == ["MEMBER_PLAN"]
    with pytest.raises(Refused) as refused:
        add_paper(actor=member, draft=draft_of(unit, client_key="new-key-1"), duties=("MEMBER_PLAN",), at=AT)
    assert [p.where for p in refused.value.problems] == ["证明的职责", "种类"]


def test_a_withdrawn_paper_stays_and_proves_nothing() -> None:
    member, unit = make_member()
    paper = add_paper(actor=member, draft=draft_of(unit), duties=("MEMBER_PLAN",), at=AT)
    with pytest.raises(Refused, match="请写明废止原因"):
        places.withdraw_paper(actor=member, paper_id=paper.pk, reason=" ", at=AT)
    places.withdraw_paper(actor=member, paper_id=paper.pk, reason="写错年份", at=AT)
    duty = DutyKind.objects.get(pk="MEMBER_PLAN")
    assert papers_by_ower(area_code=COUNTY, duty=duty, year=2026, on=TODAY) == {}
    assert list(list_papers(actor=member, filters=PaperFilters(), on=TODAY)) == []
    assert list(list_papers(actor=member, filters=PaperFilters(state="withdrawn"), on=TODAY)) == [paper]
    with pytest.raises(Refused, match="已经废止"):
        change_paper(actor=member, paper_id=paper.pk, draft=draft_of(unit), duties=(), revision="2", at=AT)


def test_papers_by_what_becomes_of_them() -> None:
    _, unit = make_member()
    for number, last in enumerate(("", "2026-12-31", "2026-11-26", "2027-06-30")):
        typed = draft_of(unit, title=f"文件{number}", last_day=last, client_key=f"paper-key-{number}")
        add_paper(actor=make_desk(), draft=typed, duties=(), at=AT)

    def titles(**filters: object) -> list[str]:
        return sorted(p.title for p in list_papers(actor=make_desk(), filters=PaperFilters(**filters), on=TODAY))

    assert titles() == ["文件0", "文件1", "文件3"]
    assert titles(state="soon") == ["文件1"]
    assert titles(state="expired") == ["文件2"]
    assert titles(words="件3") == ["文件3"]
    assert titles(area_code=TOWN) == []


def test_the_five_inclusions_are_those_of_the_level_itself() -> None:
    county, town = make_unit("云川县人民政府", "GOVERNMENT"), make_unit("石桥镇人民政府", "GOVERNMENT", TOWN)
    for unit, kind, last in (
        (county, "AGENDA_PAPER", ""),
        (county, "BUDGET_PAPER", "2026-12-31"),
        (town, "PLAN_PAPER", ""),
    ):
        typed = draft_of(unit.pk, kind=kind, title=kind, last_day=last, client_key=f"key-of-{kind[:4]}")
        add_paper(actor=make_desk(), draft=typed, duties=(), at=AT)

    def proven(year: int, area: str = "") -> list[str]:
        return [one.key for one in inclusions(actor=make_desk(), year=year, area_code=area) if one.papers]

    assert proven(2025) == []
    assert proven(2026) == ["AGENDA", "BUDGET"]
    assert proven(2027) == ["AGENDA"]
    assert proven(2026, TOWN) == ["PLAN"]


def test_a_wrong_scan_is_taken_back() -> None:
    member, unit = make_member()
    sent = [Sent(PDF, "计划.pdf"), Sent(PDF, "计划(重复).pdf")]
    paper = add_paper(actor=member, draft=draft_of(unit), duties=(), sent=sent, at=AT)
    first, second = paper.evidence.order_by("pk")
    assert first.file == second.file  # the same bytes are one file
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/papers/files/{first.pk}/").content == PDF
    places.withdraw_paper_file(actor=member, piece_id=first.pk, at=AT)
    assert client.get(f"/papers/files/{first.pk}/").status_code == 404
    assert client.get(f"/papers/files/{second.pk}/").status_code == 200


def test_the_form_offers_duties_by_name_and_keeps_what_was_typed() -> None:
    member, unit = make_member()
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/papers/add-paper/?kind=YEAR_PLAN").content.decode()
    assert "成员单位年度双拥计划" in page
    assert 'name="duty" value="MEMBER_PLAN" checked' in page
    typed = {
        "kind": "YEAR_PLAN", "unit_id": str(unit), "title": "县教育局2026年双拥工作计划", "issued_on": "2027-02-20",
        "client_key": "typed-in-form", "duty": ["MEMBER_PLAN"], "items": "3 7",
    }  # fmt: skip
    answer = client.post("/papers/add-paper/", typed)
    assert answer.status_code == 422
    assert "日期在今天之后" in answer.content.decode()
    assert 'name="duty" value="MEMBER_PLAN" checked' in answer.content.decode()
    assert 'value="3 7"' in answer.content.decode()
    answer = client.post("/papers/add-paper/", {**typed, "issued_on": "2026-02-20"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/papers/")
    shown = answer.content.decode()
    assert "成员单位年度双拥计划" in shown
    assert "考评标准 3" in shown
    assert "已登记:县教育局2026年双拥工作计划" in shown
    other = make_unit("县公安局")
    paper = add_paper(actor=make_desk(), draft=draft_of(other.pk), duties=(), at=AT)
    assert client.get(f"/papers/{paper.pk}/").status_code == 200
    assert client.get(f"/papers/{paper.pk}/change-paper/").status_code == 404
    assert client.post(f"/papers/{paper.pk}/withdraw-paper/", {"reason": "x"}).status_code == 404


def test_papers_of_other_areas_do_not_exist_for_a_clerk() -> None:
    unit = make_unit("云川县人民政府", "GOVERNMENT", COUNTY)
    paper = add_paper(actor=make_desk(), draft=draft_of(unit.pk), duties=(), at=AT)
    client = Client()
    client.force_login(make_clerk(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/papers/{paper.pk}/").status_code == 404
    assert client.get("/papers/add-paper/?unit=999").status_code == 404
    assert client.get("/papers/?state=nonsense&year=abc&area=1&q=%").status_code == 200
