"""Staff home, search, the log, background work, the style page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe
from django_htmx.middleware import HtmxDetails

from yushui.base import clock
from yushui.base.web import actor_of, page_of
from yushui.places.selectors import area_names, areas_to_choose
from yushui.workbench import style
from yushui.workbench.addresses import address_of
from yushui.workbench.forms import LogFilterForm, YearForm
from yushui.workbench.selectors import activity as activity_selectors
from yushui.workbench.selectors import home as home_selectors
from yushui.workbench.selectors import jobs as job_selectors
from yushui.workbench.selectors import log as log_selectors
from yushui.workbench.selectors import search as search_selectors
from yushui.workbench.selectors import unit_year as unit_selectors
from yushui.workbench.selectors import year as year_selectors
from yushui.workbench.types import Found

LONGEST_WORDS = 40


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = home_selectors.get_home(actor=actor_of(request), on=clock.today())
    return render(request, "workbench/home.html", {"home": found})


def search(request: HttpRequest) -> HttpResponse:
    """The form posts, so that a whole number never stands in an address; a name is then moved into one."""
    asked = request.POST if request.method == "POST" else request.GET
    words = asked.get("q", "").strip()[:LONGEST_WORDS]
    if request.method == "POST" and words and not search_selectors.is_secret(words):
        return redirect(address_of("search", q=words))
    found = search_selectors.find(actor=actor_of(request), words=words, on=clock.today())
    page = only_page(found)
    if page:
        return redirect(page)
    shown = "" if search_selectors.is_secret(words) else words
    return render(request, "workbench/search.html", {"found": found, "q": shown, "words": words})


def only_page(found: Found) -> str:
    """Where a search that found one person and nothing else leads at once."""
    if len(found.people) == 1 and not found.areas:
        return found.people[0].url
    return ""


@require_GET
def show_year(request: HttpRequest) -> HttpResponse:
    """A year of the actor's area, or of one below it, on one page."""
    actor, today = actor_of(request), clock.today()
    asked = YearForm(request.GET)
    asked.is_valid()
    area_code = asked.cleaned_data.get("area") or actor.area_code
    year = asked.cleaned_data.get("year") or today.year
    own = area_names([actor.area_code]).get(actor.area_code, "")
    shown = {
        "found": year_selectors.get_year(actor=actor, area_code=area_code, year=year, on=today),
        "areas": [(actor.area_code, own), *areas_to_choose(actor=actor)],
        "years": range(today.year, today.year - 8, -1),
    }
    return render(request, "workbench/show_year.html", shown)


@require_GET
def show_unit_year(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A year of one unit: its activities, volunteers, papers, tasks."""
    actor, today = actor_of(request), clock.today()
    asked = YearForm(request.GET)
    asked.is_valid()
    year = asked.cleaned_data.get("year") or today.year
    shown = {
        "found": unit_selectors.get_unit_year(actor=actor, unit_id=unit_id, year=year, on=today),
        "years": range(today.year, today.year - 8, -1),
    }
    return render(request, "workbench/show_unit_year.html", shown)


@require_GET
def list_audit(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = LogFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    entries = log_selectors.list_log(
        actor=actor, who=asked.get("who", ""), action=asked.get("action", ""), day=asked.get("day")
    )
    page = page_of(entries, request, per_page=50)
    lines = log_selectors.drawn(actor=actor, entries=page.rows)
    return render(request, "workbench/list_audit.html", {"form": form, "page": page, "lines": lines})


@require_GET
def show_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """The page of a job; polled by its own bar, it answers with the bar, and with a reload once the job has ended."""
    job = job_selectors.get_job(actor=actor_of(request), job_id=job_id)
    details = getattr(request, "htmx", None)
    if not (isinstance(details, HtmxDetails) and details):
        return render(request, "workbench/show_job.html", {"job": job})
    answer = render(request, "base/_job.html", {"job": job})
    if job.finished_at is not None:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def show_style(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/show_style.html", style.samples())


@require_GET
def show_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """One activity in full, with what it serves: it stands here because only the top knows duties and figures."""
    found = activity_selectors.get_activity_page(actor=actor_of(request), activity_id=activity_id, on=clock.today())
    return render(request, "workbench/show_activity.html", {"page": found, "activity": found.activity})
