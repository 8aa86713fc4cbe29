"""Addresses of places."""

from __future__ import annotations

from django.urls import path

from yushui.places import views

urlpatterns = [path("units/", views.list_units, name="list-units")]
