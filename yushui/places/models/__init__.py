"""Areas, units with posts by date, papers in force."""

from yushui.places.models.areas import Area
from yushui.places.models.papers import Paper, PaperEvidence, PaperKind, PaperProof
from yushui.places.models.units import (
    GroupMember,
    Post,
    PostChange,
    StationFact,
    Unit,
    UnitDuty,
    UnitKind,
)

__all__ = [
    "Area", "GroupMember", "Paper", "PaperEvidence", "PaperKind", "PaperProof", "Post", "PostChange", "StationFact",
    "Unit", "UnitDuty", "UnitKind",
]  # fmt: skip
