from __future__ import annotations

from django.urls import path

from yushui.benefits import views

urlpatterns = [
    path("runs/", views.list_runs, name="list-runs"),
    path("runs/start-run/", views.start_run, name="start-run"),
    path("runs/orders/<int:order_id>/", views.show_run_order, name="show-run-order"),
    path("runs/<int:run_id>/", views.show_run, name="show-run"),
    path("runs/<int:run_id>/lines/", views.list_run_lines, name="list-run-lines"),
    path("runs/<int:run_id>/submit-batch/", views.submit_batch, name="submit-batch"),
    path("runs/<int:run_id>/open-recoveries/", views.open_recoveries, name="open-recoveries"),
    path("people/<int:person_id>/due/", views.explain_line, name="explain-line"),
    path("people/<int:person_id>/payments/", views.show_person_payments, name="show-person-payments"),
    path("people/<int:person_id>/due/print/", views.print_explanation, name="print-explanation"),
    path("people/<int:person_id>/hold-person/", views.hold_person, name="hold-person"),
    path("people/<int:person_id>/release-person/", views.release_person, name="release-person"),
    path("recoveries/", views.list_recoveries, name="list-recoveries"),
    path("recoveries/<int:recovery_id>/", views.show_recovery, name="show-recovery"),
    path("recoveries/<int:recovery_id>/ask-write-off/", views.ask_write_off, name="ask-write-off"),
    path("recoveries/<int:recovery_id>/agree-instalments/", views.agree_instalments, name="agree-instalments"),
    path("write-offs/<int:write_off_id>/decide/", views.decide_write_off, name="decide-write-off"),
    path("recoveries/<int:recovery_id>/record-recovered/", views.record_recovered, name="record-recovered"),
    path("claims/", views.list_claims, name="list-claims"),
    path("claims/submit-claims/", views.submit_claims, name="submit-claims"),
    path("claims/<int:claim_id>/", views.show_claim, name="show-claim"),
    path("local-values/", views.list_local_values, name="list-local-values"),
    path("local-values/set-local-value/", views.set_local_value, name="set-local-value"),
]
