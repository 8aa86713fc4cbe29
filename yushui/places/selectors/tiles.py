"""The ground of a tile map (方格图): the areas below one, as far as the actor may see them, and their cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yushui.accounts.models import User
from yushui.accounts.permissions import need_area
from yushui.base.area_codes import NATION, AreaLevel, ancestors_of, level_of, lies_in
from yushui.base.kinds import read_catalogue
from yushui.base.refusals import Refused
from yushui.places.models import TileCell, TileMap
from yushui.places.permissions import check_view_places
from yushui.places.rules.tiles import Arrangement, Cell, place_cells, read_arrangements
from yushui.places.selectors.areas import area_names, list_children

FILE = "tile_maps.yaml"


@dataclass(frozen=True)
class Ground:
    """An area, the way back up, the areas right below it, and where each of them stands."""

    code: str
    name: str
    above: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str], ...]  # code and name, in the order of codes
    cells: dict[str, Cell]
    short_names: dict[str, str]
    kept: dict[str, Cell]  # those of the own arrangement
    revision: int

    @property
    def is_arranged(self) -> bool:
        """Whether its areas stand where somebody put them."""
        return bool(self.kept or self.short_names)

    @property
    def may_be_arranged(self) -> bool:
        """Whether an office can arrange it; the nation stands as the catalogue has it."""
        return self.code != NATION and len(self.children) > 1


@lru_cache(maxsize=2)
def arrangements(folder: Path) -> dict[str, Arrangement]:
    """The arrangements of the catalogue, read once."""
    entries = read_catalogue(FILE, "maps", title="方格图", path=folder / FILE)
    found, problems = read_arrangements(entries, FILE)
    if problems:
        raise Refused(*problems)
    return found


def ground_of(*, actor: User, code: str) -> Ground:
    """The ground of an area inside the actor's own; NotFound otherwise."""
    check_view_places(actor)
    need_area(actor, code)
    above = [NATION, *ancestors_of(code)] if code != NATION else []
    above = [each for each in above if lies_in(each, actor.area_code)]
    names = {NATION: "全国", **area_names([*above, code])}
    children = tuple(list_children(actor=actor, code=code).values_list("code", "name"))
    if level_of(code) == AreaLevel.VILLAGE:
        children = ()
    usual = arrangements(Path(settings.CATALOGUE_DIR)).get(code, Arrangement({}, {}))
    own = TileMap.objects.filter(area=code).first()
    rows = TileCell.objects.filter(map=own) if own else TileCell.objects.none()
    kept: dict[str, Cell] = {area: (row, column) for area, row, column in rows.values_list("area_id", "row", "column")}
    return Ground(
        code, names.get(code, ""), tuple((each, names[each]) for each in above if each in names), children,
        place_cells([code for code, _ in children], kept or usual.cells), dict(usual.names), kept,
        own.revision if own else 0,
    )  # fmt: skip
