"""Reading the log and verifying its chain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.timezone import get_current_timezone

from yushui.audit.models import Entry
from yushui.audit.rules import FIRST, digest_of

Counted = TypeVar("Counted")
KEPT = 600  # seconds that something counted may be old when nobody has done anything
COVERED = ("at", "actor_id", "actor_name", "action", "subject", "area_code", "detail", "previous")


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    entry_id: int
    why: str


@dataclass(frozen=True)
class Verified:
    """The whole chain: how many entries, the hash of the last one (to be kept outside the house), every break."""

    entries: int
    head: str
    breaks: tuple[Break, ...]


def breaks() -> Iterator[Break]:
    """Every break from the first entry to the last; none means nothing was changed, removed or slipped in.

    Entries cut off at the end leave no break: compare the head with one written down earlier.
    """
    previous = FIRST
    for entry in Entry.objects.order_by("id").iterator(chunk_size=5000):
        if entry.previous != previous:
            yield Break(entry.pk, "前一条记录缺失或被替换")
        if digest_of(**{name: getattr(entry, name) for name in COVERED}) != entry.digest:
            yield Break(entry.pk, "记录内容被改动")
        previous = entry.digest


def head_now() -> str:
    """Hash of the last entry, nothing in an empty log. Every act writes an entry in its own transaction, so what was
    counted under a hash still holds while the hash does. Asked by every page, hence without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM audit_entry ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def until_next_act(name: str, count: Callable[[], Counted]) -> Counted:
    """What `count` gives, kept under a name until anybody has done anything, for every act is an entry of the log. The
    name says for whom and for which day it was counted. An empty log (a register filled without acts) keeps nothing."""
    head = head_now()
    if not head:
        return count()
    kept: tuple[str, Counted] | None = cache.get(name)
    if kept is None or kept[0] != head:
        kept = head, count()
        cache.set(name, kept, KEPT)
    return kept[1]


def verify() -> Verified:
    """Walk the chain once."""
    found = tuple(breaks())
    head = Entry.objects.order_by("-id").values_list("digest", flat=True).first()
    return Verified(entries=Entry.objects.count(), head=head or FIRST, breaks=found)


def list_entries(
    *,
    areas: tuple[str, str],
    actor_ids: Collection[int] | None = None,
    action: str = "",
    subject: str = "",
    day: date | None = None,
) -> QuerySet[Entry]:
    """Entries newest first: those whose area lies in the half-open range of codes, and what the system itself did to no
    area (laws loaded, keys changed).

    `action` is the beginning of an action, `subject` a whole subject, `actor_ids` the users meant. The log knows no
    users (it lies below them): who may read, and which areas, is decided by the caller.
    """
    entries = Entry.objects.order_by("-id")
    if areas[0] != "0":  # "0" is where the whole nation begins
        # The code is joined with nothing on purpose: a range on its index would have to sort the whole log by id.
        place = Concat("area_code", Value(""))
        entries = entries.alias(place=place).filter(
            Q(place__gte=areas[0], place__lt=areas[1]) | Q(place="", actor_id=None)
        )
    if actor_ids is not None:
        entries = entries.filter(actor_id__in=actor_ids)
    if action:
        entries = entries.filter(action__gte=action, action__lt=action + "\uffff")
    if subject:
        entries = entries.filter(subject=subject)
    if day:
        start = datetime.combine(day, time.min, get_current_timezone())
        entries = entries.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return entries
