"""The law to look at."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yushui.base.web import actor_of
from yushui.policy import selectors


@login_required
@require_GET
def list_law(request: HttpRequest) -> HttpResponse:
    sheets = selectors.list_law(actor=actor_of(request))
    return render(request, "policy/list_law.html", {"sheets": sheets})


@login_required
@require_GET
def show_law(request: HttpRequest, benefit: str) -> HttpResponse:
    version, sheet = selectors.show_law(actor=actor_of(request), benefit=benefit)
    return render(request, "policy/show_law.html", {"version": version, "sheet": sheet})
