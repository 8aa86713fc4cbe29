from __future__ import annotations

from django.urls import path

from yushui.accounts import views

urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.log_out, name="logout"),
    path("change-password/", views.change_password, name="change-password"),
    path("users/", views.list_users, name="list-users"),
    path("users/add-user/", views.add_user, name="add-user"),
    path("users/<int:user_id>/change-user/", views.change_user, name="change-user"),
    path("users/<int:user_id>/reset-password/", views.reset_password, name="reset-password"),
]
