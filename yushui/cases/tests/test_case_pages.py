"""Pages of cases: what each shows to whom, what is kept when a form is refused, a kind added without code."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import Refused
from yushui.cases.models import Case, CaseKind
from yushui.cases.services.steps import transfer_case
from yushui.cases.tests.factories import (
    AT,
    approver,
    auditor,
    clerk,
    decide,
    desk,
    key,
    leader,
    make_county,
    petition,
    signed_in,
)  # fmt: skip
from yushui.people.tests.factories import TOWN, VILLAGE, make_person
from yushui.places.models import Post, Unit

pytestmark = pytest.mark.django_db
STEP = ("s_key", "s_name", "s_office", "s_days", "s_count", "s_papers", "s_refusals")


@pytest.fixture(autouse=True)
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-07")
    make_county()


def text_of(client: Client, address: str, **asked: object) -> str:
    return client.get(address, asked).content.decode()


def test_the_list_hides_names_from_who_only_counts() -> None:
    petition(text="家里的事")
    for user in (leader(), auditor()):
        page = text_of(signed_in(user), "/cases/", tab="open")
        assert "990101-2026-00001" in page
        assert "王德胜" not in page
        assert "优待金" not in page
    page = text_of(signed_in(clerk()), "/cases/")
    assert "王德胜" in page


def test_an_export_hides_what_the_page_hides() -> None:
    petition()
    for user, seen in ((auditor(), "(仅办理人可见)"), (desk(), "王德胜")):
        answer = signed_in(user).get("/cases/export-cases/", {"tab": "open"})
        row = [cell.value for cell in load_workbook(BytesIO(answer.content)).active[2]]
        assert row[4] == seen


def test_one_case_hides_its_texts_and_forms_from_who_only_counts() -> None:
    case = petition(text="家里的事")
    page = text_of(signed_in(leader()), f"/cases/{case.pk}/")
    assert "姓名和内容只给办理人看" in page
    assert "家里的事" not in page
    assert "王德胜" not in page
    assert "take-case" not in page
    assert signed_in(leader()).get(f"/cases/{case.pk}/print-case/sheet/").status_code == 404


def test_a_refused_decision_keeps_what_was_typed() -> None:
    case = petition()
    form = {"outcome": "refuse", "words": "与已复核事项相同", "client_key": key(), "revision": str(case.revision)}
    answer = signed_in(clerk()).post(f"/cases/{case.pk}/decide-case/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "要选理由" in page
    assert "与已复核事项相同" in page
    reasoned = {**form, "reason_refuse": "final"}
    answer = signed_in(clerk()).post(f"/cases/{case.pk}/decide-case/", {**reasoned, "words": "字" * 1001})
    assert (answer.status_code, answer.content.decode().count('<option value="final" selected>')) == (422, 1)
    done = signed_in(clerk()).post(f"/cases/{case.pk}/decide-case/", reasoned)
    assert done.status_code == 302
    assert Case.objects.get(pk=case.pk).steps.latest("id").reason.article == "第三十六条"


def test_a_person_is_found_in_the_register_while_the_form_is_filled() -> None:
    person = make_person(name="李秀英")
    client = signed_in(clerk())
    form = {"kind": "HARDSHIP_HELP", "title": "住院负担重", "words": "李秀英", "find": "1", "client_key": key()}
    page = client.post("/cases/open-case/", form).content.decode()
    assert f'name="person" value="{person.pk}"' in page
    assert "住院负担重" in page
    form = {**form, "person": str(person.pk), "channel": "VISIT", "cause": "cause1"}
    del form["find"]
    assert client.post("/cases/open-case/", form).status_code == 302
    case = Case.objects.get()
    assert (case.person, case.asker_name, case.area_id) == (person, "李秀英", VILLAGE)


def words_of(client: Client, address: str) -> str:
    """All words of a Word file."""
    doc = docx.Document(BytesIO(client.get(address).content))
    cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in doc.paragraphs] + cells)


def test_the_printed_forms_say_what_the_case_says() -> None:
    case = petition()
    client = signed_in(clerk())
    notice = words_of(client, f"/cases/{case.pk}/print-case/notice/")
    assert "已经登记，正在审查" in notice
    decide(case, "accept")
    notice = words_of(client, f"/cases/{case.pk}/print-case/notice/")
    assert "王德胜：" in notice
    assert "决定予以受理" in notice
    assert "2026年11月6日前办理完毕" in notice
    refused = client.get(f"/cases/{case.pk}/print-case/answer/")
    assert refused.status_code == 409
    decide(case, "settle", reply="优待金已于九月补发")
    answer = words_of(client, f"/cases/{case.pk}/print-case/answer/")
    assert "办理意见：优待金已于九月补发" in answer
    assert "30日内申请复查" in answer
    sheet = words_of(client, f"/cases/{case.pk}/print-case/sheet/")
    assert "予以受理" in sheet
    assert "周建平" in sheet
    assert client.get(f"/cases/{case.pk}/print-case/letter/").status_code == 404


def kind_form(**changes: object) -> dict[str, object]:
    """The form of a kind with two steps, as the how-to says."""
    lines = (
        ("", "入户核实", "TOWN_CLERK@TOWN", "5", "WORKDAY", "申请表、房屋照片", "不属实、已享受其他补助"),
        ("", "审批", "APPROVER@COUNTY", "3", "WORKDAY", "", ""),
        ("", "", "", "", "WORKDAY", "", ""),
    )
    steps = {name: [line[place] for line in lines] for place, name in enumerate(STEP)}
    return {
        "name": "优抚对象住房修缮", "family": "HELP", "asker": "PERSON", "extension_days": "", "source": "",
        "causes": "屋顶漏雨、墙体开裂", "once_per_cause": "1", **steps, **changes,
    }  # fmt: skip


def test_a_kind_is_added_by_the_form_and_its_first_case_runs_to_the_end() -> None:
    """docs/how-to/add-a-case-kind.md, step by step."""
    boss = signed_in(desk())
    assert boss.post("/cases/kinds/set-case-kind/", kind_form()).status_code == 302
    kind = CaseKind.objects.get(name="优抚对象住房修缮")
    assert "屋顶漏雨" in text_of(boss, f"/cases/kinds/{kind.pk}/")
    town = signed_in(clerk())
    assert "优抚对象住房修缮" in text_of(town, "/cases/open-case/")
    form = {"kind": kind.pk, "title": "老屋漏雨", "asker_name": "李建军", "area": VILLAGE, "channel": "VISIT",
            "cause": "cause1", "client_key": key()}  # fmt: skip
    town.post("/cases/open-case/", form)
    case = Case.objects.get(kind=kind)
    assert (str(case.due_on), case.holder_code) == ("2026-09-14", TOWN)
    page = text_of(town, f"/cases/{case.pk}/")
    assert all(words in page for words in ("申请表", "房屋照片", "不属实", "已享受其他补助", "通过,转审批"))
    form = {"outcome": "next", "words": "属实", "client_key": key(), "revision": str(case.revision)}
    assert "还缺材料" in town.post(f"/cases/{case.pk}/decide-case/", form).content.decode()
    papers = [str(paper.pk) for paper in case.step.papers.all()]
    assert town.post(f"/cases/{case.pk}/decide-case/", {**form, "papers": papers}).status_code == 302
    case.refresh_from_db()
    form = {"outcome": "done", "words": "同意", "client_key": key(), "revision": str(case.revision)}
    assert signed_in(approver()).post(f"/cases/{case.pk}/decide-case/", form).status_code == 302
    case.refresh_from_db()
    assert case.result == "SETTLED"


WAYS = (
    ("1", "小额,直接修", "3", ""), ("1", "要审批", "NEXT", ""), ("1", "不予办理", "REFUSED", "不属实、已享受其他补助"),
    ("2", "同意", "NEXT", ""), ("2", "再核实", "1", ""), ("2", "申请人放弃", "WITHDRAWN", ""),
    ("3", "修好了", "SETTLED", ""), ("3", "", "", ""),
)  # fmt: skip


def branching_form(ways: tuple[tuple[str, str, str, str], ...] = WAYS) -> dict[str, object]:
    """The form of a kind with a third step and rows 结果 → 下一步."""
    offices = ["TOWN_CLERK@TOWN", "APPROVER@COUNTY", "DESK_OFFICER@COUNTY"]
    rows = zip(("o_step", "o_name", "o_to", "o_reasons"), zip(*ways, strict=True), strict=True)
    steps = {"s_name": ["入户核实", "审批", "修缮验收"], "s_office": offices, "s_refusals": ["", "", ""]}
    return kind_form(**steps, **{name: list(values) for name, values in rows})


def test_a_kind_that_branches_is_drawn_before_it_is_saved_and_its_cases_take_either_way() -> None:
    """docs/how-to/add-a-case-kind.md, "steps that branch"."""
    boss = signed_in(desk())
    page = boss.post("/cases/kinds/set-case-kind/", {**kind_form(), "preview": "1"}).content.decode()
    assert (CaseKind.objects.filter(area_code__gt="").count(), 'class="flow"' in page) == (0, True)
    for words in ("通过,转审批", "退回入户核实", "申请人撤回", "不属实、已享受其他补助"):  # the usual ones, as rows now
        assert f'name="o_{"reasons" if "、" in words else "name"}" value="{words}"' in page
    assert boss.post("/cases/kinds/set-case-kind/", branching_form()).status_code == 302
    kind = CaseKind.objects.get(name="优抚对象住房修缮")
    outcomes = {o.name: (o.step.key, o.to.key if o.to else o.result, o.is_back) for s in kind.steps.all()
                for o in s.outcomes.all()}  # fmt: skip
    assert outcomes["小额,直接修"] == ("step1", "step3", False)
    assert outcomes["再核实"] == ("step2", "step1", True)
    quick, slow = (petition(kind=kind.pk, title=title, cause="cause1") for title in ("换瓦", "重建"))
    keys = {o.name: o.key for s in kind.steps.all() for o in s.outcomes.all()}
    papers = tuple(p.pk for p in kind.steps.get(key="step1").papers.all())
    with pytest.raises(Refused, match="要选理由"):
        decide(quick, keys["不予办理"])
    decide(quick, keys["小额,直接修"], papers=papers)
    decide(quick, keys["修好了"], actor=desk())
    decide(slow, keys["要审批"], papers=papers)
    decide(slow, keys["再核实"], actor=approver())
    decide(slow, keys["不予办理"], reason="reason1")
    ended = [(case.result, case.state) for case in Case.objects.order_by("id")]
    assert ended == [("SETTLED", "CLOSED"), ("REFUSED", "CLOSED")]
    page = text_of(boss, f"/cases/kinds/{kind.pk}/set-case-kind/")
    assert '<option value="3" selected>第 3 步 修缮验收' in page
    assert 'value="不属实、已享受其他补助"' in page


def test_a_flow_that_leads_nowhere_is_refused_and_keeps_what_was_typed() -> None:
    boss = signed_in(desk())
    ways = (("1", "直接修", "3", ""), ("2", "同意", "9", ""), ("3", "再修", "3", "雨季"))
    for more in ({}, {"preview": "1"}):
        answer = boss.post("/cases/kinds/set-case-kind/", {**branching_form(ways), **more})
        page = answer.content.decode()
        assert (answer.status_code, "第 9 步没有填写" in page, 'value="雨季"' in page) == (422, True, True)
    ways = (("1", "直接修", "3", ""), ("2", "同意", "3", ""), ("3", "再修", "3", ""))
    page = boss.post("/cases/kinds/set-case-kind/", branching_form(ways)).content.decode()
    wanted = ("没有哪一步会走到这里", "不能又回到自己这一步", "没有尽头", "没有一步能办结")
    assert all(words in page for words in wanted)


def test_outcomes_changed_by_the_form_keep_the_rows_that_cases_name() -> None:
    boss = signed_in(desk())
    boss.post("/cases/kinds/set-case-kind/", branching_form())
    kind = CaseKind.objects.get(name="优抚对象住房修缮")
    before = {o.name: o.pk for s in kind.steps.all() for o in s.outcomes.all()}
    keys = ["step1", "step2", "step3"]
    ways = (*WAYS[:1], ("1", "报县里审批", "NEXT", ""), *WAYS[2:])
    boss.post(f"/cases/kinds/{kind.pk}/set-case-kind/", {**branching_form(ways), "s_key": keys})
    after = {o.name: (o.pk, o.retired) for s in kind.steps.all() for o in s.outcomes.all()}
    assert after["同意"] == (before["同意"], False)
    assert after["要审批"] == (before["要审批"], True)
    assert after["报县里审批"][1] is False


def test_a_kind_is_changed_by_its_form_and_running_cases_keep_their_terms() -> None:
    boss = signed_in(desk())
    boss.post("/cases/kinds/set-case-kind/", kind_form())
    kind = CaseKind.objects.get(name="优抚对象住房修缮")
    case = petition(kind=kind.pk, cause="cause1")
    page = text_of(boss, f"/cases/kinds/{kind.pk}/set-case-kind/")
    assert 'value="step1"' in page
    steps = {"s_key": ["step1", "step2", ""], "s_days": ["1", "3", ""]}
    assert boss.post(f"/cases/kinds/{kind.pk}/set-case-kind/", kind_form(**steps)).status_code == 302
    assert [step.key for step in kind.steps.filter(retired=False).order_by("place")] == ["step1", "step2"]
    case.refresh_from_db()
    assert str(case.due_on) == "2026-09-14"
    assert str(petition(kind=kind.pk, title="另一户", cause="cause2").due_on) == "2026-09-08"
    boss.post(f"/cases/kinds/{kind.pk}/retire-case-kind/")
    assert "优抚对象住房修缮" not in text_of(signed_in(clerk()), "/cases/open-case/")
    assert case.title in text_of(boss, f"/cases/{case.pk}/")


def test_a_kind_of_the_catalogue_is_nobodys_to_change() -> None:
    assert signed_in(desk()).get("/cases/kinds/PETITION_VISIT/set-case-kind/").status_code == 404


def test_a_half_filled_statement_keeps_its_numbers() -> None:
    client = signed_in(clerk())
    form = {"stater": TOWN, "year": "2026", "number": "2", "n_GROUP_PETITION": "0", "n_ARMY_CASE": "无"}
    answer = client.post("/cases/statements/make-statement/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="无"' in page
    assert "涉军案件" in page


def test_member_units_see_only_what_is_theirs() -> None:
    unit = Unit.objects.create(name="县教育局", kind="MEMBER", area_id="990101000000")
    member = make_user(Role.MEMBER_UNIT, full_name="高敏")
    Post.objects.create(unit=unit, title="联络员", holder_name="高敏", user_id=member.pk, starts_on="2024-01-01")
    other, mine = petition(desk(), title="别的事"), petition(desk(), title="孙子入学")
    transfer_case(actor=desk(), case_id=mine.pk, unit_id=unit.pk, words="请核实", revision=str(mine.revision), at=AT)
    page = text_of(signed_in(member), "/cases/")
    assert "孙子入学" in page
    assert "别的事" not in page
    assert signed_in(member).get(f"/cases/{other.pk}/").status_code == 404
    assert "办理:受理" in text_of(signed_in(member), f"/cases/{mine.pk}/")


def test_what_waits_stands_in_the_menu_and_what_is_late_on_the_home_page(monkeypatch: pytest.MonkeyPatch) -> None:
    petition()
    petition(title="另一件")
    assert "办件 <i>2</i>" in text_of(signed_in(clerk()), "/")
    assert "办件 <i>" not in text_of(signed_in(leader()), "/")
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-23")
    page = text_of(signed_in(clerk()), "/")
    assert "<b>2</b><span>辖区办件超期" in page
    assert "其中超期 2 件" in page


def test_of_two_who_take_the_same_case_the_page_tells_the_second_who_was_first() -> None:
    case = petition()
    first, second = clerk(), clerk(username="second", full_name="吴敏")
    seen = str(case.revision)
    assert signed_in(first).post(f"/cases/{case.pk}/take-case/", {"revision": seen}).status_code == 302
    answer = signed_in(second).post(f"/cases/{case.pk}/take-case/", {"revision": seen})
    page = answer.content.decode()
    assert (answer.status_code, "刚被别人改过" in page, first.full_name in page, "接过来办" in page) == (
        422, True, True, True,
    )  # fmt: skip
    form = {"outcome": "accept", "words": "", "client_key": key(), "revision": str(Case.objects.get().revision)}
    assert "已经认领了这件" in signed_in(second).post(f"/cases/{case.pk}/decide-case/", form).content.decode()


def test_a_step_sent_twice_from_the_page_is_one_and_a_stale_page_is_told() -> None:
    case, client = petition(), signed_in(clerk())
    form = {"outcome": "accept", "words": "", "client_key": key(), "revision": str(case.revision)}
    assert [client.post(f"/cases/{case.pk}/decide-case/", form).status_code for _ in range(2)] == [302, 302]
    assert case.steps.filter(act="DECIDED").count() == 1
    stale = {**form, "outcome": "settle", "words": "已办", "reply": "已补发", "way": "TALK", "client_key": key()}
    page = client.post(f"/cases/{case.pk}/decide-case/", stale).content.decode()
    assert "刚被别人改过" in page
    assert "已补发" in page


def test_a_file_that_is_not_what_it_says_is_refused_on_the_page_and_nothing_typed_is_lost() -> None:
    case, client = petition(), signed_in(clerk())
    bad = SimpleUploadedFile("来信.pdf", b"MZ\x90 a program", content_type="application/pdf")
    answer = client.post(f"/cases/{case.pk}/note-case/", {"words": "附来信", "client_key": key(), "evidence": bad})
    page = answer.content.decode()
    assert (answer.status_code, "来信.pdf" in page, "附来信" in page) == (422, True, True)
    assert case.evidence.count() == 0
