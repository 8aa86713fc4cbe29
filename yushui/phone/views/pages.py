"""Pages to look at: the day, my people, one person, the queue. What the browser may keep is told by a header."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.web import actor_of, page_of
from yushui.phone import selectors
from yushui.phone.permissions import RIGHT

MOST_KEPT = 200  # people on one page of the list, so that a village stands on one page that can be kept


def drawn(request: HttpRequest, name: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
    """A page with the header by which the service worker knows whose it is (static/phone/service-worker.js)."""
    answer = render(request, f"phone/{name}.html", {"day_drawn": clock.today().isoformat(), **shown}, status=status)
    answer["X-Page-Of"] = str(actor_of(request).pk)
    return answer


@require_GET
@for_holders("用手机页面", RIGHT)
def phone_home(request: HttpRequest) -> HttpResponse:
    """What waits for me today."""
    return drawn(request, "phone_home", {"day": selectors.my_day(actor=actor_of(request), on=clock.today())})


@require_GET
@for_holders("用手机页面", RIGHT)
def phone_people(request: HttpRequest) -> HttpResponse:
    """My people; the whole village with ?all=1; search by name or initials."""
    actor, on = actor_of(request), clock.today()
    text, whole = request.GET.get("text", "").strip()[:40], request.GET.get("all") == "1"
    confirm = "missing" if request.GET.get("confirm") == "missing" else ""
    rows = selectors.my_people(actor=actor, on=on, text=text, whole=whole, confirm=confirm)
    page = page_of(rows, request, per_page=MOST_KEPT)
    lines = selectors.lines_of(page.rows, actor=actor, on=on)
    shown = {"page": page, "lines": lines, "text": text, "whole": whole, "confirm": confirm}
    return drawn(request, "phone_people", {**shown, "has_own": selectors.has_own(actor, on)})


@require_GET
@for_holders("用手机页面", RIGHT)
def phone_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person as one needs it at the door. Never kept in the browser."""
    sheet = selectors.person_sheet(actor=actor_of(request), person_id=person_id, on=clock.today())
    answer = drawn(request, "phone_person", {"sheet": sheet, "person": sheet.file.person})
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@for_holders("用手机页面", RIGHT)
def phone_queue(request: HttpRequest) -> HttpResponse:
    """What waits on this phone, what was sent, what was refused. The rows are drawn by static/phone/queue.js."""
    return drawn(request, "phone_queue", {})
