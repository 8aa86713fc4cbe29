"""The log for its readers: entries of the actor's area, in the reader's words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import QuerySet

from yushui.accounts.models import User
from yushui.accounts.permissions import may, need
from yushui.audit.models import Entry
from yushui.audit.selectors import list_entries
from yushui.base.area_codes import code_range
from yushui.base.days import show_month_zh
from yushui.base.kinds import Kind
from yushui.base.money import show_yuan
from yushui.benefits.types import VALUE_NAMES
from yushui.payments import selectors as payments
from yushui.places.selectors import path_names
from yushui.workbench.addresses import address_of
from yushui.workbench.audit_fields import FIELDS
from yushui.workbench.audit_words import ACTIONS, SUBJECTS

Words = Mapping[str, str]
AREA = re.compile(r"\b\d{12}\b")
MOST_ACTORS = 200
LONGEST = 160
HASHES = frozenset({"digest", "law"})
YEARS = frozenset({"year", "batch", "seed"})  # numbers that name something
BARE = {"benefits.value.set": "fen"}


@dataclass(frozen=True)
class LogLine:
    """An entry as drawn."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    url: str
    place: str
    changes: tuple[str, ...]


def list_log(*, actor: User, who: str = "", action: str = "", day: date | None = None) -> QuerySet[Entry]:
    """Entries of the actor's area, newest first; `who` is the beginning of a user's name."""
    need(actor, "audit.view")
    actor_ids = None
    if who:
        actor_ids = list(User.objects.filter(full_name__startswith=who).values_list("pk", flat=True)[:MOST_ACTORS])
    return list_entries(areas=code_range(actor.area_code), actor_ids=actor_ids, action=action, day=day)


def drawn(*, actor: User, entries: list[Entry]) -> list[LogLine]:
    """The entries of one page in words."""
    named_areas = {code for entry in entries for code in AREA.findall(entry.detail or "")}
    places = path_names({entry.area_code for entry in entries if entry.area_code} | named_areas)
    words = {**kind_names(), **FIELDS, **{code: places[code] for code in named_areas if places.get(code)}}
    sees_people = may(actor, "people.view")
    return [
        LogLine(
            entry.pk, entry.at, entry.actor_name, ACTIONS.get(entry.action, entry.action),
            subject_words(entry.subject, words), subject_url(entry.subject) if sees_people else "",
            places.get(entry.area_code, ""),
            change_words(entry.detail, BARE.get(entry.action, ""), words),
        )
        for entry in entries
    ]  # fmt: skip


def kind_names() -> dict[str, str]:
    """The names of all kinds, those too that a county added, by their codes."""
    tables = [model for model in apps.get_models() if issubclass(model, Kind)]
    return {code: name for table in tables for code, name in table._default_manager.values_list("pk", "name")}


def subject_words(subject: str, words: Words = FIELDS) -> str:
    """`people.person:5` → `人员 5`; of a kind its name."""
    label, _, number = subject.partition(":")
    return f"{SUBJECTS.get(label, label)} {words.get(number, number)}".strip()


def subject_url(subject: str) -> str:
    """The page of the subject, where it has one."""
    label, _, number = subject.partition(":")
    page = {"people.person": "show-person", "payments.batch": "show-batch"}.get(label, "")
    return address_of(page, int(number)) if page and number.isdigit() else ""


def change_words(detail: str, bare: str = "", words: Words = FIELDS) -> tuple[str, ...]:
    """`{"was": {"title": "a"}, "now": {"title": "b"}}` → `岗位:a → b`; what is no change is named with its value.

    `bare` is the key of a change that is written without one; `words` are the Chinese words of keys and codes.
    """
    kept = json.loads(detail or "{}")
    was, now = kept.pop("was", None), kept.pop("now", None)
    lines = [named(key, value, words) for key, value in kept.items() if value not in ("", None, [])]
    if isinstance(was, dict) and isinstance(now, dict):
        keys = list(dict.fromkeys([*was, *now]))
        lines += [f"{words.get(k, k)}:{shown(k, was.get(k), words)} → {shown(k, now.get(k), words)}" for k in keys]
    elif isinstance(now, dict):
        lines += [named(key, value, words) for key, value in now.items()]
    elif was is not None:
        lines.insert(0, f"{shown(bare, was, words)} → {shown(bare, now, words)}")
    elif now is not None:
        lines.insert(0, shown(bare, now, words))
    return tuple(line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in lines)


def named(key: str, value: object, words: Words) -> str:
    """`月份:2026年11月`."""
    label = "项目" if isinstance(value, str) and value in VALUE_NAMES else words.get(key, key)
    return f"{label}:{shown(key, value, words)}"


def shown(key: str, value: object, words: Words) -> str:
    """A value of the log in words; its key tells money, months and hashes from plain numbers."""
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return shown_number(key, value)
    if isinstance(value, list):
        return "、".join(shown("", one, words) for one in value)
    if isinstance(value, dict):
        return ",".join(f"{words.get(str(k), str(k))} {shown(str(k), one, words)}" for k, one in value.items())
    if key == "profile":
        return payments.profile_name(str(value))
    text = str(value)
    return f"{text[:8]}…" if key in HASHES else words.get(text, text)


def shown_number(key: str, value: int) -> str:
    """Fen as yuan, a month as a month, a year as it is, anything else with its thousands set apart."""
    if key == "fen" or key.endswith("_fen"):
        return f"{show_yuan(value)} 元"
    if key == "month" or key.endswith("_month"):
        return show_month_zh(value)
    return str(value) if key in YEARS else f"{value:,}"
