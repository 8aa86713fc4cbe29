"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from yushui.rosters import views

urlpatterns = [
    path("imports/", views.list_imports, name="list-imports"),
    path("imports/start/", views.start_import, name="start-import"),
    path("imports/<int:import_id>/", views.show_import, name="show-import"),
    path("imports/<int:import_id>/commit/", views.commit_import, name="commit-import"),
    path("imports/<int:import_id>/undo/", views.undo_import, name="undo-import"),
    path("imports/<int:import_id>/annotated/", views.download_annotated, name="download-annotated"),
    path("imports/templates/<slug:form_key>/", views.download_template, name="download-template"),
]
