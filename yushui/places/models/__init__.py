"""Areas with their tile maps, units with posts by date, papers in force."""

from yushui.places.models.areas import Area
from yushui.places.models.papers import Paper, PaperEvidence, PaperKind, PaperProof
from yushui.places.models.tiles import TileCell, TileMap
from yushui.places.models.units import (
    ChangedUnit,
    GroupMember,
    Post,
    PostChange,
    StationFact,
    Unit,
    UnitDuty,
    UnitKind,
)

__all__ = [
    "Area", "ChangedUnit", "GroupMember", "Paper", "PaperEvidence", "PaperKind", "PaperProof", "Post", "PostChange",
    "StationFact", "TileCell", "TileMap", "Unit", "UnitDuty", "UnitKind",
]  # fmt: skip
