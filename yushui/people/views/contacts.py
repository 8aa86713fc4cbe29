"""Pages of 包联 that need no visits: hand over, cards to print, rhythms. The lists: activities/views/contacts.py."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock
from yushui.base.queries import whole_number
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import actor_of
from yushui.people.forms import HandOverForm, RhythmForm
from yushui.people.selectors import contacts as selectors
from yushui.people.services import contacts, rhythms
from yushui.people.views.answers import answer


@require_http_methods(["GET", "POST"])
@for_holders("移交包联", "people.change")
def hand_over_contacts(request: HttpRequest) -> HttpResponse:
    """Everybody of one colleague (?from=7), or those without a contact, by village."""
    sent = request.POST if request.method == "POST" else request.GET
    user_id = whole_number(sent.get("from", ""))
    if request.method == "GET":
        return show_hand_over(request, user_id, sent, ())
    villages = selectors.villages_kept(actor=actor_of(request), user_id=user_id)
    form = HandOverForm(sent, codes=[row.area_code for row in villages])
    try:
        if not form.is_valid():
            raise Refused(Problem("日期不存在或写法不对", where="从哪天起", next_step="应为 2026-11-27"))
        heads = contacts.hand_over_contacts(
            actor=actor_of(request), from_user_id=user_id, given=form.given(), on=form.cleaned_data["on"],
            at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return show_hand_over(request, user_id, sent, refused.problems)
    messages.success(request, f"已{'移交' if user_id else '指定包联人'} {heads} 人;原来的记录留在各人档案里。")
    return redirect(reverse("list-contacts"))


def show_hand_over(
    request: HttpRequest, user_id: int | None, sent: QueryDict, problems: tuple[Problem, ...]
) -> HttpResponse:
    """The form with what was chosen and everything that is wrong. A colleague who has nobody is not found, unless the
    form was just sent a second time."""
    actor = actor_of(request)
    who = selectors.get_colleague(actor=actor, user_id=user_id) if user_id and not problems else None
    if user_id and problems:
        who = selectors.colleagues([user_id]).get(user_id)
    if user_id and who is None:
        raise NotFound
    villages = selectors.villages_kept(actor=actor, user_id=user_id)
    everywhere = set(villages[0].users).intersection(*(row.users for row in villages)) if villages else set()
    shown = {
        "who": who,
        "rows": [(row, sent.get(f"to-{row.area_code}", "")) for row in villages],
        "heads": sum(row.heads for row in villages),
        "everywhere": sorted(everywhere, key=lambda pair: pair[1]),
        "all": sent.get("all", ""),
        "on": sent.get("on", "") or clock.today().isoformat(),
        "problems": problems,
    }
    return render(request, "people/hand_over_contacts.html", shown, status=422 if problems else 200)


@require_GET
@for_holders("打印联系卡", "people.view")
def print_contact_cards(request: HttpRequest) -> HttpResponse:
    """Cards that say who looks after one: of a person, of a colleague's people, of a village."""
    area = request.GET.get("area", "")
    cards = selectors.contact_cards(
        actor=actor_of(request), person_id=whole_number(request.GET.get("person", "")),
        user_id=whole_number(request.GET.get("user", "")),
        area_code=area if area.isascii() and area.isdigit() and len(area) == 12 else "",
    )  # fmt: skip
    sheets = [cards[place : place + 4] for place in range(0, len(cards), 4)]
    is_full = len(cards) == selectors.MOST_CARDS
    return render(request, "people/print_contact_cards.html", {"cards": cards, "sheets": sheets, "is_full": is_full})


@require_GET
def list_contact_rhythms(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    shown = {"rows": selectors.list_rhythms(actor=actor), "may_set": may(actor, "people.set_rhythm")}
    return render(request, "people/list_contact_rhythms.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设置联系频次", "people.set_rhythm")
def set_contact_rhythm(request: HttpRequest, rhythm_code: str = "") -> HttpResponse:
    """Add a rhythm, or change an own one."""
    actor = actor_of(request)
    row = selectors.get_own_rhythm(actor=actor, code=rhythm_code) if rhythm_code else None
    form = RhythmForm(request.POST or None, initial=vars(row) if row else {"group": "ALL"})

    def act(form: RhythmForm) -> str:
        kept = rhythms.set_rhythm(actor=actor, code=rhythm_code, at=clock.now(), **form.cleaned_data)
        return f"已保存:{kept.name},每 {kept.months} 个月联系一次"

    done = reverse("list-contact-rhythms")
    return answer(request, "people/set_contact_rhythm.html", form, act=act, done=lambda: done, context={"rhythm": row})


@require_POST
@for_holders("停用联系频次", "people.set_rhythm")
def retire_contact_rhythm(request: HttpRequest, rhythm_code: str) -> HttpResponse:
    back = request.POST.get("back") == "1"
    row = rhythms.retire_rhythm(actor=actor_of(request), code=rhythm_code, retired=not back, at=clock.now())
    messages.success(request, f"{row.name}:{'已恢复使用' if back else '已停用'}")
    return redirect("list-contact-rhythms")
