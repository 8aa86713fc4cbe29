"""Addresses of the archive."""

from __future__ import annotations

from django.urls import path

from yushui.archive import views

urlpatterns = [
    path("archive/", views.list_boxes, name="list-boxes"),
    path("archive/open-box/", views.open_box, name="open-box"),
    path("archive/missing-scans/", views.list_missing_scans, name="list-missing-scans"),
    path("archive/<int:box_id>/", views.show_box, name="show-box"),
    path("archive/<int:box_id>/fill-box/", views.fill_box, name="fill-box"),
    path("archive/<int:box_id>/ask-export/", views.ask_archive_export, name="ask-archive-export"),
    path("archive/exports/", views.list_archive_exports, name="list-archive-exports"),
    path("archive/exports/<int:archive_export_id>/decide/", views.decide_archive_export, name="decide-archive-export"),
    path("archive/exports/<int:archive_export_id>/take/", views.take_archive_export, name="take-archive-export"),
]
