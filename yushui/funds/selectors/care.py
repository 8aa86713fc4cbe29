"""The care fund as an actor may see it: projects, applications, who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, may, need
from yushui.base.area_codes import ancestors_of, code_range
from yushui.base.refusals import NotFound
from yushui.funds.models import Application, ApplicationEvidence, CareProject, Entry
from yushui.funds.permissions.money import visible_applications, visible_projects
from yushui.funds.selectors.money import NOTHING
from yushui.funds.types.care import APPLICATION_NAMES
from yushui.people.models import Person
from yushui.people.selectors import list_people
from yushui.people.types import PeopleFilters

MOST_FOUND = 20
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ApplicationFilters:
    """What the list is narrowed to; `state` empty means all."""

    state: str = ""
    project_id: int | None = None
    year: int | None = None
    cause: str = ""
    area_code: str = ""


@dataclass(frozen=True)
class ApplicationSheet:
    """One application in full. `before` is what the person was given in the twelve months before it."""

    application: Application
    pieces: list[ApplicationEvidence]
    payments: list[Entry]
    before: list[Application]
    named: bool
    may_pay: bool
    may_decide: bool
    may_withdraw: bool


def list_projects(*, actor: User) -> QuerySet[CareProject]:
    """Projects of the actor's area: planned, applications and grants, money given; open ones first."""
    given = Entry.objects.filter(application__project=OuterRef("pk"), side="OUT").order_by()
    total = given.values("application__project").annotate(total=Sum("fen")).values("total")
    rows = visible_projects(actor).select_related("fund")
    rows = rows.annotate(
        asked=Count("applications"),
        granted=Count("applications", filter=Q(applications__state__in=("GRANTED", "PAID"))),
        given=-Coalesce(Subquery(total), NOTHING),
    )
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "id")


def projects_to_choose(*, actor: User, on: date) -> list[CareProject]:
    """Projects open on a day, of the actor's area, those within it and those above it."""
    need(actor, "funds.ask_care")
    low, high = code_range(actor.area_code)
    reach = Q(area_id__in=ancestors_of(actor.area_code)) | Q(area_id__gte=low, area_id__lt=high)
    rows = CareProject.objects.filter(reach, starts_on__lte=on, fund__closed_at=None).exclude(ends_on__lte=on)
    return list(rows.select_related("fund", "area").order_by("area_id", "id"))


def get_project(*, actor: User, project_id: int) -> CareProject:
    """One project of the actor's area; NotFound otherwise."""
    found = visible_projects(actor).select_related("fund").filter(pk=project_id).first()
    if found is None:
        raise NotFound
    return found


def list_applications(*, actor: User, filters: ApplicationFilters) -> QuerySet[Application]:
    """Applications, the newest first."""
    rows = visible_applications(actor).select_related("project", "person", "area")
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.project_id is not None:
        rows = rows.filter(project=filters.project_id)
    if filters.year is not None:
        rows = rows.filter(on__range=(date(filters.year, 1, 1), date(filters.year, 12, 31)))
    if filters.cause:
        rows = rows.filter(cause=filters.cause)
    if filters.area_code:
        low, high = code_range(filters.area_code)
        rows = rows.filter(area_id__gte=low, area_id__lt=high)
    return rows.order_by("-on", "-id")


def get_application(*, actor: User, application_id: int, lock: bool = False) -> Application:
    """One application of the actor's area; NotFound otherwise."""
    rows = visible_applications(actor)
    if lock:
        rows = rows.select_for_update(of=("self",))
    else:
        rows = rows.select_related("project__fund", "person", "area")
    found = rows.filter(pk=application_id).first()
    if found is None:
        raise NotFound
    return found


def application_sheet(*, actor: User, application_id: int) -> ApplicationSheet:
    """One application with its papers, its payments and what the person was given before."""
    row = get_application(actor=actor, application_id=application_id)
    before = Application.objects.filter(person=row.person_id, state__in=("GRANTED", "PAID"), on__lte=row.on)
    before = before.filter(on__gt=row.on - YEAR).exclude(pk=row.pk).select_related("project")
    mine = row.asked_by == actor.pk
    return ApplicationSheet(
        application=row,
        pieces=list(row.evidence.filter(withdrawn_at=None).select_related("file").order_by("id")),
        payments=list(row.payments.select_related("fund").order_by("id")),
        before=list(before.order_by("-on", "-id")[:20]),
        named=may(actor, "people.view"),
        may_pay=row.state == "GRANTED" and may(actor, "funds.spend") and row.decided_by != actor.pk
        and in_scope(CareProject.objects.filter(pk=row.project_id), actor, "area_id").exists(),
        may_decide=row.state == "ASKED" and may(actor, "funds.approve") and not mine,
        may_withdraw=row.state in {"ASKED", "GRANTED"} and may(actor, "funds.ask_care"),
    )  # fmt: skip


def get_application_file(*, actor: User, care_file_id: int) -> ApplicationEvidence:
    """One paper of an application, for those who may see whose it is; NotFound otherwise."""
    need(actor, "funds.view_money")
    need(actor, "people.view")
    rows = in_scope(ApplicationEvidence.objects.select_related("file"), actor, "application__area_id")
    found = rows.filter(pk=care_file_id).first()
    if found is None:
        raise NotFound
    return found


def find_people(*, actor: User, name: str, on: date) -> list[Person]:
    """Living people of the actor's area whose name begins so."""
    if not name.strip():
        return []
    rows = list_people(actor=actor, filters=PeopleFilters(on=on, text=name.strip(), life="living"))
    return list(rows.select_related("area")[:MOST_FOUND])


def count_waiting(*, actor: User) -> int:
    """Applications that wait for the actor: to decide for who reviews, to pay out for who spends."""
    if may(actor, "funds.approve"):
        return visible_applications(actor).filter(state="ASKED").exclude(asked_by=actor.pk).count()
    if may(actor, "funds.spend"):
        return visible_applications(actor).filter(state="GRANTED").count()
    return 0


def state_words(application: Application) -> tuple[str, str]:
    """How far an application is, in words, and the mark."""
    tone = {"ASKED": "due", "GRANTED": "info", "PAID": "", "REFUSED": "bad", "WITHDRAWN": "plain"}[application.state]
    return APPLICATION_NAMES[application.state], tone
