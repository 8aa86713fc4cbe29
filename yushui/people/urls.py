"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from yushui.people.views import changes, contacts, file, life, lists

urlpatterns = [
    path("people/", lists.list_people, name="list-people"),
    path("people/export/", lists.export_people, name="export-people"),
    path("exports/", lists.list_exports, name="list-exports"),
    path("exports/<int:export_id>/decide/", lists.decide_export, name="decide-export"),
    path("exports/<int:export_id>/take/", lists.take_export, name="take-export"),
    path("people/add/", changes.add_person, name="add-person"),
    path("people/assign-contact/", life.assign_contact, name="assign-contact"),
    path("people/hand-over-contacts/", contacts.hand_over_contacts, name="hand-over-contacts"),
    path("people/print-contact-cards/", contacts.print_contact_cards, name="print-contact-cards"),
    path("contacts/rhythms/", contacts.list_contact_rhythms, name="list-contact-rhythms"),
    path("contacts/rhythms/set/", contacts.set_contact_rhythm, name="set-contact-rhythm"),
    path("contacts/rhythms/<slug:rhythm_code>/set/", contacts.set_contact_rhythm, name="set-contact-rhythm"),
    path("contacts/rhythms/<slug:rhythm_code>/retire/", contacts.retire_contact_rhythm, name="retire-contact-rhythm"),
    path("people/<int:person_id>/", file.show_person, name="show-person"),
    path("people/<int:person_id>/change/", changes.change_person, name="change-person"),
    path("people/<int:person_id>/add-status/", changes.add_status, name="add-status"),
    path("people/<int:person_id>/record-event/", life.record_event, name="record-event"),
    path("people/<int:person_id>/confirm/", life.confirm_person, name="confirm-person"),
    path("people/<int:person_id>/set-account/", life.set_account, name="set-account"),
    path("people/<int:person_id>/add-hardship/", life.add_hardship, name="add-hardship"),
    path("people/<int:person_id>/join-household/", life.join_household, name="join-household"),
    path("people/<int:person_id>/leave-household/", life.leave_household, name="leave-household"),
    path("people/<int:person_id>/reveal-number/", file.reveal_number, name="reveal-number"),
    path("statuses/<int:lineage>/change/", changes.change_status, name="change-status"),
    path("statuses/<int:lineage>/end/", changes.end_status, name="end-status"),
    path("events/<int:event_id>/withdraw/", life.withdraw_event, name="withdraw-event"),
    path("hardships/<int:hardship_id>/end/", life.end_hardship, name="end-hardship"),
]
