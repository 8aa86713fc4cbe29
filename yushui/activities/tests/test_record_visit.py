"""A visit is recorded once however often it is sent, in the actor's area, with all that is wrong told at once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Visit
from yushui.activities.selectors import visits
from yushui.activities.selectors.visits import VisitFilters
from yushui.activities.services.targets import assign_by_village
from yushui.activities.services.visits import record_visit, withdraw_visit
from yushui.activities.tests.factories import (
    AT,
    TODAY,
    draft_of,
    make_campaign,
    make_clerk,
    make_liaison,
    make_other_liaison,
    visit,
)
from yushui.activities.types import Photo
from yushui.audit.models import Entry
from yushui.base import files
from yushui.base.refusals import NotFound, Refused
from yushui.people.models import Person
from yushui.people.tests.factories import OTHER_VILLAGE, VILLAGE

People = dict[str, Person]


def test_a_visit_keeps_who_when_how_and_what(people: People) -> None:
    campaign, liaison = make_campaign(), make_liaison()
    made = visit(liaison, campaign, people["陈大山"].pk, goods=("米 10kg", "油 5L"), note="想问换轮椅的事")
    assert (made.on, made.way, made.cash_fen, made.goods, made.note, made.visitor_name, made.area_id) == (
        TODAY, "HOME", 50000, "米 10kg、油 5L", "想问换轮椅的事", "周小兰", VILLAGE,
    )  # fmt: skip
    assert Entry.objects.filter(action="activities.visit.recorded").count() == 1


def test_the_same_visit_sent_five_times_is_one(people: People) -> None:
    campaign, liaison = make_campaign(), make_liaison()
    key = "0b0e8c9e-6d0c-4b64-8d5d-0f2f2f9d9a01"
    made = {visit(liaison, campaign, people["陈大山"].pk, client_key=key).pk for _ in range(5)}
    assert (len(made), Visit.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="activities.visit.recorded").count() == 1


def test_a_key_used_for_somebody_else_is_refused(people: People) -> None:
    campaign, liaison = make_campaign(), make_liaison()
    key = "0b0e8c9e-6d0c-4b64-8d5d-0f2f2f9d9a01"
    visit(liaison, campaign, people["陈大山"].pk, client_key=key)
    with pytest.raises(Refused, match="这张表单已经用过"):
        visit(liaison, campaign, people["李秀英"].pk, client_key=key)


def test_cash_is_handed_over_once_in_a_campaign(people: People) -> None:
    campaign, liaison = make_campaign(), make_liaison()
    visit(liaison, campaign, people["陈大山"].pk)
    with pytest.raises(Refused, match="本次行动已于 2026-02-10 给这户发过慰问金"):
        visit(liaison, campaign, people["陈大山"].pk)
    visit(liaison, campaign, people["陈大山"].pk, cash="")
    visit(liaison, None, people["陈大山"].pk)  # outside the campaign, say from a leader
    assert sorted(Visit.objects.values_list("cash_fen", flat=True)) == [0, 50000, 50000]


def test_another_village_does_not_exist_for_a_liaison(people: People) -> None:
    campaign = make_campaign()
    with pytest.raises(NotFound):
        visit(make_other_liaison(), campaign, people["陈大山"].pk)
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER_UNIT, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_the_right_record_nothing(people: People, role: Role) -> None:
    with pytest.raises((NotFound, Refused)):
        visit(make_user(role), None, people["陈大山"].pk)
    assert Visit.objects.count() == 0


def test_nothing_is_written_when_anything_is_wrong(people: People) -> None:
    with pytest.raises(Refused) as refused:
        record_visit(
            actor=make_liaison(), person_id=people["陈大山"].pk, campaign_id=None, at=AT,
            draft=draft_of(way="", cash="五百", on="2026-02-30"), photo=Photo(b"not a photo", "a.jpg"),
        )  # fmt: skip
    assert [problem.where for problem in refused.value.problems] == ["走访方式", "走访日期", "慰问金", "照片"]
    assert (Visit.objects.count(), Entry.objects.filter(action="activities.visit.recorded").count()) == (0, 0)


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 23.0, 45.6)})
    out = BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_is_kept_without_its_place_and_once(people: People) -> None:
    liaison, content = make_liaison(), photo_with_place()
    kept = [
        record_visit(
            actor=liaison, person_id=people[name].pk, campaign_id=None, draft=draft_of(), at=AT,
            photo=Photo(content, "IMG_0001.jpg"),
        )
        for name in ("陈大山", "李秀英")
    ]  # fmt: skip
    assert kept[0].photo_id == kept[1].photo_id
    assert kept[0].photo is not None
    image = Image.open(BytesIO(files.read(kept[0].photo)))
    assert (image.format, dict(image.getexif().get_ifd(0x8825))) == ("JPEG", {})


def test_the_round_goes_to_the_next_who_is_left(people: People) -> None:
    campaign, liaison = make_campaign(), make_liaison()
    assign_by_village(actor=make_clerk(), campaign_id=campaign.pk, at=AT)
    first, second, third = people["李秀英"], people["王德胜"], people["陈大山"]

    def place(person: Person) -> tuple[int, int, int | None]:
        found = visits.place_in_round(actor=liaison, campaign=campaign, person=person, on=TODAY)
        assert found is not None
        return found.number, found.total, found.next_person_id

    assert place(first) == (1, 3, second.pk)
    visit(liaison, campaign, second.pk)
    assert place(first) == (1, 3, third.pk)
    visit(liaison, campaign, first.pk, way="ABSENT")  # not at home: left for another day
    assert place(third) == (3, 3, None)
    assert visits.place_in_round(actor=liaison, campaign=campaign, person=people["吴长河"], on=TODAY) is None


def test_visits_are_listed_newest_first_in_the_own_area(people: People) -> None:
    clerk, campaign = make_clerk(), make_campaign()
    visit(clerk, campaign, people["陈大山"].pk, on="2026-02-01")
    visit(clerk, None, people["陈大山"].pk, on="2025-07-28", way="PHONE", cash="")
    visit(clerk, campaign, people["吴长河"].pk, on="2026-02-09")

    def names(actor: object = clerk, **narrowed: object) -> list[str]:
        rows = visits.list_visits(actor=actor, filters=VisitFilters(**narrowed))  # type: ignore[arg-type]
        return [f"{row.person.name} {row.on:%m-%d}" for row in rows]

    assert names() == ["吴长河 02-09", "陈大山 02-01", "陈大山 07-28"]
    assert names(year=2026) == ["吴长河 02-09", "陈大山 02-01"]
    assert names(person_id=people["陈大山"].pk, campaign_id=campaign.pk) == ["陈大山 02-01"]
    assert names(area_code=OTHER_VILLAGE) == ["吴长河 02-09"]
    assert names(way="PHONE") == ["陈大山 07-28"]
    assert names(make_liaison()) == ["陈大山 02-01", "陈大山 07-28"]
    with pytest.raises(NotFound):
        names(make_liaison(), area_code=OTHER_VILLAGE)


def test_a_withdrawn_visit_counts_nowhere_and_stays_on_record(people: People) -> None:
    clerk, campaign, liaison = make_clerk(), make_campaign(), make_liaison()
    made = visit(liaison, campaign, people["陈大山"].pk)
    with pytest.raises(Refused, match="请写明撤回原因"):
        withdraw_visit(actor=liaison, visit_id=made.pk, reason="", at=AT)
    gone = withdraw_visit(actor=liaison, visit_id=made.pk, reason="金额填错", at=AT)
    assert (gone.withdrawn_reason, Visit.objects.count()) == ("金额填错", 1)
    assert list(visits.visible_visits(clerk)) == []
    assert [row.pk for row in visits.list_visits(actor=clerk, filters=VisitFilters(with_withdrawn=True))] == [made.pk]
    with pytest.raises(Refused, match="已经撤回过"):
        withdraw_visit(actor=clerk, visit_id=made.pk, reason="再撤", at=AT)
    visit(liaison, campaign, people["陈大山"].pk, cash="300")  # and the right amount can be recorded
    assert visits.last_made_on(person_id=people["陈大山"].pk) == TODAY


def test_a_liaison_does_not_withdraw_what_the_clerk_recorded(people: People) -> None:
    made = visit(make_clerk(), None, people["陈大山"].pk)
    with pytest.raises(Refused, match="您没有撤回他人登记的走访的权限"):
        withdraw_visit(actor=make_liaison(), visit_id=made.pk, reason="不对", at=AT)
    with pytest.raises(NotFound):
        withdraw_visit(actor=make_other_liaison(), visit_id=made.pk, reason="不对", at=AT)


def test_a_visit_after_death_is_questioned(people: People) -> None:
    Person.objects.filter(pk=people["陈大山"].pk).update(died_on=date(2026, 2, 1))
    with pytest.raises(Refused, match="这位对象已登记去世"):
        visit(make_liaison(), None, people["陈大山"].pk)
