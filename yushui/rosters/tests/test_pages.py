"""The pages: hand in, read, write, take back; and who may."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base import jobs
from yushui.people.models import Person
from yushui.people.tests.factories import COUNTY, OTHER_TOWN
from yushui.rosters.models import ImportState, RosterImport
from yushui.rosters.tests import messy


def upload(client: Client, path: Path, area: str = COUNTY) -> object:
    """The form of a new import, sent."""
    return client.post("/imports/start/", {"file": SimpleUploadedFile(path.name, path.read_bytes()), "area": area})


@pytest.fixture
def client_of(officer: User) -> Client:
    """The officer's browser."""
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_officer_imports_and_takes_back_by_pages(client_of: Client, files: Path) -> None:
    roster = messy.mess(messy.make("disabled", 14))
    sent = upload(client_of, messy.write_xlsx(roster, files / "伤残.xlsx"))
    found = RosterImport.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/imports/{found.pk}/")
    assert "正在检查" in client_of.get(sent["Location"]).content.decode()
    assert jobs.run_all() == 1

    page = client_of.get(sent["Location"]).content.decode()
    assert all(f'<b class="number">{cell}</b>' in page for cell in roster.faults)
    for tab in ("new", "changed", "missing", "columns", "money", "nonsense"):
        assert client_of.get(f"{sent['Location']}?tab={tab}").status_code == 200
    assert "网格员" in client_of.get(f"{sent['Location']}?tab=columns").content.decode()

    assert client_of.post(f"/imports/{found.pk}/commit/").status_code == 302
    assert jobs.run_all() == 1
    found.refresh_from_db()
    assert (found.state, Person.objects.count()) == (ImportState.COMMITTED, 8)
    assert client_of.post(f"/imports/{found.pk}/undo/", {"reason": ""}).status_code == 409
    assert client_of.post(f"/imports/{found.pk}/undo/", {"reason": "传错文件"}).status_code == 302
    assert Person.objects.count() == 0
    assert "已撤销" in client_of.get("/imports/").content.decode()


def test_numbers_of_the_roster_stay_off_the_pages(client_of: Client, files: Path) -> None:
    roster = messy.make("disabled", 2)
    sent = upload(client_of, messy.write_xlsx(roster, files / "a.xlsx"))
    jobs.run_all()
    pages = [client_of.get(f"{sent['Location']}?tab={tab}").content.decode() for tab in ("problems", "new", "changed")]
    assert [number for page in pages for number in (str(roster.rows[0][1]), "13900000001") if number in page] == []


def test_marked_workbook_is_downloaded_under_the_officers_name(client_of: Client, files: Path) -> None:
    sent = upload(client_of, messy.write_xlsx(messy.mess(messy.make("disabled", 14)), files / "伤残.xlsx"))
    jobs.run_all()
    got = client_of.post(f"{sent['Location']}annotated/")
    assert got["Content-Disposition"].endswith("%E4%BC%A4%E6%AE%8B-%E9%97%AE%E9%A2%98%E6%A0%87%E6%B3%A8.xlsx")
    assert got.content[:2] == b"PK"


@pytest.mark.parametrize("form", [*messy.all_forms(), "village_list"])
def test_template_is_read_back_as_its_own_form(client_of: Client, files: Path, form: str) -> None:
    got = client_of.get(f"/imports/templates/{form}/")
    path = files / "空表.xlsx"
    path.write_bytes(got.content)
    assert openpyxl.load_workbook(path).sheetnames[1:] == ["type", "导入注意事项"]
    upload(client_of, path)
    jobs.run_all()
    found = RosterImport.objects.get()
    assert (found.state, found.form, found.rows, found.summary["ignored_columns"]) == (ImportState.CHECKED, form, 0, [])


def test_file_that_cannot_be_read_is_said_on_its_page(client_of: Client, files: Path) -> None:
    path = files / "a.xls"
    path.write_bytes(b"<html></html>")
    sent = upload(client_of, path)
    jobs.run_all()
    assert "网页格式" in client_of.get(sent["Location"]).content.decode()


def test_form_without_a_file_is_shown_again(client_of: Client) -> None:
    page = client_of.post("/imports/start/", {"area": COUNTY})
    assert page.status_code == 422
    assert "请选择名册文件" in page.content.decode()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEADER, Role.AUDITOR, Role.LIAISON])
def test_who_may_not_import_finds_nothing(officer: User, role: Role) -> None:
    client = Client()
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    found = [client.get(path).status_code for path in ("/imports/", "/imports/start/", "/imports/templates/disabled/")]
    assert found == [404, 404, 404]


def test_clerk_of_another_town_finds_nothing(client_of: Client, files: Path) -> None:
    sent = upload(client_of, messy.write_xlsx(messy.make("disabled", 2), files / "a.xlsx"))
    client = Client()
    clerk = make_user(Role.TOWN_CLERK, area=OTHER_TOWN)
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(sent["Location"]).status_code == 404
    assert client.post(f"{sent['Location']}commit/").status_code == 404
    assert client.post(f"{sent['Location']}annotated/").status_code == 404
