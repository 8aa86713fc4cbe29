"""Verbs of areas, units, posts and papers."""

from yushui.places.services.areas import add_areas, add_villages, load_areas, write_areas
from yushui.places.services.papers import add_paper, change_paper, load_paper_kinds, withdraw_paper
from yushui.places.services.posts import appoint, end_post, transfer_posts
from yushui.places.services.units import add_member, add_unit, change_unit, end_member, end_unit, state_station

__all__ = [
    "add_areas", "add_member", "add_paper", "add_unit", "add_villages", "appoint", "change_paper", "change_unit",
    "end_member", "end_post", "end_unit", "load_areas", "load_paper_kinds", "state_station", "transfer_posts",
    "withdraw_paper", "write_areas",
]  # fmt: skip
