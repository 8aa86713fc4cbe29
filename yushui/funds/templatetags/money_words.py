"""Template words of money: how a donation and an application stand, where an entry came from."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yushui.funds.models import Application, Donation, Entry
from yushui.funds.selectors import care, donations
from yushui.funds.selectors.money import shown_payee
from yushui.funds.types.money import ORIGIN_NAMES

register = template.Library()
# First part of a text key → the page that shows the row; pages of packages above exist only where those are installed.
PAGES = {
    "activities.activity": "show-activity", "activities.campaign": "show-campaign", "cases.case": "show-case",
    "cases.project": "show-deed",
    "funds.application": "show-application",
}  # fmt: skip


@register.filter
def application_mark(application: Application) -> SafeString:
    """`待审核` as a tag."""
    words, tone = care.state_words(application)
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def donation_mark(donation: Donation) -> SafeString:
    """`部分到账` as a tag; the row carries `received_fen`."""
    words, tone = donations.state_words(donation, donation.received_fen)  # type: ignore[attr-defined]
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def amount(entry: Entry) -> int:
    """The amount of an entry as its side shows it: a reversal is negative."""
    return entry.fen if entry.side == "IN" else -entry.fen


@register.filter
def payee(entry: Entry, named: bool) -> str:
    """Who paid or was paid, as the reader may see it."""
    return shown_payee(entry, named)


@register.filter
def origin_kind(entry: Entry) -> str:
    """`慰问行动`, `办件`: what caused it, in a word."""
    return ORIGIN_NAMES.get(entry.origin.partition(":")[0], "其他事项") if entry.origin else ""


@register.filter
def origin_url(entry: Entry | Donation) -> str:
    """The page of the row that caused it, or nothing."""
    kind, _, number = entry.origin.partition(":")
    try:
        return reverse(PAGES[kind], args=[int(number)]) if kind in PAGES else ""
    except (NoReverseMatch, ValueError):
        return ""
