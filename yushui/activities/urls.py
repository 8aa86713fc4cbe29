"""Addresses of activities, campaigns and visits."""

from __future__ import annotations

from django.urls import path

from yushui.activities.views import activities, campaigns, visits

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
    path("activities/", activities.list_activities, name="list-activities"),
    path("activities/record-activity/", activities.record_activity, name="record-activity"),
    path("activities/<int:activity_id>/", activities.show_activity, name="show-activity"),
    path("activities/<int:activity_id>/withdraw-activity/", activities.withdraw_activity, name="withdraw-activity"),
    path("activities/<int:activity_id>/photo/", activities.show_activity_photo, name="show-activity-photo"),
]
