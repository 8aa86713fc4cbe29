"""Pages of sites and offers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yushui.accounts.permissions import may
from yushui.accounts.web import for_holders
from yushui.base import clock, queries
from yushui.base.evidence import ACCEPT, respond, sent_with
from yushui.base.refusals import Problem, Refused
from yushui.base.web import actor_of, page_of
from yushui.places.selectors import areas_to_choose, list_units
from yushui.sites import forms
from yushui.sites.selectors import kinds
from yushui.sites.selectors import places as selectors
from yushui.sites.services import checks as check_services
from yushui.sites.services import places as services
from yushui.sites.types import CHECK_RESULTS, GROUP_NAMES, STATES, AgreementDraft, CheckDraft, SiteDraft

RECORD = ("登记阵地和门店", "sites.record")
CHECK = ("登记检查", "sites.check")
Found = tuple[Problem, ...]


@require_GET
def list_sites(request: HttpRequest) -> HttpResponse:
    """Sites and offers with their state."""
    actor, on = actor_of(request), clock.today()
    filters = forms.site_filters(request.GET)
    page = page_of(selectors.list_sites(actor=actor, filters=filters, on=on), request)
    shown = {
        "page": page,
        "lines": selectors.lines_of(page.rows, on=on),
        "filters": filters,
        "groups": GROUP_NAMES,
        "kinds": kinds.kinds_in_reach(actor),
        "areas": areas_to_choose(actor=actor),
        "states": {**STATES, **selectors.MORE_STATES},
        "may_record": may(actor, "sites.record"),
    }
    return render(request, "sites/list_sites.html", shown)


@require_GET
def show_site(request: HttpRequest, site_id: int) -> HttpResponse:
    """One site with its agreements, checks, numbers and evidence."""
    return site_page(request, site_id, ())


def site_page(request: HttpRequest, site_id: int, problems: Found) -> HttpResponse:
    """One site, with what is wrong with the form that was sent; what was typed stays."""
    actor, on = actor_of(request), clock.today()
    sheet = selectors.open_site(actor=actor, site_id=site_id, on=on)
    typed = request.POST
    offer = sheet.agreements[0].offer if sheet.agreements else sheet.line.site.offer
    agreement = AgreementDraft(starts_on=on.isoformat(), offer=offer, client_key=queries.new_key())
    check = CheckDraft(on=on.isoformat(), checker=actor.get_full_name(), client_key=queries.new_key())
    if "last_day" in typed:
        agreement = forms.agreement_draft(typed)
    if "result" in typed:
        check = forms.check_draft(typed)
    shown = {
        "sheet": sheet,
        "site": sheet.line.site,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "agreement": agreement,
        "check": check,
        "results": CHECK_RESULTS,
        "typed": {name: typed.get(name, "") for name in ("on", "note", "reason", "month")},
        "today": on.isoformat(),
        "this_month": on.isoformat()[:7],
        "year": on.year,
        "accept": ACCEPT,
        "fresh_key": queries.new_key(),
        "may_record": may(actor, "sites.record"),
        "may_check": may(actor, "sites.check"),
    }
    return render(request, "sites/show_site.html", shown, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@for_holders(*RECORD)
def add_site(request: HttpRequest) -> HttpResponse:
    """The form of a new site; the kind is chosen first, because it says what is asked."""
    actor = actor_of(request)
    if request.method == "GET":
        draft = SiteDraft(
            kind=request.GET.get("kind", "")[:40], area_code=queries.area_of(request.GET), client_key=queries.new_key()
        )
        return site_form(request, draft, ())
    draft = forms.site_draft(request.POST)
    try:
        sent = sent_with(request.POST, request.FILES)
        site = services.add_site(actor=actor, draft=draft, sent=sent, at=clock.now())
    except Refused as refused:
        return site_form(request, draft, refused.problems)
    messages.success(request, f"已登记:{site.name}" + (";请接着登记协议" if site.kind.signed else ""))
    return redirect("show-site", site.pk)


@require_http_methods(["GET", "POST"])
@for_holders(*RECORD)
def change_site(request: HttpRequest, site_id: int) -> HttpResponse:
    """The form of a site that is there."""
    actor = actor_of(request)
    sheet = selectors.open_site(actor=actor, site_id=site_id, on=clock.today())
    site = sheet.line.site
    if request.method == "GET":
        has_point = site.longitude is not None and site.latitude is not None
        draft = SiteDraft(
            kind=site.kind_id, name=site.name, area_code=site.area_id, unit_id=str(site.unit_id or ""),
            address=site.address, contact_name=site.contact_name, phone=site.phone, since=str(site.since or ""),
            offer=site.offer, plate=site.plate, note=site.note,
            point=f"{(site.longitude or 0) / 1e6:.6f},{(site.latitude or 0) / 1e6:.6f}" if has_point else "",
            numbers=tuple((n.number.key, str(n.value)) for n in sheet.numbers if n.value is not None),
        )  # fmt: skip
        return site_form(request, draft, (), site_id, str(site.revision))
    draft, revision = forms.site_draft(request.POST), request.POST.get("revision", "")
    try:
        services.change_site(actor=actor, site_id=site_id, draft=draft, revision=revision, at=clock.now())
    except Refused as refused:
        return site_form(request, draft, refused.problems, site_id, revision)
    messages.success(request, "已保存")
    return redirect("show-site", site_id)


def site_form(
    request: HttpRequest, draft: SiteDraft, problems: Found, site_id: int | None = None, revision: str = ""
) -> HttpResponse:
    """The form with everything that is wrong."""
    actor, on = actor_of(request), clock.today()
    usable = kinds.list_kinds(actor=actor)
    typed = dict(draft.numbers)
    asked = [n for n in kinds.numbers_by_kind([draft.kind]).get(draft.kind, []) if not n.monthly]
    shown = {
        "draft": draft,
        "problems": problems,
        "bad": {problem.where for problem in problems},
        "site_id": site_id,
        "revision": revision,
        "kinds_by_group": [(name, [k for k in usable if k.group == code]) for code, name in GROUP_NAMES.items()],
        "numbers": [(number, typed.get(number.key, "")) for number in asked],
        "areas": [(actor.area_code, "本级"), *areas_to_choose(actor=actor)],
        "units": list_units(actor=actor, on=on).exclude(kind__in=("GARRISON", "LEADING_GROUP"))[:600],
        "today": on.isoformat(),
        "accept": ACCEPT,
        "had_files": bool(request.FILES),
    }
    return render(request, "sites/site_form.html", shown, status=422 if problems else 200)


@require_POST
@for_holders(*RECORD)
def sign_agreement(request: HttpRequest, site_id: int) -> HttpResponse:
    """Sign or renew a contract."""
    try:
        services.sign_agreement(
            actor=actor_of(request), site_id=site_id, draft=forms.agreement_draft(request.POST),
            sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return site_page(request, site_id, refused.problems)
    messages.success(request, "已登记协议")
    return redirect("show-site", site_id)


@require_POST
@for_holders(*RECORD)
def close_site(request: HttpRequest, site_id: int) -> HttpResponse:
    """A site is closed, an offer ended."""
    try:
        services.close_site(
            actor=actor_of(request), site_id=site_id, on=request.POST.get("on", ""),
            reason=request.POST.get("reason", ""), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return site_page(request, site_id, refused.problems)
    messages.success(request, "已登记停用")
    return redirect("show-site", site_id)


@require_POST
@for_holders(*CHECK)
def check_site(request: HttpRequest, site_id: int) -> HttpResponse:
    """Record an upkeep check."""
    try:
        check_services.check_site(
            actor=actor_of(request), site_id=site_id, draft=forms.check_draft(request.POST),
            sent=sent_with(request.POST, request.FILES), at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return site_page(request, site_id, refused.problems)
    messages.success(request, "已登记检查")
    return redirect("show-site", site_id)


@require_POST
@for_holders(*CHECK)
def mend_site(request: HttpRequest, check_id: int) -> HttpResponse:
    """What a check found is mended."""
    actor = actor_of(request)
    check = selectors.get_check(actor=actor, check_id=check_id)
    try:
        check_services.mend_site(
            actor=actor, check_id=check_id, on=request.POST.get("on", ""), note=request.POST.get("note", ""),
            at=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return site_page(request, check.site_id, refused.problems)
    messages.success(request, "已登记整改")
    return redirect("show-site", check.site_id)


@require_POST
@for_holders("登记按月的数字", "sites.check")
def state_month(request: HttpRequest, site_id: int) -> HttpResponse:
    """The numbers of one month."""
    typed = {name.removeprefix("n_"): request.POST.get(name, "") for name in request.POST if name.startswith("n_")}
    try:
        services.state_month(
            actor=actor_of(request), site_id=site_id, month=request.POST.get("month", ""), typed=typed, at=clock.now()
        )
    except Refused as refused:
        return site_page(request, site_id, refused.problems)
    messages.success(request, "已登记")
    return redirect("show-site", site_id)


@require_POST
@for_holders("添加材料", "sites.check")
def add_site_evidence(request: HttpRequest, site_id: int) -> HttpResponse:
    """Add photos or papers."""
    sent = sent_with(request.POST, request.FILES)
    try:
        kept = services.add_site_evidence(actor=actor_of(request), site_id=site_id, sent=sent, at=clock.now())
    except Refused as refused:
        return site_page(request, site_id, refused.problems)
    messages.success(request, f"已添加 {kept} 份" if kept else "这些材料之前已经传过")
    return redirect("show-site", site_id)


@require_GET
def show_site_file(request: HttpRequest, site_piece_id: int) -> HttpResponse:
    """A photo to look at, a paper to save."""
    return respond(selectors.get_piece(actor=actor_of(request), piece_id=site_piece_id))


@require_POST
@for_holders("去掉材料", "sites.record")
def withdraw_site_file(request: HttpRequest, site_piece_id: int) -> HttpResponse:
    """Take a piece out of sight."""
    piece = services.withdraw_site_file(actor=actor_of(request), piece_id=site_piece_id, at=clock.now())
    messages.success(request, f"已去掉:{piece.title}")
    return redirect("show-site", piece.site_id)
