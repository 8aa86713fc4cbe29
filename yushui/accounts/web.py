"""Pages for holders of a right: the form closes to the same people whom the service would refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need_to_act
from yushui.base.refusals import NotFound

View = TypeVar("View", bound=Callable[..., HttpResponse])


def for_holders(what: str, *rights: str) -> Callable[[View], View]:
    """Only holders of one of the rights reach the view: others get 404 for its form, and for its act a refusal that
    names who may. The service behind it checks again, for those who come by another way."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.user
            if not isinstance(actor, User) or not any(may(actor, right) for right in rights):
                if request.method != "POST" or not isinstance(actor, User):
                    raise NotFound
                need_to_act(actor, rights[0], what)
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return guard
