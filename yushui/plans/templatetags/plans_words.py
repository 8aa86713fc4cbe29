"""Template words of plans: how a task stands, its day."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yushui.plans.models import Task
from yushui.plans.selectors.tasks import state_words

register = template.Library()


@register.filter
def mark(task: Task, on: date) -> SafeString:
    """`超期 3 天`, `办理中` as a tag."""
    words, tone = state_words(task, on)
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def due(day: date | None) -> str:
    """`7月25日` with its year when there is one; `未定` for none."""
    return "未定" if day is None else f"{day.year}-{day.month:02d}-{day.day:02d}"
