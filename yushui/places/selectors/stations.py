"""Reading service stations: their five things, and how far they reach, town by town and village by village."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope
from yushui.base.area_codes import AreaLevel, level_of
from yushui.places.models import StationFact, Unit, UnitKind
from yushui.places.selectors.areas import list_areas
from yushui.places.selectors.units import list_units
from yushui.places.types import FIVE_NAMES, MODEL, STATION_NAMES


@dataclass(frozen=True)
class StationLine:
    """One town or village: its station, if there is one, and which of the five things that has; None is not said."""

    area_code: str
    name: str
    unit: Unit | None
    answers: tuple[tuple[str, bool | None], ...] = ()
    is_model: bool = False

    @property
    def has_all(self) -> bool:
        """Whether it has all five."""
        return self.unit is not None and all(holds for _, holds in self.answers)


@dataclass(frozen=True)
class TownStations:
    """A town with its own station and those of its villages."""

    own: StationLine
    villages: tuple[StationLine, ...]

    @property
    def built(self) -> int:
        """Villages with a station."""
        return sum(line.unit is not None for line in self.villages)

    @property
    def missing(self) -> int:
        """Villages without one."""
        return len(self.villages) - self.built

    @property
    def whole(self) -> int:
        """Villages whose station has all five things."""
        return sum(line.has_all for line in self.villages)

    @property
    def models(self) -> int:
        """Model stations, the town's own with them."""
        return sum(line.is_model for line in (self.own, *self.villages))

    @property
    def five(self) -> list[tuple[str, int]]:
        """How many village stations have each of the five."""
        counts = dict.fromkeys(FIVE_NAMES.values(), 0)
        for line in self.villages:
            for words, holds in line.answers:
                counts[words] += bool(holds)
        return list(counts.items())


def stations_by_town(*, actor: User, on: date, within: str = "") -> list[TownStations]:
    """Coverage of the stations (三级服务保障体系) as of a day: every town and village of the actor's area."""
    units: dict[str, Unit] = {}
    for unit in list_units(actor=actor, kind=UnitKind.STATION, within=within, on=on):
        units.setdefault(unit.area_id, unit)
    held: dict[int, dict[str, bool]] = defaultdict(dict)
    facts = in_scope(StationFact.objects.filter(superseded_at=None, on__lte=on), actor, "unit__area_id")
    for unit_id, key, holds in facts.values_list("unit_id", "key", "holds"):
        held[unit_id][key] = holds

    def line(code: str, name: str) -> StationLine:
        unit = units.get(code)
        said = held[unit.pk] if unit else {}
        answers = tuple((words, said.get(key)) for key, words in FIVE_NAMES.items()) if unit else ()
        return StationLine(code, name, unit, answers, said.get(MODEL, False))

    villages: dict[str, list[StationLine]] = defaultdict(list)
    for code, name in list_areas(actor=actor, level=AreaLevel.VILLAGE, within=within).values_list("code", "name"):
        villages[f"{code[:9]}000"].append(line(code, name))
    towns = dict(list_areas(actor=actor, level=AreaLevel.TOWN, within=within).values_list("code", "name"))
    if level_of(actor.area_code) == AreaLevel.VILLAGE:  # a village sees itself under a town that it does not see
        return [TownStations(StationLine("", "", None), tuple(lines)) for lines in villages.values()]
    return [TownStations(line(code, name), tuple(villages[code])) for code, name in towns.items()]


def five_of(*, unit: Unit) -> list[tuple[str, str, StationFact | None]]:
    """(key, words, newest answer) of the five things of a station, and whether it is a model one; the caller has
    fetched the unit for its actor."""
    facts = {fact.key: fact for fact in unit.five.filter(superseded_at=None)}
    return [(key, words, facts.get(key)) for key, words in STATION_NAMES.items()]
