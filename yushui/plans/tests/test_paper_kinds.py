"""A county's own kinds of papers in force, by a form."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, make_areas
from yushui.places import services as places
from yushui.places.models import PaperKind, Unit
from yushui.places.selectors.papers import inclusions, list_paper_kinds
from yushui.places.services.paper_kinds import load_paper_kinds, retire_paper_kind
from yushui.places.types import PaperDraft, PaperKindDraft
from yushui.plans.services.proofs import set_paper_kind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 7, 2, tzinfo=UTC)
TODAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-09-07")
    make_areas()
    load_paper_kinds(at=AT)


def desk() -> User:
    return make_user(Role.DESK_OFFICER, area=COUNTY, full_name="林晓燕")


def names(user: User) -> list[str]:
    return [kind.name for kind in list_paper_kinds(actor=user)]


def test_a_kind_added_by_the_form_is_chosen_at_once_and_counts_for_its_inclusion() -> None:
    client = Client()
    client.force_login(desk(), backend="django.contrib.auth.backends.ModelBackend")
    form = {"name": "双拥工作考核办法", "inclusion": "ASSESSMENT", "proves": ""}
    assert client.post("/papers/kinds/set/", form).status_code == 302
    kind = PaperKind.objects.get(name="双拥工作考核办法")
    assert kind.name in client.get("/papers/add-paper/").content.decode()
    bureau = Unit.objects.create(name="县委办公室", kind="MEMBER", area_id=COUNTY)
    draft = PaperDraft(
        kind=kind.pk, unit_id=str(bureau.pk), title="2026年双拥工作考核办法", issued_on="2026-03-01",
        client_key="paper-of-kind",
    )  # fmt: skip
    places.add_paper(actor=desk(), draft=draft, at=AT)
    found = {each.key: [paper.title for paper in each.papers] for each in inclusions(actor=desk(), year=2026)}
    assert found["ASSESSMENT"] == ["2026年双拥工作考核办法"]
    with pytest.raises(Refused, match="已有文件,不能再改"):
        set_paper_kind(actor=desk(), draft=PaperKindDraft("考核办法", "BUDGET"), code=kind.pk, at=AT)


def test_all_problems_of_a_kind_are_told_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        set_paper_kind(actor=desk(), draft=PaperKindDraft("", "MOON", "NO_DUTY"), at=AT)
    assert {problem.where for problem in refusal.value.problems} == {"名称", "五个纳入", "证明的职责"}
    with pytest.raises(Refused, match="已有同名"):
        set_paper_kind(actor=desk(), draft=PaperKindDraft("制度"), at=AT)


def test_a_kind_is_retired_and_taken_back_and_no_catalogue_touches_it() -> None:
    kind = set_paper_kind(actor=desk(), draft=PaperKindDraft("会议纪要"), at=AT)
    retire_paper_kind(actor=desk(), code=kind.pk, at=AT)
    load_paper_kinds(at=AT)
    assert kind.name not in names(desk())
    retire_paper_kind(actor=desk(), code=kind.pk, retired=False, at=AT)
    assert kind.name in names(desk())
    with pytest.raises(NotFound):
        retire_paper_kind(actor=desk(), code="RULE", at=AT)
    with pytest.raises(Refused, match="没有停用文件种类的权限"):
        retire_paper_kind(actor=make_user(Role.LEADER, area=COUNTY, full_name="沈国栋"), code=kind.pk, at=AT)
