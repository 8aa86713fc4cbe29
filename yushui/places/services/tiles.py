"""Arranging the squares of a tile map (方格图)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.revisions import change_row
from yushui.places.models import TileCell, TileMap
from yushui.places.permissions import check_change_places
from yushui.places.rules.tiles import read_cells
from yushui.places.selectors.tiles import ground_of


@transaction.atomic
def arrange_tiles(
    *, actor: User, area_code: str, typed: Mapping[str, tuple[str, str]], revision: str, at: datetime
) -> TileMap:
    """Say where each area below one stands: code → (row, column) as typed. All left empty brings back the reading
    order. Refused with every fault, and when somebody arranged it since `revision` was shown."""
    check_change_places(actor, area_code)
    ground = ground_of(actor=actor, code=area_code)
    if not ground.may_be_arranged:
        raise NotFound
    cells, problems = read_cells(typed, dict(ground.children))
    if problems:
        raise Refused(*problems)
    who = {"recorded_at": at, "recorded_name": actor.get_full_name()}
    tile_map, fresh = TileMap.objects.get_or_create(area_id=area_code, defaults=who)
    if fresh and revision not in {"", "0"}:
        raise Refused(Problem("这张图刚被别人改过", next_step="请打开最新的再改"))
    if not fresh:
        change_row(tile_map, revision, **who)
    TileCell.objects.filter(map=tile_map).delete()
    TileCell.objects.bulk_create(
        TileCell(map=tile_map, area_id=code, row=row, column=column) for code, (row, column) in cells.items()
    )
    audit.record(
        actor=actor, action="places.tiles.arranged", subject=tile_map, area_code=area_code, at=at, count=len(cells)
    )
    return tile_map
