"""Addresses of the pages for the phone."""

from __future__ import annotations

from django.urls import path

from yushui.phone.views import entries, pages, worker

urlpatterns = [
    path("phone/", pages.phone_home, name="phone-home"),
    path("phone/people/", pages.phone_people, name="phone-people"),
    path("phone/people/<int:person_id>/", pages.phone_person, name="phone-person"),
    path("phone/queue/", pages.phone_queue, name="phone-queue"),
    path("phone/visit/", entries.phone_visit, name="phone-visit"),
    path("phone/activity/", entries.phone_activity, name="phone-activity"),
    path("phone/confirm/", entries.phone_confirm, name="phone-confirm"),
    path("phone/case/", entries.phone_case, name="phone-case"),
    path("phone/send-entries/", entries.send_entries, name="send-entries"),
    path("service-worker.js", worker.service_worker, name="service-worker"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
]
