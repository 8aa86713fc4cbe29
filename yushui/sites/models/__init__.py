"""Kinds of sites, sites with their numbers, agreements, checks and evidence, the approved boundary."""

from yushui.sites.models.boundaries import Boundary
from yushui.sites.models.kinds import SiteKind, SiteKindNumber
from yushui.sites.models.places import Agreement, Check, Site, SiteEvidence, SiteNumber

__all__ = [
    "Agreement", "Boundary", "Check", "Site", "SiteEvidence", "SiteKind", "SiteKindNumber", "SiteNumber",
]  # fmt: skip
