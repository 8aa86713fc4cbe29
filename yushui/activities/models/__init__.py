"""Activities, campaigns and visits."""

from yushui.activities.models.activities import (
    Activity,
    ActivityEvidence,
    ActivityKind,
    ActivityMeasure,
    ActivityPartner,
    ActivityPerson,
    KindMeasure,
)
from yushui.activities.models.campaigns import Campaign, CampaignTarget
from yushui.activities.models.pairs import (
    PairActivity,
    PairContact,
    PairEvidence,
    PairKind,
    PairRenewal,
    PersonPair,
    UnitPair,
)
from yushui.activities.models.visits import Visit

__all__ = [
    "Activity",
    "ActivityEvidence",
    "ActivityKind",
    "ActivityMeasure",
    "ActivityPartner",
    "ActivityPerson",
    "Campaign",
    "CampaignTarget",
    "KindMeasure",
    "PairActivity",
    "PairContact",
    "PairEvidence",
    "PairKind",
    "PairRenewal",
    "PersonPair",
    "UnitPair",
    "Visit",
]
