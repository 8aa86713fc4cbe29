"""From what a phone sent to an entry. What is typed is kept as typed; the services judge it."""

from __future__ import annotations

import json

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from yushui.activities import forms as work
from yushui.activities.types import ActivityDraft, VisitDraft
from yushui.base import queries
from yushui.base.evidence import sent_with
from yushui.phone.services import PhoneEntry
from yushui.phone.types import ConfirmDraft, ReportDraft


def read_entry(request: HttpRequest, kind: str = "") -> PhoneEntry:
    """The entry in a request: a form (multipart, photos among it), or a JSON object of texts and lists of texts."""
    data = from_json(request.body) if request.content_type == "application/json" else request.POST
    kind = kind or data.get("kind_of_entry", "")
    return PhoneEntry(
        kind=kind,
        client_key=data.get("client_key", ""),
        owner=data.get("owner", ""),
        person_id=queries.whole_number(data.get("person", "")),
        campaign_id=queries.whole_number(data.get("campaign", "")),
        draft=draft_of(kind, data),
        photo=work.photo_of(request.FILES) if kind == "visit" else None,
        sent=sent_with(data, request.FILES) if kind == "activity" else (),
    )


def draft_of(kind: str, data: QueryDict) -> VisitDraft | ActivityDraft | ConfirmDraft | ReportDraft:
    """What was typed, by sort."""
    if kind == "visit":
        return work.visit_draft(data)
    if kind == "activity":
        return work.activity_draft(data)
    if kind == "confirm":
        return ConfirmDraft(**{name: data.get(name, "") for name in ("way", "on", "note")})
    return ReportDraft(**{name: data.get(name, "") for name in ("kind", "title", "text", "on", "asker_name")})


def from_json(body: bytes) -> QueryDict:
    """A JSON object as a form; BadRequest for anything else."""
    try:
        sent = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("not JSON") from error
    if not isinstance(sent, dict):
        raise BadRequest("not an object")
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in values) or any("\x00" in one for one in [name, *values]):
            raise BadRequest("a field is no text")
        data.setlist(name, values)
    return data
