"""A message from a phone becomes a form to correct."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yushui.accounts.web import for_holders
from yushui.activities.rules.paste import LONGEST, pieces_of
from yushui.activities.selectors import entry
from yushui.activities.selectors.paste import read_pasted
from yushui.activities.views.activities import form_words
from yushui.base import clock, queries
from yushui.base.refusals import Problem
from yushui.base.texts import read_line
from yushui.base.web import actor_of


@require_http_methods(["GET", "POST"])
@for_holders("登记活动", "activities.record")
def paste_activity(request: HttpRequest) -> HttpResponse:
    """Paste a message; what it says stands in the form of an activity, marked beside the text. Nothing is saved."""
    message = request.POST.get("message", "")
    problems: list[Problem] = []
    if request.method == "POST":
        read_line(message, "短信", problems, longest=LONGEST)
        if not message.strip():
            problems.append(Problem("请先粘贴短信内容", where="短信"))
    if request.method == "GET" or problems:
        shown = {"message": message, "problems": problems, "longest": LONGEST}
        return render(request, "activities/paste_activity.html", shown, status=422 if problems else 200)
    actor = actor_of(request)
    reading = read_pasted(actor=actor, message=message, on=clock.today())
    draft = reading.draft
    typed = replace(draft, client_key=queries.new_key(), area_code=draft.area_code or actor.area_code)
    sheet = entry.activity_sheet(actor=actor, kind=draft.kind, on=clock.today(), typed=typed)
    pieces = pieces_of(message, reading.marks)
    shown_form = form_words(request, sheet, (), pieces=pieces, found={mark.label for mark in reading.marks})
    return render(request, "activities/record_activity.html", shown_form)
