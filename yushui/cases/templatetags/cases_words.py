"""Template words of cases: how one stands, what of it may be shown to whom."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yushui.cases.models import Case, CaseStep
from yushui.cases.selectors.cases import HIDDEN, shown_asker, shown_title, state_words
from yushui.cases.types.cases import RATING_NAMES

register = template.Library()


@register.filter
def mark(case: Case, on: date) -> SafeString:
    """`超期 3 天`, `办结` as a tag."""
    words, tone = state_words(case, on)
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def title_of(case: Case) -> str:
    """The matter, or its kind when it is hidden from who looks."""
    return shown_title(case)


@register.filter
def asker_of(case: Case) -> str:
    """Who asks, or that it is hidden."""
    return shown_asker(case)


@register.filter
def day(value: date | None) -> str:
    """`2026-07-25`, nothing as a dash."""
    return "—" if value is None else value.isoformat()


@register.filter
def step_title(row: CaseStep) -> str:
    """`受理:予以受理`, `转办`, `延期 30 天`."""
    if row.act == "DECIDED" and row.outcome is not None:
        return f"{row.step.name if row.step else ''}:{row.outcome.name}"
    if row.act == "EXTENDED":
        return f"延期 {row.term_days} 天"
    if row.act == "RATED":
        return f"满意度评价:{RATING_NAMES.get(row.rating or 0, '')}"
    return str(row.get_act_display())


@register.simple_tag
def hidden() -> str:
    """The words in place of what is hidden."""
    return HIDDEN
