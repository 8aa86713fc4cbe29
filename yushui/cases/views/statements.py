"""Pages of statements (零报告) and of their kinds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.cases import forms
from yushui.cases.rules.statements import last_period, period_words
from yushui.cases.selectors import statements as selectors
from yushui.cases.services import statements as services
from yushui.cases.types.statements import BY_NAMES, NUMBERS, RHYTHM_NAMES, Form, StatementKindDraft


def chosen_period(request: HttpRequest) -> tuple[Form, int, int]:
    """The form and period that an address or a sent form names; else the first form and the period that ended last."""
    actor, data, on = actor_of(request), request.POST or request.GET, clock.today()
    usual = selectors.forms_in_use(actor=actor) or [Form()]
    form = next((each for each in usual if each.key == data.get("form")), usual[0])
    last_year, last_number = last_period(form.rhythm, on)
    year = queries.year_of(data.get("year", ""), last_year)
    number = queries.whole_number(data.get("number", "")[:2]) or last_number
    return form, year, number if number <= NUMBERS[form.rhythm] else last_number


def period_choices(form: Form) -> list[tuple[int, str]]:
    """The months or quarters of a year; nothing for a yearly form."""
    if form.rhythm == "YEAR":
        return []
    return [(n, f"{n} 月" if form.rhythm == "MONTH" else f"第 {n} 季度") for n in range(1, NUMBERS[form.rhythm] + 1)]


@require_GET
def list_statements(request: HttpRequest) -> HttpResponse:
    """零报告: what each stated for a period; empty is not none."""
    actor, on = actor_of(request), clock.today()
    form, year, number = chosen_period(request)
    asked = selectors.kinds_asked(actor=actor, form=form, year=year, number=number)
    kinds = selectors.kinds_shown(actor=actor, form=form, year=year, number=number)
    everyone = selectors.staters(actor=actor, form=form, on=on)
    owing = selectors.owing(actor=actor, form=form, kinds=asked, year=year, number=number, on=on)
    only_owing = request.GET.get("owing") == "1"
    rows: Any = owing if only_owing else everyone
    page = page_of(rows, request)
    count, missing = everyone.count(), owing.count()
    shown = {
        "page": page,
        "lines": selectors.stated_lines(rows=page.rows, kinds=kinds, form=form, year=year, number=number),
        "kinds": kinds,
        "form": form,
        "forms": selectors.forms_in_use(actor=actor),
        "who": BY_NAMES[form.by],
        "year": year,
        "number": number,
        "period": period_words(form.rhythm, year, number),
        "years": range(on.year, on.year - 6, -1),
        "numbers": period_choices(form),
        "only_owing": only_owing,
        "count": count,
        "missing": missing,
        "stated": count - missing,
        "may_state": may(actor, "cases.open") and bool(asked) and bool(count),
        "may_set": may(actor, "cases.set_kind"),
    }
    return render(request, "cases/list_statements.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("零报告", "cases.open")
def make_statement(request: HttpRequest) -> HttpResponse:
    """State the events of a period."""
    actor, on = actor_of(request), clock.today()
    form, year, number = chosen_period(request)
    kinds = selectors.kinds_asked(actor=actor, form=form, year=year, number=number)
    draft = forms.statement_draft(request.POST or request.GET, form, [kind.pk for kind in kinds])
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            services.make_statement(actor=actor, draft=draft, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "已报告")
            return redirect(f"{reverse('list-statements')}?form={form.key}&year={year}&number={number}")
    typed = dict(draft.counts)
    shown = {
        "lines": [(kind, typed.get(kind.pk, "")) for kind in kinds],
        "staters": list(selectors.staters(actor=actor, form=form, on=on)[:3000]),
        "draft": draft,
        "form": form,
        "who": BY_NAMES[form.by],
        "year": year,
        "number": number,
        "period": period_words(form.rhythm, year, number),
        "problems": problems,
        "bad": {problem.where for problem in problems},
    }
    return render(request, "cases/make_statement.html", shown, status=422 if problems else 200)


@require_GET
def list_statement_kinds(request: HttpRequest) -> HttpResponse:
    """零报告事项: who states each how often, and what was stated this year."""
    actor, on = actor_of(request), clock.today()
    shown = {
        "lines": selectors.list_statement_kinds(actor=actor, on=on),
        "year": on.year,
        "may_set": may(actor, "cases.set_kind"),
    }
    return render(request, "cases/list_statement_kinds.html", shown)


@require_http_methods(["GET", "POST"])
@for_holders("设置零报告事项", "cases.set_kind")
def set_statement_kind(request: HttpRequest, statement_kind: str = "") -> HttpResponse:
    """Add a kind, or change an own one."""
    actor = actor_of(request)
    draft = StatementKindDraft()
    found: tuple[Problem, ...] = ()
    if statement_kind:
        draft = selectors.statement_kind_as_typed(actor=actor, code=statement_kind)
    if request.method == "POST":
        draft = forms.statement_kind_draft(request.POST)
        try:
            kind = services.set_statement_kind(actor=actor, draft=draft, code=statement_kind, at=clock.now())
        except Refused as refused:
            found = refused.problems
        else:
            messages.success(request, f"已保存:{kind.name};从这个时段起报")
            return redirect("list-statement-kinds")
    shown = {
        "code": statement_kind,
        "draft": draft,
        "bys": BY_NAMES.items(),
        "rhythms": RHYTHM_NAMES.items(),
        "problems": found,
        "bad": {problem.where for problem in found},
    }
    return render(request, "cases/set_statement_kind.html", shown, status=422 if found else 200)


@require_POST
@for_holders("停用零报告事项", "cases.set_kind")
def retire_statement_kind(request: HttpRequest, statement_kind: str) -> HttpResponse:
    """Retire an own kind, or take it back into use."""
    back = request.POST.get("back") == "1"
    kind = services.retire_statement_kind(
        actor=actor_of(request), code=statement_kind, retired=not back, at=clock.now()
    )  # fmt: skip
    messages.success(request, f"{kind.name}:{'已恢复,从这个时段起报' if back else '已停用;报过的数照常看得到'}")
    return redirect("list-statement-kinds")
