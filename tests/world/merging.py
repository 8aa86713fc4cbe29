"""Somebody of the village entered twice, with a merge that waits."""

from __future__ import annotations

from datetime import date, datetime

from yushui.accounts.models import User
from yushui.merging.services import propose_merge
from yushui.people.services.register import PersonFacts, add_person
from yushui.people.tests.factories import number_for

BORN_ON = date(1951, 2, 3)


def build(*, village: str, at: datetime) -> dict[str, object]:
    """The rows, by the arguments of the addresses."""
    desk = User.objects.get(username="desk")
    kept, dropped = (
        add_person(
            actor=desk,
            facts=PersonFacts(
                name="顾水生", sex="M", born_on=BORN_ON, id_number=number_for(BORN_ON, serial=serial),
                area_code=village, address=f"北洲村 {serial} 号",
            ),
            at=at,
        )
        for serial in (451, 452)
    )  # fmt: skip
    asked = propose_merge(
        actor=desk, kept_id=kept.pk, dropped_id=dropped.pk, taken=["address"], reason="身份证号抄错", at=at
    )
    return {"kept_id": kept.pk, "dropped_id": dropped.pk, "merge_id": asked.pk}
