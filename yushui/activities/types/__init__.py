"""Codes and labels of the work done, and drafts as typed; by noun."""

from yushui.activities.types.activities import (
    CHAPTER_NAMES,
    DIRECTION_NAMES,
    PART_NAMES,
    ActivityDraft,
    KindDraft,
    MeasureDraft,
)
from yushui.activities.types.campaigns import (
    FOLLOW_NAMES,
    KIND_GROUPS,
    CampaignDraft,
    CampaignKindDraft,
    Custom,
    ListRule,
    VillageCoverage,
)
from yushui.activities.types.pairs import (
    CONTACT_WAYS,
    PAIR_STATES,
    SLEEP_CHOICES,
    SLEEPS_AFTER,
    ContactDraft,
    PairDraft,
    PairKindDraft,
    PersonPairDraft,
)
from yushui.activities.types.visits import GOODS_MARK, WAY_NAMES, Photo, VisitDraft, Way

__all__ = [
    "ActivityDraft",
    "CHAPTER_NAMES",
    "CONTACT_WAYS",
    "CampaignDraft",
    "ContactDraft",
    "CampaignKindDraft",
    "Custom",
    "DIRECTION_NAMES",
    "FOLLOW_NAMES",
    "GOODS_MARK",
    "KIND_GROUPS",
    "KindDraft",
    "ListRule",
    "MeasureDraft",
    "PAIR_STATES",
    "PART_NAMES",
    "PairDraft",
    "PairKindDraft",
    "PersonPairDraft",
    "Photo",
    "SLEEPS_AFTER",
    "SLEEP_CHOICES",
    "VillageCoverage",
    "VisitDraft",
    "WAY_NAMES",
    "Way",
]
