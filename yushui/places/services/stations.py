"""Verbs of service stations: what of the five things (五有) one has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import Problem, Refused
from yushui.base.texts import read_day, read_line
from yushui.places.models import StationFact, UnitKind
from yushui.places.permissions import check_change_places
from yushui.places.selectors.units import get_unit
from yushui.places.types import STATION_NAMES


@transaction.atomic
def state_station(
    *, actor: User, unit_id: int, holds: Mapping[str, bool], on: str, note: str = "", at: datetime
) -> list[StationFact]:
    """State which of the five things a station has from a day on, and whether it is a model one. Answers given before
    stay, superseded."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    check_change_places(actor, unit.area_id)
    problems: list[Problem] = []
    day = read_day(on, "核实日期", problems, latest=timezone.localtime(at).date())
    words = read_line(note, "说明", problems, longest=120)
    if unit.kind != UnitKind.STATION:
        problems.append(Problem("只有退役军人服务站登记“五有”", where=unit.name))
    problems += [Problem("没有这一项", where=key) for key in holds if key not in STATION_NAMES]
    before = StationFact.objects.filter(unit=unit, key__in=holds, superseded_at=None)
    if day and (later := before.filter(on__gt=day).order_by("-on").first()):
        step = f"上次核实是 {later.on}" + (f",由{later.recorded_name}登记" if later.recorded_name else "")
        problems.append(Problem("核实日期早于上次核实", where="核实日期", next_step=step))
    if problems or day is None:
        raise Refused(*problems)
    before.update(superseded_at=at)
    rows = StationFact.objects.bulk_create(
        StationFact(
            unit=unit, key=key, holds=has, on=day, note=words, recorded_at=at, recorded_name=actor.get_full_name()
        )
        for key, has in holds.items()
    )
    audit.record(
        actor=actor, action="places.station.stated", subject=unit, area_code=unit.area_id, at=at, on=day,
        now=dict(holds),
    )  # fmt: skip
    return rows
