"""Doors to users: signing in and out, own password, the administrator's list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts import selectors, services
from yushui.accounts.forms import ChangeUserForm, LoginForm, NewUserForm, PasswordForm, ResetPasswordForm
from yushui.accounts.types import ROLE_NAMES, Role
from yushui.base import clock
from yushui.base.refusals import Refused
from yushui.base.web import actor_of, page_of


class LogIn(LoginView):
    """Django's own login, with our words, the lockout of axes and a line in the log."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Village liaisons on a phone begin with the pages made for it."""
        on_phone = "Mobile" in self.request.headers.get("User-Agent", "")
        if on_phone and actor_of(self.request).roles == {Role.LIAISON}:
            return reverse("phone-home")
        return super().get_default_redirect_url()

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        services.note_login(actor=actor_of(self.request), at=clock.now())
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        if getattr(self.request, "axes_locked_out", False):
            services.note_lockout(username=str(form.data.get("username", ""))[:150], at=clock.now())
        return super().form_invalid(form)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    services.note_logout(actor=actor_of(request), at=clock.now())
    logout(request)
    return redirect("login")


@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    problems: tuple[object, ...] = ()
    if form.is_valid():
        try:
            services.change_password(
                actor=actor_of(request), old=form.cleaned_data["old"], new=form.cleaned_data["new"], at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            update_session_auth_hash(request, actor_of(request))
            messages.success(request, "密码已修改,下次请用新密码登录。")
            return redirect("home")
    return render(request, "accounts/change_password.html", {"form": form, "problems": problems})


@require_GET
def list_users(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("words", "role", "active")}
    users = selectors.list_users(actor=actor_of(request), **asked)
    page = page_of(users, request)
    return render(request, "accounts/list_users.html", {"page": page, "asked": asked, "roles": ROLE_NAMES.items()})


@require_http_methods(["GET", "POST"])
def add_user(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    selectors.need_manager(actor)
    form = NewUserForm(request.POST or None, initial={"area_code": actor.area_code})
    problems: tuple[object, ...] = ()
    if form.is_valid():
        kept = form.cleaned_data
        try:
            user = services.add_user(
                actor=actor, username=kept["username"], password=kept["password"], words=form.words(), at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"已新增用户 {user.full_name}。请当面告知初始密码。")
            return redirect("list-users")
    return render(request, "accounts/add_user.html", {"form": form, "problems": problems})


@require_http_methods(["GET", "POST"])
def change_user(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = actor_of(request)
    user = selectors.get_user(actor=actor, user_id=user_id)
    now = {name: getattr(user, name) for name in ("full_name", "unit_name", "title", "area_code", "is_active")}
    form = ChangeUserForm(request.POST or None, initial={**now, "roles": sorted(user.roles)})
    problems: tuple[object, ...] = ()
    if form.is_valid():
        try:
            services.change_user(
                actor=actor, user_id=user_id, words=form.words(), is_active=form.cleaned_data["is_active"],
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已保存。")
            return redirect("list-users")
    context = {"form": form, "subject": user, "problems": problems, "reset": ResetPasswordForm()}
    return render(request, "accounts/change_user.html", context)


@require_POST
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    services.reset_password(
        actor=actor_of(request), user_id=user_id, password=request.POST.get("password", ""), at=clock.now()
    )
    messages.success(request, "密码已重置,本人下次登录时须修改。")
    return redirect("change-user", user_id)
