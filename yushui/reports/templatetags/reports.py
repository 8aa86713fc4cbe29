"""Template words for reports: `{% load reports %}`."""

from __future__ import annotations

from django import template

from yushui.reports.rules.writing import count_word

register = template.Library()
register.filter("counted", count_word)
