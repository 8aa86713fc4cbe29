"""How a form of the register is answered: shown, refused with everything kept, or done and left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yushui.base.refusals import Refused
from yushui.people.forms import RegisterForm

Form = TypeVar("Form", bound=RegisterForm)


def answer(
    request: HttpRequest,
    template: str,
    form: Form,
    *,
    act: Callable[[Form], str],
    done: Callable[[], str],
    context: Mapping[str, object],
) -> HttpResponse:
    """GET shows the form. POST calls `act`, which returns the words of success, and goes to `done()`; when refused the
    form comes again with what was typed and every problem."""
    if request.method == "POST" and form.is_valid():
        try:
            words = act(form)
        except Refused as refused:
            form.mark(refused.problems)
        else:
            messages.success(request, words)
            return redirect(done())
    return render(request, template, {**context, "form": form, "problems": form.problems()})
