"""From the facts to the filed Word file, and what changes later."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.audit.models import Entry
from yushui.base import clock
from yushui.base.refusals import NotFound, Refused
from yushui.indicators.models import FrozenFigure
from yushui.indicators.tests.county import AT, ON, County, confirm, hold, make_campaign, make_county, pay, visit
from yushui.people.tests.factories import COUNTY, OTHER_TOWN, TOWN, VILLAGE
from yushui.reports import services
from yushui.reports.models import Report
from yushui.reports.selectors.documents import origins_of, word_of, write_draft
from yushui.reports.selectors.outlines import outlines
from yushui.reports.selectors.reports import changes_since_filing, filed_word, get_report, list_reports

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def county() -> County:
    county = make_county()
    campaign = make_campaign(county.wang, county.li, county.sun)
    visit(county.wang, campaign, cash=50000)
    confirm(county.wang)
    pay(county.wang, 401550)
    pay(county.sun, 236600, benefit="survivors_pension")
    hold("FORUM", heads=40)
    return county


@pytest.fixture
def desk() -> User:
    return make_user(Role.DESK_OFFICER)


def begin(actor: User, area: str = COUNTY, year: int = 2026) -> Report:
    return services.write_report(
        actor=actor, area_code=area, year=year, outline_id="county_report", on=ON, at=AT
    )  # fmt: skip


def text_of(actor: User, report: Report) -> str:
    """The whole text as it stands on the day of the example."""
    document = write_draft(actor=actor, report=report, on=ON).document
    return "\n".join(
        f"{section.title}\n" + "\n".join("".join(piece.text for piece in p.pieces) for p in section.paragraphs)
        for section in document.sections
    )


def test_the_outline_of_the_house_holds() -> None:
    (outline,) = outlines().values()
    assert [section.title for section in outline.sections] == [
        "基本情况", "组织领导", "宣传教育", "优抚政策落实", "安置就业", "维权稳定", "走访慰问", "军民共建", "征兵",
        "存在不足", "下一步安排",
    ]  # fmt: skip


def test_the_report_says_what_the_facts_say_and_asks_for_the_rest(county: County, desk: User) -> None:
    report = begin(desk)
    assert report.title == "云川县2026年双拥工作情况汇报"
    text = text_of(desk, report)
    assert "截至2026年6月30日，全县登记在册的优抚对象4人，比上年同期减少1人。" in text
    assert "残疾军人2人、烈士遗属1人、参战退役军人1人、60周岁以上农村籍退役士兵1人；" in text
    assert "今年以来通过银行发放抚恤补助和优待金6381.5元，领取人数为2人。" in text
    assert "召开拥军优属座谈会1次，参加40人次。" in text
    assert "春节期间走访1人次，发给慰问金500元，名单覆盖率33.33%。" in text
    assert "春节走访名单覆盖率为33.33%，还有2人没有走访到，分布在2个村" in text
    assert "对春节没有走访到的2人补走访" in text
    assert "军民共建" not in text
    missing = {each.indicator for each in write_draft(actor=desk, report=report, on=ON).document.missing}
    asked = {"joint_times", "group_plenaries", "send_off_heads"}
    assert asked - missing == {"send_off_heads"}  # a quiet sentence


def test_a_new_fact_writes_its_sentence(county: County, desk: User) -> None:
    report = begin(desk)
    assert "军地联席会议" not in text_of(desk, report)
    hold("JOINT_MEETING")
    assert "召开军地联席会议1次。" in text_of(desk, report)


def test_every_claim_by_the_writer_cites_a_figure(county: County, desk: User) -> None:
    document = write_draft(actor=desk, report=begin(desk), on=ON).document
    for section in document.sections:
        for paragraph in section.paragraphs:
            assert any(piece.cite for piece in paragraph.pieces), paragraph


def test_a_year_that_has_not_begun_a_village_and_a_double_are_refused_together(county: County, desk: User) -> None:
    begin(desk)
    with pytest.raises(Refused) as refused:
        begin(desk)
    assert [p.what for p in refused.value.problems] == ["这个地区和年度已经有一份草稿"]
    with pytest.raises(Refused) as refused:
        begin(desk, area=VILLAGE, year=2027)
    assert [p.what for p in refused.value.problems] == ["这份提纲不适用于这一级地区", "2027 年还没有开始"]


def test_reports_stay_inside_the_area(county: County, desk: User) -> None:
    clerk = make_user(Role.TOWN_CLERK, area=TOWN)
    mine, other = begin(clerk, area=TOWN), begin(desk, area=OTHER_TOWN)
    assert list(list_reports(actor=clerk)) == [mine]
    assert set(list_reports(actor=desk)) == {mine, other}
    for code in (COUNTY, OTHER_TOWN):
        with pytest.raises(NotFound):
            begin(clerk, area=code)
    with pytest.raises(NotFound):
        get_report(actor=clerk, report_id=other.pk)


def test_a_leader_reads_but_does_not_write(county: County, desk: User) -> None:
    report = begin(desk)
    leader = make_user(Role.LEADER)
    assert get_report(actor=leader, report_id=report.pk) == report
    with pytest.raises(Refused):
        services.file_report(actor=leader, report_id=report.pk, on=ON, at=AT)
    with pytest.raises(NotFound):
        get_report(actor=make_user(Role.LIAISON), report_id=report.pk)


def test_filing_freezes_figures_text_and_file(county: County, desk: User) -> None:
    report = begin(desk)
    services.add_paragraph(actor=desk, report_id=report.pk, section="joint", text=" 与驻地部队结对共建。 ", at=AT)
    report = services.file_report(actor=desk, report_id=report.pk, on=ON, at=AT)
    content = filed_word(actor=desk, report=report)
    assert FrozenFigure.objects.filter(filed_for=f"reports.report:{report.pk}", indicator="forums").get().value == 1
    assert changes_since_filing(actor=desk, report=report, compare_rows=True) == []
    assert [entry.action for entry in Entry.objects.filter(action__startswith="reports.").order_by("id")] == [
        "reports.report.written", "reports.paragraph.added", "reports.report.filed",
    ]  # fmt: skip

    hold("FORUM", heads=25)
    changed = changes_since_filing(actor=desk, report=report)
    assert [(c.indicator.id, c.filed, c.now) for c in changed] == [("forums", 1, 2), ("forum_heads", 40, 65)]
    assert filed_word(actor=desk, report=report) == content
    with pytest.raises(Refused):
        services.add_paragraph(actor=desk, report_id=report.pk, section="joint", text="再写", at=AT)
    with pytest.raises(Refused):
        services.file_report(actor=desk, report_id=report.pk, on=ON, at=AT)


def test_a_report_without_a_figure_cannot_be_filed(desk: User) -> None:
    report = Report.objects.create(
        outline="county_report", title="空", area_code=COUNTY, year=2026, created_at=AT, created_by=desk.pk
    )
    with pytest.raises(Refused):
        services.file_report(actor=desk, report_id=report.pk, on=ON, at=AT)
    report.refresh_from_db()
    assert (report.filed_at, FrozenFigure.objects.count()) == (None, 0)


def test_a_bad_paragraph_is_refused_with_all_problems(county: County, desk: User) -> None:
    report = begin(desk)
    with pytest.raises(Refused) as refused:
        services.add_paragraph(actor=desk, report_id=report.pk, section="nowhere", text="  ", at=AT)
    assert [p.what for p in refused.value.problems] == ["没有这一节", "段落是空的"]


def links_of(file: Any) -> list[tuple[str, str]]:
    """(anchor, words) of every internal link."""
    links = file.element.body.iter(qn("w:hyperlink"))
    return [(link.get(qn("w:anchor")), "".join(t.text or "" for t in link.iter(qn("w:t")))) for link in links]


def test_every_figure_of_the_word_file_links_to_its_row(county: County, desk: User) -> None:
    draft = write_draft(actor=desk, report=begin(desk), on=ON)
    file = docx.Document(BytesIO(word_of(draft)))
    marks = {mark.get(qn("w:name")) for mark in file.element.body.iter(qn("w:bookmarkStart"))}
    links = links_of(file)
    pieces = [p for s in draft.document.sections for g in s.paragraphs for p in g.pieces if p.cite]
    assert [words for _, words in links] == [piece.text for piece in pieces]
    assert {anchor for anchor, _ in links} <= marks
    (table,) = file.tables
    assert len(table.rows) == len(draft.document.cites) + 1 == len(marks) + 1
    rows = {row.cells[1].text: [cell.text for cell in row.cells] for row in table.rows}
    assert rows["优抚对象总数"][2:] == [
        "4人", "云川县", "2026", "5",
        "entitled_heads\n/figures/entitled_heads/rows/?area=990101&year=2026&to=2026-06-30",
    ]  # fmt: skip
    assert len(file.inline_shapes) == 2


def test_the_appendix_leads_to_pages_whose_count_is_the_figure(county: County, desk: User, client: Client) -> None:
    draft = write_draft(actor=desk, report=begin(desk), on=ON)
    client.force_login(desk, backend=BACKEND)
    wanted = {"entitled_heads", "visit_times", "spring_coverage", "paid_total"}
    seen = set()
    for cite, origin in origins_of(draft).items():
        if cite.indicator in wanted and cite.aspect in {"", "left"}:
            page = client.get(origin.address)
            number = page.context["listing"].footing.number
            value = draft.values[cite.indicator, cite.year]
            expected = value.left if cite.aspect == "left" else value.part
            assert (page.status_code, number) == (200, expected), origin
            seen.add(cite.indicator)
    assert seen == wanted


def test_the_pages_of_a_report_from_writing_to_filing(county: County, desk: User, client: Client) -> None:
    client.force_login(desk, backend=BACKEND)
    year = clock.today().year
    made = client.post("/reports/write/", {"area": COUNTY, "year": str(year), "outline": "county_report"})
    report = Report.objects.get()
    assert made["Location"] == f"/reports/{report.pk}/"
    hold("JOINT_MEETING", on=date(year, 1, 2))
    page = client.get(f"/reports/{report.pk}/")
    assert f'<a class="figure" href="/figures/joint_meetings/rows/?area=990101&amp;year={year}' in page.content.decode()
    added = client.post(f"/reports/{report.pk}/add-paragraph/", {"section": "joint", "text": ""})
    assert (added.status_code, "段落是空的" in added.content.decode()) == (409, True)
    client.post(f"/reports/{report.pk}/add-paragraph/", {"section": "joint", "text": "结对共建三处。"})
    assert client.post(f"/reports/{report.pk}/file/").status_code == 302
    hold("JOINT_MEETING", on=date(year, 1, 3))
    shown = client.get(f"/reports/{report.pk}/?check=rows").content.decode()
    assert "定稿后有 1 个数据发生变化" in shown
    assert "召开军地联席会议<" in shown
    assert "结对共建三处。" in shown
    assert "手工补充</h2>" not in shown
    sent = client.get(f"/reports/{report.pk}/download/")
    assert sent["Content-Type"] == services.WORD
    assert docx.Document(BytesIO(sent.content)).paragraphs[1].text == f"云川县{year}年双拥工作情况汇报"
    assert "已定稿" in client.get("/reports/").content.decode()


def test_a_second_draft_of_the_same_keeps_what_was_chosen(county: County, desk: User, client: Client) -> None:
    client.force_login(desk, backend=BACKEND)
    chosen = {"area": TOWN, "year": str(clock.today().year), "outline": "county_report"}
    client.post("/reports/write/", chosen)
    page = client.post("/reports/write/", chosen)
    assert page.status_code == 409
    assert f'<option value="{TOWN}" selected>' in page.content.decode()
