"""A plaque, a card, good news of merit and a piece of evidence of the village."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.base.models import StoredFile
from yushui.honours.models import Card, HonourEvidence, Plaque
from yushui.honours.services import kinds, news
from yushui.honours.types import KindDraft, NewsDraft
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
        reward="8000",
        client_key="of-the-world",
    )
    good = news.record_news(actor=desk, draft=draft, at=at)
    plaque = Plaque.objects.filter(household__area_id=village).earliest("pk")
    card = Card.objects.filter(person=person).exclude(state="CANCELLED").first() or Card.objects.create(
        person=person, kind_id="CARD_VETERAN", applied_on=today, state_on=today, recorded_at=at
    )
    piece = HonourEvidence.objects.create(news=good, file=photo, title="送喜报.jpg", added_at=at)
    return {
        "plaque_id": plaque.pk,
        "card_id": card.pk,
        "news_id": good.pk,
        "honour_piece_id": piece.pk,
        "honour_kind_code": kind.pk,
    }
