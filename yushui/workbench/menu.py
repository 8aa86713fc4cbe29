"""The menu on the left: what a user may open, in the order of the work. A context processor; the table below is all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from yushui.accounts.models import User
from yushui.accounts.permissions import grants
from yushui.accounts.types import ROLE_NAMES, Role
from yushui.audit.selectors import until_next_act
from yushui.base import clock, workdays
from yushui.places.selectors import area_names
from yushui.workbench.addresses import address_of
from yushui.workbench.selectors.badges import badges_for


@dataclass(frozen=True)
class Entry:
    """One line of the menu: words, URL name, the right it needs, and the further URL names that light it up."""

    label: str
    name: str
    right: str = ""
    query: str = ""
    also: tuple[str, ...] = ()


FOLD_OVER = 20  # a menu of more lines shows one group at a time, beside those that the user left open
UNFOLDED = "menu"  # cookie: the groups left open, by their place, e.g. 2.4
FIRST_OPEN = "1.2.3"  # people, benefits, work: where most of a day is spent

GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("", (Entry("工作台", "home"),)),
    (
        "人员",
        (
            Entry("人员名册", "list-people", "people.view", also=("list-exports",)),
            Entry("年度确认", "list-people", "people.confirm", query="?confirm=missing"),
            Entry("导入花名册", "list-imports", "rosters.import"),
            Entry("重复档案", "list-merges", "merging.view", also=("find-double", "propose-merge", "show-merge")),
        ),
    ),
    (
        "待遇",
        (
            Entry("每月发放", "list-runs", "benefits.view", also=("show-batch", "show-run", "explain-line")),
            Entry("一次性待遇", "list-claims", "benefits.view", also=("show-claim",)),
            Entry("退回与重发", "list-failed", "payments.view"),
            Entry("补发与追缴", "list-recoveries", "benefits.view", also=("show-recovery", "ask-write-off")),
            Entry("标准与政策", "list-law", "policy.view"),
            Entry("地方标准", "list-local-values", "benefits.view", also=("set-local-value",)),
        ),
    ),
    (
        "工作",
        (
            Entry("工作日历", "show-calendar", "plans.view"),
            Entry("计划与任务", "list-tasks", "plans.view", also=("show-task", "list-plans", "show-plan", "list-gaps")),
            Entry("职责完成", "list-duties", "plans.view"),
            Entry("活动台账", "list-activities", "activities.view"),
            Entry("会议", "list-meetings", "plans.view", also=("show-meeting",)),
            Entry("共建与结对", "list-pairs", "activities.view", also=("show-pair",)),
            Entry(
                "办件",
                "list-cases",
                "cases.view",
                also=(
                    "show-case",
                    "list-statements",
                    "list-statement-kinds",
                    "list-case-points",
                    "list-case-kinds",
                    "show-case-kind",
                ),
            ),
            Entry("军地双清单", "list-needs", "cases.view", also=("list-deeds", "show-deed")),
        ),
    ),
    (
        "走访",
        (
            Entry("我的走访", "phone-home", "activities.visit", also=("my-visits",)),
            Entry("走访慰问", "list-campaigns", "activities.view"),
            Entry("走访台账", "list-visits", "activities.view"),
            Entry(
                "包联",
                "list-contacts",
                "people.view",
                also=("list-contact-people", "hand-over-contacts", "print-contact-cards"),
            ),
            Entry("慰问物资", "list-goods", "funds.view"),
            Entry(
                "经费与捐赠",
                "list-funds",
                "funds.view_money",
                also=(
                    "list-donations",
                    "add-donation",
                    "show-donation",
                    "list-applications",
                    "ask-care",
                    "show-application",
                    "list-projects",
                    "show-visit-money",
                ),
            ),  # fmt: skip
        ),
    ),
    (
        "组织",
        (
            Entry("领导小组", "list-groups", "places.view", also=("show-group",)),
            Entry("单位与职务", "list-units", "places.view", also=("show-unit",)),
            Entry("制度与文件", "list-papers", "places.view", also=("show-paper", "list-paper-kinds")),
        ),
    ),
    (
        "荣誉与阵地",
        (
            Entry(
                "光荣牌",
                "list-plaques",
                "honours.view",
                also=("show-plaque", "show-plaque-coverage", "list-missing-plaques", "list-cards"),
            ),
            Entry(
                "立功喜报",
                "list-news",
                "honours.view",
                also=("show-news", "record-news", "deliver-news", "claim-reward"),
            ),
            Entry(
                "光荣榜与评选",
                "show-board",
                "honours.board",
                also=("list-selections", "show-selection", "show-unit-honour"),
            ),
            Entry(
                "档案", "list-boxes", "archive.view", also=("show-box", "list-missing-scans", "list-archive-exports")
            ),
            Entry(
                "阵地与优待",
                "list-sites",
                "sites.view",
                also=("show-site", "show-site-tiles", "show-site-plan", "show-site-coverage", "list-site-checks"),
            ),
        ),
    ),
    (
        "成效",
        (
            Entry("一年一览", "show-year", "activities.view"),
            Entry("指标", "list-figures", "indicators.view"),
            Entry("总结与汇报", "list-reports", "reports.view"),
        ),
    ),
    (
        "系统",
        (
            Entry("类别设置", "list-kinds", "activities.set_kind", also=("list-campaign-kinds", "set-campaign-kind")),
            Entry("荣誉类别", "list-honour-kinds", "honours.set_kind"),
            Entry("阵地类别", "list-site-kinds", "sites.set_kind"),
            Entry("用户", "list-users", "accounts.manage"),
            Entry("操作记录", "list-audit", "audit.view"),
            Entry("界面样式", "show-style", "accounts.manage"),
        ),
    ),
)


@dataclass(frozen=True)
class Item:
    """A menu line as drawn."""

    label: str
    url: str
    is_open: bool
    badge: int = 0


@dataclass(frozen=True)
class Group:
    """A group of lines under one title; `place` is its place among GROUPS, by which the browser remembers it."""

    title: str
    lines: tuple[Item, ...]
    place: int = 0
    is_unfolded: bool = True

    @property
    def badge(self) -> int:
        """What waits in the group, shown when it is folded."""
        return sum(line.badge for line in self.lines)


@lru_cache(maxsize=64)
def entries_for(roles: frozenset[Role]) -> tuple[tuple[int, str, tuple[tuple[Entry, str], ...]], ...]:
    """(place, title, lines with their addresses) of each group, as far as these roles may open them."""
    found = []
    for place, (title, entries) in enumerate(GROUPS):
        seen = ((e, address_of(e.name)) for e in entries if not e.right or grants(roles, e.right))
        found.append((place, title, tuple((e, url) for e, url in seen if url)))
    return tuple(found)


def groups_for(
    actor: User, path: str, query: str, name: str, badges: Mapping[str, int] | None = None, unfolded: str = ""
) -> list[Group]:
    """The groups and lines this actor may open; the line of the page shown is marked, what waits has a number.

    `unfolded` names the places of the groups left open. A short menu is never folded.
    """
    waits = badges or {}
    drawn = entries_for(actor.roles)
    every = [pair for _, _, pairs in drawn for pair in pairs]
    lit = open_entry(every, path, query, name)
    left_open = set(unfolded.split("."))
    found = []
    for place, title, pairs in drawn:
        lines = tuple(
            Item(e.label, url + e.query, is_open=e is lit, badge=waits.get(e.name + e.query, 0)) for e, url in pairs
        )
        shows = len(every) <= FOLD_OVER or not title or str(place) in left_open or any(e is lit for e, _ in pairs)
        if lines:
            found.append(Group(title, lines, place, shows))
    return found


def open_entry(pairs: Sequence[tuple[Entry, str]], path: str, query: str, name: str) -> Entry | None:
    """The entry of the page shown: by name, by its query, else the longest URL that the path begins with."""
    for entry, url in pairs:
        if name in entry.also or (entry.query and path == url and entry.query.lstrip("?") in query):
            return entry
    fitting = [
        (len(url), entry)
        for entry, url in pairs
        if not entry.query and path.startswith(url) and (url != "/" or path == "/")
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def menu(request: HttpRequest) -> dict[str, object]:
    """What every page of the shell needs: menu, day, who is here."""
    today = clock.today()
    words: dict[str, object] = {
        "today": today,
        "today_words": workdays.show_today(today),
        "search_url": address_of("search"),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return words
    actor = cast(User, user)
    area_name = SimpleLazyObject(lambda: name_of(actor.area_code))
    return {
        **words,
        # phone pages and fragments draw none
        "menu": SimpleLazyObject(
            lambda: drawn(tuple(menu_of(request, actor, today)), str(area_name), unfolded_of(request))
        ),
        "role_words": "、".join(name for role, name in ROLE_NAMES.items() if role in actor.roles) or "未分配角色",
        "area_name": area_name,
    }


def name_of(area_code: str) -> str:
    """The name of an area, nothing for the nation."""
    return until_next_act(f"area-name:{area_code}", lambda: area_names([area_code]).get(area_code, ""))


@lru_cache(maxsize=512)
def drawn(groups: tuple[Group, ...], area_name: str, unfolded: str) -> SafeString:
    """The menu as HTML, kept by what stands in it: every page draws it twice, and few differ."""
    shown = {"menu": groups, "area_name": area_name, "menu_unfolded": unfolded}
    return mark_safe(render_to_string("base/_menu.html", shown))  # noqa: S308  a template of our own


def menu_of(request: HttpRequest, actor: User, today: date) -> list[Group]:
    """The menu of a request."""
    match = request.resolver_match
    query = request.META.get("QUERY_STRING", "")
    name = match.url_name or "" if match else ""
    return groups_for(actor, request.path, query, name, badges_for(actor, today), unfolded_of(request))


def unfolded_of(request: HttpRequest) -> str:
    """The places of the groups that the user left open, `1.2.4`; anything else in the cookie is dropped."""
    kept = request.COOKIES.get(UNFOLDED, FIRST_OPEN).split(".")
    return ".".join(place for place in kept if place.isascii() and place.isdigit() and len(place) < 3)
