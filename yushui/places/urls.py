"""Addresses of places."""

from __future__ import annotations

from django.urls import path

from yushui.places.views import groups, papers, units

urlpatterns = [
    path("units/", units.list_units, name="list-units"),
    path("units/add-unit/", units.add_unit, name="add-unit"),
    path("units/stations/", units.list_stations, name="list-stations"),
    path("units/<int:unit_id>/", units.show_unit, name="show-unit"),
    path("units/<int:unit_id>/change-unit/", units.change_unit, name="change-unit"),
    path("units/<int:unit_id>/end-unit/", units.end_unit, name="end-unit"),
    path("units/<int:unit_id>/appoint-post/", units.appoint_post, name="appoint-post"),
    path("units/<int:unit_id>/state-station/", units.state_station, name="state-station"),
    path("posts/<int:post_id>/end-post/", units.end_post, name="end-post"),
    path("groups/", groups.list_groups, name="list-groups"),
    path("groups/transfer-posts/", groups.transfer_posts, name="transfer-posts"),
    path("groups/<int:unit_id>/", groups.show_group, name="show-group"),
    path("groups/<int:unit_id>/add-member/", groups.add_member, name="add-member"),
    path("groups/<int:unit_id>/members/<int:member_id>/end-member/", groups.end_member, name="end-member"),
    path("groups/<int:unit_id>/appointment/", groups.show_appointment, name="show-appointment"),
    path("groups/<int:unit_id>/print-appointment/", groups.print_appointment, name="print-appointment"),
    path("papers/", papers.list_papers, name="list-papers"),
    path("papers/add-paper/", papers.add_paper, name="add-paper"),
    path("papers/<int:paper_id>/", papers.show_paper, name="show-paper"),
    path("papers/<int:paper_id>/change-paper/", papers.change_paper, name="change-paper"),
    path("papers/<int:paper_id>/withdraw-paper/", papers.withdraw_paper, name="withdraw-paper"),
    path("papers/files/<int:piece_id>/", papers.show_paper_file, name="show-paper-file"),
]
