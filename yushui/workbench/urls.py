from __future__ import annotations

from django.urls import path

from yushui.workbench import views

urlpatterns = [
    path("", views.home, name="home"),
]
