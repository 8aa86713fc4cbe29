"""Addresses of the law pages."""

from __future__ import annotations

from django.urls import path

from yushui.policy import views

urlpatterns = [
    path("law/", views.list_law, name="list-law"),
    path("law/<slug:benefit>/", views.show_law, name="show-law"),
]
