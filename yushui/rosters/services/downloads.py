"""Files that go back to the officer: the marked workbook, empty templates."""

from __future__ import annotations

from datetime import datetime

from yushui.accounts.models import User
from yushui.accounts.permissions import need
from yushui.audit import services as audit
from yushui.base import files
from yushui.base.refusals import NotFound
from yushui.rosters.selectors import get_import
from yushui.rosters.services.examine import catalogue
from yushui.rosters.types import Form
from yushui.rosters.workbooks.template import template_of


def list_forms() -> tuple[Form, ...]:
    """The forms that have a template, the plain list last."""
    return tuple(sorted(catalogue().forms, key=lambda form: (form.any_kind, form.key)))


def annotated_file(*, actor: User, import_id: int, at: datetime) -> tuple[bytes, str]:
    """The officer's workbook with its bad cells marked. It holds personal numbers, so taking it is logged."""
    roster = get_import(actor=actor, import_id=import_id)
    if roster.annotated is None:
        raise NotFound
    audit.record(actor=actor, action="rosters.import.downloaded", subject=roster, area_code=roster.area_code, at=at)
    stem, _, ending = roster.file_name.rpartition(".")
    return files.read(roster.annotated), f"{stem or ending}-问题标注.{'xlsm' if ending.lower() == 'xlsm' else 'xlsx'}"


def template_file(*, actor: User, form_key: str) -> tuple[bytes, str]:
    """An empty workbook of a form."""
    need(actor, "rosters.import")
    form = next((each for each in catalogue().forms if each.key == form_key), None)
    if form is None:
        raise NotFound
    return template_of(form, catalogue()), f"{form.title}导入模板.xlsx"
