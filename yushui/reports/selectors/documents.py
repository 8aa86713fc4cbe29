"""The text of a report as its facts stand today, and where each of its figures comes from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from yushui.accounts.models import User
from yushui.base.area_codes import prefix_of
from yushui.base.refusals import Refused
from yushui.indicators.charts import Bar, draw_png, draw_svg
from yushui.indicators.selectors.catalogue import concerns, indicators
from yushui.indicators.selectors.standards import standards_growth
from yushui.indicators.selectors.values import same_day_before, values_of
from yushui.indicators.types import Indicator, Kind, Value
from yushui.places.selectors import area_names
from yushui.reports.models import Report
from yushui.reports.permissions import check_view_reports
from yushui.reports.rules.outlines import wanted_figures, with_own_kinds
from yushui.reports.rules.writing import Answers, write_document
from yushui.reports.selectors.outlines import get_outline
from yushui.reports.types import Chart, Cite, Document, Frame, Outline, StandardRow
from yushui.reports.word import Origin, make_word


@dataclass(frozen=True)
class Draft:
    """A report as written on a day, with the values it stands on, by (indicator, year)."""

    document: Document
    known: Mapping[str, Indicator]
    values: Mapping[tuple[str, int], Value]
    standards: int  # how many standards the growth sentences were taken from


def region_of(name: str) -> str:
    """云川县 → 全县, 石桥镇 → 全镇, 城关街道 → 全街道."""
    return "全街道" if name.endswith("街道") else f"全{name[-1:]}"


def frame_of(area_code: str, year: int, on: date) -> Frame:
    """What every sentence may name."""
    name = area_names([area_code]).get(area_code, area_code)
    return Frame(area_code, name, region_of(name), year, on)


def growth_of(
    outline: Outline, known: Mapping[str, Indicator], area_code: str, year: int, on: date
) -> dict[str, list[StandardRow]]:
    """The standards that the outline's growth sentences tell of; none when no law is loaded."""
    names = {sentence.growth for section in outline.sections for sentence in section.sentences if sentence.growth}
    found: dict[str, list[StandardRow]] = {}
    for name in names:
        with suppress(Refused):  # no law is loaded: the sentence is listed as missing
            rows = standards_growth(indicator=known[name], area_code=area_code, year=year, on=on)
            found[name] = [StandardRow(row.benefit, row.title, row.key, row.per, row.before, row.now) for row in rows]
    return found


def write_draft(*, actor: User, report: Report, on: date) -> Draft:
    """The report as the facts stand on a day; each figure is asked in the report's own area."""
    check_view_reports(actor, report.area_code)
    known = indicators()
    own = [each for each in known.values() if each.area_code and concerns(each, report.area_code)]
    outline = with_own_kinds(get_outline(report.outline), own)
    wanted = sorted(wanted_figures(outline))
    asked = {"actor": actor, "area_code": report.area_code, "ids": wanted}
    now = values_of(year=report.year, on=on, **asked)  # type: ignore[arg-type]
    earlier = same_day_before(report.year, on)
    before = values_of(year=report.year - 1, on=earlier, **asked)  # type: ignore[arg-type]
    added: dict[str, list[str]] = {}
    for paragraph in report.paragraphs.order_by("id"):
        added.setdefault(paragraph.section, []).append(paragraph.text)
    growth = growth_of(outline, known, report.area_code, report.year, on)
    answers = Answers(known, now, before, growth, added)
    document = write_document(outline, frame_of(report.area_code, report.year, on), answers)
    values = {(value.indicator, value.year): value for value in (*now.values(), *before.values())}
    return Draft(document, known, values, sum(len(rows) for rows in growth.values()))


def address_of(cite: Cite, area_code: str) -> str:
    """The path of the page with the rows of a figure; of a standard the page of the standards."""
    query: dict[str, object] = {"area": prefix_of(area_code), "year": cite.year}
    if cite.on is not None and cite.on.year == cite.year:
        query["to"] = cite.on.isoformat()
    if cite.aspect == "growth":
        return f"{reverse('show-figure', args=[cite.indicator])}?{urlencode(query)}"
    part = {"left": "gap", "part": "part", "whole": "whole"}.get(cite.aspect)
    if part:
        query["part"] = part
    return f"{reverse('list-figure-rows', args=[cite.indicator])}?{urlencode(query)}"


def title_of(cite: Cite, known: Mapping[str, Indicator]) -> str:
    """What a figure is called in the appendix."""
    title = known[cite.indicator].title
    ends = {"left": "（未完成）", "part": "（已完成）", "whole": "（应完成）", "change": "（与上年相比）"}
    return title + ends.get(cite.aspect, "")


def rows_behind(draft: Draft, cite: Cite) -> int:
    """How many records stand behind a figure."""
    if cite.aspect == "growth":
        return draft.standards
    value = draft.values[cite.indicator, cite.year]
    if cite.aspect in {"left", "part"} and draft.known[cite.indicator].kind is Kind.RATIO:
        return int(getattr(value, cite.aspect))
    return value.row_count


def origins_of(draft: Draft) -> dict[Cite, Origin]:
    """The appendix: every figure with its source."""
    frame = draft.document.frame
    return {
        cite: Origin(
            title_of(cite, draft.known), cite.indicator, frame.area, cite.year, rows_behind(draft, cite),
            address_of(cite, frame.area_code),
        )
        for cite in draft.document.cites
    }  # fmt: skip


def bars_of(chart: Chart, area_code: str) -> list[Bar]:
    """The bars of a chart, each leading to its rows."""
    return [Bar(label, number, cite.words, address_of(cite, area_code)) for cite, label, number in chart.bars]


def draw_charts(document: Document) -> dict[str, str]:
    """The charts of a report for its page, by id."""
    area = document.frame.area_code
    return {c.id: draw_svg(bars_of(c, area), c.title, 460) for s in document.sections for c in s.charts}


def word_of(draft: Draft) -> bytes:
    """The report as a Word file."""
    document = draft.document
    area = document.frame.area_code
    pictures = {c.id: draw_png(bars_of(c, area), 400) for s in document.sections for c in s.charts}
    return make_word(document, origins_of(draft), pictures)
