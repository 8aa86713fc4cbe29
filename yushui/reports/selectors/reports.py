"""Report rows."""

from __future__ import annotations

from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base import files
from yushui.base.refusals import NotFound
from yushui.indicators.selectors.frozen import Difference, differences
from yushui.reports.models import Report
from yushui.reports.permissions import check_view_reports


def list_reports(*, actor: User, year: int | None = None) -> QuerySet[Report]:
    """Reports of areas inside the actor's own, newest first."""
    need(actor, "reports.view")
    rows = in_scope(Report.objects.select_related("file"), actor, "area_code")
    if year is not None:
        rows = rows.filter(year=year)
    return rows.order_by("-year", "-id")


def get_report(*, actor: User, report_id: int, lock: bool = False) -> Report:
    """One report inside the actor's area; NotFound otherwise."""
    rows = Report.objects.select_for_update() if lock else Report.objects.all()
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise NotFound
    check_view_reports(actor, report.area_code)
    return report


def filed_for(report: Report) -> str:
    """The name under which a report's figures are frozen."""
    return f"reports.report:{report.pk}"


def changes_since_filing(*, actor: User, report: Report, compare_rows: bool = False) -> list[Difference]:
    """Figures of a filed report that would be other ones today; empty for a draft."""
    if report.filed_at is None:
        return []
    return differences(actor=actor, filed_for=filed_for(report), compare_rows=compare_rows)


def filed_word(*, actor: User, report: Report) -> bytes:
    """The Word file as it was filed."""
    check_view_reports(actor, report.area_code)
    if report.file is None:
        raise NotFound
    return files.read(report.file)
