"""What follows a person into the kept entry: cases in the middle, help, visits, cards, rosters, entries of phones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from yushui.accounts.models import User
from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import CampaignTarget, PairKind, PersonPair, Visit
from yushui.activities.services.visits import record_visit
from yushui.activities.tests.factories import draft_of, make_campaign, make_clerk, make_liaison
from yushui.base.refusals import NotFound, Refused
from yushui.benefits.tests.factories import make_law
from yushui.cases.models import Case
from yushui.cases.selectors.cases import case_sheet, get_clear_case, standing_of
from yushui.cases.services import ends
from yushui.cases.tests import factories as case_factories
from yushui.cases.tests.factories import decide, key, later, petition
from yushui.cases.types import AidDraft
from yushui.funds.models import Entry
from yushui.funds.services import care
from yushui.funds.tests import money
from yushui.honours.models import Card, HonourKind, Plaque
from yushui.honours.services.kinds import load_honour_kinds
from yushui.merging.models import Merge
from yushui.merging.services import decide_merge, propose_merge, undo_merge
from yushui.payments.selectors import list_person_payments
from yushui.people.models import Household, Person, Status
from yushui.people.services.events import record_event
from yushui.people.tests.factories import COUNTY, VILLAGE, make_areas, make_person, make_status
from yushui.rosters.tests import messy
from yushui.rosters.tests.conftest import commit, hand_in

AT = case_factories.AT
TODAY = case_factories.TODAY
pytestmark = pytest.mark.django_db


def desk() -> User:
    return make_user(Role.DESK_OFFICER, area=COUNTY, full_name="林晓燕", username="the-desk")


def boss(username: str = "the-boss") -> User:
    return make_user(Role.APPROVER, area=COUNTY, full_name="罗文华", username=username)


def two() -> tuple[Person, Person]:
    return make_person(name="李秀英", sex="F"), make_person(name="李秀英", sex="F")


def merge(kept: Person, dropped: Person, *taken: str) -> Merge:
    asked = propose_merge(
        actor=desk(), kept_id=kept.pk, dropped_id=dropped.pk, taken=taken, reason="核对为同一人", at=AT
    )
    return decide_merge(actor=boss(), merge_id=asked.pk, agrees=True, opinion="", at=AT)


def undo(done: Merge) -> None:
    undo_merge(actor=boss(), merge_id=done.pk, reason="认错了人", at=later(1))


# cases


@pytest.fixture
def county() -> None:
    case_factories.make_county()


def test_a_case_in_the_middle_goes_on_at_the_same_step_and_deadline(county: None) -> None:
    kept, dropped = two()
    case = petition(kind="HARDSHIP_HELP", person_id=dropped.pk, asker_name="", area_code="", cause="cause2")
    before = Case.objects.filter(pk=case.pk).values("step", "due_on", "holder_code", "state", "revision").get()
    done = merge(kept, dropped)
    case.refresh_from_db()
    assert case.person_id == kept.pk
    assert Case.objects.filter(pk=case.pk).values(*before).get() == before
    assert standing_of(case.pk).due_on == before["due_on"]
    row = case.steps.latest("pk")
    assert (row.act, row.on, row.by, row.step_id) == ("MERGED", TODAY, None, before["step"])
    assert "步骤、时限不变" in row.words
    decide(case, "propose", papers=tuple(case_sheet_papers(case)))  # whoever holds it goes on as if nothing had been
    undo(done)
    case.refresh_from_db()
    assert (case.person_id, case.steps.latest("pk").act) == (dropped.pk, "MERGED")
    assert "已拆回" in case.steps.latest("pk").words


def case_sheet_papers(case: Case) -> list[int]:
    sheet = case_sheet(actor=case_factories.clerk(), case_id=case.pk, on=TODAY)
    return [need.paper.pk for need in sheet.papers]


def test_two_open_cases_of_one_kind_are_both_kept_and_name_each_other(county: None, client: Client) -> None:
    kept, dropped = two()
    mine, other = (
        petition(kind="HARDSHIP_HELP", person_id=person.pk, asker_name="", area_code="", cause="cause2")
        for person in (kept, dropped)
    )
    merge(kept, dropped)
    assert [case.pk for case in case_sheet(actor=desk(), case_id=mine.pk, on=TODAY).alike] == [other.pk]
    assert Case.objects.filter(closed_on=None).count() == 2
    client.force_login(desk())
    page = client.get(f"/cases/{mine.pk}/").content.decode()
    assert "同一人还有在办的同类办件" in page
    assert f"/cases/{other.pk}/" in page
    assert "申请人档案并档" in client.get(f"/cases/{other.pk}/").content.decode()


def test_confirming_a_merge_opens_a_sensitive_case_to_nobody(county: None) -> None:
    kept, dropped = two()
    case = petition(person_id=dropped.pk, asker_name="", area_code="")
    assert case.kind.is_sensitive
    merge(kept, dropped)
    with pytest.raises(NotFound):
        get_clear_case(actor=boss(), case_id=case.pk, on=TODAY)


def test_who_dies_in_the_middle_of_a_case_gets_no_money_and_the_page_says_so(county: None, client: Client) -> None:
    person = make_person()
    case = petition(kind="HARDSHIP_HELP", person_id=person.pk, asker_name="", area_code="", cause="cause2")
    record_event(actor=desk(), person_id=person.pk, what="DIED", on=date(2026, 9, 10), at=later(5))
    aid = AidDraft("CASH", "", "2000", "2026-09-11", "关爱基金", key())
    with pytest.raises(Refused, match="已于 2026-09-10 去世"):
        ends.aid_case(actor=case_factories.clerk(), case_id=case.pk, draft=aid, at=later(5))
    client.force_login(desk())
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "资金不再发给本人" in page


def test_care_is_neither_granted_nor_paid_to_the_dead(client: Client) -> None:
    _, project = money.make_care()
    asked, granted = money.ask(project), money.ask(project)
    decision = {"verdict": "GRANTED", "amount": "3000", "words": "", "at": money.AT}
    care.decide_care(actor=money.make_reviewer(), application_id=granted.pk, **decision)
    for row in (asked, granted):
        record_event(actor=money.make_desk(), person_id=row.person_id, what="DIED", on=date(2026, 7, 15), at=money.AT)
    with pytest.raises(Refused, match="已于 2026-07-15 去世"):
        care.decide_care(actor=money.make_reviewer(), application_id=asked.pk, **decision)
    with pytest.raises(Refused, match="已于 2026-07-15 去世"):
        care.pay_care(actor=money.make_desk(), application_id=granted.pk, on="2026-07-20", at=money.AT)
    assert Entry.objects.filter(side="OUT").count() == 0
    care.withdraw_care(actor=money.make_desk(), application_id=granted.pk, reason="本人去世", at=money.AT)
    client.force_login(money.make_desk())
    assert "不再同意资助" in client.get(f"/care/{asked.pk}/").content.decode()


def test_applications_go_over_and_two_open_ones_of_a_project_are_refused() -> None:
    _, project = money.make_care()
    kept, dropped = two()
    row = money.ask(project, dropped)
    second = money.ask(project, kept)
    with pytest.raises(Refused, match="在“大病救助”都有在办的申请"):
        merge(kept, dropped)
    care.withdraw_care(actor=money.make_desk(), application_id=second.pk, reason="重复", at=money.AT)
    done = merge(kept, dropped)
    row.refresh_from_db()
    assert row.person_id == kept.pk
    undo(done)
    row.refresh_from_db()
    assert row.person_id == dropped.pk


# visits, helpers, honours


def test_visits_lists_and_helpers_go_over_once() -> None:
    make_areas()
    kept, dropped = two()
    for person in (kept, dropped):
        make_status(person)
    liaison = make_liaison()
    both, only = make_campaign(), make_campaign(make_clerk())
    CampaignTarget.objects.filter(campaign=only, person=kept).delete()
    visit = record_visit(actor=liaison, person_id=dropped.pk, campaign_id=both.pk, draft=draft_of(), at=AT)
    kind = PairKind.objects.create(code="K", name="结对", helper_word="帮", helped_word="受", place=1)
    shared = {"kind": kind, "area_id": VILLAGE, "starts_on": date(2026, 1, 1), "recorded_at": AT}
    for place, (person, helper) in enumerate(((kept, "王"), (dropped, "王"), (dropped, "赵"))):
        PersonPair.objects.create(person=person, helper_name=helper, client_key=str(place), **shared)
    before = list(CampaignTarget.objects.order_by("pk").values()), list(PersonPair.objects.order_by("pk").values())
    done = merge(kept, dropped)
    listed = CampaignTarget.objects.filter(dropped_reason="").order_by("campaign_id")
    assert list(listed.values_list("campaign_id", "person_id")) == [(both.pk, kept.pk), (only.pk, kept.pk)]
    running = PersonPair.objects.filter(ends_on=None).order_by("pk")
    assert list(running.values_list("person_id", "helper_name")) == [(kept.pk, "王"), (kept.pk, "赵")]
    visit.refresh_from_db()
    assert visit.person_id == kept.pk
    late = record_visit(actor=liaison, person_id=dropped.pk, campaign_id=None, draft=draft_of(cash=""), at=AT)
    assert late.person_id == kept.pk  # a phone that sends after the merge still names the dropped entry
    undo(done)
    assert before == (
        list(CampaignTarget.objects.order_by("pk").values()), list(PersonPair.objects.order_by("pk").values())
    )  # fmt: skip
    assert set(Visit.objects.values_list("pk", "person_id")) == {(visit.pk, dropped.pk), (late.pk, kept.pk)}


def test_two_cards_in_use_and_a_plaque_left_alone_come_first() -> None:
    make_areas()
    load_honour_kinds(at=AT)
    kept, dropped = two()
    card = {"kind": HonourKind.objects.filter(group="CARD").first(), "applied_on": TODAY, "state_on": TODAY}
    rows = [Card.objects.create(person=person, recorded_at=AT, **card) for person in (kept, dropped)]
    home = Household.objects.create(area_id=VILLAGE, head_name="李秀英")
    Person.objects.filter(pk=dropped.pk).update(household=home, relation_to_head="户主")
    Plaque.objects.create(household=home, ground="SURVIVOR", hung_on=TODAY, state_on=TODAY)
    with pytest.raises(Refused) as refused:
        merge(kept, dropped)
    assert "两份档案都有在用的优待证" in str(refused.value)
    assert "户挂着光荣牌" in str(refused.value)
    Card.objects.filter(pk=rows[0].pk).update(state="CANCELLED")
    merge(kept, dropped, "household")
    kept.refresh_from_db()
    assert (kept.household_id, kept.relation_to_head) == (home.pk, "户主")
    assert set(Card.objects.values_list("person_id", flat=True)) == {kept.pk}


# rosters


def test_a_roster_with_the_dropped_number_finds_the_kept_entry(tmp_path: Path, settings: object) -> None:
    settings.FILES_DIR = tmp_path / "store"  # type: ignore[attr-defined]
    make_areas()
    officer = desk()
    roster = messy.make("disabled", 1)
    commit(officer, hand_in(officer, messy.write_xlsx(roster, tmp_path / "a.xlsx")))
    kept = Person.objects.get()
    dropped = make_person(name=kept.name, born_on=kept.born_on, sex=kept.sex)
    wrong, right = dropped.id_number, kept.id_number
    done = merge(kept, dropped)
    number, phone = roster.place("身份证号"), roster.place("联系方式")
    roster.rows[0][number], roster.rows[0][phone] = wrong, "13912345678"
    found = hand_in(officer, messy.write_xlsx(roster, tmp_path / "b.xlsx"))
    assert (found.new, found.changed, found.bad_rows) == (0, 1, 0)
    commit(officer, found)
    kept.refresh_from_db()
    assert (kept.id_number, kept.phone) == (right, "13912345678")
    assert Person.every.get(pk=dropped.pk).phone == ""
    assert Person.every.count() == 2
    assert Status.objects.filter(superseded_at=None).exclude(person=kept).count() == 0
    both = messy.Roster(roster.form, roster.heads, [list(roster.rows[0]), list(roster.rows[0])])
    both.rows[1][number] = right
    twice = hand_in(officer, messy.write_xlsx(both, tmp_path / "c.xlsx"))
    assert (twice.new, twice.bad_rows) == (0, 1)
    assert "两个号码已并档" in twice.bad.get().problem
    undo(done)
    again = hand_in(officer, messy.write_xlsx(roster, tmp_path / "b.xlsx"))
    assert again.changed == 1  # the number is the other entry's again


# pages of money


def test_the_history_of_payments_shows_both_entries(client: Client) -> None:
    make_law()
    from_desk = desk()
    kept, dropped = two()
    merge(kept, dropped)
    assert list(list_person_payments(actor=from_desk, person_id=kept.pk)) == []
    client.force_login(from_desk)
    assert "还没有发放记录" in client.get(f"/people/{kept.pk}/payments/").content.decode()
    assert client.get(f"/people/{dropped.pk}/payments/").status_code == 409
