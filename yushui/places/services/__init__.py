"""Verbs of areas, units, posts and papers."""

from yushui.places.services.areas import add_areas, add_villages, load_areas, write_areas
from yushui.places.services.members import add_members, end_member
from yushui.places.services.paper_kinds import load_paper_kinds
from yushui.places.services.papers import add_paper, change_paper, withdraw_paper, withdraw_paper_file
from yushui.places.services.posts import appoint, appoint_all, end_post, link_post, transfer_posts
from yushui.places.services.stations import state_station
from yushui.places.services.takeover import take_over_units
from yushui.places.services.tiles import arrange_tiles
from yushui.places.services.units import add_unit, change_unit, end_unit, take_usual_duties

__all__ = [
    "add_areas", "add_members", "add_paper", "add_unit", "add_villages", "appoint", "appoint_all", "arrange_tiles",
    "change_paper", "change_unit", "end_member", "end_post", "end_unit", "link_post", "load_areas", "load_paper_kinds",
    "state_station", "take_over_units", "take_usual_duties", "transfer_posts", "withdraw_paper", "withdraw_paper_file",
    "write_areas",
]  # fmt: skip
