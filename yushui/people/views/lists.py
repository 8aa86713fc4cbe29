"""The list of people, its search, and its export."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.web import actor_of, download, page_of
from yushui.people import selectors, types
from yushui.people.forms import FILTER_NAMES, filters_from, search_query
from yushui.people.services import exports
from yushui.places.selectors import areas_to_choose

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MORE_FILTERS = frozenset(FILTER_NAMES) - {"text", "area", "kind", "state", "life"}


@require_http_methods(["GET", "POST"])
@for_holders("查看人员", "people.view")
def list_people(request: HttpRequest) -> HttpResponse:
    """People by filter. The search is sent by POST and answered by an address without any personal number."""
    if request.method == "POST":
        return redirect(f"{reverse('list-people')}?{urlencode(search_query(request.POST))}")
    actor, on = actor_of(request), clock.today()
    filters = filters_from(request.GET, on=on)
    page = page_of(selectors.list_people(actor=actor, filters=filters), request)
    return render(
        request,
        "people/list_people.html",
        {
            "page": page,
            "lines": selectors.rows_of(page.rows, on=on),
            "filters": filters,
            "gap_name": types.GAP_NAMES.get(filters.gap, ""),
            "is_narrowed": bool(set(request.GET) & MORE_FILTERS),
            "areas": areas_to_choose(actor=actor),
            "users": selectors.list_possible_contacts(actor=actor).values_list("pk", "full_name"),
            "may_change": may(actor, "people.change"),
            "may_confirm": may(actor, "people.confirm"),
            "may_reveal": may(actor, "people.reveal_number"),
            **names_of_codes(),
        },
    )


def names_of_codes() -> dict[str, object]:
    """The drop-downs of the search area."""
    return {
        "kinds": types.KIND_NAMES,
        "states": types.STATE_NAMES,
        "hardships": types.HARDSHIP_NAMES,
        "gaps": types.GAP_NAMES,
        "lives": types.LIFE_NAMES,
        "ages": types.TURNING_AGES,
    }


@require_POST
def export_people(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook, for a stated purpose."""
    at = clock.now()
    content = exports.export_people(
        actor=actor_of(request),
        filters=filters_from(request.GET, on=clock.today()),
        purpose=request.POST.get("purpose", ""),
        in_full=request.POST.get("in_full") == "yes",
        at=at,
    )
    return download(content, f"人员名单 {clock.today():%Y-%m-%d}.xlsx", XLSX)
