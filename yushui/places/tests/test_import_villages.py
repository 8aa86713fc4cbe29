"""A county's own list of villages by command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.area_codes import level_of
from yushui.places.models import Area

pytestmark = pytest.mark.django_db
ABOVE = [
    ("990000000000", "示例省"),
    ("990100000000", "示例市"),
    ("990101000000", "云川县"),
    ("990101001000", "石桥镇"),
    ("990101001001", "北洲村"),
]


def make_areas() -> None:
    """One village and everything above it."""
    rows = [Area(code=code, name=name, full_name=name, level=level_of(code), source="test") for code, name in ABOVE]
    Area.objects.bulk_create(rows)


def run(path: Path) -> str:
    out = StringIO()
    call_command("import_villages", str(path), user=make_user(Role.DESK_OFFICER).username, stdout=out)
    return out.getvalue().strip()


def test_villages_are_added_when_gbk_with_a_head(tmp_path: Path) -> None:
    make_areas()
    path = tmp_path / "村.csv"
    path.write_bytes("代码,名称\r\n990101001009,东岸村\r\n990101001001,北洲村\r\n".encode("gbk"))
    assert run(path) == "新增 1 个村(社区)"
    assert Area.objects.get(code="990101001009").full_name.endswith("石桥镇东岸村")


def test_every_bad_line_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    make_areas()
    path = tmp_path / "村.csv"
    path.write_text("990101001009,东岸村\n99010100101,少一位\n,没有代码\n", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run(path)
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["第 2 行", "第 3 行"]
    assert not Area.objects.filter(code="990101001009").exists()
