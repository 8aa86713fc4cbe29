"""A plaque, a card, good news of merit and a piece of evidence of the village."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.honours.models import Card, HonourEvidence, Nominee, Plaque, Selection, UnitHonour
from yushui.honours.services import kinds, news, rewards, selections
from yushui.honours.types import KindDraft, NewsDraft, NomineeDraft, RewardDraft, SelectionDraft, UnitHonourDraft
from yushui.people.models import Person


def build(*, village: str, person: Person, photo: StoredFile, today: date, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    kind = kinds.set_kind(actor=desk, draft=KindDraft(name="优秀义务兵", group="MERIT", days="15"), at=at)
    draft = NewsDraft(
        kind="MERIT_2",
        soldier_name="陈志远",
        area_code=village,
        received_on=today.isoformat(),
        year=str(today.year),
        due_on=f"{today.year}-12-31",
        client_key="of-the-world",
    )
    good = news.record_news(actor=desk, draft=draft, at=at)
    claim = rewards.claim_reward(actor=desk, news_id=good.pk, draft=RewardDraft(person_id=str(person.pk)), at=at)
    plaque = Plaque.objects.filter(household__area_id=village).earliest("pk")
    card = Card.objects.filter(person=person).exclude(state="CANCELLED").first() or Card.objects.create(
        person=person, kind_id="CARD_VETERAN", applied_on=today, state_on=today, recorded_at=at
    )
    piece = HonourEvidence.objects.create(news=good, file=photo, title="送喜报.jpg", added_at=at)
    honour = selections.record_unit_honour(
        actor=desk,
        at=at,
        draft=UnitHonourDraft(
            "MODEL_UNIT", "", "双拥先进单位", "市双拥工作领导小组", today.isoformat(), client_key="of-the-world"
        ),
    )
    UnitHonour.objects.filter(pk=honour.pk).update(area_id=village)
    first = (today - timedelta(days=40)).isoformat()
    call = selections.call_selection(
        actor=desk, at=at,
        draft=SelectionDraft(
            "BEST_VETERAN", "最美退役军人", village, "县退役军人事务局", first, today.isoformat(), "SCORE", "2",
            client_key="of-the-world",
        ),
    )  # fmt: skip
    nominee = selections.nominate(
        actor=desk,
        selection_id=call.pk,
        at=at,
        draft=NomineeDraft("陈大山", village, "北洲村", "三十年义务守护渡口", "of-the-world"),
    )
    Nominee.objects.filter(pk=nominee.pk).update(result=9250, chosen=True)
    Selection.objects.filter(pk=call.pk).update(
        stage="PUBLIC", ends_on=today - timedelta(days=20), public_on=today - timedelta(days=15), public_ends_on=today
    )
    return {
        "honour_id": honour.pk,
        "selection_id": call.pk,
        "nominee_id": nominee.pk,
        "plaque_id": plaque.pk,
        "card_id": card.pk,
        "news_id": good.pk,
        "claim_id": claim.pk,
        "honour_piece_id": piece.pk,
        "honour_kind_code": kind.pk,
    }
