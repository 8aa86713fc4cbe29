from __future__ import annotations

from django.urls import path

from yushui.payments import views

urlpatterns = [
    path("batches/", views.list_batches, name="list-batches"),
    path("batches/<int:batch_id>/", views.show_batch, name="show-batch"),
    path("batches/<int:batch_id>/roster/", views.list_roster, name="list-roster"),
    path("batches/<int:batch_id>/print-roster/", views.print_roster, name="print-roster"),
    path("batches/<int:batch_id>/download-roster/", views.download_roster, name="download-roster"),
    path("batches/<int:batch_id>/submit-again/", views.submit_again, name="submit-again"),
    path("batches/<int:batch_id>/take-back-batch/", views.take_back_batch, name="take-back-batch"),
    path("batches/<int:batch_id>/review-batch/", views.review_batch, name="review-batch"),
    path("batches/<int:batch_id>/approve-batch/", views.approve_batch, name="approve-batch"),
    path("batches/<int:batch_id>/send-back-batch/", views.send_back_batch, name="send-back-batch"),
    path("batches/<int:batch_id>/withdraw-batch/", views.withdraw_batch, name="withdraw-batch"),
    path("batches/<int:batch_id>/make-bank-file/", views.make_bank_file, name="make-bank-file"),
    path("batches/<int:batch_id>/download-bank-file/", views.download_bank_file, name="download-bank-file"),
    path("batches/<int:batch_id>/take-return/", views.take_return, name="take-return"),
    path("batches/<int:batch_id>/return-rows/", views.list_return_rows, name="list-return-rows"),
    path("failed-payments/", views.list_failed, name="list-failed"),
]
