"""Between the rows and the browser: refusals as pages, stable paging, downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Semaphore
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yushui.base.refusals import NotFound, Refused

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
PER_PAGE = 25


class RefusalPages:
    """Middleware: `NotFound` becomes a 404 page, `Refused` a 409 page that lists every problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            return render(request, "base/not_found.html", status=404)
        if isinstance(exception, Refused):
            return render(request, "base/refused.html", {"problems": exception.problems}, status=409)
        return None


class PlainText:
    """Middleware: a NUL character in an address or a form is refused with 400; no database would take it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *rest: object) -> None:
        for sent in (request.GET, request.POST):
            if any("\x00" in value for name in sent for value in (name, *sent.getlist(name))):
                raise BadRequest("NUL character in the input")
        if "\x00" in request.path:
            raise BadRequest("NUL character in the address")


class Turns:
    """Middleware: pages of one process are made one after another.

    Threads that count and draw at the same time only take the interpreter from each other: twenty readers got 44 pages
    a second that way, and 61 in turn. Who waited for TURN seconds goes anyway, so a long download holds up nobody for
    longer. A POST takes no turn: its body may come over a slow line, and it waits for the database, not for us.
    """

    TURN = 0.5  # seconds

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.turn = Semaphore()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        held = self.turn.acquire(timeout=self.TURN)
        try:
            return self.get_response(request)
        finally:
            if held:
                self.turn.release()


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list. `has_next` comes from one row read ahead, so no count over the whole table is needed."""

    rows: list[Row]
    number: int
    has_next: bool
    per_page: int = PER_PAGE

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def first(self) -> int:
        """Place of the first row shown, counted from 1."""
        return (self.number - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        """Place of the last row shown."""
        return self.first + len(self.rows) - 1


class Slices(Protocol[Row_co]):
    """What gives its rows from a place to a place: a query set, or a sequence."""

    def __getitem__(self, place: slice, /) -> Iterable[Row_co]: ...


def page_of(rows: Slices[Row], request: HttpRequest, per_page: int = PER_PAGE) -> Page[Row]:
    """The page that `?page=` asks for; a query set must have a total order. Odd values mean the first page."""
    asked = request.GET.get("page", "1")
    number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    start = (number - 1) * per_page
    found = list(rows[start : start + per_page + 1])
    return Page(rows=found[:per_page], number=number, has_next=len(found) > per_page, per_page=per_page)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file for the browser to save under a Chinese name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def actor_of(request: HttpRequest) -> Any:
    """The user who asks; views behind login_required only."""
    return request.user
