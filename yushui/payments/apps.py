from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "yushui.payments"
    label = "payments"
