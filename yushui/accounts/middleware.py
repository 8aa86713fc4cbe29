"""What holds for every request of a signed-in user: the idle logout, and the first password that must be changed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from yushui.base import clock

Answer = Callable[[HttpRequest], HttpResponseBase]


class IdleLogout:
    """A screen left alone for IDLE_MINUTES is signed out at its next request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.get_response(request)
        moment = int(clock.now().timestamp())
        idle = moment - int(request.session.get("seen_at", moment))
        if idle > settings.IDLE_MINUTES * 60:
            logout(request)
            messages.warning(request, f"离开超过 {settings.IDLE_MINUTES} 分钟,已自动退出,请重新登录。")
            if request.headers.get("HX-Request"):  # a polled fragment must not show a login page inside a page
                return HttpResponse(headers={"HX-Refresh": "true"})
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("home"))
        # Written at most once a minute: a session row per request would make every read a write. The polling of a
        # progress bar is not a person, so it does not count.
        polled = request.headers.get("HX-Trigger", "").startswith("job-")
        if "seen_at" not in request.session or (idle > 60 and not polled):
            request.session["seen_at"] = moment
        return self.get_response(request)


class FirstPassword:
    """Who signs in with a password that somebody else set must choose an own one before anything else."""

    OPEN = frozenset({"change-password", "logout", "login"})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Answer, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.url_name if match else ""
        if getattr(request.user, "must_change_password", False) and name not in self.OPEN:
            return redirect("change-password")
        return None
