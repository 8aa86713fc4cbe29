"""Addresses of pages by name, for menus and links that cross packages."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


@lru_cache(maxsize=2048)
def plain_address(name: str, args: tuple[object, ...]) -> str:
    """The URL without a query; kept, for a menu asks for the same forty on every page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def address_of(name: str, *args: object, **query: object) -> str:
    """The URL of a page with its query, or nothing when its package brings no such page."""
    url = plain_address(name, args)
    return f"{url}?{urlencode(query)}" if url and query else url
