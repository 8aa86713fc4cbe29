"""What the pages of reports need in one call each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.area_codes import AreaLevel, level_of
from yushui.indicators.selectors.catalogue import indicators
from yushui.indicators.selectors.frozen import Difference
from yushui.places.selectors import area_names, list_areas
from yushui.reports.models import Report
from yushui.reports.rules.keeping import kept_document
from yushui.reports.selectors.documents import address_of, draw_charts, rows_behind, title_of, write_draft
from yushui.reports.selectors.outlines import get_outline, outlines
from yushui.reports.selectors.reports import changes_since_filing
from yushui.reports.types import Document


@dataclass(frozen=True)
class ShownPiece:
    """A run of text with the page its figure opens."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class ShownSection:
    """A section of the outline, with what was written in it, if anything."""

    id: str
    title: str
    number: int | None
    paragraphs: tuple[tuple[bool, tuple[ShownPiece, ...]], ...]
    charts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Source:
    """A row of the list of figures below the text."""

    number: int
    title: str
    words: str
    indicator: str
    year: int
    rows: int | None
    address: str


@dataclass(frozen=True)
class Sheet:
    """A report as its page shows it."""

    report: Report
    document: Document
    area: str
    sections: tuple[ShownSection, ...]
    sources: tuple[Source, ...]
    changes: tuple[Difference, ...]
    may_write: bool


def sheet_of(*, actor: User, report: Report, on: date, compare_rows: bool = False) -> Sheet:
    """A draft as its facts stand today; a filed report as it was filed, with what has changed since."""
    if report.filed_at is None:
        draft = write_draft(actor=actor, report=report, on=on)
        document, known = draft.document, draft.known
        rows = {cite: rows_behind(draft, cite) for cite in document.cites}
    else:
        document, known, rows = kept_document(report.body), indicators(), {}
    code = report.area_code
    sources = tuple(
        Source(
            number, title_of(cite, known), cite.words, cite.indicator, cite.year, rows.get(cite), address_of(cite, code)
        )
        for number, cite in enumerate(document.cites, start=1)
    )
    return Sheet(
        report=report,
        document=document,
        area=document.frame.area,
        sections=shown_sections(report, document),
        sources=sources,
        changes=tuple(changes_since_filing(actor=actor, report=report, compare_rows=compare_rows)),
        may_write=may(actor, "reports.write") and report.filed_at is None,
    )


def shown_sections(report: Report, document: Document) -> tuple[ShownSection, ...]:
    """All sections of the outline in order; one without a word keeps its place, so a paragraph can be added."""
    written = {section.id: section for section in document.sections}
    pictures = draw_charts(document)
    shown: list[ShownSection] = []
    for plan in get_outline(report.outline).sections:
        section = written.get(plan.id)
        if section is None:
            shown.append(ShownSection(plan.id, plan.title, None, (), ()))
            continue
        paragraphs = tuple(
            (
                paragraph.by_hand,
                tuple(
                    ShownPiece(piece.text, address_of(piece.cite, report.area_code) if piece.cite else "")
                    for piece in paragraph.pieces
                ),
            )
            for paragraph in section.paragraphs
        )
        charts = tuple((chart.title, pictures[chart.id]) for chart in section.charts)
        shown.append(ShownSection(plan.id, plan.title, section.number, paragraphs, charts))
    return tuple(shown)


@dataclass(frozen=True)
class Choices:
    """What the form for a new report offers."""

    areas: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    outlines: tuple[tuple[str, str], ...]


def choices_for(*, actor: User, on: date) -> Choices:
    """The actor's own area and the towns in it, the last years, the outlines."""
    own = area_names([actor.area_code])
    areas = list(own.items())
    if level_of(actor.area_code) == AreaLevel.COUNTY:
        areas += [(town.code, town.name) for town in list_areas(actor=actor, level=AreaLevel.TOWN)]
    names = tuple((each.id, each.title.replace("{area}", "").replace("{year}年", "")) for each in outlines().values())
    return Choices(tuple(areas), tuple(range(on.year, on.year - 6, -1)), names)


@dataclass(frozen=True)
class Line:
    """A line of the list of reports."""

    report: Report
    area: str


def show_lines(reports: list[Report]) -> list[Line]:
    """Reports with the names of their areas."""
    names = area_names(report.area_code for report in reports)
    return [Line(report, names.get(report.area_code, report.area_code)) for report in reports]
