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
from yushui.activities.models.campaigns import Campaign, CampaignKind, CampaignTarget, CampaignUnit
from yushui.activities.models.pairs import (
    PairActivity,
    PairContact,
    PairEvidence,
    PairKind,
    PairRenewal,
    PersonPair,
    UnitPair,
)
from yushui.activities.models.visits import UnitVisit, Visit, VisitGoods

__all__ = [
    "Activity",
    "ActivityEvidence",
    "ActivityKind",
    "ActivityMeasure",
    "ActivityPartner",
    "ActivityPerson",
    "Campaign",
    "CampaignKind",
    "CampaignTarget",
    "CampaignUnit",
    "KindMeasure",
    "PairActivity",
    "PairContact",
    "PairEvidence",
    "PairKind",
    "PairRenewal",
    "PersonPair",
    "UnitPair",
    "UnitVisit",
    "Visit",
    "VisitGoods",
]
