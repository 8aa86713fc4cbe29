"""Who sees and who handles a case, beyond the table of rights.

A case of a sensitive kind shows whom it is about, and what was said, only to those who handle it; who only counts
(leaders, auditors, other units, other offices) sees its number, kind, place and days.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Case as Choose
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need, need_area, need_to_act
from yushui.accounts.types import Role
from yushui.base.area_codes import ancestors_of, code_range, level_of, lies_in
from yushui.base.in_order import in_area
from yushui.base.refusals import Problem, Refused
from yushui.cases.models import Case, CaseStep, Reception
from yushui.cases.types.cases import ACT_NAMES, Act, State
from yushui.cases.types.kinds import LEVELS, ROLE_NAMES
from yushui.places.permissions import my_unit_ids

EXTENDERS = (Role.APPROVER, Role.LEADER)
ABOVE: dict[str, tuple[Role, ...]] = {  # whose steps an office further up may do for them
    "LIAISON": (Role.TOWN_CLERK, Role.DESK_OFFICER),
    "TOWN_CLERK": (Role.DESK_OFFICER,),
}
ROLE_OF_LEVEL = {5: "LIAISON", 4: "TOWN_CLERK"}


def office_code(area_code: str, level: str) -> str:
    """The office on a level that a matter in this area belongs to; the area itself when it lies higher."""
    path = [*ancestors_of(area_code), area_code]
    return next((code for code in path if level_of(code) == LEVELS[level]), area_code)


def role_of_office(code: str) -> str:
    """Who works in the office of an area."""
    return ROLE_OF_LEVEL.get(int(level_of(code)), "DESK_OFFICER")


def is_only_unit(actor: User) -> bool:
    """Whether the actor is here for a member unit and nothing else."""
    return actor.roles == {Role.MEMBER_UNIT}


def visible_cases(actor: User, on: date, *, in_order: bool = False) -> QuerySet[Case]:
    """Cases the actor may know of, each with `clear`: whether its names and texts are open to the actor. `in_order` is
    for lists that are read page by page in an order of their own."""
    need(actor, "cases.view")
    low, high = code_range(actor.area_code)
    rows = Case.objects.defer("asker_phone")  # read where it is shown, nowhere else
    if is_only_unit(actor):
        units = my_unit_ids(actor, on)
        own = Q(holder_unit__in=units) | Q(asker_unit__in=units) | Q(point__in=units)
        rows = rows.filter(Q(opened_by=actor.pk) | own | acted(actor))
    elif level_of(actor.area_code) > LEVELS["COUNTY"]:
        rows = rows.filter(Q(area_id__gte=low, area_id__lt=high) | Q(holder_code__gte=low, holder_code__lt=high))
    elif in_order:
        rows = in_area(rows, actor.area_code)
    else:
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    if Role.DESK_OFFICER in actor.roles and level_of(actor.area_code) <= LEVELS["COUNTY"]:
        return rows.annotate(clear=Value(True))  # all of these lie in the area that this officer handles
    handled = handled_by(actor, my_unit_ids(actor, on))
    return rows.annotate(clear=Choose(When(handled, then=Value(True)), default=Value(False)))


def acted(actor: User) -> Exists:
    """Whether the actor did something in the case."""
    return Exists(CaseStep.objects.filter(case=OuterRef("pk"), by=actor.pk))


def hosts(actor: User) -> Exists:
    """Whether the actor is appointed to receive who asks, or has done so."""
    return Exists(Reception.objects.filter(case=OuterRef("pk"), host_user=actor.pk, dropped_reason=""))


def waits_for(actor: User, units: set[int]) -> Q:
    """The case lies with the actor's office or unit, or with the actor, or asks the actor for more days."""
    wanted = Q(holder_user=actor.pk)
    if units:
        wanted |= Q(holder_unit__in=units)
    if set(EXTENDERS) & actor.roles:
        low, high = code_range(actor.area_code)
        wanted |= Q(asks_extension=True, area_id__gte=low, area_id__lt=high)
    return wanted | Q(holder_code=actor.area_code, holder_role__in=[str(role) for role in actor.roles])


def handled_by(actor: User, units: set[int]) -> Q:
    """Names and texts are open: the kind is not sensitive, or the actor handles the case or did, or receives who
    asks."""
    low, high = code_range(actor.area_code)
    clear = Q(kind__is_sensitive=False) | Q(opened_by=actor.pk) | waits_for(actor, units)
    clear |= Q(acted(actor)) | Q(hosts(actor))
    if units:
        clear |= Q(point__in=units)
    if Role.DESK_OFFICER in actor.roles:
        clear |= Q(area_id__gte=low, area_id__lt=high)
    if Role.TOWN_CLERK in actor.roles:
        clear |= Q(opened_code__gte=low, opened_code__lt=high) | Q(holder_code__gte=low, holder_code__lt=high)
    return clear


def holds(actor: User, case: Case, on: date) -> bool:
    """Whether the actor may act in a case: of its office with its role, of its unit, or of an office above that does
    the step for the one below."""
    if not may(actor, "cases.act"):
        return False
    if case.holder_user == actor.pk:
        return True
    if case.holder_unit_id is not None and case.holder_unit_id in my_unit_ids(actor, on):
        return True
    if case.holder_role in actor.roles and case.holder_code == actor.area_code:
        return True
    return lies_in(case.holder_code, actor.area_code) and bool(
        set(ABOVE.get(case.holder_role, ())) & actor.roles or case.holder_role in actor.roles
    )


def is_office(actor: User, case: Case) -> bool:
    """Whether the actor belongs to the office that last had a case: for what comes after its end."""
    clerks = {Role.TOWN_CLERK, Role.DESK_OFFICER} & actor.roles
    return bool(clerks) and lies_in(case.holder_code or case.area_id, actor.area_code)


def may_reveal_phone(actor: User, case: Case, on: date) -> bool:
    """Whether the actor, to whom a case is clear, may see the number of who asks: who opened it, handles it, or belongs
    to the office that had it."""
    if not may(actor, "cases.act"):
        return False
    return case.opened_by == actor.pk or holds(actor, case, on) or is_office(actor, case)


def check_reveal_phone(actor: User, case: Case, on: date) -> None:
    """Seeing the full number of who asks."""
    need_to_act(actor, "cases.act", "查看完整号码")
    if not may_reveal_phone(actor, case, on):
        raise Refused(Problem("这件不由您办理,不能看完整号码", next_step="请由登记人或办理人联系"))


def check_open_case(actor: User, area_code: str) -> None:
    """Opening a case in an area of one's own."""
    need_to_act(actor, "cases.open", "登记办件")
    need_area(actor, area_code)


def check_holds(actor: User, case: Case, act: Act, on: date) -> None:
    """Acting in a case that the actor may see: it is open, lies here, and nobody else has taken it."""
    need_to_act(actor, "cases.act", ACT_NAMES[act])
    problems = []
    if case.state == State.CLOSED:
        problems.append(Problem("办件已经办结", next_step="要再办,请先“重新办理”"))
    elif case.state == State.PAUSED and act not in {Act.RESUMED, Act.NOTED, Act.TAKEN}:
        problems.append(Problem("办件正在暂停计时", next_step="请先恢复计时"))
    if not problems and not holds(actor, case, on):
        who = case.holder_unit.name if case.holder_unit else ROLE_NAMES.get(case.holder_role, case.holder_role)
        problems.append(
            Problem(f"这一步不由您办理,现在在{case.holder_name or who}", next_step="请由办理人办理或转给您")
        )
    elif not problems and act != Act.TAKEN and case.holder_user not in {None, actor.pk}:
        problems.append(Problem(f"{case.holder_name}已经认领了这件", next_step="请先“接过来办”,再办理"))
    if problems:
        raise Refused(*problems)
