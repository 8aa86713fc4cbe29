"""Idle logout: an unattended screen shows nothing after IDLE_MINUTES."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class IdleLogout:
    """Each request renews the session; without one for IDLE_MINUTES it ends and the login page comes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            # Written at most once a minute: a session row per request would make every read a write.
            left = request.session.get_expiry_age()
            if left < settings.IDLE_MINUTES * 60 - 60 or left > settings.IDLE_MINUTES * 60:
                request.session.set_expiry(settings.IDLE_MINUTES * 60)
        return self.get_response(request)
