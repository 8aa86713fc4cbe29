"""Kinds are data (ADR 0011): rows that the catalogue brings, and rows that a county adds through a form.

One shape for all of them (activities, duties, cases): a code that never changes, a name, an order, who added it, and
whether it is retired. A kind is never deleted, because records name it; it is retired and leaves the forms. Loading a
catalogue touches only what the catalogue brought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.conf import settings
from django.db import models
from django.db.models import Max, Q, QuerySet

from yushui.base.area_codes import ancestors_of, code_range
from yushui.base.plain_yaml import read_yaml
from yushui.base.refusals import NotFound, Problem, Refused


class Kind(models.Model):
    """A kind of something. `area_code` is empty for the catalogue's own, else the area that added it and uses it."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=0)  # order in lists and forms
    area_code = models.CharField(max_length=12, blank=True, default="")
    retired = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


Row = TypeVar("Row", bound=Kind)
Entry = Mapping[str, Any]
OWN = ("place", "area_code", "retired")  # never written in a catalogue file


def kinds_for(model: type[Row], area_code: str) -> QuerySet[Row]:
    """Kinds in use in an area: the catalogue's, and those that this area or one above it added."""
    above = ["", *ancestors_of(area_code), area_code]
    return model._default_manager.filter(retired=False, area_code__in=above).order_by("place", "code")


def reachable_kinds(model: type[Row], area_code: str) -> QuerySet[Row]:
    """Kinds that records of an area may have: the catalogue's, those of areas above and below, retired ones too."""
    low, high = code_range(area_code)
    wanted = Q(area_code__in=["", *ancestors_of(area_code)]) | Q(area_code__gte=low, area_code__lt=high)
    return model._default_manager.filter(wanted).order_by("place", "code")


def is_added_in(area_code: str, kind: Kind) -> bool:
    """Whether an area, or one inside it, added this kind; the catalogue's were added by none."""
    low, high = code_range(area_code)
    return low <= kind.area_code < high


def get_added_in(area_code: str, model: type[Row], code: str) -> Row:
    """A kind that an area may change; NotFound for others, the catalogue's included."""
    kind = model._default_manager.filter(pk=code).first()
    if kind is None or not is_added_in(area_code, kind):
        raise NotFound
    return kind


def local_code(model: type[Row], area_code: str) -> str:
    """A code for a kind that an area adds: LOCAL_990101_1, LOCAL_990101_2 …"""
    stem = f"LOCAL_{area_code.rstrip('0') or '0'}_"
    codes = model._default_manager.filter(code__startswith=stem).values_list("pk", flat=True)
    taken = [int(n) for code in codes if (n := str(code).removeprefix(stem)).isdigit()]
    return stem + str(max(taken, default=0) + 1)


def last_place(model: type[Row]) -> int:
    """The place of the last kind, so that a new one can stand behind it."""
    return int(model._default_manager.aggregate(last=Max("place"))["last"] or 0)


def add_kind(model: type[Row], area_code: str, **columns: object) -> Row:
    """A kind that an area adds, behind those there are."""
    code, place = local_code(model, area_code), last_place(model) + 1
    return model._default_manager.create(code=code, area_code=area_code, place=place, **columns)


def put_kind(model: type[Row], old: Row | None, area_code: str, columns: Mapping[str, object], **first: object) -> Row:
    """Write the columns of an area's own kind, or add it when there is no old one; `first` are those that only a new
    one is given."""
    if old is None:
        return add_kind(model, area_code, **columns, **first)
    model._default_manager.filter(pk=old.pk).update(**columns)
    return model._default_manager.get(pk=old.pk)


def set_retired(kind: Kind, retired: bool) -> bool:
    """Take a kind out of the forms, or back in; whether that changed anything. Its records keep it either way."""
    if kind.retired == retired:
        return False
    type(kind)._default_manager.filter(pk=kind.pk).update(retired=retired)
    kind.retired = retired
    return True


def read_catalogue(name: str, top: str, *, title: str, path: Path | None = None) -> list[dict[str, Any]]:
    """The list under `top` of a catalogue file. Raises Refused when the file cannot be read as such."""
    source = path or Path(settings.CATALOGUE_DIR) / name
    try:
        content: Any = read_yaml(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refused(Problem(f"{title}目录读不出来", where=source.name, next_step="请检查文件格式")) from error
    entries = content.get(top) if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise Refused(Problem(f"{title}目录应有 {top} 列表", where=source.name))
    return entries


def problems_of_entries(model: type[Row], entries: Sequence[Entry], where: str, more: frozenset[str]) -> list[Problem]:
    """Everything wrong with the entries of a kind, judged by the columns of its table. `more` names fields that the
    caller reads itself."""
    columns = {f.name: f for f in model._meta.concrete_fields if f.name not in OWN}
    problems: list[Problem] = []
    seen: set[object] = set()
    for number, entry in enumerate(entries, start=1):
        at = f"{where} 第 {number} 项"
        problems += [Problem(f"不认识的字段 {n}", where=at) for n in sorted(set(entry) - set(columns) - more)]
        for name, field in columns.items():
            problems += problems_of_value(field, name, entry.get(name), at)
        if entry.get("code") in seen:
            problems.append(Problem(f"编码 {entry['code']} 重复", where=at))
        seen.add(entry.get("code"))
    return problems


def problems_of_value(field: models.Field[Any, Any], name: str, value: Any, where: str) -> list[Problem]:
    """What is wrong with one value of a catalogue entry."""
    if value is None or value == "":
        return [] if field.blank or field.null or field.has_default() else [Problem(f"缺少 {name}", where=where)]
    if isinstance(field, models.CharField):
        if not isinstance(value, str):
            return [Problem(f"{name} 应为文字", where=where)]
        if field.choices and value not in dict(field.flatchoices):
            return [Problem(f"{name} 没有 {value} 这个选项", where=where)]
        if len(value) > (field.max_length or len(value)):
            return [Problem(f"{name} 超过 {field.max_length} 个字", where=where)]
    elif isinstance(field, models.BooleanField) and not isinstance(value, bool):
        return [Problem(f"{name} 应为 true 或 false", where=where)]
    elif isinstance(field, models.IntegerField) and (not isinstance(value, int) or isinstance(value, bool)):
        return [Problem(f"{name} 应为整数", where=where)]
    return []


def align_kinds(
    model: type[Row], entries: Sequence[Entry], *, where: str, more: frozenset[str] = frozenset()
) -> tuple[list[str], list[str]]:
    """Bring the catalogue's rows in line with its entries: codes changed, codes retired. Call inside a transaction.

    Loading again changes nothing; kinds that a county added are left alone. Raises Refused with every fault.
    """
    if problems := problems_of_entries(model, entries, where, more):
        raise Refused(*problems)
    names = [f.attname for f in model._meta.concrete_fields]
    was = {row.pk: row for row in model._default_manager.filter(Q(area_code=""))}
    changed = []
    for place, entry in enumerate(entries, start=1):
        row = model(**{k: v for k, v in entry.items() if k not in more}, place=place)
        old = was.pop(row.pk, None)
        if old is None or any(getattr(old, n) != getattr(row, n) for n in names):
            row.save()
            changed.append(str(row.pk))
    retired = [str(code) for code, row in was.items() if not row.retired]
    model._default_manager.filter(pk__in=retired).update(retired=True)
    return changed, retired
