"""The demo county's agreements and pairs of people: every state and every kind has something to show."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.models import User
from yushui.activities.models import Activity, ActivityKind, PairContact, PersonPair
from yushui.activities.selectors.pairs import PairFilters, pair_board
from yushui.activities.selectors.person_pairs import HELP_STATES, HelpFilters, list_helps
from yushui.activities.types import PAIR_STATES
from yushui.workbench.tests.test_demo import TODAY, build


@pytest.mark.django_db
def test_every_state_of_pairs_and_every_kind_of_activity_is_there() -> None:
    build()
    desk = User.objects.get(username="desk")
    board = pair_board(actor=desk, filters=PairFilters(), on=TODAY)
    assert board.total == 20
    assert {code for code, _, count in board.counts if count} == set(PAIR_STATES)
    for state in HELP_STATES:
        assert list_helps(actor=desk, filters=HelpFilters(state=state), on=TODAY).exists(), state
    assert PersonPair.objects.values("kind").distinct().count() == 5
    assert PairContact.objects.filter(on__gt=TODAY).count() == 0
    assert PairContact.objects.filter(on__lt=date(TODAY.year, 1, 1)).exists()
    kinds = set(ActivityKind.objects.filter(retired=False).values_list("code", flat=True))
    assert kinds - set(Activity.objects.values_list("kind_id", flat=True)) == set()
