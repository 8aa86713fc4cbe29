"""Addresses of pages by name, for menus and links that cross packages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address_of(name: str, *args: object, **query: object) -> str:
    """The URL of a page with its query, or nothing when its package brings no such page."""
    try:
        url = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query)}" if query else url
