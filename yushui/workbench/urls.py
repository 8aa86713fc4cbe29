from __future__ import annotations

from django.urls import path

from yushui.workbench import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("audit/", views.list_audit, name="list-audit"),
    path("jobs/<int:job_id>/", views.show_job, name="show-job"),
    path("style/", views.show_style, name="show-style"),
]
