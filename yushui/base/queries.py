"""Reading what a browser asks for in an address or a filter: what cannot be read is as if it were not there.

What is typed into a form goes to the rules as it stands (base/texts.py); this is for choices that a page offered.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import overload

from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

FIRST_YEAR, LAST_YEAR = 1949, 2200


def new_key() -> str:
    """A key for one form as drawn, so that sending it twice records once."""
    return str(uuid.uuid4())


def whole_number(text: str) -> int | None:
    """A number, at most fifteen digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@overload
def year_of(text: str) -> int | None: ...
@overload
def year_of(text: str, otherwise: int) -> int: ...
def year_of(text: str, otherwise: int | None = None) -> int | None:
    """A year, 1949 to 2200; else the other one."""
    year = whole_number(text)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else otherwise


@overload
def day_of(text: str) -> date | None: ...
@overload
def day_of(text: str, otherwise: date) -> date: ...
def day_of(text: str, otherwise: date | None = None) -> date | None:
    """A day as 2026-07-31, from 1949 to 2200; else the other one."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return otherwise
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else otherwise


def back_of(query: QueryDict, otherwise: str = "/") -> str:
    """`?back=`: the page of this house that led here."""
    back = query.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/") else otherwise


def area_of(query: QueryDict, name: str = "area") -> str:
    """The code of an area: twelve digits or nothing."""
    code = query.get(name, "")
    return code if len(code) == 12 and code.isascii() and code.isdigit() else ""
