"""Addresses of activities, campaigns and visits."""

from __future__ import annotations

from django.urls import path

from yushui.activities.views import activities, campaigns, contacts, evidence, kinds, paste, visits

urlpatterns = [
    path("campaigns/", campaigns.list_campaigns, name="list-campaigns"),
    path("campaigns/plan-campaign/", campaigns.plan_campaign, name="plan-campaign"),
    path("campaigns/<int:campaign_id>/", campaigns.show_campaign, name="show-campaign"),
    path("campaigns/<int:campaign_id>/assign-targets/", campaigns.assign_targets, name="assign-targets"),
    path("campaigns/<int:campaign_id>/hand-over-targets/", campaigns.hand_over_targets, name="hand-over-targets"),
    path("campaigns/<int:campaign_id>/add-target/", campaigns.add_target, name="add-target"),
    path("campaigns/<int:campaign_id>/close-campaign/", campaigns.close_campaign, name="close-campaign"),
    path("campaigns/<int:campaign_id>/print-sheets/", campaigns.print_sheets, name="print-sheets"),
    path("targets/<int:target_id>/drop-target/", campaigns.drop_target, name="drop-target"),
    path("not-visited/", campaigns.list_not_visited, name="list-not-visited"),
    path("my-visits/", visits.my_visits, name="my-visits"),
    path("campaigns/<int:campaign_id>/record-visit/<int:person_id>/", visits.record_visit, name="record-visit"),
    path("people/<int:person_id>/record-visit/", visits.record_visit, name="record-visit"),
    path("visits/", visits.list_visits, name="list-visits"),
    path("visits/<int:visit_id>/withdraw-visit/", visits.withdraw_visit, name="withdraw-visit"),
    path("visits/<int:visit_id>/photo/", visits.show_visit_photo, name="show-visit-photo"),
    path("contacts/", contacts.list_contacts, name="list-contacts"),
    path("contacts/people/", contacts.list_contact_people, name="list-contact-people"),
    path("activities/", activities.list_activities, name="list-activities"),
    path("activities/export-activities/", activities.export_activities, name="export-activities"),
    path("activities/check-activities/", activities.check_activities, name="check-activities"),
    path("activities/record-activity/", activities.record_activity, name="record-activity"),
    path("activities/paste-activity/", paste.paste_activity, name="paste-activity"),
    path("activities/<int:activity_id>/change-activity/", activities.change_activity, name="change-activity"),
    path("activities/<int:activity_id>/withdraw-activity/", activities.withdraw_activity, name="withdraw-activity"),
    path("activities/<int:activity_id>/evidence/", evidence.add_activity_evidence, name="add-activity-evidence"),
    path(
        "activities/files/<int:evidence_id>/withdraw/",
        evidence.withdraw_activity_evidence,
        name="withdraw-activity-evidence",
    ),
    path("activities/files/<int:evidence_id>/", evidence.show_activity_file, name="show-activity-file"),
    path("kinds/", kinds.list_kinds, name="list-kinds"),
    path("kinds/set-kind/", kinds.set_kind, name="set-kind"),
    path("kinds/<slug:kind_code>/set-kind/", kinds.set_kind, name="set-kind"),
    path("kinds/<slug:kind_code>/retire-kind/", kinds.retire_kind, name="retire-kind"),
]
