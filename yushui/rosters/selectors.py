"""Reading for rosters: imports and their findings for pages, the register as a file's rows meet it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.base import jobs
from yushui.base.area_codes import NATION, code_range, lies_in
from yushui.base.models import Job
from yushui.base.refusals import NotFound
from yushui.people.models import BankAccount, Person, PersonEvent, Status
from yushui.people.selectors.merged import kept_by_number
from yushui.places.models import Area
from yushui.places.selectors import path_names
from yushui.rosters.models import BadCell, ImportState, KeptRow, PlannedRow, RosterImport
from yushui.rosters.rules.areas import AreaBook
from yushui.rosters.rules.plan import AccountNow, PersonNow, StatusNow

GROUP = 500
MOST_AREAS = 4000
PERSON_FIELDS = (
    "name", "sex", "born_on", "ethnicity", "relation_to_head", "household_kind", "area_id", "address", "living_address",
    "medical_scheme", "pension_scheme", "marriage", "schooling", "health", "political_status", "employment", "employer",
    "support_kind", "work_ability", "self_care", "is_lone_elder", "has_mental_illness", "note",
)  # fmt: skip
STATUS_FIELDS = (
    "kind", "state", "starts_on", "ends_on", "approved_on", "grade", "cause", "period", "campaign", "relation",
    "household_kind", "service_starts_on", "service_ends_on", "place_of_service", "education", "merit",
    "draws_pension", "certificate_number", "martyr_name", "note",
)  # fmt: skip


def scope_of(actor: User | None) -> str:
    """The area an actor may import into; the console (None) may everywhere."""
    return actor.area_code if actor else NATION


def list_imports(*, actor: User) -> QuerySet[RosterImport]:
    """Imports into the actor's area, the newest first."""
    need(actor, "rosters.import")
    return in_scope(RosterImport.objects.all(), actor, "area_code").order_by("-id")


def get_import(*, actor: User | None, import_id: int, lock: bool = False) -> RosterImport:
    """One import, if it lies in the actor's area."""
    if actor:
        need(actor, "rosters.import")
    rows = RosterImport.objects.select_for_update() if lock else RosterImport.objects.all()
    found = rows.filter(pk=import_id).first()
    if found is None or not lies_in(found.area_code, scope_of(actor)):
        raise NotFound
    return found


def list_planned(*, actor: User, import_id: int, outcome: str) -> QuerySet[PlannedRow]:
    """What rows would do (or did), in the order of the file."""
    get_import(actor=actor, import_id=import_id)
    return PlannedRow.objects.filter(roster_id=import_id, outcome=outcome).order_by("id")


def list_bad_cells(*, actor: User, import_id: int) -> QuerySet[BadCell]:
    """Cells that are not right, in the order of the file."""
    get_import(actor=actor, import_id=import_id)
    return BadCell.objects.filter(roster_id=import_id).order_by("id")


def list_kept(*, actor: User, import_id: int) -> QuerySet[KeptRow]:
    """Cells kept aside, by row."""
    get_import(actor=actor, import_id=import_id)
    return KeptRow.objects.filter(roster_id=import_id).order_by("id")


def area_book(area_code: str) -> AreaBook:
    """The areas inside one, at present."""
    low, high = code_range(area_code)
    rows = Area.objects.filter(code__gte=low, code__lt=high, ends_on=None).values_list("code", "name")
    return AreaBook(area_code, dict(rows))


def grouped(items: Iterable[Any], size: int = GROUP) -> Iterator[list[Any]]:
    """Lists short enough for one query."""
    rows = list(items)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def known_people(area_code: str, indexes: Iterable[str]) -> dict[str, PersonNow]:
    """Persons of the register by the blind index of their number, with present statuses and account. The number of an
    entry that was merged finds the kept one, so no roster makes a third."""
    found: dict[str, PersonNow] = {}
    columns = ("id", "id_index", "phone_index", "died_on", *PERSON_FIELDS)
    for group in grouped(indexes):
        by_id: dict[int, PersonNow] = {}
        merged = kept_by_number(group)
        wanted = Q(id_index__in=group) | Q(pk__in=merged.values()) if merged else Q(id_index__in=group)
        for pk, index, phone, died_on, *values in Person.objects.filter(wanted).values_list(*columns):
            held = dict(zip(PERSON_FIELDS, values, strict=True))
            held["area"] = held.pop("area_id")
            found[index] = by_id[pk] = PersonNow(pk, lies_in(str(held["area"]), area_code), held, phone, died_on)
        add_statuses_and_accounts(by_id)
        found |= {index: replace(by_id[kept], by_merged=True) for index, kept in merged.items()}
    return found


def add_statuses_and_accounts(people: dict[int, PersonNow]) -> None:
    """Present statuses and the account in use of some people."""
    if not people:
        return
    present = Status.objects.filter(person_id__in=list(people), superseded_at=None)
    for pk, lineage, person_id, *values in present.values_list("id", "lineage", "person_id", *STATUS_FIELDS):
        people[person_id].statuses.append(StatusNow(pk, lineage, dict(zip(STATUS_FIELDS, values, strict=True))))
    accounts = BankAccount.objects.filter(person_id__in=list(people), superseded_at=None)
    for pk, person_id, bank, holder, index in accounts.values_list(
        "id", "person_id", "bank", "holder_name", "number_index"
    ):
        people[person_id].account = AccountNow(pk, bank, holder, index)


def present_of_kinds(area_code: str, kinds: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """(person, name, area) of the living who presently hold one of the kinds in an area."""
    low, high = code_range(area_code)
    rows = Status.objects.filter(
        kind__in=list(kinds), superseded_at=None, ends_on=None, person__area_id__gte=low, person__area_id__lt=high,
        person__died_on=None, state__in=("APPLIED", "RECEIVING", "RECOGNISED", "SUSPENDED", "STOPPED"),
    )  # fmt: skip
    yield from rows.order_by("person_id").values_list("person_id", "person__name", "person__area_id").distinct()


def events_of(person_ids: Iterable[int]) -> list[tuple[int, str, Any, str]]:
    """What happened to some people, as known now."""
    return [
        row
        for group in grouped(person_ids)
        for row in PersonEvent.objects.filter(person_id__in=group, superseded_at=None).values_list(
            "person_id", "what", "on", "detail"
        )
    ]


def account_tails(row_ids: Iterable[int]) -> dict[int, str]:
    """Last four digits of accounts, to show which one changes."""
    return {
        row.pk: row.number[-4:]
        for group in grouped(row_ids)
        for row in BankAccount.objects.filter(pk__in=group).only("number")
    }


def user_of(user_id: int) -> User | None:
    """The user a job acts for; None for the console."""
    return User.objects.filter(pk=user_id).first()


def bad_cells_of(import_id: int) -> QuerySet[BadCell]:
    """Bad cells of an import that the caller already holds."""
    return BadCell.objects.filter(roster_id=import_id).order_by("id")


def default_area() -> str:
    """The one county whose villages or people are registered; the whole country when there is none or more than one."""
    codes = set(Person.objects.values_list(Substr("area_id", 1, 6), flat=True).distinct()[:2])
    if not codes:
        codes = set(Area.objects.filter(level=5).values_list(Substr("code", 1, 6), flat=True).distinct()[:2])
    return codes.pop().ljust(12, "0") if len(codes) == 1 else NATION


def importer_named(username: str, area_code: str) -> User | None:
    """The user of that name; without one the first who may import for the area; None (the console) when nobody may."""
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise NotFound
        return user
    for user in User.objects.filter(is_active=True).order_by("id"):
        if may(user, "rosters.import") and lies_in(area_code, user.area_code):
            return user
    return None


def areas_to_choose(*, actor: User) -> list[tuple[str, str]]:
    """(code, name) of the counties and towns that the actor may import for, towns set in under their county."""
    need(actor, "rosters.import")
    low, high = code_range(actor.area_code)
    own = Q(code=actor.area_code) | Q(level__in=(3, 4), code__gte=low, code__lt=high)
    rows = Area.objects.filter(own, ends_on=None).order_by("code").values_list("code", "name", "level")[:MOST_AREAS]
    return [(code, f"{' ' * 2 if level > 3 else ''}{name}") for code, name, level in rows]


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Names with the town before the village."""
    return path_names([code for code in set(codes) if code])


def job_of(roster: RosterImport) -> Job | None:
    """The background work that is under way on an import; None when there is none or it ended well."""
    if roster.state in (ImportState.CHECKING, ImportState.COMMITTING):
        name = "rosters.check" if roster.state == ImportState.CHECKING else "rosters.commit"
        return jobs.latest(name=name, subject_id=roster.pk)
    return None


def name_of(user_id: int) -> str:
    """Who handed the file in."""
    return User.objects.filter(pk=user_id).values_list("full_name", flat=True).first() or "命令行"
