"""The person file (一人一档) in tabs, and a number shown in full on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.base.web import actor_of
from yushui.people import types
from yushui.people.forms import RevealForm, WithdrawForm
from yushui.people.selectors import open_file
from yushui.people.selectors.merged import kept_of, list_merged
from yushui.people.services import register


@dataclass(frozen=True)
class Further:
    """A page about the person in a package above; it is named, not imported, and left out where it is not installed."""

    label: str
    name: str
    right: str
    by_query: bool


FURTHER = (
    Further("待遇怎么算的", "explain-line", "benefits.view", by_query=False),
    Further("发放与追缴", "show-person-payments", "payments.view", by_query=False),
    Further("走访记录", "list-visits", "activities.view", by_query=True),
    Further("结对帮扶", "list-person-pairs", "activities.view", by_query=True),
    Further("光荣牌、优待证、喜报", "show-person-honours", "honours.view", by_query=False),
    Further("并档", "find-double", "merging.propose", by_query=False),
)


def further_links(actor: Any, person_id: int) -> list[tuple[str, str]]:
    """(words, address) of the further pages this actor may open."""
    links = []
    for each in FURTHER:
        if not may(actor, each.right):
            continue
        try:
            url = f"{reverse(each.name)}?person={person_id}" if each.by_query else reverse(each.name, args=[person_id])
        except NoReverseMatch:
            continue
        links.append((each.label, url))
    return links


@require_GET
def show_person(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    moved = kept_of(actor=actor, person_id=person_id)
    if moved is not None and moved.merged_at is not None:
        day = timezone.localtime(moved.merged_at).date()
        messages.info(request, f"您打开的那份档案已于 {day} 并入这一份")
        return redirect("show-person", moved.merged_into_id)
    tab = request.GET.get("tab", "basic")
    tab = tab if tab in types.FILE_TABS else "basic"
    return render(
        request,
        "people/show_person.html",
        {
            "file": open_file(actor=actor, person_id=person_id, tab=tab, on=clock.today()),
            "tab": tab,
            "tabs": types.FILE_TABS,
            "merged": list_merged(person_id),
            "further": further_links(actor, person_id),
            "reveal": RevealForm(),
            "withdraw": WithdrawForm(),
            "may_change": may(actor, "people.change"),
            "may_confirm": may(actor, "people.confirm"),
            "may_reveal": may(actor, "people.reveal_number"),
            "this_year": clock.today().year,
            "actions": types.ACTION_NAMES,
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
@for_holders("查看完整号码", "people.reveal_number")
def reveal_number(request: HttpRequest, person_id: int) -> HttpResponse:
    """Asks which number and what for; after a POST shows it once, neither in the address nor kept by the browser."""
    actor = actor_of(request)
    file = open_file(actor=actor, person_id=person_id, tab="basic", on=clock.today())
    form = RevealForm(request.POST or None, initial={"which": request.GET.get("which", "")})
    number = None
    if request.method == "POST" and form.is_valid():
        try:
            number = register.reveal_number(actor=actor, person_id=person_id, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.mark(refused.problems)
    context = {"file": file, "form": form, "problems": form.problems(), "number": number}
    return render(request, "people/reveal_number.html", context)
