from __future__ import annotations

from django.urls import path

from yushui.merging import views

urlpatterns = [
    path("merges/", views.list_merges, name="list-merges"),
    path("people/<int:person_id>/double/", views.find_double, name="find-double"),
    path("people/<int:kept_id>/merge/<int:dropped_id>/", views.propose_merge, name="propose-merge"),
    path("people/<int:kept_id>/merge/<int:dropped_id>/apart/", views.tell_apart, name="tell-apart"),
    path("merges/<int:merge_id>/", views.show_merge, name="show-merge"),
    path("merges/<int:merge_id>/decide/", views.decide_merge, name="decide-merge"),
    path("merges/<int:merge_id>/withdraw/", views.withdraw_merge, name="withdraw-merge"),
    path("merges/<int:merge_id>/undo/", views.undo_merge, name="undo-merge"),
]
