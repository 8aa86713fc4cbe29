"""Entries that were merged into another (并档): where they lead, and what is counted together with the kept one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from django.db.models import Q
from django.utils import timezone

from yushui.accounts.models import User
from yushui.accounts.permissions import in_scope, need
from yushui.base import cipher
from yushui.base.area_codes import code_range
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.people.models import Person

MERGED = Person.every.filter(merged_into__isnull=False)


def get_entry(*, actor: User, person_id: int) -> Person:
    """An entry of the register, merged or not, for what the past says of it; NotFound outside the actor's area."""
    need(actor, "people.view")
    found = in_scope(Person.every.select_related("area", "household"), actor, "area_id").filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


def refuse_missing(*, actor: User, person_id: int) -> NoReturn:
    """Say where an entry went that the actor could see; NotFound for any other."""
    merged = in_scope(MERGED.select_related("merged_into"), actor, "area_id").filter(pk=person_id).first()
    if merged is not None and merged.merged_into is not None and merged.merged_at is not None:
        day = timezone.localtime(merged.merged_at).date()
        words = f"这份档案已于 {day} 并入{merged.merged_into.name}的另一份档案"
        raise Refused(Problem(words, next_step="请打开保留的那份档案办理"))
    raise NotFound


def kept_of(*, actor: User, person_id: int) -> Person | None:
    """The merged entry of this id with its kept one, when the actor may see both."""
    rows = in_scope(MERGED.select_related("merged_into"), actor, "area_id")
    return in_scope(rows, actor, "merged_into__area_id").filter(pk=person_id).first()


def list_merged(person_id: int) -> list[Person]:
    """The entries that were merged into one the actor has already fetched."""
    return list(MERGED.filter(merged_into=person_id).order_by("merged_at", "pk"))


def in_force(person_id: int) -> int:
    """The entry that stands for a person now."""
    return MERGED.filter(pk=person_id).values_list("merged_into_id", flat=True).first() or person_id


def entries_of(person_id: int) -> list[int]:
    """An entry and all that were merged into it, itself first."""
    return [person_id, *MERGED.filter(merged_into=person_id).order_by("pk").values_list("pk", flat=True)]


def merged_entries() -> dict[int, int]:
    """Every merged entry of the register → the kept one. They are few, whatever the size of the register."""
    return dict(MERGED.values_list("pk", "merged_into_id"))


def merged_into_area(area_code: str) -> list[int]:
    """Merged entries whose kept one is registered in an area, wherever they themselves were."""
    low, high = code_range(area_code)
    rows = MERGED.filter(merged_into__area_id__gte=low, merged_into__area_id__lt=high)
    return list(rows.values_list("pk", flat=True))


def of_area(area_code: str) -> Q:
    """Rows that name a person of an area, or an entry merged into one of it; of a row with the key `person`."""
    low, high = code_range(area_code)
    own = Q(person__area_id__gte=low, person__area_id__lt=high)
    merged = list(MERGED.values_list("pk", flat=True))
    if not merged:
        return own
    return (own & ~Q(person_id__in=merged)) | Q(person_id__in=merged_into_area(area_code))


def kept_with(column: str, blind: str) -> Q:
    """Persons with this blind index, and those into whom an entry with it was merged: the wrong number finds them."""
    kept = list(MERGED.filter(**{column: blind}).values_list("merged_into_id", flat=True))
    own = Q(**{column: blind})
    return own | Q(pk__in=kept) if kept else own


def kept_by_number(indexes: Iterable[str]) -> dict[str, int]:
    """Blind index of the number of a merged entry → the kept one."""
    return dict(MERGED.filter(id_index__in=list(indexes)).values_list("id_index", "merged_into_id"))


def number_is_known(number: str) -> bool:
    """Whether an identity number stands anywhere in the register; says nothing of where."""
    return Person.every.filter(id_index=cipher.blind(number, "id")).exists()
