"""A county's own kind, by the steps of docs/how-to/add-an-activity-kind.md, through the forms as a clerk uses them."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.figures import SOURCES
from yushui.activities.models import Activity, ActivityKind, KindMeasure
from yushui.activities.services.kinds import load_kinds, retire_kind, set_kind
from yushui.activities.tests.factories import AT, make_clerk
from yushui.activities.types import KindDraft, MeasureDraft
from yushui.base.refusals import NotFound, Refused
from yushui.people.tests.factories import COUNTY, TOWN, make_areas

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "老兵宣讲进校园", "chapter": "EDUCATION", "direction": "LOCAL", "measure": "场", "words": "老兵宣讲",
    "m_key": ["", ""], "m_name": ["听讲学生", ""], "m_unit": ["人", ""], "m_decimals": ["0", "0"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def kinds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSHUI_TODAY", "2026-02-10")
    make_areas()
    load_kinds(at=AT)


def desk() -> User:
    return make_user(Role.DESK_OFFICER, area=COUNTY)


def own_kind(**typed: object) -> ActivityKind:
    values = {
        "name": "老兵宣讲进校园", "chapter": "EDUCATION", "direction": "LOCAL", "measure": "场",
        "measures": (MeasureDraft(name="听讲学生", unit="人"),), **typed,
    }  # fmt: skip
    return set_kind(actor=desk(), draft=KindDraft(**values), at=AT)  # type: ignore[arg-type]


def use(kind: ActivityKind) -> Activity:
    made = Activity.objects.create(kind=kind, area_id=TOWN, on="2026-02-01", title=kind.name, heads=2, recorded_at=AT)
    made.measures.create(key=KindMeasure.objects.get(kind=kind, retired=False).key, value=300)
    return made


def test_a_kind_with_a_number_is_added_entered_listed_and_counted(client: Client) -> None:
    client.force_login(desk())
    assert client.post("/kinds/set-kind/", TYPED)["Location"] == "/kinds/"
    kind = ActivityKind.objects.get(area_code=COUNTY)
    assert kind.pk == "LOCAL_990101_1"
    client.force_login(make_clerk())  # a town of that county
    found = client.get("/activities/record-activity/?find=老兵宣讲进校园")
    assert found["Location"] == f"/activities/record-activity/?kind={kind.pk}"
    number = KindMeasure.objects.get(kind=kind).key
    assert f'name="m_{number}"' in client.get(found["Location"]).content.decode()
    sent = {"kind": kind.pk, "on": "2026-02-03", "heads": "2", f"m_{number}": "300", "client_key": str(uuid.uuid4())}
    made = client.post("/activities/record-activity/", sent)
    assert made["Location"].startswith("/activities/record-activity/?saved=")
    listed = client.get(f"/activities/?kind={kind.pk}").content.decode()
    assert listed.count("老兵宣讲进校园</a>") == 1
    sums = client.get("/activities/?by=kind").content.decode()
    assert "听讲学生 300 人" in sums
    assert {"activities.numbers", "activities.activities"} <= set(SOURCES)


def test_what_a_form_lacks_is_told_at_once_and_kept(client: Client) -> None:
    client.force_login(desk())
    answer = client.post("/kinds/set-kind/", {**TYPED, "name": "", "chapter": "X", "m_unit": ["", "个"]})
    page = answer.content.decode()
    said = ["请填写名称", "请选择归入总结的哪个方面", "请填写单位", "有单位,没有名称", 'value="听讲学生"']
    assert (answer.status_code, [words in page for words in said]) == (422, [True] * 5)
    assert not ActivityKind.objects.exclude(area_code="").exists()


def test_a_kind_without_records_may_change_whole() -> None:
    kind = own_kind()
    number = KindMeasure.objects.get(kind=kind)
    draft = KindDraft("宣讲", "JOINT", "JOINT", "次", "", (MeasureDraft(number.key, "学生", "名", "1"),))
    set_kind(actor=desk(), draft=draft, code=kind.pk, at=AT)
    kind.refresh_from_db()
    assert (kind.name, kind.direction, kind.measure) == ("宣讲", "JOINT", "次")
    assert list(KindMeasure.objects.filter(kind=kind).values_list("name", "unit", "decimals", "retired")) == [
        ("学生", "名", 1, False)
    ]


def test_what_numbers_mean_stays_once_records_exist() -> None:
    kind = own_kind()
    use(kind)
    number = KindMeasure.objects.get(kind=kind)
    draft = KindDraft("宣讲", "EDUCATION", "JOINT", "次", "", (MeasureDraft(number.key, "学生", "名", "1"),))
    with pytest.raises(Refused) as refused:
        set_kind(actor=desk(), draft=draft, code=kind.pk, at=AT)
    assert [problem.what for problem in refused.value.problems] == [
        "已有活动记录,方向不能再改", "已有活动记录,数量单位不能再改", "“听讲学生”已有数字,单位和小数不能再改",
    ]  # fmt: skip
    renamed = KindDraft("宣讲进校园", "JOINT", "LOCAL", "场", "", (MeasureDraft(name="老兵", unit="人"),))
    set_kind(actor=desk(), draft=renamed, code=kind.pk, at=AT)
    assert list(KindMeasure.objects.filter(kind=kind).order_by("id").values_list("name", "retired")) == [
        ("听讲学生", True), ("老兵", False),
    ]  # fmt: skip


def test_a_retired_kind_leaves_the_forms_and_its_records_stay(client: Client) -> None:
    kind = own_kind()
    made = use(kind)
    retire_kind(actor=desk(), code=kind.pk, at=AT)
    client.force_login(make_clerk())
    assert client.get(f"/activities/record-activity/?kind={kind.pk}").status_code == 404
    assert kind.name not in client.get("/activities/record-activity/").content.decode()
    assert client.get(f"/activities/{made.pk}/change-activity/").status_code == 200
    listed = client.get("/activities/").content.decode()
    assert (listed.count("老兵宣讲进校园</a>"), "老兵宣讲进校园(已停用)" in listed) == (1, True)
    retire_kind(actor=desk(), code=kind.pk, retired=False, at=AT)
    assert client.get(f"/activities/record-activity/?kind={kind.pk}").status_code == 200


def test_a_form_sent_after_its_kind_was_retired_keeps_what_was_typed(client: Client) -> None:
    kind = own_kind()
    retire_kind(actor=desk(), code=kind.pk, at=AT)
    client.force_login(make_clerk())
    sent = {"kind": kind.pk, "on": "2026-02-03", "note": "二小", "client_key": str(uuid.uuid4())}
    answer = client.post("/activities/record-activity/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "已停用" in page, 'value="二小"' in page) == (422, True, True)


def test_who_may_and_which(client: Client) -> None:
    kind = own_kind()
    with pytest.raises(Refused, match="权限"):
        set_kind(actor=make_clerk(), draft=KindDraft(name="x"), at=AT)
    for code in ("FORUM", "LOCAL_990101_9"):
        with pytest.raises(NotFound):
            retire_kind(actor=desk(), code=code, at=AT)
    other = make_user(Role.DESK_OFFICER, area="990102000000", username="other-county")
    with pytest.raises(NotFound):
        retire_kind(actor=other, code=kind.pk, at=AT)
    with pytest.raises(Refused, match="已有同名的类别"):
        own_kind()
    client.force_login(desk())
    assert client.get("/kinds/").content.decode().count("老兵宣讲进校园") == 1


def test_loading_the_catalogue_leaves_own_kinds_alone() -> None:
    kind = own_kind()
    load_kinds(at=AT)
    kind.refresh_from_db()
    assert (kind.retired, KindMeasure.objects.get(kind=kind).retired) == (False, False)
