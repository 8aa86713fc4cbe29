"""What the demo writes, before it is written: one record per row of the register."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from yushui.workbench.demo.numbers import Numbers
from yushui.workbench.demo.towns import Village, list_villages

SOURCE = "示范数据"
TAKEN_OVER = datetime(2009, 1, 1, 1, tzinfo=UTC)  # nothing can have been recorded before


def moment(day: date, hour: int = 2) -> datetime:
    """Ten in the morning of a day in China, but never before the register began."""
    return max(datetime.combine(day, time(hour), tzinfo=UTC), TAKEN_OVER)


@dataclass(slots=True)
class PersonDraft:
    """A row of Person, with its numbers in the open; they are sealed when written."""

    id: int
    name: str
    sex: str
    born_on: date
    id_number: str
    area_id: str
    household_kind: str
    household_id: int
    died_on: date | None = None
    phone: str = ""
    relation_to_head: str = "本人"
    address: str = ""
    marriage: str = ""
    schooling: str = ""
    health: str = ""
    support_kind: str = ""
    work_ability: str = ""
    self_care: str = ""
    medical_scheme: str = ""
    pension_scheme: str = ""
    is_lone_elder: bool = False
    archive_box: str = ""
    created_at: datetime = TAKEN_OVER


@dataclass(slots=True)
class StatusDraft:
    """A row of Status. `lineage` is the id of the first version."""

    id: int
    person_id: int
    lineage: int
    kind: str
    starts_on: date
    recorded_at: datetime
    state: str = "RECEIVING"
    ends_on: date | None = None
    approved_on: date | None = None
    grade: int | None = None
    cause: str = ""
    period: str = ""
    campaign: str = ""
    relation: str = ""
    household_kind: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    place_of_service: str = ""
    education: str = ""
    merit: str = ""
    discharge_kind: str = ""
    certificate_number: str = ""
    martyr_name: str = ""
    draws_pension: bool | None = None
    source: str = SOURCE
    recorded_by: int | None = None
    superseded_at: datetime | None = None


@dataclass(slots=True)
class EventDraft:
    """A row of PersonEvent."""

    person_id: int
    what: str
    on: date
    recorded_at: datetime
    detail: str = ""
    recorded_by: int | None = None
    ended: list[StatusDraft] = field(default_factory=list, metadata={"column": False})


@dataclass(slots=True)
class AccountDraft:
    """A row of BankAccount."""

    person_id: int
    bank: str
    holder_name: str
    number: str
    recorded_at: datetime
    is_confirmed: bool = True
    problem: str = ""
    superseded_at: datetime | None = None


@dataclass
class County:
    """The county while it is being invented."""

    rng: Random
    today: date
    numbers: Numbers = field(default_factory=Numbers)
    villages: list[Village] = field(default_factory=list_villages)
    households: list[tuple[int, str, str, str]] = field(default_factory=list)  # id, area, head, address
    people: list[PersonDraft] = field(default_factory=list)
    statuses: list[StatusDraft] = field(default_factory=list)
    events: list[EventDraft] = field(default_factory=list)
    accounts: list[AccountDraft] = field(default_factory=list)
    hardships: list[tuple[int, str, date, date | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.village_weights = [village.weight for village in self.villages]

    def day_between(self, first: date, last: date) -> date:
        """A day of a closed span; the first one when the span is empty."""
        return first + timedelta(days=self.rng.randint(0, max((last - first).days, 0)))

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def open_statuses(self) -> dict[int, list[StatusDraft]]:
        """Present versions that have no end, by person."""
        found: dict[int, list[StatusDraft]] = {}
        for status in self.statuses:
            if status.superseded_at is None and status.ends_on is None:
                found.setdefault(status.person_id, []).append(status)
        return found

    def add_status(
        self, person_id: int, kind: str, starts_on: date, recorded_at: datetime, **columns: object
    ) -> StatusDraft:
        """A new status, first of its line."""
        number = len(self.statuses) + 1
        status = StatusDraft(number, person_id, number, kind, starts_on, recorded_at, **columns)  # type: ignore[arg-type]
        self.statuses.append(status)
        return status

    def revise(self, status: StatusDraft, recorded_at: datetime, **columns: object) -> StatusDraft:
        """A new version of a status: the old one is closed, nothing is overwritten."""
        status.superseded_at = recorded_at
        version = replace(status, id=len(self.statuses) + 1, recorded_at=recorded_at, superseded_at=None, **columns)  # type: ignore[arg-type]
        self.statuses.append(version)
        return version


def columns_of(draft: type) -> list[str]:
    """Names of a draft's columns, in order."""
    return [each.name for each in fields(draft) if each.metadata.get("column", True)]
