"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from yushui.cases.views import acts, cases, kinds, needs, points, raising, statements

urlpatterns = [
    path("cases/", cases.list_cases, name="list-cases"),
    path("cases/export-cases/", cases.export_cases, name="export-cases"),
    path("cases/open-case/", cases.open_case, name="open-case"),
    path("cases/hand-over-cases/", acts.hand_over_cases, name="hand-over-cases"),
    path("cases/kinds/", kinds.list_case_kinds, name="list-case-kinds"),
    path("cases/kinds/set-case-kind/", kinds.set_case_kind, name="set-case-kind"),
    path("cases/kinds/<slug:case_kind>/", kinds.show_case_kind, name="show-case-kind"),
    path("cases/kinds/<slug:case_kind>/set-case-kind/", kinds.set_case_kind, name="set-case-kind"),
    path("cases/kinds/<slug:case_kind>/retire-case-kind/", kinds.retire_case_kind, name="retire-case-kind"),
    path("cases/points/", points.list_case_points, name="list-case-points"),
    path("cases/needs/", needs.list_needs, name="list-needs"),
    path("cases/<int:case_id>/assign-need/", needs.assign_need, name="assign-need"),
    path("cases/deeds/", needs.list_deeds, name="list-deeds"),
    path("cases/deeds/add-deed/", needs.add_deed, name="add-deed"),
    path("cases/deeds/<int:deed_id>/", needs.show_deed, name="show-deed"),
    path("cases/deeds/<int:deed_id>/change-deed/", needs.change_deed, name="change-deed"),
    path("cases/statements/", statements.list_statements, name="list-statements"),
    path("cases/statements/make-statement/", statements.make_statement, name="make-statement"),
    path("cases/statements/kinds/", statements.list_statement_kinds, name="list-statement-kinds"),
    path("cases/statements/kinds/set/", statements.set_statement_kind, name="set-statement-kind"),
    path("cases/statements/kinds/<slug:statement_kind>/set/", statements.set_statement_kind, name="set-statement-kind"),
    path(
        "cases/statements/kinds/<slug:statement_kind>/retire/",
        statements.retire_statement_kind,
        name="retire-statement-kind",
    ),
    path("cases/files/<int:case_file_id>/", cases.show_case_file, name="show-case-file"),
    path("cases/<int:case_id>/", cases.show_case, name="show-case"),
    path("cases/<int:case_id>/print-case/<slug:case_form>/", cases.print_case, name="print-case"),
    path("cases/<int:case_id>/reveal-case-phone/", acts.reveal_case_phone, name="reveal-case-phone"),
    path("cases/<int:case_id>/change-case/", cases.change_case, name="change-case"),
    path("cases/<int:case_id>/appeal-case/", cases.appeal_case, name="appeal-case"),
    path("cases/<int:case_id>/add-case-donation/", raising.add_case_donation, name="add-case-donation"),
    path("cases/<int:case_id>/take-case/", acts.take_case, name="take-case"),
    path("cases/<int:case_id>/decide-case/", acts.decide_case, name="decide-case"),
    path("cases/<int:case_id>/note-case/", acts.note_case, name="note-case"),
    path("cases/<int:case_id>/transfer-case/", acts.transfer_case, name="transfer-case"),
    path("cases/<int:case_id>/pause-case/", acts.pause_case, name="pause-case"),
    path("cases/<int:case_id>/resume-case/", acts.resume_case, name="resume-case"),
    path("cases/<int:case_id>/ask-extension/", acts.ask_extension, name="ask-extension"),
    path("cases/<int:case_id>/extend-case/", acts.extend_case, name="extend-case"),
    path("cases/<int:case_id>/take-back-step/", acts.take_back_step, name="take-back-step"),
    path("cases/<int:case_id>/reply-case/", acts.reply_case, name="reply-case"),
    path("cases/<int:case_id>/rate-case/", acts.rate_case, name="rate-case"),
    path("cases/<int:case_id>/reopen-case/", acts.reopen_case, name="reopen-case"),
    path("cases/<int:case_id>/aid-case/", acts.aid_case, name="aid-case"),
    path("cases/<int:case_id>/withdraw-aid/", acts.withdraw_aid, name="withdraw-aid"),
    path("cases/<int:case_id>/plan-reception/", acts.plan_reception, name="plan-reception"),
    path("cases/<int:case_id>/hold-reception/", acts.hold_reception, name="hold-reception"),
]
