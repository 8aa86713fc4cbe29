"""What the forms of cases offer to choose from."""

from __future__ import annotations

from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.area_codes import AreaLevel, level_of
from yushui.cases.models import Case, CaseKind
from yushui.cases.selectors.kinds import by_family, causes_of, list_case_kinds
from yushui.cases.selectors.points import own_point, points_for
from yushui.cases.types.cases import CHANNEL_NAMES, CaseDraft
from yushui.funds.models import Fund
from yushui.funds.selectors.money import FundFilters, list_funds
from yushui.people.models import Person
from yushui.people.permissions import visible_people
from yushui.people.selectors import list_people
from yushui.people.types import PeopleFilters
from yushui.places.models import Unit
from yushui.places.selectors import area_names, areas_to_choose, list_areas, list_units

MOST_FOUND = 12


def open_choices(*, actor: User, draft: CaseDraft, find: str, on: date) -> dict[str, object]:
    """Everything the form of a new case shows; `find` are the words by which a person of the register is looked for."""
    kinds = list_case_kinds(actor=actor)
    kind = next((each for each in kinds if each.pk == draft.kind), None)
    return {
        "families": by_family(kinds),
        "kind": kind,
        "causes": causes_of(kind.pk) if kind else [],
        "points": points_for(actor, kind, on),
        "person": person_of(actor, draft.person_id),
        "found": found_people(actor, find, on),
        "units": units_for(actor, kind, on),
        "areas": areas_to_choose(actor=actor),
        "channels": CHANNEL_NAMES.items(),
        "may_find": may(actor, "people.view"),
    }


def usual_point(*, actor: User, kind_code: str, on: date) -> int | None:
    """The legal point whose people the actor is among: its form begins with it."""
    kind = next((each for each in list_case_kinds(actor=actor) if each.pk == kind_code), None)
    return own_point(actor, points_for(actor, kind, on), on)


def person_of(actor: User, person_id: int | None) -> Person | None:
    """A person chosen, when the actor may see them."""
    if person_id is None or not may(actor, "people.view"):
        return None
    return visible_people(actor).select_related("area").filter(pk=person_id).first()


def found_people(actor: User, words: str, on: date) -> list[Person]:
    """Living people of the register whom the words fit."""
    if not words.strip() or not may(actor, "people.view"):
        return []
    rows = list_people(actor=actor, filters=PeopleFilters(on=on, text=words.strip()[:40], life="living"))
    found = list(rows[:MOST_FOUND])
    names = area_names(person.area_id for person in found)
    for person in found:
        person.area_name = names.get(person.area_id, "")  # type: ignore[attr-defined]
    return found


def units_for(actor: User, kind: CaseKind | None, on: date) -> list[tuple[str, list[Unit]]]:
    """Units that may ask for something of this kind, by sort."""
    if kind is None or kind.asker != "UNIT":
        return []
    return grouped(
        list(list_units(actor=actor, on=on).exclude(kind="LEADING_GROUP").order_by("kind", "area_id", "name")[:600])
    )


def units_to_lead(*, actor: User, on: date) -> list[tuple[str, list[Unit]]]:
    """Units that may answer for a need or a project, by sort."""
    rows = list_units(actor=actor, on=on).exclude(kind="LEADING_GROUP")
    return grouped(list(rows.order_by("kind", "area_id", "name")[:600]))


def funds_to_pay(*, actor: User, kind: CaseKind) -> list[Fund]:
    """Care funds in use, when the actor may spend from them; for a 募捐 also those that hold donated money."""
    if not may(actor, "funds.spend"):
        return []
    kinds = ("CARE", "DONATED") if kind.raises_money else ("CARE",)
    return [fund for each in kinds for fund in list_funds(actor=actor, filters=FundFilters(kind=each))]


def grouped(units: list[Unit]) -> list[tuple[str, list[Unit]]]:
    """Units under the words of their sort."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(str(unit.get_kind_display()), []).append(unit)
    return list(groups.items())


def transfer_choices(
    *, actor: User, case: Case, on: date
) -> tuple[list[tuple[str, list[Unit]]], list[tuple[str, str]]]:
    """Units, and offices of areas, to which a case may be handed."""
    rows = list_units(actor=actor, on=on).exclude(kind__in=("LEADING_GROUP", "GARRISON", "ENTERPRISE"))
    offices: list[tuple[str, str]] = []
    if level_of(actor.area_code) <= AreaLevel.COUNTY:
        offices = list(list_areas(actor=actor, level=AreaLevel.TOWN).values_list("code", "name"))
    above = [case.area_id[:6] + "000000", case.area_id[:9] + "000"]
    names = area_names(above)
    up = [(code, names[code]) for code in above if code in names and code != case.holder_code]
    known = {code for code, _ in up}
    return grouped(list(rows.order_by("kind", "area_id", "name")[:600])), [
        *up,
        *(o for o in offices if o[0] not in known),
    ]


def colleagues(*, actor: User) -> list[User]:
    """Who could take over cases: active users of the actor's area who handle some."""
    rows = User.objects.filter(is_active=True, area_code__startswith=actor.area_code.rstrip("0"))
    roles = ("TOWN_CLERK", "DESK_OFFICER", "REVIEWER", "APPROVER", "LEADER", "LIAISON")
    found = rows.filter(held_roles__role__in=roles).distinct().order_by("area_code", "full_name")
    return list(found[:300])
