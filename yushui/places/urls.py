"""Addresses of places. Those of papers stand in plans: their form offers the duties that a paper proves."""

from __future__ import annotations

from django.urls import path

from yushui.places.views import groups, posts, stations, tiles, units

urlpatterns = [
    path("areas/arrange-tiles/", tiles.arrange_tiles, name="arrange-tiles"),
    path("units/", units.list_units, name="list-units"),
    path("units/add-unit/", units.add_unit, name="add-unit"),
    path("units/stations/", stations.list_stations, name="list-stations"),
    path("units/<int:unit_id>/", units.show_unit, name="show-unit"),
    path("units/<int:unit_id>/change-unit/", units.change_unit, name="change-unit"),
    path("units/<int:unit_id>/end-unit/", units.end_unit, name="end-unit"),
    path("units/<int:unit_id>/take-usual-duties/", units.take_usual_duties, name="take-usual-duties"),
    path("units/<int:unit_id>/state-station/", stations.state_station, name="state-station"),
    path("units/<int:unit_id>/appoint-post/", posts.appoint_post, name="appoint-post"),
    path("posts/<int:post_id>/end-post/", posts.end_post, name="end-post"),
    path("posts/<int:post_id>/link-post/", posts.link_post, name="link-post"),
    path("groups/", groups.list_groups, name="list-groups"),
    path("groups/transfer-posts/", groups.transfer_posts, name="transfer-posts"),
    path("groups/changes/<int:change_id>/", groups.show_change, name="show-change"),
    path("groups/<int:unit_id>/", groups.show_group, name="show-group"),
    path("groups/<int:unit_id>/add-members/", groups.add_members, name="add-members"),
    path("groups/<int:unit_id>/members/<int:member_id>/end-member/", groups.end_member, name="end-member"),
    path("groups/<int:unit_id>/appointment/", groups.show_appointment, name="show-appointment"),
    path("groups/<int:unit_id>/print-appointment/", groups.print_appointment, name="print-appointment"),
]
