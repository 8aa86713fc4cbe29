"""Two people whom a roster once brought in a second time under a mistyped number: one made one entry again, one waiting
to be confirmed. Both doubles were paid for a month, so there is money to find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.days import month_of
from yushui.cases.services.cases import open_case
from yushui.cases.types import CaseDraft
from yushui.merging.services import decide_merge, propose_merge
from yushui.payments.models import Line
from yushui.payments.services.history import take_over_history
from yushui.people.models import Person
from yushui.people.rules import check_digit
from yushui.people.selectors import list_people, list_statuses
from yushui.people.selectors.merged import number_is_known
from yushui.people.services.accounts import set_account
from yushui.people.services.register import PersonFacts, add_person
from yushui.people.services.statuses import add_status, facts_of_row
from yushui.people.types import PeopleFilters
from yushui.workbench.demo.towns import COUNTY, list_towns

BENEFIT = "war_veteran_stipend"
SOURCE = "示范县(虚构)"
WHY = (
    "名册把身份证号顺序码抄错,另建了一份;与户口簿、退伍证核对为同一人",
    "同村同名同日出生,两份都在领;身份证号以户口簿为准",
)


def meet_doubles(*, staff: dict[str, User], today: date, at: datetime) -> None:
    """The two pairs; a county made very small may have nobody for them."""
    desk, month = staff["desk"], month_of(today) - 3
    town = list_towns()[1][0]
    filters = PeopleFilters(on=today, area=town, kind="WAR_VETERAN", state="RECEIVING")
    paid = Line.objects.filter(benefit=BENEFIT, month=month, is_live=True).values("person_id")
    originals = list(list_people(actor=desk, filters=filters).filter(pk__in=paid)[:2])
    doubles = [enter_again(desk, person, at) for person in originals]
    if not doubles:
        return
    lines = {line.person_id: line.fen for line in Line.objects.filter(person__in=originals, month=month, turn=0)}
    rows = [(double.pk, BENEFIT, lines[person.pk]) for person, double in zip(originals, doubles, strict=True)]
    take_over_history(actor=desk, area_code=COUNTY[0], month=month, rows=rows, at=at)
    draft = CaseDraft(
        kind="HARDSHIP_HELP", title="申请住院费用帮扶", text="因病住院,自付部分较多。", person_id=doubles[0].pk,
        cause="cause2", client_key="demo-case-of-double", channel="CALL",
    )  # fmt: skip
    open_case(actor=desk, draft=draft, at=at)
    for place, (person, double) in enumerate(zip(originals, doubles, strict=True)):
        asked = propose_merge(
            actor=desk, kept_id=person.pk, dropped_id=double.pk, taken=["living_address"], reason=WHY[place], at=at
        )
        if place == 0:
            decide_merge(actor=staff["review"], merge_id=asked.pk, agrees=True, opinion="已核对户口簿", at=at)


def enter_again(desk: User, person: Person, at: datetime) -> Person:
    """The same person under a number one digit off, with the status and an account of another bank."""
    columns = {name: getattr(person, name) for name in PersonFacts.__dataclass_fields__ if name != "area_code"}
    columns |= {"id_number": mistyped(person.id_number), "archive_box": "", "phone": ""}
    columns["living_address"] = f"{person.area.name}安置小区"
    double = add_person(actor=desk, facts=PersonFacts(**columns, area_code=person.area_id), at=at)
    for status in list_statuses(actor=desk, person_id=person.pk).filter(kind="WAR_VETERAN", state="RECEIVING"):
        facts = replace(facts_of_row(status), certificate_number="")
        add_status(actor=desk, person_id=double.pk, facts=facts, source=SOURCE, at=at)
    number = f"9902{double.pk:013d}"
    set_account(
        actor=desk, person_id=double.pk, bank="邮储银行", number=number, holder_name=double.name, source=SOURCE, at=at
    )
    return double


def mistyped(number: str) -> str:
    """The same number with another serial that nobody has: odd for men, even for women, with its check digit."""
    for serial in range(998 + int(number[16]) % 2, 0, -2):
        first = f"{number[:14]}{serial:03d}"
        whole = first + check_digit(first)
        if not number_is_known(whole):
            return whole
    raise AssertionError("no free serial on that day")
