"""Kinds of honours, plaques and cards, good news of merit, honours of units, selections, and their evidence."""

from yushui.honours.models.evidence import HonourEvidence
from yushui.honours.models.kinds import HonourKind
from yushui.honours.models.news import GoodNews, RewardRate
from yushui.honours.models.plaques import Card, Plaque, PlaqueEvent, holding
from yushui.honours.models.selections import Nominee, Selection, UnitHonour

__all__ = [
    "Card", "GoodNews", "HonourEvidence", "HonourKind", "Nominee", "Plaque", "PlaqueEvent", "RewardRate", "Selection",
    "UnitHonour", "holding",
]  # fmt: skip
