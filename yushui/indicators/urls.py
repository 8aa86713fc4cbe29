from __future__ import annotations

from django.urls import path

from yushui.indicators import views

urlpatterns = [
    path("figures/", views.list_figures, name="list-figures"),
    path("figures/<slug:indicator_id>/", views.show_figure, name="show-figure"),
    path("figures/<slug:indicator_id>/rows/", views.list_figure_rows, name="list-figure-rows"),
]
