"""Papers and files of meetings: the notice and the minutes as Word, pieces of evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yushui.base import clock
from yushui.base.evidence import respond
from yushui.base.web import actor_of, download
from yushui.plans.selectors import meetings
from yushui.plans.services import meeting_papers as services

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def print_notice(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The notice as a Word paper."""
    title, content = services.print_notice(
        actor=actor_of(request), meeting_id=meeting_id, on=clock.today(), at=clock.now()
    )
    return download(content, f"{title}.docx", DOCX)


@require_GET
def print_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The minutes as a Word paper."""
    title, content = services.print_minutes(
        actor=actor_of(request), meeting_id=meeting_id, on=clock.today(), at=clock.now()
    )
    return download(content, f"{title}.docx", DOCX)


@require_GET
def show_meeting_file(request: HttpRequest, meeting_file_id: int) -> HttpResponse:
    """The bytes of a piece: a photo to look at, a paper to save."""
    return respond(meetings.get_meeting_file(actor=actor_of(request), evidence_id=meeting_file_id))
