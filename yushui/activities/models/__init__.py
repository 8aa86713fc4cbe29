"""Activities, campaigns and visits."""

from yushui.activities.models.activities import Activity, ActivityKind
from yushui.activities.models.campaigns import Campaign, CampaignTarget
from yushui.activities.models.visits import Visit

__all__ = ["Activity", "ActivityKind", "Campaign", "CampaignTarget", "Visit"]
