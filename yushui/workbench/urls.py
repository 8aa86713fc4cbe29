from __future__ import annotations

from django.urls import path

from yushui.workbench import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("year/", views.show_year, name="show-year"),
    path("units/<int:unit_id>/year/", views.show_unit_year, name="show-unit-year"),
    path("audit/", views.list_audit, name="list-audit"),
    path("jobs/<int:job_id>/", views.show_job, name="show-job"),
    path("style/", views.show_style, name="show-style"),
    path("activities/<int:activity_id>/", views.show_activity, name="show-activity"),
]
