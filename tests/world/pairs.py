"""An agreement of the village with a scan, a pair of people with a contact, a kind of the county's own."""

from __future__ import annotations

from datetime import datetime

from yushui.accounts.models import User
from yushui.activities.models import PairEvidence
from yushui.activities.services import pair_kinds, pairs, person_pairs
from yushui.activities.types import ContactDraft, PairDraft, PairKindDraft, PersonPairDraft
from yushui.base.models import StoredFile
from yushui.people.models import Person


def build(*, village: str, person: Person, photo: StoredFile, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk, beizhou = User.objects.get(username="desk"), User.objects.get(username="beizhou")
    pair = pairs.add_pair(
        actor=desk,
        draft=PairDraft(
            unit="北洲村村民委员会", other="武警云川中队", subject="清洁家园", area_code=village,
            starts_on="2026-01-01", last_day="2027-12-31", client_key="pair-of-world",
        ),
        at=at,
    )  # fmt: skip
    piece = PairEvidence.objects.create(pair=pair, file=photo, title="协议.jpg", added_at=at)
    kind = pair_kinds.set_pair_kind(actor=desk, draft=PairKindDraft("银行结对烈属", "联系人", "烈属"), at=at)
    helping = person_pairs.add_person_pair(
        actor=desk,
        draft=PersonPairDraft(
            kind="CADRE", helper="高明远", person_id=str(person.pk), starts_on="2026-01-05", client_key="help-of-world"
        ),
        at=at,
    )
    contact = person_pairs.record_pair_contact(
        actor=beizhou, help_id=helping.pk, at=at,
        draft=ContactDraft(on="2026-11-20", way="HOME", client_key="contact-of-world"),
    )  # fmt: skip
    return {
        "pair_id": pair.pk, "pair_piece_id": piece.pk, "help_id": helping.pk, "pair_contact_id": contact.pk,
        "pair_kind_code": kind.pk,
    }  # fmt: skip
