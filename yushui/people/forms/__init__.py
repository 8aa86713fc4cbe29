"""What a browser may send about people; by noun."""

from yushui.people.forms.contacts import HandOverForm, RhythmForm
from yushui.people.forms.register import (
    FILTER_NAMES,
    AccountForm,
    ChangePersonForm,
    ConfirmForm,
    ContactForm,
    EndHardshipForm,
    EndStatusForm,
    EventForm,
    HardshipForm,
    HouseholdForm,
    PersonForm,
    RegisterForm,
    RevealForm,
    StatusForm,
    WithdrawForm,
    filters_from,
    search_query,
    status_initial,
)

__all__ = [
    "FILTER_NAMES", "AccountForm", "ChangePersonForm", "ConfirmForm", "ContactForm", "EndHardshipForm",
    "EndStatusForm", "EventForm", "HandOverForm", "HardshipForm", "HouseholdForm", "PersonForm", "RegisterForm",
    "RevealForm", "RhythmForm", "StatusForm", "WithdrawForm", "filters_from", "search_query", "status_initial",
]  # fmt: skip
