"""What a village reports from the phone becomes a case of the town."""

from __future__ import annotations

import pytest

from yushui.cases.selectors.cases import CaseFilters, list_cases
from yushui.cases.tests.factories import AT, TODAY, clerk, key, liaison, make_county
from yushui.people.tests.factories import make_person
from yushui.phone.services import PhoneEntry, take_entry
from yushui.phone.types import ReportDraft

pytestmark = pytest.mark.django_db


def test_what_a_village_reports_from_the_phone_waits_for_the_town() -> None:
    make_county()
    person, sender = make_person(), liaison()
    typed = ReportDraft("HARDSHIP_HELP", "老伴住院负担重", "自付两万", "2026-09-06", "")
    entry = PhoneEntry("case", key(), str(sender.pk), person.pk, None, typed)
    assert take_entry(actor=sender, entry=entry, at=AT).words == "已上报:老伴住院负担重"
    assert take_entry(actor=sender, entry=entry, at=AT).again
    (case,) = list_cases(actor=clerk(), filters=CaseFilters(), on=TODAY)
    assert (case.person, case.channel, case.text) == (person, "VILLAGE", "(2026-09-06 反映)自付两万")
