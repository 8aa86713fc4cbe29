"""Forms that enter and correct persons and their statuses."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yushui.base import clock
from yushui.base.web import actor_of
from yushui.people import types
from yushui.people.forms import ChangePersonForm, EndStatusForm, PersonForm, StatusForm, status_initial
from yushui.people.permissions import check_change_people
from yushui.people.selectors import get_person, get_status
from yushui.people.services import register, statuses
from yushui.people.views.answers import answer
from yushui.places.selectors import villages_by_town

both = require_http_methods(["GET", "POST"])


def address(person_id: int, tab: str = "basic") -> str:
    """The person file at a tab."""
    return f"{reverse('show-person', args=[person_id])}?tab={tab}"


@both
def add_person(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_change_people(actor)
    areas = villages_by_town(actor=actor)
    form = PersonForm(request.POST or None, areas=areas, on=clock.today())
    added: list[int] = []

    def act(form: PersonForm) -> str:
        person = register.add_person(actor=actor, facts=form.facts(), at=clock.now())
        added.append(person.pk)
        return f"已登记{person.name},请接着录入身份"

    return answer(
        request, "people/add_person.html", form, act=act, done=lambda: reverse("add-status", args=added), context={}
    )


@both
def change_person(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_change_people(actor)
    columns = [name for name in register.PersonFacts.__dataclass_fields__ if name != "area_code"]
    initial = {**{name: getattr(person, name) for name in columns}, "area_code": person.area_id}
    areas = villages_by_town(actor=actor)
    form = ChangePersonForm(request.POST or None, areas=areas, on=clock.today(), initial=initial)

    def act(form: ChangePersonForm) -> str:
        reason = form.cleaned_data["reason"]
        register.change_person(actor=actor, person_id=person_id, facts=form.facts(), reason=reason, at=clock.now())
        return "已保存"

    return answer(
        request, "people/change_person.html", form, act=act, done=lambda: address(person_id), context={"person": person}
    )


@both
def add_status(request: HttpRequest, person_id: int) -> HttpResponse:
    """First the kind, then the columns that this kind has."""
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_change_people(actor)
    kind = request.GET.get("kind", "")
    context = {"person": person, "kinds": types.KIND_NAMES, "kind": kind}
    if kind not in types.KIND_NAMES:
        return render(request, "people/add_status.html", context)
    first = {"state": "RECEIVING", "household_kind": person.household_kind}
    form = StatusForm(request.POST or None, kind=kind, born_on=person.born_on, on=clock.today(), initial=first)

    def act(form: StatusForm) -> str:
        statuses.add_status(actor=actor, person_id=person_id, facts=form.facts(), at=clock.now(), source="手工录入")
        return f"已增加身份:{types.KIND_NAMES[kind]}"

    return answer(
        request, "people/add_status.html", form, act=act, done=lambda: address(person_id, "statuses"), context=context
    )


@both
def change_status(request: HttpRequest, lineage: int) -> HttpResponse:
    actor = actor_of(request)
    status = get_status(actor=actor, lineage=lineage)
    check_change_people(actor)
    stored = statuses.facts_of_row(status)
    form = StatusForm(
        request.POST or None, kind=status.kind, born_on=status.person.born_on, on=clock.today(), with_reason=True,
        initial=status_initial(stored),
    )  # fmt: skip

    def act(form: StatusForm) -> str:
        facts = form.facts(**asdict(stored))
        statuses.change_status(
            actor=actor, lineage=lineage, facts=facts, reason=form.cleaned_data["reason"], at=clock.now()
        )
        return "已更正,原来的记录仍可查到"

    context = {"person": status.person, "status": status, "kind_name": types.KIND_NAMES.get(status.kind, status.kind)}
    done = address(status.person_id, "statuses")
    return answer(request, "people/change_status.html", form, act=act, done=lambda: done, context=context)


@both
def end_status(request: HttpRequest, lineage: int) -> HttpResponse:
    actor = actor_of(request)
    status = get_status(actor=actor, lineage=lineage)
    check_change_people(actor)
    form = EndStatusForm(request.POST or None)

    def act(form: EndStatusForm) -> str:
        statuses.end_status(actor=actor, lineage=lineage, at=clock.now(), **form.cleaned_data)
        return "身份已结束"

    context = {"person": status.person, "status": status, "kind_name": types.KIND_NAMES.get(status.kind, status.kind)}
    done = address(status.person_id, "statuses")
    return answer(request, "people/end_status.html", form, act=act, done=lambda: done, context=context)
