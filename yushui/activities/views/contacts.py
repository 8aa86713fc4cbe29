"""Pages of 包联: how the people of each colleague stand, and who is due. Handing over: people/views/contacts.py."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.accounts.permissions import may
from yushui.activities import forms
from yushui.activities.selectors import contacts as selectors
from yushui.base import clock
from yushui.base.web import actor_of, page_of
from yushui.people.selectors.contacts import colleagues, rhythms_for
from yushui.places.selectors import areas_to_choose


@require_GET
def list_contacts(request: HttpRequest) -> HttpResponse:
    """Who looks after how many, met this quarter, late; by colleague and by rhythm."""
    actor, on = actor_of(request), clock.today()
    area = forms.contact_filters(request.GET).area_code
    sums, by_rhythm = selectors.contact_sums(actor=actor, area_code=area, on=on)
    rhythms = rhythms_for(actor.area_code)
    shown = {
        "page": page_of(sums, request),
        "alone": next((one.heads for one in sums if one.colleague is None), 0),
        "total": selectors.total_of(sums),
        "rhythms": [(rhythm, by_rhythm[rhythm.code]) for rhythm in rhythms],
        "area": area,
        "areas": areas_to_choose(actor=actor),
        "quarter": f"{selectors.quarter_begin(on):%Y}年第{(on.month + 2) // 3}季度",
        "may_change": may(actor, "people.change"),
    }
    return render(request, "activities/list_contacts.html", shown)


@require_GET
def list_contact_people(request: HttpRequest) -> HttpResponse:
    """The people in care with rhythm, contact, last and next day; narrowed to who is late, soon due or has nobody."""
    actor, on = actor_of(request), clock.today()
    filters = forms.contact_filters(request.GET)
    page = page_of(selectors.people_to_contact(actor=actor, filters=filters, on=on), request)
    who = colleagues([filters.user_id]).get(filters.user_id) if filters.user_id else None
    shown = {
        "page": page,
        "lines": selectors.lines_of(page.rows, actor=actor, on=on),
        "filters": filters,
        "who": who,
        "states": selectors.STATES,
        "state_name": selectors.STATES.get(filters.state, ""),
        "rhythms": [(rhythm.code, rhythm.name) for rhythm in rhythms_for(actor.area_code)],
        "areas": areas_to_choose(actor=actor),
        "may_change": may(actor, "people.change"),
        "may_visit": may(actor, "activities.visit"),
    }
    return render(request, "activities/list_contact_people.html", shown)
