"""Writing, adding to and filing reports."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import files
from yushui.base.area_codes import level_of
from yushui.base.refusals import Problem, Refused
from yushui.indicators.services import freeze_figures
from yushui.reports.models import AddedParagraph, Report
from yushui.reports.permissions import check_write_report
from yushui.reports.rules.keeping import keep_document
from yushui.reports.rules.writing import fill_plain
from yushui.reports.selectors.documents import frame_of, word_of, write_draft
from yushui.reports.selectors.outlines import get_outline
from yushui.reports.selectors.reports import filed_for, get_report

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST = 2000  # characters of an added paragraph


@transaction.atomic
def write_report(*, actor: User, area_code: str, year: int, outline_id: str, on: date, at: datetime) -> Report:
    """Begin a report of an area for a year. Its text is written anew from the facts at each reading until it is filed.

    Refused when the outline is not for such an area, the year has not begun, or a draft of the same is already there.
    """
    check_write_report(actor, area_code)
    outline = get_outline(outline_id)
    problems = []
    if level_of(area_code).name not in outline.levels:
        problems.append(Problem("这份提纲不适用于这一级地区", where="地区"))
    if year > on.year:
        problems.append(Problem(f"{year} 年还没有开始", where="年度"))
    same = {"outline": outline_id, "area_code": area_code, "year": year, "filed_at": None}
    if Report.objects.filter(**same).exists():
        problems.append(Problem("这个地区和年度已经有一份草稿", where="年度", next_step="请在列表中打开它"))
    if problems:
        raise Refused(*problems)
    title = fill_plain(outline.title, frame_of(area_code, year, on))
    report = Report.objects.create(
        outline=outline_id, title=title, area_code=area_code, year=year, created_at=at, created_by=actor.pk
    )
    audit.record(
        actor=actor, action="reports.report.written", subject=report, area_code=area_code, at=at,
        now={"outline": outline_id, "year": year},
    )  # fmt: skip
    return report


@transaction.atomic
def add_paragraph(*, actor: User, report_id: int, section: str, text: str, at: datetime) -> AddedParagraph:
    """Add a paragraph in one's own words to a section of a draft."""
    report = get_report(actor=actor, report_id=report_id, lock=True)
    check_write_report(actor, report.area_code)
    words = text.strip()
    problems = []
    if report.filed_at is not None:
        problems.append(Problem("汇报已经定稿,不能再改", next_step="如需补充,请另起一份"))
    if section not in {each.id for each in get_outline(report.outline).sections}:
        problems.append(Problem("没有这一节", where="章节"))
    if not words:
        problems.append(Problem("段落是空的", where="内容"))
    if len(words) > LONGEST:
        problems.append(Problem(f"段落超过 {LONGEST} 字", where="内容", next_step="请分成几段"))
    if problems:
        raise Refused(*problems)
    paragraph = AddedParagraph.objects.create(
        report=report, section=section, text=words, added_at=at, added_by=actor.pk
    )
    audit.record(
        actor=actor, action="reports.paragraph.added", subject=report, area_code=report.area_code, at=at,
        now={"section": section, "paragraph": paragraph.pk, "characters": len(words)},
    )  # fmt: skip
    return paragraph


@transaction.atomic
def file_report(*, actor: User, report_id: int, on: date, at: datetime) -> Report:
    """File a report (定稿): figures are frozen with their rows, the Word file and the text kept. Never undone."""
    report = get_report(actor=actor, report_id=report_id, lock=True)
    check_write_report(actor, report.area_code)
    if report.filed_at is not None:
        raise Refused(Problem("汇报已经定稿", next_step="请下载定稿文件"))
    draft = write_draft(actor=actor, report=report, on=on)
    if not draft.document.cites:
        raise Refused(Problem("汇报里没有一个数据,不能定稿", next_step="请先登记本年的工作"))
    cited = dict.fromkeys((cite.indicator, cite.year) for cite in draft.document.cites if cite.aspect != "growth")
    values = [draft.values[key] for key in cited]
    freeze_figures(actor=actor, filed_for=filed_for(report), values=values, at=at)
    name = f"{draft.document.title}.docx"
    report.file = files.store(content=word_of(draft), name=name, media_type=WORD, at=at)
    report.title, report.body = draft.document.title, keep_document(draft.document)
    report.filed_at, report.filed_by = at, actor.pk
    report.save(update_fields=["file", "title", "body", "filed_at", "filed_by"])
    audit.record(
        actor=actor, action="reports.report.filed", subject=report, area_code=report.area_code, at=at,
        now={"figures": len(values), "file": report.file.digest},
    )  # fmt: skip
    return report
