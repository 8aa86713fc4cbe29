"""Forms around a person's life: events, yearly confirmation, account, contact, hardship, household."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yushui.base import clock
from yushui.base.web import actor_of
from yushui.people.forms import (
    AccountForm,
    ConfirmForm,
    ContactForm,
    EndHardshipForm,
    EventForm,
    HardshipForm,
    HouseholdForm,
    WithdrawForm,
)
from yushui.people.permissions import check_change_people, check_confirm_person
from yushui.people.selectors import get_hardship, get_person, list_chosen, list_possible_contacts
from yushui.people.services import accounts, contacts, events, hardships, households
from yushui.people.views.answers import answer
from yushui.people.views.changes import address, both


@both
def record_event(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_change_people(actor)
    form = EventForm(request.POST or None, initial={"what": request.GET.get("what", ""), "on": clock.today()})

    def act(form: EventForm) -> str:
        event = events.record_event(actor=actor, person_id=person_id, at=clock.now(), **form.cleaned_data)
        return f"已记录{event.get_what_display()}"

    done = address(person_id, "events")
    return answer(request, "people/record_event.html", form, act=act, done=lambda: done, context={"person": person})


@require_POST
def withdraw_event(request: HttpRequest, event_id: int) -> HttpResponse:
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    event = events.withdraw_event(actor=actor_of(request), event_id=event_id, reason=reason, at=clock.now())
    messages.success(request, f"已撤回{event.get_what_display()}")
    return redirect(address(event.person_id, "events"))


@both
def confirm_person(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_confirm_person(actor)
    form = ConfirmForm(request.POST or None, initial={"on": clock.today(), "way": "HOME"})

    def act(form: ConfirmForm) -> str:
        events.confirm_person(actor=actor, person_id=person_id, at=clock.now(), **form.cleaned_data)
        return f"{person.name} {form.cleaned_data['on'].year} 年度已确认"

    done = address(person_id, "events")
    return answer(request, "people/confirm_person.html", form, act=act, done=lambda: done, context={"person": person})


@both
def set_account(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_change_people(actor)
    form = AccountForm(request.POST or None, name=person.name, initial={"holder_name": person.name})

    def act(form: AccountForm) -> str:
        accounts.set_account(actor=actor, person_id=person_id, at=clock.now(), source="手工录入", **form.cleaned_data)
        return "账户已设置,下次发放起使用"

    done = address(person_id, "accounts")
    return answer(request, "people/set_account.html", form, act=act, done=lambda: done, context={"person": person})


@both
def assign_contact(request: HttpRequest) -> HttpResponse:
    """For the people chosen in a list (?person=1&person=2)."""
    actor = actor_of(request)
    check_change_people(actor)
    sent = request.POST if request.method == "POST" else request.GET
    people = list(list_chosen(actor=actor, asked=sent.getlist("person")))
    users = [(str(u.pk), f"{u.get_full_name()}({u.unit_name or u.title})") for u in list_possible_contacts(actor=actor)]
    form = ContactForm(request.POST if "user_id" in request.POST else None, users=users, initial={"on": clock.today()})

    def act(form: ContactForm) -> str:
        ids = [person.pk for person in people]
        changed = contacts.assign_contact(actor=actor, person_ids=ids, at=clock.now(), **form.cleaned_data)
        return f"已为 {changed} 人确定包联人" if changed else "所选的人已由此人包联,没有改动"

    def done() -> str:
        return address(people[0].pk, "care") if len(people) == 1 else reverse("list-people")

    return answer(request, "people/assign_contact.html", form, act=act, done=done, context={"people": people})


@both
def add_hardship(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_change_people(actor)
    form = HardshipForm(request.POST or None, initial={"starts_on": clock.today()})

    def act(form: HardshipForm) -> str:
        hardship = hardships.add_hardship(actor=actor, person_id=person_id, at=clock.now(), **form.cleaned_data)
        return f"已记录{hardship.get_kind_display()}"

    done = address(person_id, "care")
    return answer(request, "people/add_hardship.html", form, act=act, done=lambda: done, context={"person": person})


@both
def end_hardship(request: HttpRequest, hardship_id: int) -> HttpResponse:
    actor = actor_of(request)
    hardship = get_hardship(actor=actor, hardship_id=hardship_id)
    check_change_people(actor)
    form = EndHardshipForm(request.POST or None, initial={"ends_on": clock.today()})

    def act(form: EndHardshipForm) -> str:
        hardships.end_hardship(actor=actor, hardship_id=hardship_id, at=clock.now(), **form.cleaned_data)
        return f"{hardship.get_kind_display()}已解除"

    done = address(hardship.person_id, "care")
    context = {"person": hardship.person, "hardship": hardship}
    return answer(request, "people/end_hardship.html", form, act=act, done=lambda: done, context=context)


@both
def join_household(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor=actor, person_id=person_id)
    check_change_people(actor)
    form = HouseholdForm(request.POST or None, initial={"relation_to_head": person.relation_to_head})

    def act(form: HouseholdForm) -> str:
        households.join_household(actor=actor, person_id=person_id, at=clock.now(), **form.cleaned_data)
        return "家庭已登记"

    done = address(person_id, "household")
    return answer(request, "people/join_household.html", form, act=act, done=lambda: done, context={"person": person})


@require_POST
def leave_household(request: HttpRequest, person_id: int) -> HttpResponse:
    households.leave_household(actor=actor_of(request), person_id=person_id, at=clock.now())
    messages.success(request, "已移出家庭")
    return redirect(address(person_id, "household"))
