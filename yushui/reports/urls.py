from __future__ import annotations

from django.urls import path

from yushui.reports import views

urlpatterns = [
    path("reports/", views.list_reports, name="list-reports"),
    path("reports/write/", views.write_report, name="write-report"),
    path("reports/<int:report_id>/", views.show_report, name="show-report"),
    path("reports/<int:report_id>/add-paragraph/", views.add_paragraph, name="add-paragraph"),
    path("reports/<int:report_id>/file/", views.file_report, name="file-report"),
    path("reports/<int:report_id>/download/", views.download_report, name="download-report"),
]
